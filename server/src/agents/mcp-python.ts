import type { FunctionSummary } from "../model/summary.ts";
import type { ExternalCall } from "../trace/external-call.ts";
import type { Root } from "../trace/frames.ts";
import { Cell } from "../trace/heap.ts";
import type { Interpreter } from "../trace/interpreter.ts";
import { NO_ARGUMENTS } from "../trace/arguments.ts";
import { Reading } from "../trace/reading.ts";
import { constantText } from "../trace/texts.ts";
import type { ClosureValue, ExternalValue, TextValue, Value, ValueSet } from "../trace/values.ts";
import { NOTHING, externalChain, union } from "../trace/values.ts";
import { annotationsOf, callOf, docText, functionsOf, nameText, optionsOf, originalOf } from "./python-functions.ts";
import type { AgentDefinition, Framework, FrameworkAdapter, ToolDefinition } from "./framework.ts";
import { agentKey, modelInput, toolRoot } from "./framework.ts";

/**
 * The MCP Python SDK (`mcp`) and `fastmcp`. High level: `@server.tool()` makes a function a tool, named and described as
 * the decorator says or as the function does. Low level: the names of what the `@server.list_tools()` handler gives are
 * joined with the `@server.call_tool()` handler by running it once per name.
 */
export const mcpPython: Framework = {
  id: "mcp-python",
  triggers: ["mcp.server", "fastmcp", "from mcp"],
  packages: ["python:mcp", "python:fastmcp"],
  create: () => new McpPythonAdapter(),
};

const SERVER =
  /^(?:python:mcp#server\.(?:(?:fastmcp\.(?:server\.)?FastMCP|mcpserver\.(?:server\.)?MCPServer)|(?:lowlevel\.)?(?:server\.)?Server|Server)|python:fastmcp#(?:server\.)?(?:server\.)?FastMCP)\(\)/;
const CONSTRUCTOR = new RegExp(`${SERVER.source.slice(0, -4)}$`);
const TOOL_DECORATOR = /\.tool\(\)$/;

interface LowLevelServer {
  /** Descriptions of tools, as the list handler gives them. */
  readonly listed: Cell;
  readonly handlers: ExternalCall[];
}

class McpPythonAdapter implements FrameworkAdapter {
  readonly framework = "mcp-python";
  private readonly agents = new Map<string, AgentDefinition>();
  private readonly tools = new Map<string, ToolDefinition>();
  private readonly lowLevel = new Map<string, LowLevelServer>();

  observe(call: ExternalCall, trace: Interpreter): { keepsFunctions: boolean } | undefined {
    const { callee } = call;
    if (callee.package !== "python:mcp" && callee.package !== "python:fastmcp") return undefined;
    if (CONSTRUCTOR.test(callee.path)) return this.server(call);
    const server = SERVER.exec(callee.path)?.[0];
    if (server === undefined) return undefined;
    const rest = callee.path.slice(server.length);
    switch (rest) {
      case ".tool":
      case ".tool()":
      case ".add_tool":
        return this.tool(call, trace);
      case ".list_tools()":
        return this.list(call, trace);
      case ".call_tool()":
        return this.dispatch(call, trace);
      default:
        return /^\.(?:resource|prompt|completion|list_resources|read_resource|list_prompts|get_prompt|list_resource_templates|custom_route)(?:\(\))?$/.test(
          rest,
        )
          ? this.entry(call, trace)
          : undefined;
    }
  }

  definitions(): { agents: AgentDefinition[]; tools: ToolDefinition[] } {
    return { agents: [...this.agents.values()], tools: [...this.tools.values()] };
  }

  private server(call: ExternalCall): { keepsFunctions: boolean } {
    const key = agentKey(call);
    this.agents.set(key, {
      key,
      kind: "server",
      call,
      name: call.named.get("name") ?? call.argument(0),
      purpose: call.named.get("instructions") ?? call.argument(1),
    });
    return { keepsFunctions: true };
  }

  /** The server a decorator belongs to, by the call that makes it. */
  private ownerOf(callee: ExternalValue): string {
    const made = externalChain(callee).find((at) => at.step?.kind === "call")?.step;
    const key = made?.kind === "call" && made.call ? agentKey(made.call) : "server";
    if (!this.agents.has(key))
      this.agents.set(key, { key, kind: "server", call: null, name: NOTHING, purpose: NOTHING });
    return key;
  }

  // ---- tools by decorator

  private tool(call: ExternalCall, trace: Interpreter): { keepsFunctions: boolean } {
    const options = TOOL_DECORATOR.test(call.callee.path) ? optionsOf(call.callee) : call;
    const handlers = call.argument(0).filter((value): value is ClosureValue => value.kind === "closure");
    const agent = this.ownerOf(call.callee);
    for (const handler of handlers) {
      const summary = trace.program.module(handler.file)?.functions.get(handler.function);
      if (!summary) continue;
      const written = [
        ...(options?.named.get("name") ?? []),
        ...(options === call ? [] : (options?.argument(0) ?? [])),
      ];
      const name =
        written.find((value): value is TextValue => value.kind === "text") ?? nameText(trace, handler, summary);
      const root = toolRoot(agent, constantText(name.pieces) ?? agentKey(call));
      this.tools.set(`${agent}\u0000${name.id}\u0000${handler.file}\u0000${handler.function}`, {
        framework: this.framework,
        name,
        call,
        definition: null,
        agent,
        handler: [handler],
        root,
        description: options?.named.get("description") ?? docText(trace, originalOf(trace, handler) ?? summary),
        annotations: annotationsOf(trace, options?.named.get("annotations") ?? NOTHING),
      });
      trace.start(root, [handler], this.argumentsFor(trace, call, summary), call.frame);
    }
    return { keepsFunctions: true };
  }

  /** Each parameter is the model's, but for the context of the framework. */
  private argumentsFor(trace: Interpreter, call: ExternalCall, summary: FunctionSummary) {
    const named = new Map<string, ValueSet>();
    for (const parameter of summary.parameters) {
      if (parameter.rest) continue;
      const isContext = parameter.type?.path.at(-1) === "Context" || contextName(parameter.type?.root) === "Context";
      named.set(parameter.name, isContext ? this.context(trace, call) : modelInput(trace));
    }
    return { ...NO_ARGUMENTS, named, rest: summary.parameters.some((p) => p.rest) ? modelInput(trace) : NOTHING };
  }

  /** `ctx.request_context.lifespan_context` is what the server's lifespan yields. */
  private context(trace: Interpreter, call: ExternalCall): ValueSet {
    const made = externalChain(call.callee).find((at) => at.step?.kind === "call")?.step;
    const server = made?.kind === "call" ? made.call : null;
    const lifespan = server?.named.get("lifespan") ?? NOTHING;
    const key = server ? agentKey(server) : "server";
    const root: Root = { kind: "entry", name: `${key}\u0000lifespan` };
    const started = trace.start(root, lifespan, { ...NO_ARGUMENTS, positional: [NOTHING] }, call.frame);
    const yielded = trace.objectFor(`lifespan:${key}`, "record", null, null);
    for (const frame of lifespanFrames(trace, lifespan))
      trace.grow(yielded.rest, trace.read(frame.yielded, call.frame));
    trace.grow(
      yielded.rest,
      started.filter((value) => value.kind === "external"),
    );
    const request = trace.objectFor(`request_context:${key}`, "record", null, null);
    trace.grow(request.cell("lifespan_context"), trace.read(yielded.rest, call.frame));
    const context = trace.objectFor(`context:${key}`, "record", null, null);
    trace.store(context, "request_context", [trace.values.object(request)]);
    return [trace.values.object(context)];
  }

  // ---- low level

  private lowLevelServer(call: ExternalCall): { key: string; server: LowLevelServer } {
    const key = this.ownerOf(call.callee);
    let server = this.lowLevel.get(key);
    if (!server) this.lowLevel.set(key, (server = { listed: new Cell(), handlers: [] }));
    return { key, server };
  }

  private list(call: ExternalCall, trace: Interpreter): { keepsFunctions: boolean } {
    const { key, server } = this.lowLevelServer(call);
    const reading = Reading.of(trace, call);
    const root: Root = { kind: "entry", name: `${key}\u0000tools/list` };
    const answer = trace.start(root, functionsOf(call.argument(0)), NO_ARGUMENTS, call.frame);
    const { items, rest } = reading.items(answer);
    for (const tool of [...items.flat(), ...rest]) {
      const described = fieldsOfTool(tool, reading);
      if (!described) continue;
      trace.grow(server.listed, [tool]);
      for (const name of reading.texts(described("name"))) this.defineListed(call, key, tool, described, name, trace);
    }
    return { keepsFunctions: true };
  }

  private defineListed(
    call: ExternalCall,
    key: string,
    tool: Value,
    described: (field: string) => ValueSet,
    name: TextValue,
    trace: Interpreter,
  ): void {
    const id = `${key}\u0000${name.id}`;
    const text = constantText(name.pieces);
    this.tools.set(id, {
      framework: this.framework,
      name,
      call: callOf(tool) ?? call,
      definition: tool.kind === "object" ? tool : null,
      agent: key,
      description: described("description"),
      annotations: annotationsOf(trace, described("annotations")),
      handler: this.tools.get(id)?.handler ?? NOTHING,
      root: text === undefined ? null : toolRoot(key, text),
    });
  }

  /** Runs the call handler once for every listed name. */
  private dispatch(call: ExternalCall, trace: Interpreter): { keepsFunctions: boolean } {
    const { key, server } = this.lowLevelServer(call);
    const reading = Reading.of(trace, call);
    const handler = functionsOf(call.argument(0));
    for (const tool of trace.read(server.listed, call.frame)) {
      for (const name of reading.texts(fieldsOfTool(tool, reading)?.("name") ?? NOTHING)) {
        const text = constantText(name.pieces);
        if (text === undefined) continue;
        trace.start(
          toolRoot(key, text),
          handler,
          { ...NO_ARGUMENTS, positional: [[name], modelInput(trace)] },
          call.frame,
        );
        const known = this.tools.get(`${key}\u0000${name.id}`);
        if (known)
          this.tools.set(`${key}\u0000${name.id}`, { ...known, handler: union(known.handler, handler, trace.values) });
      }
    }
    return { keepsFunctions: true };
  }

  /** Resources, prompts and routes are called from outside, and are no tools. */
  private entry(call: ExternalCall, trace: Interpreter): { keepsFunctions: boolean } {
    const handlers = functionsOf(call.argument(0));
    const root: Root = { kind: "entry", name: `${this.ownerOf(call.callee)}\u0000${call.callee.path}` };
    for (const handler of handlers) {
      if (handler.kind !== "closure") continue;
      const summary = trace.program.module(handler.file)?.functions.get(handler.function);
      if (summary) trace.start(root, [handler], this.argumentsFor(trace, call, summary), call.frame);
    }
    return { keepsFunctions: true };
  }
}

/** `Tool(name=…)`, or a dictionary. */
function fieldsOfTool(tool: Value, reading: Reading): ((field: string) => ValueSet) | undefined {
  if (tool.kind === "object") return (field) => reading.ownField([tool], field);
  const made = callOf(tool);
  return made && /(?:^|[#.])Tool$/.test(made.callee.path) ? (field) => made.named.get(field) ?? NOTHING : undefined;
}

function contextName(root: NonNullable<FunctionSummary["parameters"][number]["type"]>["root"] | undefined): string {
  return root?.kind === "import" || root?.kind === "global" ? root.name : "";
}

function lifespanFrames(trace: Interpreter, lifespan: ValueSet) {
  return lifespan.flatMap((value) => {
    if (value.kind !== "closure") return [];
    const summary = trace.program.module(value.file)?.functions.get(value.function);
    return (summary && trace.framesOf.get(summary)) ?? [];
  });
}
