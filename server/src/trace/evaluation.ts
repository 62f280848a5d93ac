import type { Argument, GuardId, Node, NodeId, Step, TypePath } from "../model/summary.ts";
import { callNative, keysOf } from "./builtins.ts";
import type { Truth } from "./conditions.ts";
import { equality, isNothing, not, truthOf } from "./conditions.ts";
import type { Frame } from "./frames.ts";
import type { HeapObject } from "./heap.ts";
import { listLiteral, objectLiteral, restOf } from "./literals.ts";
import type { Arguments } from "./arguments.ts";
import type { Evaluator, Interpreter } from "./interpreter.ts";
import { bindMember, exportedValue, externalImport, itemsOf, members } from "./members.ts";
import { packagePath } from "./program.ts";
import type { TextPiece } from "./texts.ts";
import { HOLE, joinPieces } from "./texts.ts";
import type { ClassValue, Value, ValueSet } from "./values.ts";
import { NOTHING, setOf, union } from "./values.ts";

/** Loops over lists of at most this many known items are followed item by item. */
const LONGEST_UNROLLED = 80;

/** Cells of frames that hold the value of a node rather than of a variable. */
const NODE_VARIABLE = "\u0000";

/** Runs one function's steps once, on what is known so far. */
export class Evaluation {
  readonly trace: Interpreter;
  readonly frame: Frame;
  private nodes: (ValueSet | undefined)[] = [];
  private calls: (ValueSet | undefined)[];
  /** Calls whose result was wanted before their step ran: loops. */
  private readonly wantedEarly = new Map<NodeId, ValueSet>();
  private readonly open = new Set<NodeId>();
  private metOpen = false;
  private readonly loopItems = new Map<GuardId, ValueSet>();
  loopLabel = "";

  constructor(trace: Interpreter, frame: Frame) {
    this.trace = trace;
    this.frame = frame;
    this.calls = [...frame.calls];
  }

  run(): void {
    const { frame, trace } = this;
    this.setParameterFields();
    this.runSteps(0, frame.function.steps.length, undefined);
    frame.calls = this.calls;
    for (const name of frame.variables.keys()) this.publish(name);
    if (!frame.function.steps.some((s) => s.kind === "return")) trace.grow(frame.returned, trace.values.undefined);
    for (const [node, seen] of this.wantedEarly) if ((this.calls[node] ?? NOTHING) !== seen) return trace.enqueue(frame);
  }

  /** The value of a variable of another frame; `reader` is told when it grows. */
  static variableOf(trace: Interpreter, frame: Frame, name: string, reader: Frame): ValueSet {
    const isNew = !frame.variables.has(name);
    const cell = frame.variable(name);
    if (isNew) new Evaluation(trace, frame).publish(name);
    return trace.read(cell, reader);
  }

  /** The value of a node of another frame; `reader` is told when it grows. */
  static nodeOf(trace: Interpreter, frame: Frame, node: NodeId, reader: Frame): ValueSet {
    const summary = frame.function.nodes[node];
    const isVariable = summary?.kind === "variable" && (summary.function === undefined || summary.function === frame.function.path);
    return Evaluation.variableOf(trace, frame, isVariable ? summary.name : NODE_VARIABLE + String(node), reader);
  }

  private publish(name: string): void {
    const values = name.startsWith(NODE_VARIABLE) ? this.value(Number(name.slice(NODE_VARIABLE.length))) : this.ownDefinitions(name, undefined);
    this.trace.grow(this.frame.variable(name), values);
  }

  private ownDefinitions(name: string, only: readonly number[] | undefined): ValueSet {
    const variable = this.frame.function.variables.find((v) => v.name === name);
    if (!variable) return NOTHING;
    let values: ValueSet = NOTHING;
    for (const [i, definition] of variable.definitions.entries()) {
      if (definition.function !== undefined || (only && !only.includes(i))) continue;
      values = this.join(values, this.value(definition.value));
    }
    const declaredOnly = variable.definitions.length === 0 || (only && only.length === 0);
    if (declaredOnly) values = this.join(values, this.trace.values.undefined);
    return this.orTyped(values, variable.type);
  }

  private setParameterFields(): void {
    const self = this.frame.receiver;
    for (const [i, parameter] of this.frame.function.parameters.entries()) {
      if (parameter.field && self?.kind === "object") this.trace.store(self.object, parameter.field, this.parameter(this.frame, i));
    }
  }

  // ---- steps

  private runSteps(from: number, to: number, inside: GuardId | undefined): void {
    const steps = this.frame.function.steps;
    let at = from;
    while (at < to) {
      const loop = this.loopOf(steps[at]!, inside);
      if (loop === undefined) {
        this.runStep(steps[at]!);
        at++;
        continue;
      }
      let end = at + 1;
      while (end < to && this.loopOf(steps[end]!, inside) === loop) end++;
      this.runLoop(at, end, loop);
      at = end;
    }
  }

  /** The outermost loop with a subject that a step stands in, inside the loop `inside`. */
  private loopOf(step: Step, inside: GuardId | undefined): GuardId | undefined {
    let found: GuardId | undefined;
    for (let id = step.guard; id !== undefined && id !== inside; ) {
      const guard = this.frame.function.guards[id]!;
      if (guard.kind === "loop" && guard.over !== undefined) found = id;
      id = guard.parent;
    }
    return found;
  }

  /** Item by item where the items are known, so that what belongs together stays together; else once for all. */
  private runLoop(from: number, to: number, loop: GuardId): void {
    const guard = this.frame.function.guards[loop]!;
    const over = guard.kind === "loop" && guard.over !== undefined ? this.value(guard.over) : NOTHING;
    const items = this.separateItems(over);
    if (!items) return this.runSteps(from, to, loop);
    const label = this.loopLabel;
    const before = this.calls;
    let after = before;
    for (const [i, item] of items.entries()) {
      this.loopItems.set(loop, item);
      this.loopLabel = `${label}#${i}`;
      this.nodes = [];
      this.calls = [...before];
      this.runSteps(from, to, loop);
      after = this.mergeCalls(after, this.calls);
    }
    this.loopItems.delete(loop);
    this.loopLabel = label;
    this.nodes = [];
    this.calls = after;
  }

  private mergeCalls(a: readonly (ValueSet | undefined)[], b: readonly (ValueSet | undefined)[]): (ValueSet | undefined)[] {
    const merged = [...a];
    for (const [i, values] of b.entries()) if (values) merged[i] = this.join(merged[i] ?? NOTHING, values);
    return merged;
  }

  private separateItems(over: ValueSet): ValueSet[] | undefined {
    const items: ValueSet[] = [];
    for (const value of over) {
      if (value.kind !== "object" || value.object.kind !== "list") return undefined;
      items.push(...itemsOf(this.trace, value.object, this.frame));
    }
    return items.length > 1 && items.length <= LONGEST_UNROLLED ? items : undefined;
  }

  private runStep(step: Step): void {
    if (!this.mayRun(step.guard)) return;
    const { trace, frame } = this;
    switch (step.kind) {
      case "call":
        this.calls[step.node] = this.join(this.calls[step.node] ?? NOTHING, this.evaluateCall(step.node, step.guard));
        return;
      case "set":
        return this.assignMember(step.target, this.value(step.value));
      case "assign": {
        if (step.function === undefined) return;
        const owner = trace.enclosing(frame.environment, step.function);
        if (owner) trace.grow(owner.variable(step.name), this.value(step.value));
        return;
      }
      case "return":
        trace.grow(frame.returned, step.value === undefined ? trace.values.undefined : this.value(step.value));
        return;
      case "yield":
        trace.grow(frame.yielded, this.value(step.value));
        return;
      case "delete":
      case "throw":
        return;
    }
  }

  private mayRun(guard: GuardId | undefined): boolean {
    for (let id = guard; id !== undefined; ) {
      const g = this.frame.function.guards[id]!;
      if (g.kind === "if") {
        const truth = this.truth(g.condition);
        if (truth === "never" || truth === (g.when ? "false" : "true")) return false;
      } else if (g.kind === "case") {
        if (!this.mayBeCase(g.subject, g.tests, g.otherwise)) return false;
      }
      id = g.parent;
    }
    return true;
  }

  private mayBeCase(subject: NodeId, tests: readonly NodeId[], otherwise: readonly NodeId[] | undefined): boolean {
    const value = this.value(subject);
    const some = tests.some((test) => ["true", "maybe"].includes(equality(value, this.value(test))));
    if (some || !otherwise) return some;
    return value.length > 0 && !otherwise.some((test) => equality(value, this.value(test)) === "true");
  }

  private assignMember(target: NodeId, values: ValueSet): void {
    const node = this.frame.function.nodes[target]!;
    if (node.kind !== "member" && node.kind !== "index") return;
    const names = node.kind === "member" ? [node.name] : this.constantKeys(node.key);
    for (const holder of this.value(node.of)) {
      const object = this.storage(holder);
      if (!object) {
        if (holder.kind === "external" || holder.kind === "unknown") this.trace.unknownStore(this.frame, target, "stored where it cannot be followed", values);
        continue;
      }
      if (names) for (const name of names) this.trace.store(object, name, values);
      else this.trace.grow(object.rest, values);
    }
  }

  private storage(holder: Value): HeapObject | undefined {
    if (holder.kind === "object") return holder.object;
    return holder.kind === "closure" || holder.kind === "class" ? this.trace.propertiesOf(holder) : undefined;
  }

  // ---- expressions

  value(id: NodeId): ValueSet {
    const known = this.nodes[id];
    if (known) return known;
    if (this.open.has(id)) {
      this.metOpen = true;
      return [this.trace.values.unknown("a value built from itself in a loop")];
    }
    const metBefore = this.metOpen;
    this.metOpen = false;
    this.open.add(id);
    const values = this.evaluate(id, this.frame.function.nodes[id]!);
    this.open.delete(id);
    // What was found inside a circle is not the whole truth for its members, only for the one asked first.
    if (this.open.size === 0 || !this.metOpen) this.nodes[id] = values;
    this.metOpen = metBefore || (this.metOpen && this.open.size > 0);
    return values;
  }

  private evaluate(id: NodeId, node: Node): ValueSet {
    const { trace, frame } = this;
    const table = trace.values;
    switch (node.kind) {
      case "literal":
        if (typeof node.value !== "string") return [table.literal(node.value)];
        return [table.text(node.value === "" ? [] : [{ text: node.value, offset: 0, site: { file: frame.file, function: frame.function.path, node: id } }])];
      case "undefined": return table.undefined;
      case "pattern": return [table.unknown("a regular expression")];
      case "template": return this.template(node.parts, id);
      case "operation": return this.operation(node.operator, node.operands);
      case "conditional": return this.conditional(node.condition, node.then, node.otherwise);
      case "logical": return this.logical(node.operator, node.left, node.right);
      case "variable": return this.variableUse(node.name, node.function, node.definitions);
      case "parameter": {
        const owner = node.function === undefined ? frame : trace.enclosing(frame.environment, node.function);
        return owner ? this.parameter(owner, node.index) : NOTHING;
      }
      case "receiver": return this.receiver();
      case "base": return NOTHING;
      case "import": return this.imported(node.request, node.name);
      case "global": return this.global(node.name);
      case "member": return this.memberOf(node.of, node.name);
      case "index": return this.indexOf(node.of, node.key);
      case "element": return this.element(node.of, node.loop, node.keys === true);
      case "rest": return restOf(this, id, node.of, node.without, node.skip);
      case "object": return objectLiteral(this, id, node.entries);
      case "list": return listLiteral(this, id, node.items);
      case "function": return [table.closure(frame.file, node.function, frame)];
      case "class": {
        const value = table.class(frame.file, node.class, frame);
        trace.startClass(value, frame);
        return [value];
      }
      case "call": return this.callResult(id);
      case "await":
      case "enter": return this.value(node.of);
      case "yield": return [table.unknown("what is sent into a generator")];
      case "typed": {
        return this.orTyped(this.value(node.of), node.type);
      }
      case "unknown": return [table.unknown(node.reason)];
    }
  }

  private callResult(id: NodeId): ValueSet {
    const values = this.calls[id] ?? NOTHING;
    this.wantedEarly.set(id, values);
    return values;
  }

  private template(parts: readonly (string | NodeId)[], node?: NodeId): ValueSet {
    const site = node === undefined ? undefined : { file: this.frame.file, function: this.frame.function.path, node };
    let results: (readonly TextPiece[])[] = [[]];
    for (const part of parts) {
      const options = typeof part === "string" ? [[{ text: part, offset: -1, ...(site ? { site } : {}) }]] : this.textsOf(this.value(part));
      if (results.length * options.length > 64) return [this.trace.values.text([HOLE])];
      results = results.flatMap((left) => options.map((right) => joinPieces(left, right)));
    }
    return setOf(results.map((pieces) => this.trace.values.text(pieces)), this.trace.values);
  }

  /** A set as texts; what is no constant is a hole. */
  private textsOf(values: ValueSet): (readonly TextPiece[])[] {
    const texts = values.map((v): readonly TextPiece[] => {
      if (v.kind === "text") return v.pieces;
      if (v.kind === "literal") return [{ text: String(v.value), offset: 0 }];
      return v.kind === "external" ? [{ hole: true, name: v.path }] : [HOLE];
    });
    return texts.length === 0 ? [] : texts;
  }

  private operation(operator: string, operands: readonly NodeId[]): ValueSet {
    const table = this.trace.values;
    if (operator === "+" && operands.length === 2) {
      const left = this.value(operands[0]!);
      const right = this.value(operands[1]!);
      if ([...left, ...right].some((v) => v.kind === "text")) return this.template([operands[0]!, operands[1]!]);
      return left.length && right.length ? [table.unknown("a computed number")] : NOTHING;
    }
    const truth = this.truthOfOperation(operator, operands);
    if (truth === "never") return NOTHING;
    if (truth === "true" || truth === "false") return [table.literal(truth === "true")];
    if (truth === "maybe") return setOf([table.literal(true), table.literal(false)], table);
    if (operator === "typeof") return this.typeNames(this.value(operands[0]!));
    return operands.some((o) => this.value(o).length === 0) ? NOTHING : [table.unknown("a computed value")];
  }

  private typeNames(values: ValueSet): ValueSet {
    const table = this.trace.values;
    return setOf(values.map((v) => {
      const name = v.kind === "text" ? "string" : v.kind === "closure" || v.kind === "class" ? "function" : v.kind === "object" ? "object"
        : v.kind === "literal" && v.value !== null ? typeof v.value : undefined;
      return name ? table.text([{ text: name, offset: 0 }]) : table.unknown("the type of something unknown");
    }), table);
  }

  private conditional(condition: NodeId, then: NodeId, otherwise: NodeId): ValueSet {
    const truth = this.truth(condition);
    if (truth === "never") return NOTHING;
    const yes = truth === "false" ? NOTHING : this.value(then);
    return truth === "true" ? yes : this.join(yes, this.value(otherwise));
  }

  private logical(operator: "||" | "&&" | "??", left: NodeId, right: NodeId): ValueSet {
    const values = this.value(left);
    if (values.length === 0) return NOTHING;
    if (operator === "??") {
      const kept = values.filter((v) => !isNothing(v));
      const certain = values.every((v) => !isNothing(v) && v.kind !== "external" && v.kind !== "unknown");
      return certain ? kept : this.join(kept, this.value(right));
    }
    const stays = operator === "||" ? "true" : "false";
    const kept = values.filter((v) => [stays, "maybe"].includes(truthOf([v])));
    return truthOf(values) === stays ? kept : this.join(kept, this.value(right));
  }

  private variableUse(name: string, owner: string | undefined, only: readonly number[] | undefined): ValueSet {
    const { trace, frame } = this;
    if (owner !== undefined && owner !== frame.function.path) {
      const around = trace.enclosing(frame.environment, owner);
      return around ? Evaluation.variableOf(trace, around, name, frame) : NOTHING;
    }
    let values = this.ownDefinitions(name, only);
    const variable = frame.function.variables.find((v) => v.name === name);
    if (variable?.definitions.some((d) => d.function !== undefined)) values = this.join(values, trace.read(frame.variable(name), this.frame));
    return values;
  }

  private parameter(owner: Frame, index: number): ValueSet {
    const { trace } = this;
    const parameter = owner.function.parameters[index];
    if (!parameter) return NOTHING;
    if (parameter.rest === "list") return [this.restList(owner, index)];
    if (parameter.rest === "named") return [trace.values.unknown("keyword arguments")];
    let values = trace.read(owner.parameters[index]!, this.frame);
    if (parameter.default !== undefined && values.some((v) => isNothing(v) || v.kind === "unknown" || v.kind === "external")) {
      const fallback = owner === this.frame ? this.value(parameter.default) : Evaluation.nodeOf(trace, owner, parameter.default, this.frame);
      values = this.join(values.filter((v) => !(v.kind === "literal" && v.value === undefined)), fallback);
    }
    return this.orTyped(values, parameter.type, owner);
  }

  private restList(owner: Frame, index: number): Value {
    const { trace } = this;
    const object = trace.objectFor(`rest:${owner.id}:${index}`, "list", null, null);
    trace.grow(object.rest, trace.read(owner.extraArguments, this.frame));
    return trace.values.object(object);
  }

  /** An annotation speaks only where no value of the code does. */
  private orTyped(values: ValueSet, type: TypePath | undefined, owner: Frame = this.frame): ValueSet {
    if (!type || values.some((v) => v.kind !== "unknown" && !isNothing(v) && !(v.kind === "external" && v.typed))) return values;
    const typed = this.trace.typed(owner.file, type, owner, this.frame);
    return typed.length === 0 ? values : this.join(values.filter((v) => v.kind !== "unknown"), typed);
  }

  private receiver(): ValueSet {
    for (let at: Frame | null = this.frame; at; at = at.environment) {
      if (at.function.lexicalReceiver) continue;
      return at.receiver ? [at.receiver] : [this.trace.values.unknown("this")];
    }
    return NOTHING;
  }

  private imported(request: number, name: string): ValueSet {
    const { trace, frame } = this;
    const target = trace.program.resolve(frame.file, request);
    if (target.kind === "unresolved") return [trace.values.unknown(target.reason)];
    if (target.kind === "file") {
      trace.moduleFrame(target.file);
      return exportedValue(trace, trace.program.export(target.file, name), target.file, name, frame);
    }
    return externalImport(trace, target.kind === "package" ? packagePath(target) : `node:${target.name}`, name);
  }

  private global(name: string): ValueSet {
    return [this.trace.values.step(this.trace.values.external("global"), { kind: "member", name })];
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

  private ownerClass(): ClassValue | undefined {
    for (let at: Frame | null = this.frame; at; at = at.environment) {
      if (at.function.owner !== undefined && !at.function.lexicalReceiver) return this.trace.values.class(at.file, at.function.owner, at.environment);
    }
    return undefined;
  }

  /** Constant keys of an index, or undefined where it can be anything. */
  constantKeys(key: NodeId): string[] | undefined {
    const names: string[] = [];
    for (const value of this.value(key)) {
      if (value.kind === "literal") names.push(String(value.value));
      else if (value.kind === "text" && value.pieces.every((p) => !("hole" in p))) names.push(value.pieces.map((p) => ("text" in p ? p.text : "")).join(""));
      else return undefined;
    }
    return names;
  }

  private indexOf(of: NodeId, key: NodeId): ValueSet {
    const names = this.constantKeys(key);
    let values: ValueSet = NOTHING;
    for (const holder of this.value(of)) {
      if (names) for (const name of names) values = this.join(values, members(this.trace, holder, name, this.frame));
      else values = this.join(values, this.anyMember(holder));
    }
    return values;
  }

  /** What may be found under a name nobody knows. */
  private anyMember(holder: Value): ValueSet {
    const { trace } = this;
    switch (holder.kind) {
      case "external": return [trace.values.step(holder, { kind: "index" })];
      case "object": {
        holder.object.listReaders.add(this.frame);
        let values = trace.read(holder.object.rest, this.frame);
        for (const cell of holder.object.fields.values()) values = this.join(values, trace.read(cell, this.frame));
        if (holder.object.class) {
          const found = trace.classSummary(holder.object.class);
          for (const member of found?.summary.members ?? []) {
            if (member.kind === "method" && !member.static) values = this.join(values, members(trace, holder, member.name, this.frame));
          }
        }
        return values;
      }
      case "module":
        return trace.program.exportNames(holder.file).reduce((all, name) => this.join(all, members(trace, holder, name, this.frame)), NOTHING);
      case "unknown": return [holder];
      default: return [trace.values.unknown("looked up under a name chosen at run time")];
    }
  }

  private element(of: NodeId, loop: GuardId | undefined, keys: boolean): ValueSet {
    const { trace } = this;
    const item = loop === undefined ? undefined : this.loopItems.get(loop);
    if (item && !keys) return item;
    let values: ValueSet = NOTHING;
    for (const holder of this.value(of)) {
      if (keys) values = this.join(values, keysOf(trace, holder, this.frame));
      else if (holder.kind === "object") {
        let items = trace.read(holder.object.rest, this.frame);
        for (const one of itemsOf(trace, holder.object, this.frame)) items = this.join(items, one);
        values = this.join(values, items.length > 0 ? items : [trace.values.unknown("an item of an empty list")]);
      } else if (holder.kind === "external") values = this.join(values, [trace.values.step(holder, { kind: "index" })]);
      else if (!isNothing(holder)) values = this.join(values, [trace.values.unknown("an item of something unknown")]);
    }
    return values;
  }

  // ---- conditions

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
      case "not": return not(this.truth(operands[0]!));
      case "==":
      case "===":
      case "is": return equality(this.value(operands[0]!), this.value(operands[1]!));
      case "!=":
      case "!==":
      case "is not": return not(equality(this.value(operands[0]!), this.value(operands[1]!)));
      case "in": return this.contains(operands[0]!, operands[1]!);
      default: return undefined;
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

  // ---- calls

  private evaluateCall(id: NodeId, guard: GuardId | undefined): ValueSet {
    const node = this.frame.function.nodes[id]!;
    if (node.kind !== "call") return NOTHING;
    const given = this.arguments(node.arguments);
    const site = `${this.frame.file}\u0000${this.frame.function.path}\u0000${id}${this.loopLabel}`;
    const callee = this.frame.function.nodes[node.callee]!;
    if (callee.kind === "base") return this.callBaseConstructor(id, given, site);
    let values: ValueSet = NOTHING;
    if (callee.kind === "member" || callee.kind === "index") {
      const isBase = this.frame.function.nodes[callee.of]!.kind === "base";
      const holders = isBase ? [] : this.value(callee.of);
      if (isBase) for (const target of this.value(node.callee)) values = this.join(values, this.invoke(id, target, null, given, site, node.form === "new", guard));
      const names = callee.kind === "member" ? [callee.name] : this.constantKeys(callee.key);
      for (const holder of holders) {
        const targets = names ? names.flatMap((name) => [...members(this.trace, holder, name, this.frame)]) : this.anyMember(holder);
        for (const target of new Set(targets)) values = this.join(values, this.invoke(id, target, holder, given, site, node.form === "new", guard));
      }
      return values;
    }
    for (const target of this.value(node.callee)) values = this.join(values, this.invoke(id, target, null, given, site, node.form === "new", guard));
    return values;
  }

  private arguments(given: readonly Argument[]): Arguments {
    const positional: ValueSet[] = [];
    const named = new Map<string, ValueSet>();
    let rest: ValueSet = NOTHING;
    let known = true;
    for (const argument of given) {
      const values = this.value(argument.value);
      if (argument.name !== undefined) named.set(argument.name, values);
      else if (argument.spread === "list") {
        for (const value of values) {
          if (value.kind === "object" && known && values.length === 1) {
            positional.push(...itemsOf(this.trace, value.object, this.frame));
            rest = this.join(rest, this.trace.read(value.object.rest, this.frame));
          } else rest = this.join(rest, [this.trace.values.unknown("spread arguments")]);
        }
        if (rest.length > 0) known = false;
      } else if (known) positional.push(values);
      else rest = this.join(rest, values);
    }
    return { positional, named, rest };
  }

  private callBaseConstructor(id: NodeId, given: Arguments, site: string): ValueSet {
    const owner = this.ownerClass();
    for (const self of this.receiver()) {
      if (owner && self.kind === "object") this.trace.constructBase(owner, self.object, given, this.trace.innerContext(this.frame, site, given), this.frame, id);
    }
    return this.receiver();
  }

  private invoke(id: NodeId, target: Value, receiver: Value | null, given: Arguments, site: string, construct: boolean, guard: GuardId | undefined): ValueSet {
    const { trace, frame } = this;
    switch (target.kind) {
      case "closure": {
        const context = trace.innerContext(frame, site, given);
        if (!construct) return trace.callClosure(target, given, receiver, context, frame, id);
        const instance = trace.values.object(trace.allocate(frame, id, this.loopLabel + target.id, "instance"));
        trace.callClosure(target, given, instance, context, frame, id);
        return [instance];
      }
      case "class": {
        const instance = trace.allocate(frame, id, this.loopLabel, "instance", target);
        trace.construct(target, instance, given, trace.innerContext(frame, site, given), frame, id);
        return [trace.values.object(instance)];
      }
      case "external": {
        const native = callNative(trace, { frame, node: id, site, label: this.loopLabel, given, construct }, target);
        return native ?? trace.externalCall(target, given, construct, frame, id, site, guard);
      }
      case "native":
        return callNative(trace, { frame, node: id, site, label: this.loopLabel, given, construct }, target) ?? [trace.values.unknown(`what ${target.name} gives`)];
      case "unknown":
        trace.unknownCall(frame, id, target.reason, allArguments(given, trace), site);
        return [trace.values.unknown("what an unknown call gives")];
      default:
        return NOTHING;
    }
  }

  private join(a: ValueSet, b: ValueSet): ValueSet {
    return union(a, b, this.trace.values);
  }
}

/** Runs functions by evaluating their steps. */
export const evaluator: Evaluator = {
  run: (trace, frame) => new Evaluation(trace, frame).run(),
  variableOf: (trace, frame, name, reader) => Evaluation.variableOf(trace, frame, name, reader),
  nodeOf: (trace, frame, node, reader) => Evaluation.nodeOf(trace, frame, node, reader),
};

function allArguments(given: Arguments, trace: Interpreter): ValueSet {
  return [...given.positional, ...given.named.values()].reduce((all, set) => union(all, set, trace.values), given.rest);
}
