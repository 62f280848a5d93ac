import type {
  Definition,
  Doc,
  FunctionPositions,
  FunctionSummary,
  Guard,
  GuardId,
  Node,
  NodeId,
  NodeRef,
  Parameter,
  Step,
  TypePath,
  Variable,
} from "../../model/summary.ts";
import type { Use } from "../../model/tests-of-uses.ts";
import { isUse, sameUse, testedUses } from "../../model/tests-of-uses.ts";
import { ANY, Environment, union } from "./environment.ts";
import { UniqueNames } from "./unique-names.ts";

/** Anything assigned or declared with a value: variables, functions, classes, enums, namespaces. */
export interface VariableBinding {
  readonly kind: "variable";
  readonly owner: FunctionBuilder;
  /** Unique within the owner. */
  readonly name: string;
  /** Cannot be assigned again, by its declaration. */
  readonly constant: boolean;
  /** Place in the order in which the owner's variables were declared; tells what a loop declares afresh each time. */
  readonly order: number;
  readonly definitions: Definition[];
  type?: TypePath;
  /** Uses within the owner that list the definitions that reach them. */
  readonly uses: NodeId[];
  /** Another function assigns it: any definition may reach any use. */
  assignedElsewhere: boolean;
  /** The class it is declared as. */
  classPath?: string;
  /** The innermost loop that declares it anew in each round. */
  loop?: GuardId;
}

/** A parameter under its own name. Once assigned, it becomes a variable whose first definition is the parameter. */
export interface ParameterBinding {
  readonly kind: "parameter";
  readonly owner: FunctionBuilder;
  readonly index: number;
  readonly name: string;
  readonly type?: TypePath;
  readonly uses: { readonly in: FunctionBuilder; readonly node: NodeId }[];
  becomes?: VariableBinding;
}

/**
 * A guard that is written to the summary only when a step stands under it. `nothing`: the left side of `??`;
 * `undefined`: a parameter or a destructured value that is absent.
 */
export interface PendingGuard {
  readonly shape:
    | { readonly kind: "if"; readonly condition: NodeId; readonly when: boolean }
    | { readonly kind: "nothing"; readonly value: NodeId }
    | { readonly kind: "undefined"; readonly value: NodeId }
    | {
        readonly kind: "case";
        readonly subject: NodeId;
        readonly tests: readonly NodeId[];
        readonly otherwise?: readonly NodeId[];
      }
    | { readonly kind: "loop"; readonly over?: NodeId; readonly keys?: true }
    | { readonly kind: "catch" };
  readonly parent: PendingGuard | undefined;
  id: GuardId | undefined;
  /** The uses of whose values it says something, once somebody asked. */
  tested?: readonly Use[];
}

/** Where `break` and `continue` lead. */
export interface JumpTarget {
  readonly labels: readonly string[];
  readonly kind: "loop" | "switch" | "block";
  readonly base: Environment;
  /** What holds at each `break`; loops do without, they take all their definitions anyway. */
  readonly breaks: Environment[];
  continued: boolean;
}

export interface FunctionHeading {
  readonly path: string;
  readonly name: string;
  readonly kind: FunctionSummary["kind"];
  readonly owner?: string;
  readonly static?: boolean;
  readonly parent?: string;
  readonly async?: boolean;
  readonly generator?: boolean;
  readonly lexicalReceiver?: boolean;
}

/** Guards around a use that are looked at. */
const MOST_GUARDS = 64;

type StepWithoutGuard = Step extends infer S ? (S extends Step ? Omit<S, "guard"> : never) : never;

/** One function while it is being read: what goes into its summary, and the state of the walk through its body. */
export class FunctionBuilder {
  readonly heading: FunctionHeading;
  readonly start: number;
  readonly end: number;
  readonly nodes: Node[] = [];
  readonly spans: number[] = [];
  readonly entries: Record<NodeId, readonly number[]> = {};
  readonly parameters: Parameter[] = [];
  readonly parameterSpans: { readonly start: number; readonly end: number }[] = [];
  readonly variables: VariableBinding[] = [];
  readonly variablesByName = new Map<string, VariableBinding>();
  decorators: NodeRef[] | undefined;
  doc: Doc | undefined;
  returnType: TypePath | undefined;

  /** Guard of the step to come. */
  guard: PendingGuard | undefined;
  environment = new Environment();
  /** Whether the statement to come can be reached. */
  live = true;
  readonly jumps: JumpTarget[] = [];
  /** The closure that `__awaiter` is given: its `yield` is an `await`. */
  readonly awaiter: boolean;
  /** The state machine that `__generator` is given: the name of its state, and what it last awaited. */
  machine: { readonly state: string; sent: NodeId | undefined } | undefined;

  private readonly steps: Step[] = [];
  private readonly guards: Guard[] = [];
  private names: UniqueNames | undefined;
  private loops = 0;
  /** Variables there were when the innermost loop began. */
  private declaredOutside = 0;
  private usesInLoops: { readonly variable: VariableBinding; readonly node: NodeId }[] = [];
  private readonly defined: { readonly variable: VariableBinding; readonly ordinal: number }[] = [];

  constructor(heading: FunctionHeading, start: number, end: number, awaiter = false) {
    this.heading = heading;
    this.start = start;
    this.end = end;
    this.awaiter = awaiter;
  }

  get path(): string {
    return this.heading.path;
  }

  add(node: Node, start: number, end: number): NodeId {
    this.spans.push(start, end);
    return this.nodes.push(this.guard && isUse(node) ? this.underGuard(node, this.guard) : node) - 1;
  }

  /** A use keeps the guard it stands under where that, or one around it, says something of the value. */
  private underGuard(use: Use, guard: PendingGuard): Use {
    let left = MOST_GUARDS;
    for (let at: PendingGuard | undefined = guard; at && left > 0; at = at.parent, left--)
      if (this.testedBy(at).some((tested) => sameUse(use, tested))) return { ...use, guard: this.guardId(at) };
    return use;
  }

  private testedBy(guard: PendingGuard): readonly Use[] {
    const { shape } = guard;
    const asked = shape.kind === "if" ? shape.condition : shape.kind === "case" ? shape.subject : undefined;
    return (guard.tested ??= asked === undefined ? [] : [...testedUses(asked, this.nodes)].map(({ use }) => use));
  }

  step(step: StepWithoutGuard): void {
    if (this.guard) (step as { guard?: GuardId }).guard = this.guardId(this.guard);
    this.steps.push(step);
  }

  guardId(pending: PendingGuard): GuardId {
    const unwritten: PendingGuard[] = [];
    for (let at: PendingGuard | undefined = pending; at && at.id === undefined; at = at.parent) unwritten.push(at);
    for (const guard of unwritten.reverse()) {
      const parent = guard.parent?.id;
      guard.id = this.guards.push({ ...this.guardShape(guard.shape), ...(parent !== undefined && { parent }) }) - 1;
    }
    return pending.id!;
  }

  private guardShape(shape: PendingGuard["shape"]): Guard {
    if (shape.kind !== "nothing" && shape.kind !== "undefined") return shape;
    const [start, end] = [this.spans[shape.value * 2]!, this.spans[shape.value * 2 + 1]!];
    const nothing = this.add(
      shape.kind === "nothing" ? { kind: "literal", value: null } : { kind: "undefined" },
      start,
      end,
    );
    const operator = shape.kind === "nothing" ? "==" : "===";
    const condition = this.add({ kind: "operation", operator, operands: [shape.value, nothing] }, start, end);
    return { kind: "if", condition, when: true };
  }

  /** A name for a variable that no other variable of this function has. */
  uniqueName(name: string): string {
    this.names ??= new UniqueNames();
    return this.names.take(name);
  }

  /** A definition made in this function's own body, which ends the reach of the ones before it. */
  define(variable: VariableBinding, value: NodeId): void {
    const ordinal = variable.definitions.push({ value }) - 1;
    this.defined.push({ variable, ordinal });
    this.environment.set(variable, [ordinal]);
  }

  /** The first definition of a variable holds wherever nothing else was assigned yet. */
  initial(variable: VariableBinding): void {
    let bottom = this.environment;
    while (bottom.below) bottom = bottom.below;
    bottom.set(variable, [0]);
  }

  use(variable: VariableBinding, start: number, end: number): NodeId {
    const definitions = variable.constant && variable.definitions.length === 1 ? [0] : this.environment.get(variable);
    const node = this.add(variableUse(variable.name, definitions), start, end);
    this.recordUse(variable, node);
    return node;
  }

  /** Keeps a use in mind that a later definition, in a loop or in another function, may reach as well. */
  recordUse(variable: VariableBinding, node: NodeId): void {
    if (variable.constant) return;
    variable.uses.push(node);
    if (this.loops > 0) this.usesInLoops.push({ variable, node });
  }

  /** Whether what a variable was before this round of the innermost loop, if there is one, is no matter. */
  isDeclaredInRound(variable: VariableBinding): boolean {
    return this.loops === 0 || variable.order >= this.declaredOutside;
  }

  /** Definitions made since `mark`, by variable. */
  definedSince(mark: number): Map<VariableBinding, number[]> {
    const found = new Map<VariableBinding, number[]>();
    for (let i = mark; i < this.defined.length; i++) {
      const { variable, ordinal } = this.defined[i]!;
      const ordinals = found.get(variable);
      if (ordinals) ordinals.push(ordinal);
      else found.set(variable, [ordinal]);
    }
    return found;
  }

  get definitionMark(): number {
    return this.defined.length;
  }

  /**
   * Runs `body` as one that may run again: its definitions reach its own uses, and what follows. `afresh`: the loop whose
   * rounds declare the variables of the body anew.
   */
  repeat(body: () => void, afresh?: PendingGuard): void {
    const before = { defined: this.defined.length, uses: this.usesInLoops.length, variables: this.variables.length };
    const base = this.environment;
    const outside = this.declaredOutside;
    this.environment = new Environment(base);
    this.loops++;
    this.declaredOutside = before.variables;
    body();
    this.declaredOutside = outside;
    this.loops--;
    this.environment = base;
    if (afresh?.id !== undefined)
      for (const variable of this.variables.slice(before.variables)) variable.loop ??= afresh.id;
    const defined = this.definedSince(before.defined);
    for (const [variable, ordinals] of defined) {
      if (variable.order >= before.variables) defined.delete(variable);
      else base.add(variable, ordinals);
    }
    for (let i = before.uses; i < this.usesInLoops.length; i++) {
      const { variable, node } = this.usesInLoops[i]!;
      const ordinals = defined.get(variable);
      if (ordinals) this.reach(node, ordinals);
    }
    if (this.loops === 0) this.usesInLoops = [];
  }

  private reach(node: NodeId, ordinals: readonly number[]): void {
    const use = this.nodes[node]!;
    if (use.kind === "variable" && use.definitions)
      this.nodes[node] = variableUse(use.name, union(use.definitions, ordinals));
  }

  finish(): { summary: FunctionSummary; positions: FunctionPositions } {
    const variables: Variable[] = [];
    for (const variable of this.variables) {
      if (variable.assignedElsewhere)
        for (const node of variable.uses) this.nodes[node] = variableUse(variable.name, []);
      const described: { -readonly [K in keyof Variable]: Variable[K] } = {
        name: variable.name,
        definitions: variable.definitions,
      };
      if (variable.type) described.type = variable.type;
      if (variable.loop !== undefined) described.loop = variable.loop;
      if (variable.constant || (variable.definitions.length < 2 && !variable.assignedElsewhere))
        described.constant = true;
      variables.push(described);
    }
    const { parameters, nodes, steps, guards } = this;
    const summary: { -readonly [K in keyof FunctionSummary]: FunctionSummary[K] } = {
      ...this.heading,
      parameters,
      variables,
      nodes,
      steps,
      guards,
    };
    if (this.decorators) summary.decorators = this.decorators;
    if (this.doc) summary.doc = this.doc;
    if (this.returnType) summary.returnType = this.returnType;
    return { summary, positions: { start: this.start, end: this.end, nodes: this.spans, entries: this.entries } };
  }
}

/** No definition known to reach means that any may. */
function variableUse(name: string, definitions: readonly number[]): Node {
  return definitions.length > 0 && definitions !== ANY
    ? { kind: "variable", name, definitions }
    : { kind: "variable", name };
}
