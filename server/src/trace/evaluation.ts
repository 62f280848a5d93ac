import type { GuardId, Node, NodeId, TypePath } from "../model/summary.ts";
import type { Use } from "../model/tests-of-uses.ts";
import { orInjected, orTyped } from "./annotations.ts";
import { keyName } from "./natives/keys.ts";
import { keysOf } from "./natives/native.ts";
import { standsFor } from "./decoration.ts";
import type { Truth } from "./conditions.ts";
import { equality, isNothing, not, truthOf } from "./conditions.ts";
import type { Frame, LoopItem } from "./frames.ts";
import { Round, variableOf } from "./frames.ts";
import type { Interpreter } from "./interpreter.ts";
import { anyItemOf } from "./iteration.ts";
import { chosen, listLiteral, objectLiteral, restOf, template, typeNames } from "./literals.ts";
import { bindMember, importedValue, item, members } from "./members.ts";
import { refined } from "./refinement.ts";
import { proxyMember } from "./properties.ts";
import { itemOnDemand } from "./python-protocol.ts";
import { PYTHON_BUILTINS, entered, formatted, isList, namedRest, submodule } from "./python.ts";
import type { ClassValue, Value, ValueSet } from "./values.ts";
import { NOTHING, setOf, union } from "./values.ts";

/** Cells of frames that hold the value of a node rather than of a variable. */
const NODE_VARIABLE = "\u0000";
/** Expressions that stand on each other more deeply are not followed: the stack has an end. */
const DEEPEST = 400;
/** Values found inside circles that are found again for each who asks. Past that, what the first one found counts: less, and known to be. */
const MOST_CIRCLING = 2000;

/** What the expressions of one function are, on what is known so far. */
export class Evaluation {
  readonly trace: Interpreter;
  readonly frame: Frame;
  /** What functions and classes that are made now close over: the frame, or a round of one of its loops. */
  scope: Frame;
  /** What each loop that is followed item by item binds now. */
  loopItems: ReadonlyMap<GuardId, LoopItem> = new Map();
  /** Results of calls, by node. */
  calls: (ValueSet | undefined)[];
  /** Something was not run because a condition or an argument is not known yet. */
  stalled = false;
  /** Calls whose result was wanted before their step ran: loops. */
  readonly wantedEarly = new Map<NodeId, ValueSet>();
  private readonly open = new Set<NodeId>();
  private metOpen = false;
  /** How many values were not kept since the outermost was asked for. */
  private circling = 0;
  private nodes: (ValueSet | undefined)[] = [];

  constructor(trace: Interpreter, frame: Frame) {
    this.trace = trace;
    this.frame = frame instanceof Round ? frame.whole : frame;
    this.scope = this.frame;
    this.calls = [...frame.calls];
    if (frame instanceof Round) this.enter(frame);
  }

  /** From now on, this is evaluated as in one round of a loop. */
  enter(round: Round): void {
    this.scope = round;
    this.loopItems = round.items;
    this.forget();
  }

  /** Where a node stands: in the innermost round of a loop around it. */
  private scopeAt(id: NodeId): Frame {
    let scope = this.scope;
    while (scope instanceof Round && id < scope.from) scope = scope.outer;
    return scope;
  }

  /** A class as it is written at a node. */
  classAt(id: NodeId, path: string): ClassValue {
    return this.trace.values.class(this.frame.file, path, this.scopeAt(id));
  }

  /** Tells what a node does in one round of a loop from what it does in another. */
  labelAt(id: NodeId): string {
    const scope = this.scopeAt(id);
    return scope instanceof Round ? scope.label : "";
  }

  /** The value of a variable of another frame; `reader` is told when it grows. */
  static variableOf(trace: Interpreter, frame: Frame, name: string, reader: Frame): ValueSet {
    let owner = frame;
    while (owner instanceof Round && !owner.isOwn(name)) owner = owner.outer;
    const isNew = !owner.variables.has(name);
    const cell = owner.variable(name);
    if (isNew) new Evaluation(trace, owner).publish(name);
    return trace.read(cell, reader);
  }

  /** The value of a node of another frame; `reader` is told when it grows. */
  static nodeOf(trace: Interpreter, frame: Frame, node: NodeId, reader: Frame): ValueSet {
    const summary = frame.function.nodes[node];
    const isVariable =
      summary?.kind === "variable" && (summary.function === undefined || summary.function === frame.function.path);
    return Evaluation.variableOf(trace, frame, isVariable ? summary.name : NODE_VARIABLE + String(node), reader);
  }

  /** Makes a variable's values, or a node's, known to other frames. */
  publish(name: string): void {
    const values = name.startsWith(NODE_VARIABLE)
      ? this.value(Number(name.slice(NODE_VARIABLE.length)))
      : this.ownDefinitions(name, undefined);
    this.trace.grow(this.scope.variable(name), values);
  }

  private ownDefinitions(name: string, only: readonly number[] | undefined): ValueSet {
    const variable = variableOf(this.frame.function, name);
    if (!variable) return NOTHING;
    let values: ValueSet = NOTHING;
    for (const [i, definition] of variable.definitions.entries()) {
      if (definition.function !== undefined || (only && !only.includes(i))) continue;
      const use = this.frame.function.nodes[definition.value]!;
      if (use.kind === "variable" && use.name === name && !use.definitions) continue;
      values = this.join(values, this.value(definition.value));
    }
    const declaredOnly = variable.definitions.length === 0 || (only && only.length === 0);
    if (declaredOnly) values = this.join(values, this.trace.values.undefined);
    return this.orTyped(values, variable.type);
  }

  /** Forgets the values of nodes, because something they stand on is another now. */
  forget(): void {
    this.nodes = [];
  }

  // ---- expressions

  value(id: NodeId): ValueSet {
    const known = this.nodes[id];
    if (known) return known;
    if (this.open.has(id)) {
      this.metOpen = true;
      return [this.trace.values.unknown("a value built from itself in a loop")];
    }
    if (this.trace.depth >= DEEPEST) return [this.trace.values.unknown("an expression too deep to be followed")];
    const metBefore = this.metOpen;
    this.metOpen = false;
    this.open.add(id);
    this.trace.depth++;
    const values = this.evaluate(id, this.frame.function.nodes[id]!);
    this.trace.depth--;
    this.open.delete(id);
    // What was found inside a circle is not the whole truth for its members, only for the one asked first.
    if (this.open.size === 0) this.circling = 0;
    if (this.open.size === 0 || !this.metOpen || this.circling++ > MOST_CIRCLING) this.nodes[id] = values;
    this.metOpen = metBefore || (this.metOpen && this.open.size > 0);
    return values;
  }

  private evaluate(id: NodeId, node: Node): ValueSet {
    const { trace, frame } = this;
    const table = trace.values;
    switch (node.kind) {
      case "literal":
        if (typeof node.value !== "string") return [table.literal(node.value)];
        return [
          table.text(
            node.value === ""
              ? []
              : [{ text: node.value, offset: 0, site: { file: frame.file, function: frame.function.path, node: id } }],
          ),
        ];
      case "undefined":
        return table.undefined;
      case "pattern":
        return [table.pattern(node.source)];
      case "template":
        return template(this, node.parts, id);
      case "operation":
        return this.operation(id, node.operator, node.operands);
      case "conditional":
        return this.conditional(node.condition, node.then, node.otherwise);
      case "logical":
        return this.logical(node.operator, node.left, node.right);
      case "variable":
        return this.underGuard(node, this.variableUse(node.name, node.function, node.definitions));
      case "parameter": {
        const owner = node.function === undefined ? frame : trace.enclosing(frame.environment, node.function);
        return owner ? this.underGuard(node, this.parameter(owner, node.index)) : NOTHING;
      }
      case "receiver":
        return this.receiver();
      case "base":
        return NOTHING;
      case "arguments":
        return this.allArguments();
      case "import":
        return this.imported(node.request, node.name);
      case "global":
        return this.global(node.name);
      case "member":
        return this.memberOf(node.of, node.name);
      case "index":
        return this.indexOf(node.of, node.key);
      case "element":
        return this.element(node.of, node.loop, node.keys === true);
      case "rest":
        return restOf(this, id, node.of, node.without, node.skip);
      case "object":
        return objectLiteral(this, id, node.entries);
      case "list":
        return listLiteral(this, id, node.items);
      case "function":
        return [table.closure(frame.file, node.function, this.scopeAt(id))];
      case "class": {
        const value = this.classAt(id, node.class);
        trace.startClass(value, frame);
        return trace.classSummary(value)?.summary.decorators ? standsFor(trace, value, frame) : [value];
      }
      case "call":
        return this.callResult(id);
      case "await":
        return this.value(node.of);
      case "enter":
        return entered(this, id, this.value(node.of));
      case "yield":
        return this.sentIn();
      case "typed": {
        return this.orTyped(this.value(node.of), node.type);
      }
      case "unknown":
        return [table.unknown(node.reason)];
    }
  }

  private sentIn(): ValueSet {
    const sent = this.trace.read(this.frame.sent, this.frame);
    if (sent.length > 0) return sent;
    this.stalled = true;
    return this.frame.insists ? [this.trace.values.unknown("what is sent into a generator")] : NOTHING;
  }

  private callResult(id: NodeId): ValueSet {
    const values = this.calls[id] ?? NOTHING;
    this.wantedEarly.set(id, values);
    return values;
  }

  private operation(id: NodeId, operator: string, operands: readonly NodeId[]): ValueSet {
    const table = this.trace.values;
    if (operator === "+" && operands.length === 2) {
      const left = this.value(operands[0]!);
      const right = this.value(operands[1]!);
      if ([...left, ...right].some((v) => v.kind === "text")) return template(this, [operands[0]!, operands[1]!]);
      if (this.frame.language === "python" && left.some(isList))
        return listLiteral(
          this,
          id,
          operands.map((spread) => ({ spread })),
        );
      if (!left.length || !right.length) return NOTHING;
      return [this.pastPosition(operands[0]!, operands[1]!) ?? table.unknown("a computed number")];
    }
    const truth = this.truthOfOperation(operator, operands);
    if (truth === "never") return NOTHING;
    if (truth === "true" || truth === "false") return [table.literal(truth === "true")];
    if (truth === "maybe") return setOf([table.literal(true), table.literal(false)], table);
    if (operator === "%" && this.value(operands[0]!).some((v) => v.kind === "text"))
      return formatted(this, this.value(operands[0]!));
    if (operator === "typeof") return typeNames(this.trace, this.value(operands[0]!));
    return operands.some((o) => this.value(o).length === 0) ? NOTHING : [table.unknown("a computed value")];
  }

  /** `name.indexOf("_") + 1`, `prefix.length + 1`: of numbers only those that count characters, which nothing makes grow. */
  private pastPosition(counted: NodeId, by: NodeId): Value | undefined {
    const { nodes } = this.frame.function;
    const node = nodes[counted]!;
    const callee = node.kind === "call" ? nodes[node.callee]! : node;
    if (callee.kind !== "member" || !["length", "indexOf", "lastIndexOf"].includes(callee.name)) return undefined;
    const [position, ...more] = this.value(counted);
    const step = nodes[by]!;
    if (more.length > 0 || position?.kind !== "literal" || typeof position.value !== "number") return undefined;
    if (step.kind !== "literal" || typeof step.value !== "number") return undefined;
    return this.trace.values.literal(position.value + step.value);
  }

  private conditional(condition: NodeId, then: NodeId, otherwise: NodeId): ValueSet {
    const truth = this.settled(this.truth(condition));
    if (truth === "never") return NOTHING;
    const yes = truth === "false" ? NOTHING : this.value(then);
    return truth === "true" ? yes : this.join(yes, this.value(otherwise));
  }

  private logical(operator: "||" | "&&" | "??", left: NodeId, right: NodeId): ValueSet {
    const values = this.value(left);
    if (values.length === 0) return this.frame.insists ? this.value(right) : NOTHING;
    if (operator === "??") {
      const kept = values.filter((v) => !isNothing(v));
      const certain = values.every((v) => !isNothing(v) && v.kind !== "external" && v.kind !== "unknown");
      return certain ? kept : this.join(kept, this.value(right));
    }
    const stays = operator === "||" ? "true" : "false";
    const kept = values.filter((v) => [stays, "maybe"].includes(truthOf([v])));
    return truthOf(values) === stays ? kept : this.join(kept, this.value(right));
  }

  private underGuard(use: Use, values: ValueSet): ValueSet {
    return use.guard === undefined ? values : refined(this, use, use.guard, values);
  }

  private variableUse(name: string, owner: string | undefined, only: readonly number[] | undefined): ValueSet {
    const { trace, frame } = this;
    if (owner !== undefined && owner !== frame.function.path) {
      const around = trace.enclosing(frame.environment, owner);
      return around ? Evaluation.variableOf(trace, around, name, frame) : NOTHING;
    }
    let values = this.ownDefinitions(name, only);
    if (variableOf(frame.function, name)?.definitions.some((d) => d.function !== undefined))
      values = this.join(values, trace.read(this.scope.variable(name), frame));
    return values;
  }

  parameter(of: Frame, index: number): ValueSet {
    const { trace } = this;
    const owner = of instanceof Round ? of.whole : of;
    const parameter = owner.function.parameters[index];
    if (!parameter) return NOTHING;
    if (parameter.rest === "list") return [trace.values.object(trace.restList(owner)!)];
    if (parameter.rest === "named") return [namedRest(trace, owner, index, this.frame)];
    let values = trace.read(owner.parameters[index]!, this.frame);
    if (
      parameter.default !== undefined &&
      values.some((v) => isNothing(v) || v.kind === "unknown" || v.kind === "external")
    ) {
      const fallback =
        owner === this.frame
          ? this.value(parameter.default)
          : Evaluation.nodeOf(trace, owner, parameter.default, this.frame);
      values = this.join(
        values.filter((v) => !(v.kind === "literal" && v.value === undefined)),
        fallback,
      );
    }
    values = orInjected(trace, values, parameter, owner, this.frame);
    return this.orTyped(values, parameter.type, owner);
  }

  private orTyped(values: ValueSet, type: TypePath | undefined, owner: Frame = this.frame): ValueSet {
    return orTyped(this.trace, values, type, owner.file, owner, this.frame);
  }

  receiver(): ValueSet {
    for (let at: Frame | null = this.frame; at; at = at.environment) {
      if (at.function.lexicalReceiver) continue;
      return at.receiver ? [at.receiver] : [this.trace.values.unknown("this")];
    }
    return NOTHING;
  }

  private allArguments(): ValueSet {
    const { trace } = this;
    for (let at: Frame | null = this.scope; at; at = at.environment) {
      if (at.function.lexicalReceiver) continue;
      const owner = at instanceof Round ? at.whole : at;
      const list = trace.objectFor(`arguments:${owner.id}`, "list", null, null);
      for (const [i, cell] of owner.parameters.entries()) trace.store(list, String(i), trace.read(cell, this.frame));
      trace.grow(list.rest, trace.read(owner.extraArguments, this.frame));
      return [trace.values.object(list)];
    }
    return NOTHING;
  }

  private imported(request: number, name: string): ValueSet {
    const { trace, frame } = this;
    const target = trace.program.resolve(frame.file, request);
    if (frame.language === "python" && name !== "*") {
      const module = submodule(trace, frame.file, request, target, name);
      if (module) return [module];
    }
    return importedValue(trace, target, name, frame);
  }

  private global(name: string): ValueSet {
    const { trace, frame } = this;
    const isPython = frame.language === "python";
    // `exports` as a whole; what it has by name, the front-end knows.
    if (name === "exports" && !isPython) return [trace.values.module(frame.file)];
    const root = isPython ? PYTHON_BUILTINS : "global";
    const written = isPython ? NOTHING : trace.externalFields.read(trace, "global#globalThis", name, frame);
    return this.join(written, [trace.values.step(trace.values.external(root), { kind: "member", name })]);
  }

  private memberOf(of: NodeId, name: string): ValueSet {
    if (this.frame.function.nodes[of]!.kind === "base") return this.baseMember(name);
    let values: ValueSet = NOTHING;
    for (const holder of this.value(of)) values = this.join(values, members(this.trace, holder, name, this.frame));
    return values;
  }

  private baseMember(name: string): ValueSet {
    const owner = this.ownerClass();
    const self = this.receiver();
    if (!owner) return NOTHING;
    let values: ValueSet = NOTHING;
    for (const base of this.trace.basesOf(owner, this.frame)) {
      for (const receiver of self) values = this.join(values, bindMember(this.trace, base, name, receiver, this.frame));
    }
    return values;
  }

  ownerClass(): ClassValue | undefined {
    for (let at: Frame | null = this.frame; at; at = at.environment) {
      if (at.function.owner !== undefined && !at.function.lexicalReceiver)
        return this.trace.values.class(at.file, at.function.owner, at.environment);
    }
    return undefined;
  }

  /** Constant keys of an index, or undefined where it can be anything. */
  constantKeys(key: NodeId): string[] | undefined {
    const names = this.value(key).map(keyName);
    return names.includes(undefined) ? undefined : (names as string[]);
  }

  private indexOf(of: NodeId, key: NodeId): ValueSet {
    const names = this.constantKeys(key);
    let values: ValueSet = NOTHING;
    for (const holder of this.value(of)) {
      if (names) for (const name of names) values = this.join(values, item(this.trace, holder, name, this.frame));
      else values = this.join(values, this.anyMember(holder));
    }
    return values;
  }

  /** What may be found under a name nobody knows, or nothing. */
  anyMember(holder: Value): ValueSet {
    const { trace } = this;
    switch (holder.kind) {
      case "external":
        return this.join(trace.externalFields.read(trace, holder.path, undefined, this.frame), [
          trace.values.step(holder, { kind: "index" }),
        ]);
      case "object": {
        if (holder.object.kind === "proxy") return proxyMember(trace, holder, undefined, this.frame);
        const answered = itemOnDemand(trace, holder, undefined, this.frame);
        if (answered.length > 0) return answered;
        holder.object.listReaders.add(this.frame);
        let values = this.join(trace.read(holder.object.rest, this.frame), trace.values.undefined);
        for (const cell of holder.object.fields.values()) values = this.join(values, trace.read(cell, this.frame));
        if (holder.object.kind !== "list") values = chosen(trace, values);
        if (holder.object.class) {
          const found = trace.classSummary(holder.object.class);
          for (const member of found?.summary.members ?? []) {
            if (member.kind === "method" && !member.static)
              values = this.join(values, members(trace, holder, member.name, this.frame));
          }
        }
        return trace.values.allRelying(values, holder.reliesOn);
      }
      case "module":
        return trace.program
          .exportNames(holder.file)
          .reduce((all, name) => this.join(all, members(trace, holder, name, this.frame)), NOTHING);
      case "unknown":
        return [holder];
      default:
        return [trace.values.unknown("looked up under a name chosen at run time")];
    }
  }

  private element(of: NodeId, loop: GuardId | undefined, keys: boolean): ValueSet {
    const { trace } = this;
    const bound = loop === undefined ? undefined : this.loopItems.get(loop);
    if (bound) return keys ? bound.key : bound.item;
    const holders = this.value(of);
    const values = keys
      ? holders.reduce((all: ValueSet, holder) => this.join(all, keysOf(trace, holder, this.frame)), NOTHING)
      : anyItemOf(trace, holders, this.frame);
    if (values.length > 0) return values;
    this.stalled = true;
    return this.frame.insists ? [trace.values.unknown("an item of an empty list")] : NOTHING;
  }

  // ---- conditions

  /** What to make of a condition of which nothing is known: wait, unless waiting has been in vain. */
  settled(truth: Truth): Truth {
    if (truth !== "never") return truth;
    this.stalled = true;
    return this.frame.insists ? "maybe" : "never";
  }

  truth(id: NodeId): Truth {
    const node = this.frame.function.nodes[id]!;
    if (node.kind === "operation") {
      const truth = this.truthOfOperation(node.operator, node.operands);
      if (truth) return truth;
    }
    if (node.kind === "logical" && node.operator !== "??") {
      const left = this.truth(node.left);
      const decides = node.operator === "&&" ? "false" : "true";
      if (left === "never" || left === decides) return left;
      const right = this.truth(node.right);
      if (left !== "maybe") return right;
      return right === decides ? decides : "maybe";
    }
    return truthOf(this.value(id));
  }

  private truthOfOperation(operator: string, operands: readonly NodeId[]): Truth | undefined {
    switch (operator) {
      case "!":
      case "not":
        return not(this.truth(operands[0]!));
      case "==":
      case "===":
      case "is":
        return equality(this.value(operands[0]!), this.value(operands[1]!));
      case "!=":
      case "!==":
      case "is not":
        return not(equality(this.value(operands[0]!), this.value(operands[1]!)));
      case "in":
        return this.contains(operands[0]!, operands[1]!);
      default:
        return undefined;
    }
  }

  private contains(key: NodeId, holder: NodeId): Truth {
    const names = this.constantKeys(key);
    const holders = this.value(holder);
    if (holders.length === 0 || this.value(key).length === 0) return "never";
    if (names?.length !== 1) return "maybe";
    const found = holders.map((h) => {
      if (h.kind !== "object" || h.object.class) return "maybe";
      h.object.listReaders.add(this.frame);
      if (h.object.fields.has(names[0]!)) return "true";
      return this.trace.read(h.object.rest, this.frame).length > 0 ? "maybe" : "false";
    });
    return found.every((t) => t === found[0]) ? (found[0] as Truth) : "maybe";
  }

  private join(a: ValueSet, b: ValueSet): ValueSet {
    return union(a, b, this.trace.values);
  }
}
