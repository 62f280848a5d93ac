import type { GuardId, NodeId, Step } from "../model/summary.ts";
import { evaluateCall } from "./calls.ts";
import { equality } from "./conditions.ts";
import type { Evaluation } from "./evaluation.ts";
import { setMember } from "./properties.ts";
import type { HeapObject } from "./heap.ts";
import { Cell } from "./heap.ts";
import { loopItems } from "./iteration.ts";
import type { Value, ValueSet } from "./values.ts";
import { NOTHING, union } from "./values.ts";

/** Loops over lists of at most this many known items are followed item by item. */
const LONGEST_UNROLLED = 80;

/** Runs one function's steps once, on what is known so far. */
export class StepRunner {
  private readonly at: Evaluation;
  /** How often the steps of the loops around are run one by one. */
  private rounds = 1;

  constructor(at: Evaluation) {
    this.at = at;
  }

  run(): void {
    const { frame, trace } = this.at;
    // Functions that are called meanwhile see what the calls before them gave.
    frame.calls = this.at.calls;
    this.setParameterFields();
    this.runSteps(0, frame.function.steps.length, undefined);
    frame.calls = this.at.calls;
    frame.stalled = this.at.stalled;
    for (const name of frame.variables.keys()) this.at.publish(name);
    if (!frame.function.steps.some((s) => s.kind === "return")) trace.grow(frame.returned, trace.values.undefined);
    for (const [node, seen] of this.at.wantedEarly)
      if ((this.at.calls[node] ?? NOTHING) !== seen) return trace.enqueue(frame);
  }

  private setParameterFields(): void {
    const self = this.at.frame.receiver;
    for (const [i, parameter] of this.at.frame.function.parameters.entries()) {
      if (parameter.field && self?.kind === "object")
        this.at.trace.store(self.object, parameter.field, this.at.parameter(this.at.frame, i));
    }
  }

  private runSteps(from: number, to: number, inside: GuardId | undefined): void {
    const steps = this.at.frame.function.steps;
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
    for (let id = step.guard; id !== undefined && id !== inside;) {
      const guard = this.at.frame.function.guards[id]!;
      if (guard.kind === "loop" && guard.over !== undefined) found = id;
      id = guard.parent;
    }
    return found;
  }

  /** Item by item where the items are known, so that what belongs together stays together; else once for all. */
  private runLoop(from: number, to: number, loop: GuardId): void {
    const guard = this.at.frame.function.guards[loop]!;
    if (guard.kind !== "loop" || guard.over === undefined) return this.runSteps(from, to, loop);
    const items = loopItems(this.at, this.at.value(guard.over), guard.keys === true);
    if (!items || items.length * this.rounds > LONGEST_UNROLLED) return this.runSteps(from, to, loop);
    this.rounds *= items.length;
    const { scope, loopItems: around, calls: before } = this.at;
    const within = this.callsWithin(from, to);
    let after = before;
    for (const item of items) {
      const round = this.at.trace.round(scope, loop, item.label);
      round.items = new Map([...around, [loop, item]]);
      // What its own calls gave when it was last run, and not what those of other rounds did.
      const calls = [...before];
      for (const node of within) calls[node] = round.calls[node];
      round.calls = this.at.calls = calls;
      this.at.enter(round);
      this.runSteps(from, to, loop);
      round.calls = this.at.calls;
      this.settleWanted(within);
      for (const name of round.variables.keys()) this.at.publish(name);
      after = this.mergeCalls(after, this.at.calls);
    }
    this.rounds /= items.length;
    this.at.scope = scope;
    this.at.loopItems = around;
    this.at.forget();
    this.at.calls = after;
  }

  private callsWithin(from: number, to: number): NodeId[] {
    return this.at.frame.function.steps.slice(from, to).flatMap((step) => (step.kind === "call" ? [step.node] : []));
  }

  /** A round that wanted a result before it was there is run again. */
  private settleWanted(calls: readonly NodeId[]): void {
    const { wantedEarly, trace, frame } = this.at;
    for (const node of calls) {
      const seen = wantedEarly.get(node);
      if (seen && (this.at.calls[node] ?? NOTHING) !== seen) trace.enqueue(frame);
      wantedEarly.delete(node);
    }
  }

  private mergeCalls(
    a: readonly (ValueSet | undefined)[],
    b: readonly (ValueSet | undefined)[],
  ): (ValueSet | undefined)[] {
    const merged = [...a];
    for (const [i, values] of b.entries()) if (values) merged[i] = this.join(merged[i] ?? NOTHING, values);
    return merged;
  }

  private runStep(step: Step): void {
    this.at.trace.work++;
    if (!this.mayRun(step.guard)) return;
    const { trace, frame } = this.at;
    switch (step.kind) {
      case "call":
        this.at.calls[step.node] = this.join(
          this.at.calls[step.node] ?? NOTHING,
          evaluateCall(this.at, step.node, step.guard),
        );
        return;
      case "set":
        return this.assignMember(step.target, this.at.value(step.value));
      case "assign": {
        if (step.function === undefined) return;
        const owner = trace.enclosing(frame.environment, step.function);
        if (owner) trace.grow(owner.variable(step.name), this.at.value(step.value));
        return;
      }
      case "return":
        trace.grow(frame.returned, step.value === undefined ? trace.values.undefined : this.at.value(step.value));
        return;
      case "yield":
        return this.yielded(step.value);
      case "delete":
      case "throw":
        return;
    }
  }

  private yielded(node: NodeId): void {
    const { trace, frame } = this.at;
    const values = this.at.value(node);
    let cell = frame.yields.get(node);
    if (!cell) {
      frame.yields.set(node, (cell = new Cell()));
      for (const reader of frame.yielded.readers) trace.enqueue(reader);
    }
    trace.grow(cell, values);
    trace.grow(frame.yielded, values);
  }

  private mayRun(guard: GuardId | undefined): boolean {
    for (let id = guard; id !== undefined;) {
      const g = this.at.frame.function.guards[id]!;
      if (g.kind === "if") {
        const truth = this.at.settled(this.at.truth(g.condition));
        if (truth === "never" || truth === (g.when ? "false" : "true")) return false;
      } else if (g.kind === "case") {
        if (!this.mayBeCase(g.subject, g.tests, g.otherwise)) return false;
      }
      id = g.parent;
    }
    return true;
  }

  private mayBeCase(subject: NodeId, tests: readonly NodeId[], otherwise: readonly NodeId[] | undefined): boolean {
    const value = this.at.value(subject);
    if (value.length === 0) return this.at.settled("never") === "maybe";
    const some = tests.some((test) => ["true", "maybe"].includes(equality(value, this.at.value(test))));
    if (some || !otherwise) return some;
    return !otherwise.some((test) => equality(value, this.at.value(test)) === "true");
  }

  private assignMember(target: NodeId, values: ValueSet): void {
    const node = this.at.frame.function.nodes[target]!;
    if (node.kind !== "member" && node.kind !== "index") return;
    const names = node.kind === "member" ? [node.name] : this.at.constantKeys(node.key);
    const { trace, frame } = this.at;
    for (const holder of this.at.value(node.of)) {
      const object = this.storage(holder);
      if (!object) {
        if (holder.kind === "external") trace.externalFields.write(trace, holder.path, names, values);
        if (holder.kind === "external" && trace.storedOutside(holder, names ?? [], values, frame, target)) continue;
        if (holder.kind === "external" || holder.kind === "unknown")
          trace.unknownStore(frame, target, holder.kind === "external" ? holder.path : null, values);
        continue;
      }
      if (names) for (const name of names) setMember(trace, holder, name, values, frame, target);
      else trace.grow(object.rest, values);
    }
  }

  private storage(holder: Value): HeapObject | undefined {
    if (holder.kind === "object") return holder.object;
    return holder.kind === "closure" || holder.kind === "class" ? this.at.trace.propertiesOf(holder) : undefined;
  }

  private join(a: ValueSet, b: ValueSet): ValueSet {
    return union(a, b, this.at.trace.values);
  }
}
