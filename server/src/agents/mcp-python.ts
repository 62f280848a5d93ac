import type { FunctionSummary } from "../model/summary.ts";
import type { ExternalCall } from "../trace/external-call.ts";
import type { Root } from "../trace/frames.ts";
import { Cell } from "../trace/heap.ts";
import type { Interpreter } from "../trace/interpreter.ts";
import { NO_ARGUMENTS } from "../trace/arguments.ts";
import { Reading } from "../trace/reading.ts";
import { constantText } from "../trace/texts.ts";
import type { ExternalValue, TextValue, Value, ValueSet } from "../trace/values.ts";
import { NOTHING, externalChain, union } from "../trace/values.ts";
import { annotationsOf, callOf, docText, functionsOf, nameText, optionsOf, originalOf } from "./python-functions.ts";
import type { AgentDefinition, Framework, FrameworkAdapter, ToolDefinition } from "./framework.ts";
import { agentKey, modelInput, toolRoot } from "./framework.ts";

/**
 * The MCP Python SDK (`mcp`, versions 1 and 2) and `fastmcp`. High level: `@server.tool()` makes a function a tool, named and
 * described as the decorator says or as the function does. Low level: the names of what the `@server.list_tools()` handler gives
 * are joined with the `@server.call_tool()` handler by running it once per name; version 2 takes both when the server is made.
 */
export const mcpPython: Framework = {
  id: "mcp-python",
  triggers: ["mcp.server", "fastmcp", "from mcp"],
  packages: ["python:mcp", "python:mcp_types", "python:fastmcp"],
  create: () => new McpPythonAdapter(),
};

const SERVER =
  /^(?:python:mcp#server\.(?:(?:fastmcp\.(?:server\.)?FastMCP|mcpserver\.(?:server\.)?MCPServer)|(?:lowlevel\.)?(?:server\.)?Server|Server)|python:fastmcp#(?:server\.)?(?:server\.)?FastMCP)\(\)/;
const CONSTRUCTOR = new RegExp(`${SERVER.source.slice(0, -4)}$`);
const TOOL_DECORATOR = /\.tool\(\)$/;
/** A tool as an object, made of a function. */
const FROM_FUNCTION =
  /^python:(?:mcp#server\.(?:fastmcp|mcpserver)\.tools\.(?:base\.)?Tool|fastmcp#tools\.(?:(?:base|function_tool)\.)?(?:Function)?Tool)\.from_function$/;

/** Marks a function for a server that it is added to. */
const MARK = /^python:fastmcp#tools\.(?:function_tool\.)?tool(?:\(\))?$/;

/** Where arguments stand in the SDK; `fastmcp` takes all but the function and the name by name. */
interface Places {
  readonly name: number;
  readonly description: number;
  readonly annotations: number;
}
const OF_DECORATOR: Places = { name: 0, description: 2, annotations: 3 };
const OF_ADD_TOOL: Places = { name: 1, description: 3, annotations: 4 };
const OF_FROM_FUNCTION: Places = { name: 1, description: 3, annotations: 5 };

interface LowLevelServer {
  /** Descriptions of tools, as the list handler gives them. */
  readonly listed: Cell;
  /** By the call that gives it to the server. */
  readonly handlers: Map<ExternalCall, CallHandler>;
}

interface CallHandler {
  readonly handlers: ValueSet;
  /** What it is called with for a name, or for any. */
  readonly given: (name: ValueSet) => ValueSet[];
}

class McpPythonAdapter implements FrameworkAdapter {
  readonly framework = "mcp-python";
  private readonly agents = new Map<string, AgentDefinition>();
  private readonly tools = new Map<string, ToolDefinition>();
  private readonly lowLevel = new Map<string, LowLevelServer>();

  observe(call: ExternalCall, trace: Interpreter): { keepsFunctions: boolean } | undefined {
    const { callee } = call;
    if (callee.package !== "python:mcp" && callee.package !== "python:fastmcp") return undefined;
    if (FROM_FUNCTION.test(callee.path) || MARK.test(callee.path)) return { keepsFunctions: true };
    if (CONSTRUCTOR.test(callee.path)) return this.server(call, trace);
    const server = SERVER.exec(callee.path)?.[0];
    if (server === undefined) return undefined;
    const rest = callee.path.slice(server.length);
    switch (rest) {
      case ".tool":
      case ".tool()":
      case ".add_tool":
        return this.tool(call, trace);
      case ".list_tools()":
        return this.list(call, this.ownerOf(callee), call.argument(0), NO_ARGUMENTS, trace);
      case ".call_tool()":
        return this.dispatch(call, this.ownerOf(callee), call.argument(0), (name) => [name, modelInput(trace)], trace);
      default:
        return /^\.(?:resource|prompt|completion|list_resources|read_resource|list_prompts|get_prompt|list_resource_templates|custom_route)(?:\(\))?$/.test(
          rest,
        )
          ? this.entry(call, trace)
          : undefined;
    }
  }

  /** A call handler whose list of names could not be read runs once, for any name. */
  settle(trace: Interpreter): boolean {
    let started = false;
    for (const [key, server] of this.lowLevel) {
      if (server.listed.values.length > 0 || server.handlers.size === 0) continue;
      const root: Root = { kind: "entry", name: `${key}\u0000tools/call` };
      for (const [call, { handlers, given }] of server.handlers)
        trace.start(root, handlers, { ...NO_ARGUMENTS, positional: given(modelInput(trace)) }, call.frame);
      server.handlers.clear();
      started = true;
    }
    return started;
  }

  definitions(): { agents: AgentDefinition[]; tools: ToolDefinition[] } {
    return { agents: [...this.agents.values()], tools: [...this.tools.values()] };
  }

  private server(call: ExternalCall, trace: Interpreter): { keepsFunctions: boolean } {
    const key = agentKey(call);
    // `MCPServer` has a title and a description before what it is for.
    const purposeAt = call.callee.path.endsWith("MCPServer") ? 3 : 1;
    this.agents.set(key, {
      key,
      kind: "server",
      call,
      name: call.named.get("name") ?? call.argument(0),
      purpose: call.named.get("instructions") ?? call.argument(purposeAt),
    });
    const { items, rest } = Reading.of(trace, call).items(call.named.get("tools") ?? NOTHING);
    for (const value of [...items.flat(), ...rest]) this.toolOf(value, key, call, undefined, OF_ADD_TOOL, trace);
    const listing = call.named.get("on_list_tools");
    if (listing) this.list(call, key, listing, { ...NO_ARGUMENTS, positional: [NOTHING, NOTHING] }, trace);
    const calling = call.named.get("on_call_tool");
    if (calling) this.dispatch(call, key, calling, (name) => [NOTHING, this.parameters(call, name, trace)], trace);
    return { keepsFunctions: true };
  }

  /** `params.name` and `params.arguments`, as version 2 hands them over. */
  private parameters(call: ExternalCall, name: ValueSet, trace: Interpreter): ValueSet {
    const of = name.map(({ id }) => id).join();
    const object = trace.objectFor(`parameters:${agentKey(call)}:${of}`, "record", null, null);
    trace.store(object, "name", name);
    trace.store(object, "arguments", modelInput(trace));
    return [trace.values.object(object)];
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
    const agent = this.ownerOf(call.callee);
    const isDecorator = TOOL_DECORATOR.test(call.callee.path);
    const options = isDecorator ? optionsOf(call.callee) : call;
    const places = isDecorator ? OF_DECORATOR : OF_ADD_TOOL;
    for (const value of call.argument(0)) this.toolOf(value, agent, call, options, places, trace);
    return { keepsFunctions: true };
  }

  /** A function, or what was made of one. */
  private toolOf(
    value: Value,
    agent: string,
    call: ExternalCall,
    options: ExternalCall | undefined,
    places: Places,
    trace: Interpreter,
  ): void {
    const made = callOf(value);
    if (made && FROM_FUNCTION.test(made.callee.path)) {
      for (const handler of functionsOf(made.named.get("fn") ?? made.argument(0)))
        this.toolOf(handler, agent, call, made, OF_FROM_FUNCTION, trace);
      return;
    }
    if (value.kind !== "closure") return;
    const summary = trace.program.module(value.file)?.functions.get(value.function);
    if (!summary) return;
    const given = (field: keyof Places): ValueSet =>
      options?.named.get(field) ?? options?.argument(places[field]) ?? NOTHING;
    const name = given("name").find((one): one is TextValue => one.kind === "text") ?? nameText(trace, value, summary);
    const described = given("description");
    const root = toolRoot(agent, constantText(name.pieces) ?? agentKey(call));
    this.tools.set(`${agent}\u0000${name.id}\u0000${value.file}\u0000${value.function}`, {
      framework: this.framework,
      name,
      call,
      definition: null,
      agent,
      handler: [value],
      root,
      description: described.length > 0 ? described : docText(trace, originalOf(trace, value) ?? summary),
      annotations: annotationsOf(trace, given("annotations")),
    });
    trace.start(root, [value], this.argumentsFor(trace, call, summary), call.frame);
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

  private lowLevelServer(key: string): LowLevelServer {
    let server = this.lowLevel.get(key);
    if (!server) this.lowLevel.set(key, (server = { listed: new Cell(), handlers: new Map() }));
    return server;
  }

  private list(
    call: ExternalCall,
    key: string,
    handlers: ValueSet,
    given: typeof NO_ARGUMENTS,
    trace: Interpreter,
  ): { keepsFunctions: boolean } {
    const server = this.lowLevelServer(key);
    const reading = Reading.of(trace, call);
    const root: Root = { kind: "entry", name: `${key}\u0000tools/list` };
    const answer = trace.start(root, functionsOf(handlers), given, call.frame);
    const { items, rest } = reading.items(answer.flatMap(listedIn));
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
  private dispatch(
    call: ExternalCall,
    key: string,
    handlers: ValueSet,
    given: CallHandler["given"],
    trace: Interpreter,
  ): { keepsFunctions: boolean } {
    const server = this.lowLevelServer(key);
    const reading = Reading.of(trace, call);
    const handler = functionsOf(handlers);
    server.handlers.set(call, { handlers: handler, given });
    for (const tool of trace.read(server.listed, call.frame)) {
      for (const name of reading.texts(fieldsOfTool(tool, reading)?.("name") ?? NOTHING)) {
        const text = constantText(name.pieces);
        if (text === undefined) continue;
        trace.start(toolRoot(key, text), handler, { ...NO_ARGUMENTS, positional: given([name]) }, call.frame);
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

/** `ListToolsResult(tools=[…])`, or the list itself. */
function listedIn(answer: Value): ValueSet {
  const made = callOf(answer);
  return made && /(?:^|[#.])ListToolsResult$/.test(made.callee.path) ? (made.named.get("tools") ?? NOTHING) : [answer];
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
