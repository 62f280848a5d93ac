import type { ExternalCall } from "../trace/external-call.ts";
import type { Interpreter } from "../trace/interpreter.ts";
import { NO_ARGUMENTS } from "../trace/arguments.ts";
import { Reading } from "../trace/reading.ts";
import { constantText } from "../trace/texts.ts";
import { NOTHING, externalChain } from "../trace/values.ts";
import type { AgentDefinition, Framework, FrameworkAdapter, ToolDefinition } from "./framework.ts";
import { agentKey, modelInput, toolRoot } from "./framework.ts";

/** `fastmcp` 4.20.16: `new FastMCP({ name, instructions })`, `server.addTool({ name, description, parameters, annotations, execute })`. */
export const fastmcp: Framework = {
  id: "fastmcp",
  triggers: ["fastmcp"],
  create: () => new FastMcpAdapter(),
};

class FastMcpAdapter implements FrameworkAdapter {
  readonly framework = "fastmcp";
  private readonly agents = new Map<string, AgentDefinition>();
  private readonly tools = new Map<string, ToolDefinition>();

  observe(call: ExternalCall, trace: Interpreter): { keepsFunctions: boolean } | undefined {
    if (call.callee.package !== "fastmcp") return undefined;
    if (call.construct && call.callee.path === "fastmcp#FastMCP") this.agent(agentKey(call), call, trace);
    if (!/^fastmcp#FastMCP\.new\(\)\.addTools?$/.test(call.callee.path)) return undefined;
    this.addTool(call, trace);
    return { keepsFunctions: true };
  }

  definitions(): { agents: AgentDefinition[]; tools: ToolDefinition[] } {
    return { agents: [...this.agents.values()], tools: [...this.tools.values()] };
  }

  private agent(key: string, call: ExternalCall, trace: Interpreter): void {
    const reading = Reading.of(trace, call);
    this.agents.set(key, {
      key,
      kind: "server",
      call,
      name: reading.ownField(call.argument(0), "name"),
      purpose: reading.ownField(call.argument(0), "instructions"),
    });
  }

  private addTool(call: ExternalCall, trace: Interpreter): void {
    const reading = Reading.of(trace, call);
    const { items, rest } = reading.items(call.argument(0));
    const made = externalChain(call.callee).find((v) => v.step?.kind === "new")?.step;
    const owner = made?.kind === "new" && made.call ? agentKey(made.call) : "server";
    if (!this.agents.has(owner))
      this.agents.set(owner, { key: owner, kind: "server", call: null, name: NOTHING, purpose: NOTHING });
    for (const tool of reading.objects([...call.argument(0), ...items.flat(), ...rest])) {
      const handler = reading.functions(reading.ownField([tool], "execute"));
      for (const name of reading.texts(reading.ownField([tool], "name"))) {
        const text = constantText(name.pieces);
        const root = toolRoot(owner, text ?? agentKey(call));
        this.tools.set(`${owner}\u0000${name.id}\u0000${call.id}`, {
          framework: this.framework,
          name,
          call,
          definition: tool,
          agent: owner,
          handler,
          root,
          description: reading.ownField([tool], "description"),
          annotations: reading.ownField([tool], "annotations"),
        });
        trace.start(root, handler, { ...NO_ARGUMENTS, positional: [modelInput(trace), modelInput(trace)] }, call.frame);
      }
    }
  }
}
