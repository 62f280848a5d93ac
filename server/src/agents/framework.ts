import type { Annotations } from "../model/analysis.ts";
import type { NodeId } from "../model/summary.ts";
import type { Frame, Root } from "../trace/frames.ts";
import type { Interpreter } from "../trace/interpreter.ts";
import type { CallObserver } from "../trace/observer.ts";
import type { ObjectValue, TextValue, ValueSet } from "../trace/values.ts";

/** Where something is defined: a call of the framework, or any other expression. */
export interface DefinedAt {
  readonly frame: Frame;
  readonly node: NodeId;
}

/** A tool as one framework defines it: values, not yet places. */
export interface ToolDefinition {
  readonly framework: string;
  readonly name: TextValue;
  readonly description: ValueSet;
  readonly annotations: ValueSet;
  readonly handler: ValueSet;
  /** What registers it. */
  readonly call: DefinedAt;
  /** The object that describes it, where there is one. */
  readonly definition: ObjectValue | null;
  /** Under which its handler runs in the trace; null while no handler is known. */
  readonly root: Root | null;
  readonly agent: string;
}

/** What owns tools. */
export interface AgentDefinition {
  readonly key: string;
  readonly kind: string;
  readonly name: ValueSet;
  readonly purpose: ValueSet;
  readonly call: DefinedAt | null;
}

/** One framework: watches its calls during the trace, runs handlers, and says afterwards what it saw. */
export interface FrameworkAdapter extends CallObserver {
  readonly framework: string;
  definitions(): { readonly agents: readonly AgentDefinition[]; readonly tools: readonly ToolDefinition[] };
  /** Called when the trace has settled; true if it started something more. */
  settle?(trace: Interpreter): boolean;
}

export interface Framework {
  readonly id: string;
  /** Texts without which no file can use it. */
  readonly triggers: readonly string[];
  /** How the ways into its packages begin, where that is not as the triggers are spelled: calls there are remembered. */
  readonly packages?: readonly string[];
  /** Packages of which calls are known by name: they are not followed into, though the workspace may be where they are written. */
  readonly libraries?: readonly string[];
  create(): FrameworkAdapter;
}

export const HINTS: readonly (keyof Annotations)[] = [
  "title",
  "readOnlyHint",
  "destructiveHint",
  "idempotentHint",
  "openWorldHint",
];

export function toolRoot(agent: string, name: string): Root {
  return { kind: "tool", name: `${agent}\u0000${name}`, subject: name };
}

/** What a model sends: never known, and told apart from everything else. */
export function modelInput(trace: Interpreter): ValueSet {
  return [trace.values.step(trace.values.external("model"), { kind: "member", name: "input" })];
}

/** Names a server, or a registration, by the call that makes it. */
export function agentKey(call: DefinedAt): string {
  return `${call.frame.file}\u0000${call.frame.function.path}\u0000${call.node}`;
}
