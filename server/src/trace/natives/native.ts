import type { Frame } from "../frames.ts";
import type { HeapObject } from "../heap.ts";
import type { Arguments } from "../arguments.ts";
import { NO_ARGUMENTS } from "../arguments.ts";
import type { Interpreter } from "../interpreter.ts";
import { blurred, piecesOf } from "../pieces.ts";
import { apart, areTold, iterated } from "../iteration.ts";
import { members } from "../members.ts";
import type { TextPiece } from "../texts.ts";
import { HOLE, MOST_PIECES_OF_TEXTS, constantText, joinPieces } from "../texts.ts";
import type { Value, ValueSet } from "../values.ts";
import { NOTHING, setOf, union } from "../values.ts";
import { callNative } from "./call-native.ts";

/** A call of a function of the language: where, and with what. */
export interface NativeCall {
  readonly frame: Frame;
  readonly node: number;
  readonly site: string;
  readonly label: string;
  readonly given: Arguments;
  readonly construct: boolean;
}

export type Native = (trace: Interpreter, call: NativeCall, receiver: Value) => ValueSet;

/** The names of an object's fields, as texts that remember where they are written. */
export function keysOf(trace: Interpreter, holder: Value, reader: Frame): ValueSet {
  if (holder.kind !== "object") return [trace.values.text([HOLE])];
  const { object } = holder;
  object.listReaders.add(reader);
  const names = object.kind === "list" ? [] : [...object.fields.keys()].filter((n) => object.cell(n).values.length > 0);
  const keys = names.map((name) => keyText(trace, object, name));
  if (trace.read(object.rest, reader).length > 0 || object.kind === "list") keys.push(trace.values.text([HOLE]));
  return setOf(keys, trace.values);
}

/** Keys of each object: loops ask for all of them in every round. */
const keyTexts = new WeakMap<HeapObject, Map<string, Value>>();

/** The name of a field as a text that remembers where it is written. */
export function keyText(trace: Interpreter, object: HeapObject, name: string): Value {
  let known = keyTexts.get(object);
  if (!known) keyTexts.set(object, (known = new Map<string, Value>()));
  let text = known.get(name);
  if (!text) known.set(name, (text = trace.values.text([{ text: name, offset: 0, ...keySite(trace, object, name) }])));
  return text;
}

function keySite(trace: Interpreter, object: HeapObject, name: string): Partial<TextPiece> {
  if (!object.site) return {};
  const node = trace.program.module(object.site.file)?.functions.get(object.site.function)?.nodes[object.site.node];
  const entry = node?.kind === "object" ? node.entries.findIndex((e) => "key" in e && e.key === name) : -1;
  return entry < 0 ? {} : { site: { ...object.site, entry } };
}

export function newList(trace: Interpreter, call: NativeCall, extra = ""): HeapObject {
  return trace.allocate(call.frame, call.node, `${call.label}${extra}`, "list");
}

/** Calls back once per known item, so that what belongs together stays together, and once for the rest. */
export function eachItem(
  trace: Interpreter,
  call: NativeCall,
  holder: Value,
  more: (item: ValueSet, index: number) => readonly ValueSet[],
): ValueSet[] {
  const { items, rest } = iterated(trace, holder, call.frame);
  const told = areTold(trace, call.frame, items) ? items.slice(0, MOST_SEPARATE) : [];
  const results = told.map((item, i) => callAll(trace, call, first(call), more(item, i), `#${i}`));
  const others = items.slice(told.length).reduce((all, item) => union(all, item, trace.values), rest);
  if (others.length === 0) return results;
  const separate = areTold(trace, call.frame, apart(others)) ? apart(others) : [others];
  const all = separate.reduce(
    (values: ValueSet, one) =>
      union(
        values,
        callAll(trace, call, first(call), more(one, -1), `#*${one.length === 1 ? one[0]!.id : ""}`),
        trace.values,
      ),
    NOTHING,
  );
  return [...results, ...items.slice(told.length).map(() => all), all];
}

/** Items of a list that a function is called with one by one. */
export const MOST_SEPARATE = 80;

/** Calls every function of a set with the same arguments. */
export function callAll(
  trace: Interpreter,
  call: NativeCall,
  callees: ValueSet,
  positional: readonly ValueSet[],
  label = "",
  receiver: Value | null = null,
  rest: ValueSet = NOTHING,
): ValueSet {
  let result: ValueSet = NOTHING;
  for (const callee of callees) {
    const given = { ...NO_ARGUMENTS, positional, rest };
    const site = call.site + label;
    if (callee.kind === "closure")
      result = union(
        result,
        trace.callClosure(callee, given, receiver, trace.innerContext(call.frame, site, given), call.frame, call.node),
        trace.values,
      );
    else if (callee.kind === "external")
      result = union(
        result,
        callNative(trace, { ...call, site, given }, callee) ??
          trace.externalCall(callee, given, false, call.frame, call.node, site, undefined),
        trace.values,
      );
    else if (callee.kind === "native")
      result = union(result, callNative(trace, { ...call, site, given }, callee) ?? NOTHING, trace.values);
    else if (callee.kind === "unknown")
      trace.unknownCall(
        call.frame,
        call.node,
        callee.reason,
        positional.reduce((a, b) => union(a, b, trace.values), NOTHING),
        site,
      );
  }
  return result;
}

export function first(call: NativeCall): ValueSet {
  return call.given.positional[0] ?? NOTHING;
}

export function constantsOf(values: ValueSet): string[] | undefined {
  const texts: string[] = [];
  for (const value of values) {
    const text =
      value.kind === "text" ? constantText(value.pieces) : value.kind === "literal" ? String(value.value) : undefined;
    if (text === undefined) return undefined;
    texts.push(text);
  }
  return texts;
}

export function booleans(trace: Interpreter, truth: "true" | "false" | "maybe" | "never"): ValueSet {
  if (truth === "never") return NOTHING;
  if (truth === "maybe") return setOf([trace.values.literal(true), trace.values.literal(false)], trace.values);
  return [trace.values.literal(truth === "true")];
}

/** A list as one text, its items parted by a separator. */
export function joined(trace: Interpreter, items: readonly ValueSet[], separator: string): ValueSet {
  const separatorPieces: readonly TextPiece[] = [{ text: separator, offset: 0 }];
  let results: (readonly TextPiece[])[] = [[]];
  for (const [i, item] of items.entries()) {
    const options = item.map((v) => (v.kind === "literal" && v.value === undefined ? [HOLE] : piecesOf(v)));
    if (options.length === 0) return NOTHING;
    const count = results.length * options.length;
    if (count > 32 || (options.length > 1 && count * (results[0]!.length + 1) > MOST_PIECES_OF_TEXTS))
      return [trace.values.text([blurred([...results.flat(), ...options.flat()])])];
    const between = i === 0 ? [] : separatorPieces;
    results = results.flatMap((left) => options.map((right) => joinPieces(joinPieces(left, between), right)));
  }
  return setOf(
    results.map((pieces) => trace.values.text(pieces)),
    trace.values,
  );
}

export function fieldsOf(trace: Interpreter, holder: Value, reader: Frame): [name: string, values: ValueSet][] {
  if (holder.kind === "module")
    return trace.program.exportNames(holder.file).map((name) => [name, members(trace, holder, name, reader)]);
  if (holder.kind !== "object") return [];
  holder.object.listReaders.add(reader);
  return [...holder.object.fields]
    .map(([name, cell]): [string, ValueSet] => [
      name,
      trace.values.allRelying(trace.read(cell, reader), holder.reliesOn),
    ])
    .filter(([, values]) => values.length > 0);
}

export function restOf(trace: Interpreter, holder: Value, reader: Frame): ValueSet {
  if (holder.kind === "object") return trace.values.allRelying(trace.read(holder.object.rest, reader), holder.reliesOn);
  if (holder.kind === "external") return [trace.values.step(holder, { kind: "index" })];
  return holder.kind === "module" ? NOTHING : [trace.values.unknown("a field of something unknown")];
}

export function listOfFields(trace: Interpreter, call: NativeCall, holder: Value): Value {
  const list = newList(trace, call, `values${holder.id}`);
  for (const [i, [, values]] of fieldsOf(trace, holder, call.frame).entries()) trace.store(list, String(i), values);
  trace.grow(list.rest, restOf(trace, holder, call.frame));
  return trace.values.object(list);
}

export function listOfKeys(trace: Interpreter, call: NativeCall, holder: Value): Value {
  const list = newList(trace, call, `keys${holder.id}`);
  for (const [i, key] of keysOf(trace, holder, call.frame).entries()) trace.store(list, String(i), [key]);
  return trace.values.object(list);
}

/** `Object.entries`: one pair per field, key and value kept together. */
export function pairs(trace: Interpreter, call: NativeCall, holder: Value): ValueSet {
  const list = newList(trace, call, `entries${holder.id}`);
  const pair = (label: string, key: ValueSet, values: ValueSet): ValueSet => {
    const object = newList(trace, call, `entry${holder.id}${label}`);
    trace.store(object, "0", key);
    trace.store(object, "1", values);
    return [trace.values.object(object)];
  };
  for (const [i, [name, values]] of fieldsOf(trace, holder, call.frame).entries()) {
    const key =
      holder.kind === "object" ? keyText(trace, holder.object, name) : trace.values.text([{ text: name, offset: 0 }]);
    trace.store(list, String(i), pair(String(i), [key], values));
  }
  const rest = restOf(trace, holder, call.frame);
  if (rest.length > 0) trace.grow(list.rest, pair("*", [trace.values.text([HOLE])], rest));
  return [trace.values.object(list)];
}
