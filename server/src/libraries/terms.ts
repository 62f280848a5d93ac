import type { ExternalCall } from "../trace/external-call.ts";
import type { Interpreter } from "../trace/interpreter.ts";
import { anyItem } from "../trace/iteration.ts";
import { constantsOf, fieldsOf } from "../trace/natives/native.ts";
import { Reading } from "../trace/reading.ts";
import { strayInstance } from "../trace/stray-instances.ts";
import type { ValueSet } from "../trace/values.ts";
import { NOTHING, union } from "../trace/values.ts";
import type { Term } from "./model.ts";
import { isWay, valueAt } from "./way.ts";

const PATH = /^(of\.)?(\d+|this|result|kept|each)(\.\.\.)?((?:\.[\w$]+|\[\d*\])*)$/;

const EITHER = " or ";
const NEW = "new ";

/** One of the items or members that functions are called for, one after the other. */
export interface Round {
  /** Its place or name; undefined for all whose places are not known. */
  readonly key: string | undefined;
  readonly item: ValueSet;
}

/** The terms of a model, for one call of what it speaks of. */
export class Terms {
  private readonly trace: Interpreter;
  private readonly call: ExternalCall;
  private readonly reading: Reading;
  /** What stands for `kept`. */
  private readonly kept: () => ValueSet;
  /** The items of this argument are taken one by one: `0[]` is the one of the round. */
  private over: string | undefined;
  private item: ValueSet = NOTHING;
  /** Which one of those of a model's `each` it is. */
  private each: ValueSet = NOTHING;
  /** What the called functions gave, by round. */
  results: { readonly key: string | undefined; readonly values: ValueSet }[] = [];
  private built = 0;

  constructor(trace: Interpreter, call: ExternalCall, kept: () => ValueSet) {
    this.trace = trace;
    this.call = call;
    this.kept = kept;
    this.reading = Reading.of(trace, call);
  }

  /** Runs `body` for each of the values of a term, or once where there is none. */
  forEach(each: Term | undefined, body: () => void): void {
    if (each === undefined) return body();
    for (const value of this.values(each)) {
      this.each = [value];
      this.results = [];
      body();
    }
  }

  /** Runs `body` for each item of the argument that a term goes through, or once. */
  eachRound(terms: readonly Term[], body: (label: string) => ValueSet): void {
    this.over = terms.flatMap((term) => (typeof term === "string" && /^\d+\[\]$/.test(term) ? [term] : []))[0];
    const rounds = this.over === undefined ? [{ key: undefined, item: NOTHING }] : this.rounds(parseInt(this.over, 10));
    for (const { key, item } of rounds) {
      this.item = item;
      this.results.push({ key, values: body(key === undefined ? "" : `#${key}`) });
    }
    this.over = undefined;
  }

  private rounds(argument: number): Round[] {
    const { trace, call } = this;
    return call.argument(argument).flatMap((value): Round[] => {
      const known = fieldsOf(trace, value, call.frame).map(([key, item]) => ({ key, item }));
      const rest = value.kind === "object" ? trace.read(value.object.rest, call.frame) : this.items([value]);
      return rest.length > 0 ? [...known, { key: undefined, item: rest }] : known;
    });
  }

  /** Arguments a function is called with; `1...` is as many as there are. */
  arguments(terms: readonly Term[]): ValueSet[] {
    return terms.flatMap((term) => {
      const from = typeof term === "string" ? /^(\d+)\.\.\.$/.exec(term)?.[1] : undefined;
      return from === undefined ? [this.values(term)] : this.call.arguments.slice(Number(from));
    });
  }

  values(term: Term): ValueSet {
    if (typeof term === "number") return this.call.argument(term);
    if (typeof term === "object") return this.madeOf(term);
    if (term === this.over) return this.item;
    if (term.includes(EITHER)) return this.joined(term.split(EITHER).map((one) => this.values(one)));
    if (term.startsWith(NEW)) return this.instances(this.values(term.slice(NEW.length)));
    const path = PATH.exec(term);
    if (!path) return this.named(term);
    const [, isBefore, root, isRest, steps] = path;
    return (steps!.match(/\.[\w$]+|\[\d*\]/g) ?? []).reduce(
      (values, step) => this.step(values, step),
      isBefore ? this.argumentBefore(Number(root)) : this.rootOf(root!, isRest !== undefined),
    );
  }

  /** An argument of the call that gave what this one is made on. */
  private argumentBefore(argument: number): ValueSet {
    const { parent } = this.call.callee;
    return (parent?.step?.kind === "call" && parent.step.call?.argument(argument)) || NOTHING;
  }

  private instances(classes: ValueSet): ValueSet {
    return classes.flatMap((value) =>
      value.kind === "class" ? [strayInstance(this.trace, value, this.call.frame)] : [],
    );
  }

  private rootOf(root: string, isRest: boolean): ValueSet {
    if (root === "each") return this.each;
    if (root === "result") return this.joined(this.results.map(({ values }) => values));
    if (root === "kept") return this.kept();
    if (root === "this") return this.call.callee.parent ? [this.call.callee.parent] : NOTHING;
    return isRest ? this.joined(this.call.arguments.slice(Number(root))) : this.call.argument(Number(root));
  }

  private step(values: ValueSet, step: string): ValueSet {
    if (step.startsWith(".")) return this.reading.field(values, step.slice(1));
    const names = step === "[]" ? undefined : constantsOf(this.call.argument(Number(step.slice(1, -1))));
    if (!names) return this.items(values);
    // A path of names in one text, as many libraries take it.
    return this.joined(
      names.map((name) => name.split(".").reduce((held, part) => this.reading.field(held, part), values)),
    );
  }

  /** Items of lists, members of tables. */
  private items(values: ValueSet): ValueSet {
    const { trace, call } = this;
    return this.joined(
      values.flatMap((value) => [
        ...(value.kind === "literal" ? [] : [anyItem(trace, value, call.frame)]),
        ...fieldsOf(trace, value, call.frame).map(([, held]) => held),
      ]),
    );
  }

  private madeOf(term: Exclude<Term, number | string>): ValueSet {
    const { trace, call } = this;
    const isList = Array.isArray(term);
    const label = `model ${this.built++} of ${call.site}`;
    const object = trace.allocate(call.frame, call.node, label, isList ? "list" : "record");
    if (!isList) for (const [name, held] of Object.entries(term)) trace.store(object, name, this.values(held));
    else if (term[0] !== "result") trace.grow(object.rest, this.values(term[0] as Term));
    else
      for (const { key, values } of this.results)
        if (key === undefined) trace.grow(object.rest, values);
        else trace.store(object, key, values);
    return [trace.values.object(object)];
  }

  private named(way: string): ValueSet {
    const value = valueAt(way, this.trace.values, null);
    return value ? [value] : NOTHING;
  }

  private joined(sets: readonly ValueSet[]): ValueSet {
    return sets.reduce((all, one) => union(all, one, this.trace.values), NOTHING);
  }
}

/** Whether a term can be read. */
export function isTerm(term: Term): boolean {
  if (typeof term === "number") return Number.isInteger(term) && term >= 0;
  if (typeof term === "string")
    return term.split(EITHER).every((one) => {
      const of = one.startsWith(NEW) ? one.slice(NEW.length) : one;
      return PATH.test(of) || isWay(of);
    });
  return Object.values(term).every(isTerm);
}
