import { Cancelled } from "../model/result.ts";
import type { ClassSummary, FunctionSummary, GuardId, Language, NodeId } from "../model/summary.ts";
import { orTyped } from "./annotations.ts";
import type { Arguments } from "./arguments.ts";
import { NO_ARGUMENTS } from "./arguments.ts";
import { keepsState, running } from "./contexts.ts";
import { DeclaredTypes } from "./declared-types.ts";
import { ExternalCall } from "./external-call.ts";
import { ExternalFields } from "./external-fields.ts";
import { FrameTable } from "./frame-table.ts";
import type { Context, Frame, Root, Round } from "./frames.ts";
import type { HeapObject } from "./heap.ts";
import { Cell } from "./heap.ts";
import { Memory } from "./memory.ts";
import type { CallObserver } from "./observer.ts";
import type { Module, Program } from "./program.ts";
import { Representatives } from "./representatives.ts";
import { StandIns } from "./stand-ins.ts";
import type { ClassValue, ClosureValue, ExternalValue, Value, ValueSet } from "./values.ts";
import { NOTHING, union } from "./values.ts";

/** Runs functions and reads their variables. */
export interface Evaluator {
  run(trace: Interpreter, frame: Frame): void;
  /** Tells what a variable, or a node, of a frame can be; `reader` is evaluated again when that grows. */
  variableOf(trace: Interpreter, frame: Frame, name: string, reader: Frame): ValueSet;
  nodeOf(trace: Interpreter, frame: Frame, node: NodeId, reader: Frame): ValueSet;
}

/** A write into something outside. */
export interface UnknownStore {
  readonly frame: Frame;
  readonly node: NodeId;
  /** The way to what is written into; null where nobody knows it. */
  readonly path: string | null;
  arguments: ValueSet;
}

/** A call whose target nobody knows, with what was handed to it. */
export interface UnknownCall {
  readonly frame: Frame;
  readonly node: NodeId;
  readonly reason: string;
  arguments: ValueSet;
}

const MODULE: Root = { kind: "module", name: "module" };
/**
 * Uses of functions that are told apart before a trace is given up, and runs of one each: several times what a server with
 * sixty tools takes, or what so many functions take when each is used in its own few ways.
 */
const LARGEST_TRACE = { least: 100_000, eachFunction: 2 };
const RUNS_OF_EACH = 10;
/** Calls are run at once down to this depth; further down, later. */
const DEEPEST_NESTING = 40;

/**
 * Finds out what every expression can be and who calls what, by running the summaries on sets of values until nothing
 * grows any more. The order of the work list is fixed by the seeds, so equal input gives equal output.
 */
export class Interpreter extends Memory {
  readonly program: Program;
  readonly declaredTypes = new DeclaredTypes();
  readonly standIns = new StandIns();
  readonly externalFields = new ExternalFields();
  private readonly table: FrameTable;
  readonly calls: ExternalCall[] = [];
  readonly unknownCalls = new Map<string, UnknownCall>();
  /** Functions written somewhere that are not followed: `set` on something outside, and what was stored. */
  readonly unknownStores = new Map<string, UnknownStore>();
  readonly calledFunctions = new Set<FunctionSummary>();
  readonly instances = new Map<ClassValue, Value[]>();
  /** Steps run so far. */
  work = 0;
  /** Expressions being evaluated, each for the one before. */
  depth = 0;
  /** Set when the budget ran out: everything is uncertain. */
  exhausted = false;

  /** Functions being run, each for a call of the one before. */
  private nesting = 0;
  private readonly evaluator: Evaluator;
  private readonly observers: readonly CallObserver[];
  /** Whether it matters which call of a package gave a value: where somebody asks for its arguments later. */
  private readonly remembers: (callee: ExternalValue) => boolean;
  /** Whether somebody can tell by the way to a value what it is. */
  readonly knows: (value: ExternalValue) => boolean;
  private readonly isCancelled: () => boolean;
  private readonly queue: Frame[] = [];
  private readonly callByKey = new Map<string, ExternalCall>();
  private readonly representatives = new Representatives();
  private readonly startedClasses = new Set<ClassValue>();

  constructor(
    program: Program,
    evaluator: Evaluator,
    observers: readonly CallObserver[],
    remembers: (callee: ExternalValue) => boolean,
    knows: (value: ExternalValue) => boolean,
    isCancelled: () => boolean,
  ) {
    super();
    this.program = program;
    this.evaluator = evaluator;
    this.observers = observers;
    this.remembers = remembers;
    this.knows = knows;
    this.isCancelled = isCancelled;
    const languageOf = (file: string): Language => program.module(file)?.summary.language ?? "typescript";
    this.table = new FrameTable(remembers, languageOf, (frame) => this.begin(frame));
  }

  get frames(): readonly Frame[] {
    return this.table.frames;
  }

  /** The same, by what they evaluate. */
  get framesOf(): ReadonlyMap<FunctionSummary, readonly Frame[]> {
    return this.table.framesOf;
  }

  private begin(frame: Frame): void {
    if (this.frames.length >= this.mostFrames()) this.exhausted = true;
    this.calledFunctions.add(frame.function);
    this.enqueue(frame);
  }

  private mostFrames(): number {
    return Math.max(LARGEST_TRACE.least, LARGEST_TRACE.eachFunction * this.program.size);
  }

  /** Evaluates until nothing changes. */
  settle(): void {
    let turns = 0;
    for (let at = 0; at < this.queue.length; at++) {
      if ((turns++ & 63) === 0 && this.isCancelled()) throw new Cancelled();
      this.runIfNeeded(this.queue[at]!);
      if (this.exhausted) return;
      if (at > 4096) {
        this.queue.splice(0, at + 1);
        at = -1;
      }
    }
    this.queue.length = 0;
  }

  private runIfNeeded(frame: Frame): void {
    if (!frame.queued || frame.runs) return;
    frame.queued = false;
    frame.runs = true;
    frame.hasRun = true;
    this.nesting++;
    this.evaluator.run(this, frame);
    this.nesting--;
    frame.runs = false;
    this.work++;
    if (this.work > RUNS_OF_EACH * this.mostFrames()) this.giveUp();
  }

  /**
   * To be asked when all has settled: some steps may still wait for a value that never comes, because it comes from where
   * nobody looks. From now on they are run without it. Tells whether there were any.
   */
  insist(): boolean {
    const waiting = this.frames.filter((frame) => frame.stalled && !frame.insists);
    for (const frame of waiting) {
      frame.insists = true;
      this.enqueue(frame);
    }
    return waiting.length > 0;
  }

  /** A program too large to be followed: what is known stays, and is said to be less than all. */
  private giveUp(): void {
    this.exhausted = true;
    this.queue.length = 0;
  }

  override enqueue(frame: Frame): void {
    if (frame.queued || this.exhausted) return;
    frame.queued = true;
    this.queue.push(frame);
  }

  injected(decorator: ExternalValue, reader: Frame): ValueSet {
    let values: ValueSet = NOTHING;
    for (const observer of this.observers)
      values = union(values, observer.injected?.(decorator, this, reader) ?? NOTHING, this.values);
    return values;
  }

  isClaimed(way: string): boolean {
    return this.observers.some((observer) => observer.claims?.(way) === true);
  }

  /** Whether somebody knows what becomes of a value of a package, and code leads to it. */
  follows(value: ExternalValue): boolean {
    return !value.typed && this.knows(value);
  }

  nodeOf(frame: Frame, node: NodeId, reader: Frame): ValueSet {
    return this.evaluator.nodeOf(this, frame, node, reader);
  }

  // ---- contexts and frames

  context(root: Root, sites: readonly string[]): Context {
    return this.table.context(root, sites);
  }

  innerContext(caller: Frame, site: string, given: Arguments = NO_ARGUMENTS): Context {
    return this.table.inner(caller, site, given);
  }

  round(outer: Frame, loop: GuardId, label: string): Round {
    return this.table.round(outer, loop, label);
  }

  isCrowded(frame: Frame, count: number): boolean {
    return this.table.isCrowded(frame, count);
  }

  /** The frame of a module's own body, started if need be. */
  moduleFrame(file: string): Frame | undefined {
    const module = this.program.module(file);
    if (!module) return undefined;
    const frame = this.table.frame(file, module.body, null, this.context(MODULE, []), null);
    frame.starts.add(MODULE);
    return frame;
  }

  // ---- calls

  /** Calls a function of the workspace. `caller` null: from outside. */
  callClosure(
    closure: ClosureValue,
    given: Arguments,
    receiver: Value | null,
    context: Context,
    caller: Frame | null,
    node: NodeId,
  ): ValueSet {
    const summary = this.program.module(closure.file)?.functions.get(closure.function);
    if (!summary) return NOTHING;
    const stand = caller ? this.standIns.ofFunction(closure) : undefined;
    if (stand) return this.externalCall(stand, given, false, caller!, node, `${node} for ${closure.id}`, undefined);
    const self = summary.lexicalReceiver ? null : (closure.receiver ?? receiver);
    const kept = self && keepsState(self) ? self : null;
    const passed = closure.bound ? { ...given, positional: [...closure.bound, ...given.positional] } : given;
    const frame = caller
      ? (running(caller, summary, closure.environment, kept, passed) ??
        this.table.called(caller, closure, summary, context, kept))
      : this.table.frame(closure.file, summary, closure.environment, context, kept);
    if (caller && frame !== caller) frame.creator ??= caller;
    this.pass(frame, passed);
    if (caller) {
      // At once, as the program itself would: its result is then at hand for what follows.
      if (this.nesting < DEEPEST_NESTING && !frame.hasRun) this.runIfNeeded(frame);
      if (!frame.callers.has(caller)) frame.callers.set(caller, node);
      if (!caller.callees.has(frame)) caller.callees.set(frame, node);
      if (summary.generator) return [this.generated(frame, caller)];
      const { file, environment } = closure;
      return orTyped(this, this.read(frame.returned, caller), summary.returnType, file, environment, caller);
    }
    return frame.returned.values;
  }

  /** A call's arguments arrive at the parameters. */
  pass(frame: Frame, given: Arguments): void {
    let changed = false;
    const parameters = frame.function.parameters;
    for (const [i, parameter] of parameters.entries()) {
      if (parameter.rest) continue;
      const named = given.named.get(parameter.name);
      const cell = frame.parameters[i]!;
      let values = given.positional[i] ?? named ?? NOTHING;
      if (given.positional.length <= i) values = union(values, given.rest, this.values);
      if (values.length === 0 && given.positional[i] === undefined) values = this.values.undefined;
      changed = this.grow(cell, values) || changed;
    }
    const extras = given.positional.slice(parameters.filter((p) => !p.rest).length);
    const list = this.restList(frame);
    for (const [i, extra] of extras.entries()) {
      if (list) this.store(list, String(i), extra);
      else changed = this.grow(frame.extraArguments, extra) || changed;
    }
    if (list) this.grow(list.rest, given.rest);
    changed = this.grow(frame.extraArguments, given.rest) || changed;
    for (const [name, values] of given.named) {
      let cell = frame.namedArguments.get(name);
      if (!cell) frame.namedArguments.set(name, (cell = new Cell()));
      changed = this.grow(cell, values) || changed;
    }
    if (changed) this.enqueue(frame);
  }

  /** What a function takes all further arguments as, in order; undefined where it takes none. */
  restList(frame: Frame): HeapObject | undefined {
    const index = frame.function.parameters.findIndex(({ rest }) => rest === "list");
    return index < 0 ? undefined : this.objectFor(`rest:${frame.id}:${index}`, "list", null, null);
  }

  private generated(frame: Frame, caller: Frame): Value {
    const object = this.objectFor(`yields:${frame.id}`, "list", null, null);
    object.sent = frame.sent;
    this.read(frame.yielded, caller);
    for (const [node, cell] of frame.yields) this.store(object, object.placeOf(String(node)), this.read(cell, caller));
    return this.values.object(object);
  }

  /** Calls every function in a set from outside, under a root of its own. Returns what they give, as far as known now. */
  start(root: Root, callees: ValueSet, given: Arguments, reader?: Frame): ValueSet {
    let result: ValueSet = NOTHING;
    for (const callee of callees) {
      if (callee.kind !== "closure") continue;
      const summary = this.program.module(callee.file)?.functions.get(callee.function);
      if (!summary) continue;
      // The same root each time: whoever starts it makes a new one whenever more is known.
      const context = this.context(root, []);
      this.callClosure(callee, given, callee.receiver ?? null, context, null, 0);
      const receiver =
        callee.receiver && !summary.lexicalReceiver && keepsState(callee.receiver) ? callee.receiver : null;
      const frame = this.table.frame(callee.file, summary, callee.environment, context, receiver);
      frame.starts.add(context.root);
      if (reader) this.read(frame.returned, reader);
      result = union(result, frame.returned.values, this.values);
    }
    return result;
  }

  externalCall(
    called: ExternalValue,
    given: Arguments,
    construct: boolean,
    caller: Frame,
    node: NodeId,
    site: string,
    guard: number | undefined,
  ): ValueSet {
    const callee = this.values.callable(called);
    const key = `${caller.id} ${site} ${callee.id} ${construct}`;
    let call = this.callByKey.get(key);
    if (!call) {
      call = new ExternalCall(this.calls.length, callee, construct, caller, node, site, guard);
      this.callByKey.set(key, call);
      this.calls.push(call);
      call.representative = this.representatives.of(call, site);
    }
    this.receive(call, given);
    if (call.representative !== call) this.receive(call.representative, given);
    const kept = new Set<number>();
    let result: ValueSet | undefined;
    for (const observer of this.observers) {
      const seen = observer.observe(call, this);
      if (!seen) continue;
      const { keepsFunctions: keeps = false } = seen;
      for (const i of keeps === true ? [...given.positional.keys(), given.positional.length] : keeps || []) kept.add(i);
      if (seen.result) result = union(result ?? NOTHING, seen.result, this.values);
    }
    for (const [i, values] of [...given.positional, given.rest].entries())
      if (!kept.has(i)) this.callBack(values, call, i, site, 0);
    const made = this.remembers(callee) ? call.representative : null;
    result ??= construct ? undefined : this.declaredTypes.result(this, callee, caller);
    return result ?? [this.values.step(callee, construct ? { kind: "new", call: made } : { kind: "call", call: made })];
  }

  private receive(call: ExternalCall, given: Arguments): void {
    for (const [i, values] of given.positional.entries())
      call.arguments[i] = union(call.arguments[i] ?? NOTHING, values, this.values);
    for (const [name, values] of given.named)
      call.named.set(name, union(call.named.get(name) ?? NOTHING, values, this.values));
    if (given.rest.length > 0) call.spread = true;
  }

  /** Functions handed to something outside will be called by it, with values only it knows. */
  private callBack(values: ValueSet, call: ExternalCall, argument: number, site: string, depth: number): void {
    for (const value of values) {
      if (value.kind === "closure") {
        const summary = this.program.module(value.file)?.functions.get(value.function);
        if (!summary) continue;
        const given = summary.parameters.map((_, parameter): ValueSet => [
          this.values.step(call.callee, {
            kind: "callback",
            argument,
            parameter,
            call: this.remembers(call.callee) ? call.representative : null,
          }),
        ]);
        const returned = this.callClosure(
          value,
          { ...NO_ARGUMENTS, positional: given },
          null,
          this.innerContext(call.frame, site, { ...NO_ARGUMENTS, positional: given }),
          call.frame,
          call.node,
        );
        call.returned = union(call.returned, returned, this.values);
      } else if (value.kind === "native" && value.name === "resolver.call" && value.receiver?.kind === "object") {
        // `new Promise((done) => server.listen(3000, done))`
        const step = { kind: "callback", argument, parameter: 0, call: null } as const;
        this.grow(value.receiver.object.rest, [this.values.step(call.callee, step)]);
      } else if (value.kind === "object" && depth < 2) {
        if (value.object.kind === "instance" || value.object.kind === "map") continue;
        value.object.listReaders.add(call.frame);
        for (const cell of [...value.object.fields.values(), value.object.rest]) {
          if (cell.values.some((v) => v.kind === "closure" || v.kind === "object")) {
            this.callBack(this.read(cell, call.frame), call, argument, site, depth + 1);
          }
        }
      }
    }
  }

  unknownCall(frame: Frame, node: NodeId, reason: string, given: ValueSet, site: string): void {
    const key = `${frame.id}\u0000${node}`;
    const known = this.unknownCalls.get(key);
    if (known) known.arguments = union(known.arguments, given, this.values);
    else this.unknownCalls.set(key, { frame, node, reason, arguments: given });
    for (const value of given) {
      if (value.kind !== "closure") continue;
      const summary = this.program.module(value.file)?.functions.get(value.function);
      const positional =
        summary?.parameters.map((): ValueSet => [this.values.unknown("an argument of a call that is not known")]) ?? [];
      this.callClosure(value, { ...NO_ARGUMENTS, positional }, null, this.innerContext(frame, site), frame, node);
    }
  }

  /** Tells who watches what is stored in a thing of a package; true if one of them knows what becomes of all of it. */
  storedOutside(to: ExternalValue, names: readonly string[], values: ValueSet, frame: Frame, node: NodeId): boolean {
    const isKnown = (name: string): boolean =>
      this.observers.filter((observer) => observer.stored?.(to, name, values, { frame, node }, this) === true).length >
      0;
    return names.length > 0 && names.map(isKnown).every(Boolean);
  }

  unknownStore(frame: Frame, node: NodeId, path: string | null, stored: ValueSet): void {
    const key = `${frame.id}\u0000${node}\u0000${path}`;
    const known = this.unknownStores.get(key);
    if (known) known.arguments = union(known.arguments, stored, this.values);
    else this.unknownStores.set(key, { frame, node, path, arguments: stored });
  }

  // ---- classes

  classSummary(value: ClassValue): { module: Module; summary: ClassSummary } | undefined {
    const module = this.program.module(value.file);
    const summary = module?.classes.get(value.class);
    return module && summary ? { module, summary } : undefined;
  }

  /** What a class extends, as values. */
  basesOf(value: ClassValue, reader: Frame): ValueSet {
    const found = this.classSummary(value);
    if (!found) return NOTHING;
    let bases: ValueSet = NOTHING;
    for (const base of found.summary.bases) {
      const frame = this.enclosing(value.environment, base.function) ?? this.moduleFrame(value.file);
      if (frame) bases = union(bases, this.nodeOf(frame, base.node, reader), this.values);
    }
    return bases;
  }

  /** Runs a class's static initialiser once. */
  startClass(value: ClassValue, caller: Frame): void {
    if (this.startedClasses.has(value)) return;
    this.startedClasses.add(value);
    const found = this.classSummary(value);
    for (const member of found?.summary.members ?? []) {
      if (member.kind === "initializer" && member.static)
        this.callMember(
          value,
          member.function,
          value,
          NO_ARGUMENTS,
          this.innerContext(caller, `static:${value.id}`),
          caller,
          0,
        );
    }
  }

  /** Makes an instance: fields and constructors of the whole chain, base first. */
  construct(
    value: ClassValue,
    instance: HeapObject,
    given: Arguments,
    context: Context,
    caller: Frame,
    node: NodeId,
  ): void {
    const found = this.classSummary(value);
    if (!found) return;
    const self = this.values.object(instance);
    const known = this.instances.get(value) ?? [];
    if (!known.includes(self)) this.instances.set(value, [...known, self]);
    const members = found.summary.members;
    const constructor = members.find((m) => m.kind === "constructor");
    if (!constructor) this.constructBase(value, instance, given, context, caller, node);
    const initializer = members.find((m) => m.kind === "initializer" && !m.static);
    if (initializer) this.callMember(value, initializer.function, self, NO_ARGUMENTS, context, caller, node);
    if (constructor) this.callMember(value, constructor.function, self, given, context, caller, node);
  }

  constructBase(
    value: ClassValue,
    instance: HeapObject,
    given: Arguments,
    context: Context,
    caller: Frame,
    node: NodeId,
  ): void {
    for (const base of this.basesOf(value, caller)) {
      if (base.kind === "class" && base !== value) this.construct(base, instance, given, context, caller, node);
      if (base.kind === "closure") this.callClosure(base, given, this.values.object(instance), context, caller, node);
    }
  }

  callMember(
    value: ClassValue,
    path: string,
    self: Value,
    given: Arguments,
    context: Context,
    caller: Frame | null,
    node: NodeId,
  ): ValueSet {
    const closure = this.values.closure(value.file, path, value.environment, self);
    return this.callClosure(closure, given, self, context, caller, node);
  }

  /** The frame of the function `path` around `frame`, itself included. */
  enclosing(frame: Frame | null, path: string): Frame | undefined {
    for (let at = frame; at; at = at.environment) if (at.function.path === path) return at;
    return undefined;
  }
}
