import type { ExternalCall } from "../trace/external-call.ts";
import type { Interpreter } from "../trace/interpreter.ts";
import { NO_ARGUMENTS } from "../trace/arguments.ts";
import { Reading } from "../trace/reading.ts";
import { externalChain } from "../trace/values.ts";
import { Catalogue } from "./catalogue.ts";
import type { Framework, FrameworkAdapter } from "./framework.ts";
import { agentKey, modelInput } from "./framework.ts";

/** `fastmcp` 4.20.16: `new FastMCP({ name, instructions })`, `server.addTool({ name, description, parameters, annotations, execute })`. */
export const fastmcp: Framework = {
  id: "fastmcp",
  triggers: ["fastmcp"],
  create: () => new FastMcpAdapter(),
};

class FastMcpAdapter implements FrameworkAdapter {
  readonly framework = "fastmcp";
  private readonly found = new Catalogue("fastmcp");

  observe(call: ExternalCall, trace: Interpreter): { keepsFunctions: boolean } | undefined {
    if (call.callee.package !== "fastmcp") return undefined;
    const reading = Reading.of(trace, call);
    if (call.construct && call.callee.path === "fastmcp#FastMCP")
      this.found.agent(agentKey(call), "server", call, {
        name: reading.ownField(call.argument(0), "name"),
        purpose: reading.ownField(call.argument(0), "instructions"),
      });
    if (!/^fastmcp#FastMCP\.new\(\)\.addTools?$/.test(call.callee.path)) return undefined;
    this.addTool(call, reading, trace);
    return { keepsFunctions: true };
  }

  definitions() {
    return this.found.definitions();
  }

  private addTool(call: ExternalCall, reading: Reading, trace: Interpreter): void {
    const { items, rest } = reading.items(call.argument(0));
    const made = externalChain(call.callee).find((v) => v.step?.kind === "new")?.step;
    const owner = made?.kind === "new" && made.call ? agentKey(made.call) : "server";
    const agent = this.found.has(owner) ? owner : this.found.agent(owner, "server", null);
    for (const definition of reading.objects([...call.argument(0), ...items.flat(), ...rest]))
      for (const name of reading.texts(reading.ownField([definition], "name")))
        this.found.tool(
          trace,
          {
            name,
            at: call,
            definition,
            agent,
            handler: reading.functions(reading.ownField([definition], "execute")),
            description: reading.ownField([definition], "description"),
            annotations: reading.ownField([definition], "annotations"),
          },
          { ...NO_ARGUMENTS, positional: [modelInput(trace), modelInput(trace)] },
        );
  }
}
