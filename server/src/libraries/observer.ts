import { NO_ARGUMENTS } from "../trace/arguments.ts";
import type { ExternalCall } from "../trace/external-call.ts";
import type { Frame } from "../trace/frames.ts";
import type { HeapObject } from "../trace/heap.ts";
import type { Interpreter } from "../trace/interpreter.ts";
import type { CallObserver } from "../trace/observer.ts";
import { GLOBAL } from "../trace/natives/globals.ts";
import { keyNames } from "../trace/natives/keys.ts";
import { callAll } from "../trace/natives/native.ts";
import type { NativeCall } from "../trace/natives/native.ts";
import type { ExternalValue, Value, ValueSet } from "../trace/values.ts";
import { NOTHING, union } from "../trace/values.ts";
import type { StoreModel, Term, Way } from "./model.ts";
import type { ModelIndex, SaidOfFunction } from "./model-index.ts";
import { Terms } from "./terms.ts";
import { wayOf } from "./way.ts";

/** Makes the trace follow functions of which a model says what they do. */
export class ModelObserver implements CallObserver {
  private readonly index: ModelIndex;

  constructor(index: ModelIndex) {
    this.index = index;
  }

  claims(way: Way): boolean {
    return this.index.function(way) !== undefined;
  }

  injected(decorator: ExternalValue, trace: Interpreter, reader: Frame): ValueSet {
    const said = this.index.function(decorator.path);
    const call = decorator.step?.kind === "call" ? decorator.step.call : null;
    if (!said || !call) return NOTHING;
    const { model, by } = said;
    if (model.in === undefined || model.returns === undefined) return NOTHING;
    const terms: Terms = new Terms(trace, call, () => readKept(trace, call, model, names(terms, model), reader));
    return trace.values.allRelying(terms.values(model.returns), by);
  }

  observe(call: ExternalCall, trace: Interpreter): ReturnType<CallObserver["observe"]> {
    const said = this.index.function(wayOf(call));
    if (!said) return undefined;
    const { model } = said;
    const terms: Terms = new Terms(trace, call, () => readKept(trace, call, model, names(terms, model), call.frame));
    const keepAll = (keeps: Term) => keep(trace, call, model, names(terms, model), terms.values(keeps));
    const { keeps, each } = model;
    // What a function gives is kept after it has been called; anything else is at hand for it.
    const isResult = /\bresult\b/.test(textOf(keeps));
    terms.forEach(each, () => {
      if (keeps !== undefined && !isResult) keepAll(keeps);
      if (model.fills !== undefined) fill(trace, call, model.fills);
      if (model.calls !== undefined) callFunctions(trace, call, terms, model.calls, model.with);
      if (keeps !== undefined && isResult) keepAll(keeps);
    });
    return {
      ...(model.returns !== undefined && { result: resultOf(trace, call, terms, said) }),
      ...(model.calls !== undefined && { keepsFunctions: calledArguments(model.calls, call) }),
    };
  }
}

function resultOf(trace: Interpreter, call: ExternalCall, terms: Terms, { model, by }: SaidOfFunction): ValueSet {
  const result = trace.values.allRelying(terms.values(model.returns!), by);
  // What cannot be followed, and what somebody else may have put there, is what only the library knows.
  const isAll = model.calls === undefined || terms.values(model.calls).every(isFollowed);
  if (isAll && !textOf(model.returns).startsWith("kept")) return result;
  return union(result, [trace.values.step(call.callee, { kind: "call", call: null })], trace.values);
}

/** What holds the things kept on what a call is made on; for a constructor, on what it makes. */
function keptOn(trace: Interpreter, call: ExternalCall): HeapObject {
  const { callee } = call;
  const receiver = call.construct
    ? trace.values.step(callee, { kind: "new", call: call.representative })
    : (callee.parent ?? callee);
  return trace.objectFor(`kept:${receiver.id}`, "map", null, null);
}

type Keys = readonly string[] | undefined;

function keep(trace: Interpreter, call: ExternalCall, model: StoreModel, keys: Keys, values: ValueSet): void {
  if (model.in !== undefined) {
    trace.externalFields.write(trace, model.in, keys, values);
    return;
  }
  const kept = keptOn(trace, call);
  if (keys) for (const key of keys) trace.store(kept, key, values);
  else trace.grow(kept.rest, values);
}

function readKept(trace: Interpreter, call: ExternalCall, model: StoreModel, keys: Keys, reader: Frame): ValueSet {
  if (model.in !== undefined)
    return (keys ?? [undefined]).reduce<ValueSet>(
      (all, key) => union(all, trace.externalFields.read(trace, model.in!, key, reader), trace.values),
      NOTHING,
    );
  const kept = keptOn(trace, call);
  kept.listReaders.add(call.frame);
  const cells = keys ? keys.map((key) => kept.cell(key)) : [...kept.fields.values()];
  return [kept.rest, ...cells].reduce((all, cell) => union(all, trace.read(cell, call.frame), trace.values), NOTHING);
}

/** The names under which something is kept or looked for; undefined where they are not known. */
function names(terms: Terms, { under }: StoreModel): string[] | undefined {
  return under === undefined ? undefined : keyNames(terms.values(under));
}

function fill(trace: Interpreter, call: ExternalCall, target: number): void {
  const positional = call.arguments.slice(target);
  GLOBAL.get("global#Object.assign")?.(
    trace,
    { ...nativeCall(call), given: { ...NO_ARGUMENTS, positional } },
    call.callee,
  );
}

function isFollowed({ kind }: Value): boolean {
  return kind === "closure" || kind === "external" || kind === "native";
}

/** The arguments whose functions a model says how it calls; the others are called as any library may. */
function calledArguments(calls: Term, call: ExternalCall): number[] {
  if (typeof calls === "number") return [calls];
  const rest = typeof calls === "string" ? /^(\d+)(\.\.\.|\[\])$/.exec(calls) : null;
  if (!rest) return [];
  const from = Number(rest[1]);
  return rest[2] === "[]" ? [from] : call.arguments.map((_, i) => i).filter((i) => i >= from);
}

function callFunctions(
  trace: Interpreter,
  call: ExternalCall,
  terms: Terms,
  calls: Term,
  given: readonly Term[] = [],
): void {
  const own = ofItsOwn(trace, call, calledArguments(calls, call)[0] ?? 0);
  const isExact = /^\d+\.\.\.$/.test(textOf(given.at(-1)));
  terms.eachRound([calls, ...given], (label) => {
    const told = terms.arguments(given);
    const all = isExact ? told : [...told, ...own.slice(told.length)];
    return callAll(trace, nativeCall(call), terms.values(calls), all, label);
  });
}

function textOf(term: Term | undefined): string {
  return typeof term === "string" ? term : "";
}

function nativeCall({ frame, node, site, construct }: ExternalCall): NativeCall {
  return { frame, node, site: `${site} model`, label: "", given: NO_ARGUMENTS, construct };
}

const MOST_PARAMETERS = 8;

/** What only the library knows, named by the way to it. */
function ofItsOwn(trace: Interpreter, { callee }: ExternalCall, argument: number): ValueSet[] {
  return Array.from({ length: MOST_PARAMETERS }, (_, parameter) => [
    trace.values.step(callee, { kind: "callback", argument, parameter, call: null }),
  ]);
}
