import type { ExternalCall } from "../trace/external-call.ts";
import { NO_ARGUMENTS } from "../trace/arguments.ts";
import type { Frame } from "../trace/frames.ts";
import type { Interpreter } from "../trace/interpreter.ts";
import { exportedValue } from "../trace/members.ts";
import { Reading } from "../trace/reading.ts";
import type { ObjectValue, TextValue, ValueSet } from "../trace/values.ts";
import { externalChain } from "../trace/values.ts";
import { Catalogue } from "./catalogue.ts";
import { declaredClasses, instancesOf, isExtending, modulesOf } from "./classes.ts";
import type { DefinedAt, Framework, FrameworkAdapter } from "./framework.ts";
import { agentKey, modelInput } from "./framework.ts";

/**
 * Frameworks around the MCP SDK that have tools of their own form: `mcp-framework` 0.2.22 (classes that extend `MCPTool`, loaded
 * from their folder), `xmcp` 1.1.3 (files that export `metadata` and a function), `tmcp` 1.20.0 and `mcp-use` 2.5.2
 * (`server.tool({ name, description }, handler)`).
 */
export const mcpLoaded: Framework = {
  id: "mcp-loaded",
  triggers: ["mcp-framework", "xmcp", "tmcp", "mcp-use"],
  create: () => new McpLoadedAdapter(),
};

const SERVER = /^(?:tmcp#McpServer|mcp-use(?:\/server)?#(?:MCPServer|createMCPServer))$/;
const TOOL = /^(?:tmcp#McpServer\.new\(\)|mcp-use(?:\/server)?#(?:MCPServer\.new|createMCPServer)\(\))\.tool$/;
const DEFINED = /^tmcp\/tool#defineTool$/;

class McpLoadedAdapter implements FrameworkAdapter {
  readonly framework = "mcp-loaded";
  private readonly found = new Catalogue("mcp-loaded");
  private readonly seen = new Set<string>();

  observe(call: ExternalCall, trace: Interpreter): { keepsFunctions: boolean } | undefined {
    const { path } = call.callee;
    if (SERVER.test(path)) {
      const reading = Reading.of(trace, call);
      const about = call.argument(0);
      const name = [...reading.ownField(about, "name"), ...reading.texts(about)];
      const purpose = [
        ...reading.ownField(call.argument(1), "instructions"),
        ...reading.ownField(about, "description"),
      ];
      this.found.agent(agentKey(call), "server", call, { name, purpose });
      return { keepsFunctions: false };
    }
    if (!TOOL.test(path) && !DEFINED.test(path)) return undefined;
    const reading = Reading.of(trace, call);
    for (const definition of reading.objects(call.argument(0)))
      this.tool(trace, reading, definition, reading.functions(call.argument(1)), call, this.ownerOf(call));
    return { keepsFunctions: true };
  }

  definitions() {
    return this.found.definitions();
  }

  /** Tools that the framework loads from a folder: no call tells of them. */
  settle(trace: Interpreter): boolean {
    const before = this.seen.size;
    for (const declared of declaredClasses(trace)) {
      const { value, body } = declared;
      if (!this.isNew(`class ${value.id}`, isExtending(trace, value, /^mcp-framework#MCPTool$/, body))) continue;
      const reading = new Reading(trace, body);
      for (const tool of instancesOf(trace, declared)) {
        const handler = reading.functions(reading.field([tool], "execute"));
        this.tool(trace, reading, tool, handler, placeOf(tool, body), this.toolsOf(body.file));
      }
    }
    for (const { file, body } of modulesOf(trace)) {
      const isTool =
        trace.program.module(file)?.summary.requests.some(({ specifier }) => specifier === "xmcp") ?? false;
      if (this.isNew(`file ${file}`, isTool)) this.file(trace, file, body);
    }
    return this.seen.size > before;
  }

  private isNew(key: string, isTool: boolean): boolean {
    if (!isTool || this.seen.has(key)) return false;
    this.seen.add(key);
    return true;
  }

  /** A file that exports what its tool is called and, by default, what it does. */
  private file(trace: Interpreter, file: string, body: Frame): void {
    const exported = (name: string): ValueSet =>
      exportedValue(trace, trace.program.export(file, name), file, name, body);
    const reading = new Reading(trace, body);
    const handler = reading.functions(exported("default"));
    if (handler.length === 0) return;
    for (const metadata of reading.objects(exported("metadata")))
      this.tool(trace, reading, metadata, handler, placeOf(metadata, body), this.toolsOf(file));
  }

  private tool(
    trace: Interpreter,
    reading: Reading,
    definition: ObjectValue,
    handler: ValueSet,
    at: DefinedAt,
    agent: string,
  ): void {
    for (const name of namesOf(definition, reading))
      this.found.tool(
        trace,
        {
          name,
          agent,
          handler,
          at,
          definition,
          description: reading.ownField([definition], "description"),
          annotations: reading.ownField([definition], "annotations"),
        },
        { ...NO_ARGUMENTS, positional: [modelInput(trace), [trace.values.unknown("what the server knows of a call")]] },
      );
  }

  private ownerOf(call: ExternalCall): string {
    const made = externalChain(call.callee).find(({ step }) => step?.kind === "new" || step?.kind === "call")?.step;
    const by = made?.kind === "new" || made?.kind === "call" ? made.call : null;
    return by && this.found.has(agentKey(by)) ? agentKey(by) : this.toolsOf(call.frame.file);
  }

  /** Whoever loads the tools of a folder. */
  private toolsOf(file: string): string {
    const folder = file.slice(0, file.lastIndexOf("/") + 1);
    return this.found.has(folder) ? folder : this.found.agent(folder, "server", null);
  }
}

function namesOf(definition: ObjectValue, reading: Reading): readonly TextValue[] {
  return reading.texts(reading.ownField([definition], "name"));
}

function placeOf({ object: { site } }: ObjectValue, body: Frame): DefinedAt {
  return { frame: body, node: site?.file === body.file && site.function === "" ? site.node : 0 };
}
