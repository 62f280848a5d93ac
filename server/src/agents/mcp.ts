import type { ExternalCall } from "../trace/external-call.ts";
import type { Root } from "../trace/frames.ts";
import { Cell } from "../trace/heap.ts";
import type { Interpreter } from "../trace/interpreter.ts";
import { NO_ARGUMENTS } from "../trace/arguments.ts";
import { Reading } from "../trace/reading.ts";
import { constantText } from "../trace/texts.ts";
import type { ExternalValue, ObjectValue, TextValue, ValueSet } from "../trace/values.ts";
import { NOTHING, externalChain, union } from "../trace/values.ts";
import type { AgentDefinition, DefinedAt, Framework, FrameworkAdapter, ToolDefinition } from "./framework.ts";
import { HINTS, agentKey, modelInput, toolRoot } from "./framework.ts";

/**
 * The MCP TypeScript SDK, version 1 (`@modelcontextprotocol/sdk` 1.32.2) and 2 (`@modelcontextprotocol/server` 2.4.0), its
 * `ext-apps` 2.0.4, and `mcp-handler` 2.4.0, which hands a server of the SDK to a function.
 * High level: `server.registerTool(name, config, handler)`, `server.tool(name, …, handler)`.
 * Low level: the names of the list handler's answer are joined with the call handler by running it once per name, so that
 * switch, if-chain, table and prefix test all fall out of the values. A `fallbackRequestHandler` is both.
 */
export const mcp: Framework = {
  id: "mcp",
  // Not all of the packages: a client of other servers defines no tools.
  triggers: [
    "@modelcontextprotocol/sdk/server",
    "@modelcontextprotocol/sdk/dist",
    "@modelcontextprotocol/server",
    "@modelcontextprotocol/ext-apps",
    "mcp-handler",
    "@vercel/mcp-adapter",
  ],
  create: () => new McpAdapter(),
};

const MADE =
  "^(?:@modelcontextprotocol/(?:sdk(?:/(?:dist/)?(?:esm/|cjs/)?server(?:/(?:mcp|index)(?:\\.js)?)?)?|server)#(?:McpServer|Server)\\.new\\(\\)" +
  "|(?:mcp-handler|@vercel/mcp-adapter)(?:/\\w+)?#\\w+\\(0→0\\))(?:\\.server)?";
const SERVER = new RegExp(`${MADE}\\.(registerTool|tool|setRequestHandler)$`);
const LOW_LEVEL = new RegExp(`${MADE}$`);
const FALLBACK = "fallbackRequestHandler";
const CONSTRUCTOR = /^@modelcontextprotocol\/[^#]+#(McpServer|Server)$/;
const APP_TOOL = /^@modelcontextprotocol\/ext-apps\/server#registerAppTool$/;

interface LowLevelServer {
  /** Descriptions of tools, as the list handler gives them. */
  readonly listed: Cell;
  /** By where they are given to the server. */
  readonly handlers: Map<string, Registration>;
}

/** A handler of requests, and where it is given to the server. */
interface Registration extends DefinedAt {
  readonly handler: ValueSet;
}

class McpAdapter implements FrameworkAdapter {
  readonly framework = "mcp";
  private readonly agents = new Map<string, AgentDefinition>();
  private readonly tools = new Map<string, ToolDefinition>();
  private readonly lowLevel = new Map<string, LowLevelServer>();

  observe(call: ExternalCall, trace: Interpreter): { keepsFunctions: boolean; result?: ValueSet } | undefined {
    const { path } = call.callee;
    if (call.construct && CONSTRUCTOR.test(path)) {
      this.agent(agentKey(call), call, trace);
      return { keepsFunctions: false };
    }
    if (APP_TOOL.test(path)) {
      this.registerTool(call, trace, 1);
      return { keepsFunctions: true };
    }
    const method = SERVER.exec(path)?.[1];
    if (method === "registerTool") this.registerTool(call, trace, 0);
    else if (method === "tool") this.tool(call, trace);
    else if (method !== "setRequestHandler" || !this.setRequestHandler(call, trace)) return undefined;
    return { keepsFunctions: true };
  }

  /** `server.fallbackRequestHandler = async ({ method, params }) => …`. */
  stored(to: ExternalValue, name: string, values: ValueSet, at: DefinedAt, trace: Interpreter): boolean {
    if (name !== FALLBACK || !LOW_LEVEL.test(to.path)) return false;
    const registration = { ...at, handler: functionsOf(values) };
    const key = this.ownerOf(to, trace);
    const server = this.server(key);
    this.list(registration, key, server, trace);
    this.dispatch(registration, key, server, trace);
    return true;
  }

  definitions(): { agents: AgentDefinition[]; tools: ToolDefinition[] } {
    return { agents: [...this.agents.values()], tools: [...this.tools.values()] };
  }

  /** A call handler whose list of names could not be read runs once, for any name. */
  settle(trace: Interpreter): boolean {
    let started = false;
    for (const [key, server] of this.lowLevel) {
      if (server.listed.values.length > 0 || server.handlers.size === 0) continue;
      const root: Root = { kind: "entry", name: `${key}\u0000tools/call` };
      for (const { handler } of server.handlers.values())
        trace.start(root, handler, { ...NO_ARGUMENTS, positional: [request(trace, root.name, "tools/call")] });
      server.handlers.clear();
      started = true;
    }
    return started;
  }

  private agent(key: string, call: ExternalCall | null, trace: Interpreter): void {
    const reading = call ? Reading.of(trace, call) : undefined;
    this.agents.set(key, {
      key,
      kind: "server",
      call,
      name: reading && call ? reading.ownField(call.argument(0), "name") : NOTHING,
      purpose: reading && call ? reading.ownField(call.argument(1), "instructions") : NOTHING,
    });
  }

  private ownerOf(receiver: ExternalValue, trace: Interpreter): string {
    const made = externalChain(receiver).find(({ step }) => step?.kind === "new" || step?.kind === "callback")?.step;
    const call = made?.kind === "new" || made?.kind === "callback" ? made.call : null;
    const key = call ? agentKey(call) : "server";
    if (!this.agents.has(key)) this.agent(key, call, trace);
    return key;
  }

  /** `registerTool(name, { description, inputSchema, annotations }, handler)`, the server before them for `offset` 1. */
  private registerTool(call: ExternalCall, trace: Interpreter, offset: number): void {
    const config = call.argument(offset + 1);
    const reading = Reading.of(trace, call);
    this.define(call, trace, call.argument(offset), {
      description: reading.ownField(config, "description"),
      annotations: reading.ownField(config, "annotations"),
      handler: call.argument(offset + 2),
    });
  }

  /** `tool(name, [description], [shape | annotations], [annotations], handler)`. */
  private tool(call: ExternalCall, trace: Interpreter): void {
    const given = call.arguments.slice(1);
    const handler = given.findLast((values) => functionsOf(values).length > 0) ?? NOTHING;
    const reading = Reading.of(trace, call);
    const objects = given.filter((values) => values !== handler).flatMap((values) => reading.objects(values));
    const annotations = objects.filter((o) => isAnnotations(o, reading));
    this.define(call, trace, call.argument(0), {
      description: given.find((values) => values !== handler && reading.texts(values).length > 0) ?? NOTHING,
      annotations,
      handler,
    });
  }

  private define(
    call: ExternalCall,
    trace: Interpreter,
    names: ValueSet,
    parts: { description: ValueSet; annotations: ValueSet; handler: ValueSet },
  ): void {
    const agent = this.ownerOf(call.callee, trace);
    for (const name of names) {
      if (name.kind !== "text") continue;
      const text = constantText(name.pieces);
      const root = toolRoot(agent, text ?? `${call.frame.file}\u0000${call.frame.function.path}\u0000${call.node}`);
      this.tools.set(`${agent}\u0000${name.id}\u0000${call.id}`, {
        framework: this.framework,
        name,
        ...parts,
        call,
        definition: null,
        root,
        agent,
      });
      trace.start(
        root,
        functionsOf(parts.handler),
        { ...NO_ARGUMENTS, positional: [modelInput(trace), modelInput(trace)] },
        call.frame,
      );
    }
  }

  private setRequestHandler(call: ExternalCall, trace: Interpreter): boolean {
    const asked = requestName(call.argument(0));
    if (asked !== "tools/list" && asked !== "tools/call") return false;
    const key = this.ownerOf(call.callee, trace);
    const registration = { frame: call.frame, node: call.node, handler: functionsOf(call.argument(1)) };
    if (asked === "tools/list") this.list(registration, key, this.server(key), trace);
    else this.dispatch(registration, key, this.server(key), trace);
    return true;
  }

  private server(key: string): LowLevelServer {
    let server = this.lowLevel.get(key);
    if (!server) this.lowLevel.set(key, (server = { listed: new Cell(), handlers: new Map() }));
    return server;
  }

  private list(at: Registration, key: string, server: LowLevelServer, trace: Interpreter): void {
    const reading = Reading.of(trace, at);
    const root: Root = { kind: "entry", name: `${key}\u0000tools/list` };
    const asked = request(trace, root.name, "tools/list");
    const answer = trace.start(root, at.handler, { ...NO_ARGUMENTS, positional: [asked] }, at.frame);
    const { items, rest } = reading.items(reading.ownField(answer, "tools"));
    for (const tool of reading.objects([...items.flat(), ...rest])) {
      trace.grow(server.listed, [tool]);
      for (const name of namesOf(tool, reading)) this.defineListed(at, key, tool, name, reading);
    }
  }

  private defineListed(call: DefinedAt, key: string, tool: ObjectValue, name: TextValue, reading: Reading): void {
    const id = `${key}\u0000${name.id}`;
    const text = constantText(name.pieces);
    this.tools.set(id, {
      framework: this.framework,
      name,
      call,
      definition: tool,
      agent: key,
      description: reading.ownField([tool], "description"),
      annotations: reading.ownField([tool], "annotations"),
      handler: this.tools.get(id)?.handler ?? NOTHING,
      root: text === undefined ? null : toolRoot(key, text),
    });
  }

  /** Runs the call handler once for every listed name. */
  private dispatch(at: Registration, key: string, server: LowLevelServer, trace: Interpreter): void {
    const reading = Reading.of(trace, at);
    const { frame, handler } = at;
    server.handlers.set(agentKey(at), at);
    for (const tool of reading.objects(trace.read(server.listed, frame))) {
      for (const name of namesOf(tool, reading)) {
        const text = constantText(name.pieces);
        if (text === undefined) continue;
        const root = toolRoot(key, text);
        const asked = request(trace, root.name, "tools/call", name);
        trace.start(root, handler, { ...NO_ARGUMENTS, positional: [asked, modelInput(trace)] }, frame);
        const known = this.tools.get(`${key}\u0000${name.id}`);
        if (known)
          this.tools.set(`${key}\u0000${name.id}`, { ...known, handler: union(known.handler, handler, trace.values) });
      }
    }
  }
}

/** Where a prefix may be put before a name at run time, the name itself will do. */
function namesOf(tool: ObjectValue, reading: Reading): TextValue[] {
  const names = reading.texts(reading.ownField([tool], "name"));
  const constants = names.filter(({ pieces }) => constantText(pieces) !== undefined);
  return constants.length > 0 ? constants : names;
}

function functionsOf(values: ValueSet): ValueSet {
  return values.filter((v) => v.kind === "closure");
}

/** `CallToolRequestSchema` of version 1, `"tools/call"` of version 2. */
function requestName(values: ValueSet): string | undefined {
  for (const value of values) {
    if (value.kind === "text") return constantText(value.pieces);
    if (value.kind !== "external") continue;
    if (/[#.]ListToolsRequestSchema$/.test(value.path)) return "tools/list";
    if (/[#.]CallToolRequestSchema$/.test(value.path)) return "tools/call";
  }
  return undefined;
}

/** What a client sends: of a call the name is known where it is given, and the arguments are the model's. */
function request(trace: Interpreter, key: string, method: string, name?: TextValue): ValueSet {
  const record = (what: string, fields: Record<string, ValueSet>): ValueSet => {
    const made = trace.objectFor(`${what}:${key}`, "record", null, null);
    for (const [field, values] of Object.entries(fields)) trace.store(made, field, values);
    return [trace.values.object(made)];
  };
  const params = name ? record("params", { name: [name], arguments: modelInput(trace) }) : modelInput(trace);
  return record("request", { method: [trace.values.text([{ text: method, offset: 0 }])], params });
}

/** An object is annotations, not a schema, if every key is a hint and no value is a schema; `{}` is a schema. */
function isAnnotations(object: ObjectValue, reading: Reading): boolean {
  const names = reading.fieldNames(object);
  return (
    names.length > 0 &&
    names.every(
      (name) =>
        (HINTS as readonly string[]).includes(name) &&
        reading
          .ownField([object], name)
          .every((v) => v.kind === "literal" || v.kind === "text" || v.kind === "unknown"),
    )
  );
}
