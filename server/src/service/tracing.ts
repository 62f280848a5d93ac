import type { Framework } from "../agents/framework.ts";
import type { ServiceBinding } from "../bindings/binding.ts";
import { ElsewhereObserver } from "../bindings/elsewhere.ts";
import type { Facts } from "../facts/lookup.ts";
import type { ModelIndex } from "../libraries/model-index.ts";
import { ModelObserver } from "../libraries/observer.ts";
import { speakFor } from "../libraries/speaking-for.ts";
import type { FunctionSummary } from "../model/summary.ts";
import { NO_ARGUMENTS } from "../trace/arguments.ts";
import { evaluator } from "../trace/evaluator.ts";
import type { Root } from "../trace/frames.ts";
import { Interpreter } from "../trace/interpreter.ts";
import type { Module, ProgramHost } from "../trace/program.ts";
import { Program } from "../trace/program.ts";
import { strayInstance } from "../trace/stray-instances.ts";
import type { ExternalValue, Value, ValueSet } from "../trace/values.ts";
import { harvest } from "./harvest.ts";
import type { TracedDeployable } from "./traced.ts";

export interface TracingInput {
  readonly deployable: string;
  /** Files whose own code runs, sorted. */
  readonly seeds: readonly string[];
  /** What others may call, sorted. */
  readonly entries: readonly EntryPoint[];
  /** Files of the deployable: functions of theirs that nobody calls count all the same. */
  readonly own: ReadonlySet<string>;
  readonly host: ProgramHost;
  readonly frameworks: readonly Framework[];
  readonly bindings: readonly ServiceBinding[];
  /** What is said of functions that are not traced. */
  readonly models: ModelIndex;
  readonly facts: Facts;
  isCancelled?(): boolean;
}

/** A file whose exports others may call; or one of them alone. */
export interface EntryPoint {
  readonly file: string;
  readonly function?: string;
}

const UNREACHED: Root = { kind: "unreached", name: "unreached" };
const ENTRY: Root = { kind: "entry", name: "exports" };

/** Follows the program of one deployable from everything that can start it, and reads off what it does. */
export function traceDeployable(input: TracingInput): TracedDeployable {
  const { trace, adapters } = settledTrace(input);
  return harvest({ ...input, trace, adapters });
}

/** The settled trace itself, for `remit trace`. */
export function settledTrace(input: TracingInput): { trace: Interpreter; adapters: ReturnType<Framework["create"]>[] } {
  const adapters = input.frameworks.map((f) => f.create());
  const observers = [...adapters, new ModelObserver(input.models), new ElsewhereObserver(input.bindings)];
  const trace = new Interpreter(
    new Program(input.host),
    evaluator,
    observers,
    remembersCalls(input),
    knowsValues(input),
    () => input.isCancelled?.() === true,
  );
  speakFor(trace, input.models.declared);
  for (const file of input.seeds) trace.moduleFrame(file);
  do settleAll(trace);
  while (adapters.map((a) => a.settle?.(trace) === true).includes(true));
  startEntries(trace, input.entries);
  startUnreached(trace, input.own);
  return { trace, adapters };
}

/** Calls whose arguments a binding or framework asks for when it sees what they gave. */
function remembersCalls({ bindings, frameworks, models }: TracingInput): (callee: ExternalValue) => boolean {
  const packages = [
    ...bindings.flatMap((b) => b.clients),
    ...frameworks.flatMap((f) => [...f.triggers, ...(f.packages ?? [])]),
  ];
  return (callee) => models.remembers(callee.path) || packages.some((name) => callee.path.startsWith(name));
}

/** Values that a binding or framework knows, by the way to them. */
function knowsValues(input: TracingInput): (value: ExternalValue) => boolean {
  const remembers = remembersCalls(input);
  const ways = input.bindings.flatMap((b) => b.values ?? []);
  return (value) => remembers(value) || ways.some((way) => value.path.startsWith(way));
}

/** Exported functions of entry files are called by whoever uses the package. */
function startEntries(trace: Interpreter, entries: readonly EntryPoint[]): void {
  for (const { file, function: called } of entries) {
    const frame = trace.moduleFrame(file);
    if (!frame) continue;
    const exports = trace.program.exportNames(file);
    const all = trace.program.module(file)?.whole ? [...exports, "default"] : exports;
    for (const name of called === undefined ? all : [called]) {
      const exported = trace.program.export(file, name);
      if (exported.kind !== "node") continue;
      const body = trace.moduleFrame(exported.file);
      const values = body && exported.function === "" ? trace.nodeOf(body, exported.node, frame) : [];
      for (const value of values) startFunction(trace, value, ENTRY);
    }
  }
  settleAll(trace);
}

function settleAll(trace: Interpreter): void {
  do trace.settle();
  while (trace.insist());
}

function startFunction(trace: Interpreter, value: Value, root: Root): void {
  if (value.kind !== "closure") return;
  const summary = trace.program.module(value.file)?.functions.get(value.function);
  if (summary && !trace.calledFunctions.has(summary))
    trace.start(root, [value], { ...NO_ARGUMENTS, positional: unknownArguments(trace, summary) });
}

function unknownArguments(trace: Interpreter, summary: FunctionSummary): ValueSet[] {
  return summary.parameters.map(() => [trace.values.unknown("a parameter nobody was seen to pass")]);
}

/**
 * Functions nobody was seen to call run once with arguments nobody knows: what they do counts as possible use. Outer ones
 * first, for inner ones need the frame they close over; until there are none left.
 */
function startUnreached(trace: Interpreter, own: ReadonlySet<string>): void {
  const tried = new Set<FunctionSummary>();
  for (let started = true; started; settleAll(trace)) {
    started = false;
    for (const file of [...new Set(trace.frames.map((f) => f.file))].sort()) {
      const module = own.has(file) ? trace.program.module(file) : undefined;
      for (const summary of module?.functions.values() ?? []) {
        if (trace.calledFunctions.has(summary) || tried.has(summary)) continue;
        if (startOne(trace, module!, summary)) {
          started = true;
          tried.add(summary);
        }
      }
    }
  }
}

/** How many of the frames a function could close over are tried. */
const MOST_ENVIRONMENTS = 3;

function startOne(trace: Interpreter, module: Module, summary: FunctionSummary): boolean {
  const around = summary.parent === undefined ? undefined : module.functions.get(summary.parent);
  const parents = (around && trace.framesOf.get(around)?.slice(0, MOST_ENVIRONMENTS)) ?? [];
  for (const parent of parents) {
    if (summary.owner === undefined) {
      trace.start(UNREACHED, [trace.values.closure(module.file, summary.path, parent)], {
        ...NO_ARGUMENTS,
        positional: unknownArguments(trace, summary),
      });
      continue;
    }
    const owner = trace.values.class(module.file, summary.owner, parent);
    const self = summary.static ? [owner] : instancesOf(trace, owner);
    for (const receiver of self.length > 0 ? self : [strayInstance(trace, owner, parent)]) {
      if (summary.kind === "constructor" || summary.kind === "initializer") continue;
      trace.start(UNREACHED, [trace.values.closure(module.file, summary.path, parent, receiver)], {
        ...NO_ARGUMENTS,
        positional: unknownArguments(trace, summary),
      });
    }
  }
  return parents.length > 0;
}

function instancesOf(trace: Interpreter, owner: Value & { kind: "class" }): ValueSet {
  return (trace.instances.get(owner) ?? []).slice(0, MOST_ENVIRONMENTS);
}
