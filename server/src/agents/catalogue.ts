import type { Arguments } from "../trace/arguments.ts";
import type { Interpreter } from "../trace/interpreter.ts";
import { constantText } from "../trace/texts.ts";
import type { ObjectValue, TextValue, ValueSet } from "../trace/values.ts";
import { NOTHING } from "../trace/values.ts";
import type { AgentDefinition, DefinedAt, ToolDefinition } from "./framework.ts";
import { agentKey, toolRoot } from "./framework.ts";

/** A tool as it is found. */
export interface FoundTool {
  readonly name: TextValue;
  readonly description?: ValueSet;
  readonly annotations?: ValueSet;
  readonly handler: ValueSet;
  readonly at: DefinedAt;
  readonly definition?: ObjectValue | null;
  readonly agent: string;
}

/** What an adapter has found so far: agents and tools, each once, however often their calls are seen. */
export class Catalogue {
  private readonly framework: string;
  private readonly agents = new Map<string, AgentDefinition>();
  private readonly tools = new Map<string, ToolDefinition>();

  constructor(framework: string) {
    this.framework = framework;
  }

  definitions(): { agents: AgentDefinition[]; tools: ToolDefinition[] } {
    return { agents: [...this.agents.values()], tools: [...this.tools.values()] };
  }

  has(agent: string): boolean {
    return this.agents.has(agent);
  }

  /** Notes an agent; without `at` one that was not seen to be made. */
  agent(
    key: string,
    kind: string,
    at: DefinedAt | null,
    said: { readonly name?: ValueSet; readonly purpose?: ValueSet } = {},
  ): string {
    this.agents.set(key, { key, kind, call: at, name: said.name ?? NOTHING, purpose: said.purpose ?? NOTHING });
    return key;
  }

  /** Notes a tool, and runs its handler with what the framework passes. */
  tool(trace: Interpreter, found: FoundTool, given: Arguments): ValueSet {
    const { name, agent, handler, at } = found;
    const root = toolRoot(agent, constantText(name.pieces) ?? agentKey(at));
    this.tools.set(`${agent}\u0000${name.id}\u0000${agentKey(at)}`, {
      framework: this.framework,
      name,
      call: at,
      definition: found.definition ?? null,
      agent,
      handler,
      root,
      description: found.description ?? NOTHING,
      annotations: found.annotations ?? NOTHING,
    });
    return trace.start(root, handler, given, at.frame);
  }
}
