import { equality } from "./conditions.ts";
import type { Frame } from "./frames.ts";
import type { HeapObject } from "./heap.ts";
import type { Arguments } from "./arguments.ts";
import { NO_ARGUMENTS } from "./arguments.ts";
import type { Interpreter } from "./interpreter.ts";
import { itemsOf, members } from "./members.ts";
import type { TextPiece } from "./texts.ts";
import { HOLE, constantText, isHole, joinPieces, splitPieces, trimPieces } from "./texts.ts";
import type { ExternalValue, NativeValue, Value, ValueSet } from "./values.ts";
import { NOTHING, setOf, union } from "./values.ts";

/** A call of a function of the language: where, and with what. */
export interface NativeCall {
  readonly frame: Frame;
  readonly node: number;
  readonly site: string;
  readonly label: string;
  readonly given: Arguments;
  readonly construct: boolean;
}

type Native = (trace: Interpreter, call: NativeCall, receiver: Value) => ValueSet;

/** Runs a function of the language; undefined where it is not modelled. */
export function callNative(trace: Interpreter, call: NativeCall, target: NativeValue | ExternalValue): ValueSet | undefined {
  if (target.kind === "external") {
    if (target.package !== "global" && target.package !== "node:util") return undefined;
    return GLOBAL.get(target.path)?.(trace, call, target);
  }
  const [family, name] = target.name.split(".") as [string, string];
  return FAMILIES.get(family)?.get(name)?.(trace, call, target.receiver!);
}

/** The names of an object's fields, as texts that remember where they are written. */
export function keysOf(trace: Interpreter, holder: Value, reader: Frame): ValueSet {
  if (holder.kind !== "object") return [trace.values.text([HOLE])];
  const { object } = holder;
  object.listReaders.add(reader);
  const names = object.kind === "list" ? [] : [...object.fields.keys()].filter((n) => object.cell(n).values.length > 0);
  const keys: Value[] = names.map((name) => trace.values.text([{ text: name, offset: 0, ...keySite(trace, object, name) }]));
  if (trace.read(object.rest, reader).length > 0 || object.kind === "list") keys.push(trace.values.text([HOLE]));
  return setOf(keys, trace.values);
}

function keySite(trace: Interpreter, object: HeapObject, name: string): Partial<TextPiece> {
  if (!object.site) return {};
  const node = trace.program.module(object.site.file)?.functions.get(object.site.function)?.nodes[object.site.node];
  const entry = node?.kind === "object" ? node.entries.findIndex((e) => "key" in e && e.key === name) : -1;
  return entry < 0 ? {} : { site: { ...object.site, entry } };
}

// ---- helpers

function newList(trace: Interpreter, call: NativeCall, extra = ""): HeapObject {
  return trace.allocate(call.frame, call.node, `${call.label}${extra}`, "list");
}

function allItems(trace: Interpreter, holder: Value, reader: Frame): ValueSet {
  if (holder.kind === "external") return [trace.values.step(holder, { kind: "index" })];
  if (holder.kind !== "object") return [trace.values.unknown("an item of something unknown")];
  let items = trace.read(holder.object.rest, reader);
  for (const item of itemsOf(trace, holder.object, reader)) items = union(items, item, trace.values);
  return items;
}

/** Calls back once per known item, so that what belongs together stays together, and once for the rest. */
function eachItem(trace: Interpreter, call: NativeCall, holder: Value, more: (item: ValueSet, index: number) => readonly ValueSet[]): ValueSet[] {
  const separate = holder.kind === "object" ? itemsOf(trace, holder.object, call.frame) : [];
  const rest = holder.kind === "object" ? trace.read(holder.object.rest, call.frame) : allItems(trace, holder, call.frame);
  const results = separate.slice(0, 80).map((item, i) => callAll(trace, call, call.given.positional[0] ?? NOTHING, more(item, i), `#${i}`));
  const others = separate.slice(80).reduce((all, item) => union(all, item, trace.values), rest);
  if (others.length > 0) results.push(callAll(trace, call, call.given.positional[0] ?? NOTHING, more(others, -1), "#*"));
  return results;
}

/** Calls every function of a set with the same arguments. */
function callAll(trace: Interpreter, call: NativeCall, callees: ValueSet, positional: readonly ValueSet[], label = "", receiver: Value | null = null): ValueSet {
  let result: ValueSet = NOTHING;
  for (const callee of callees) {
    const given = { ...NO_ARGUMENTS, positional };
    const site = call.site + label;
    if (callee.kind === "closure") result = union(result, trace.callClosure(callee, given, receiver, trace.innerContext(call.frame, site, given), call.frame, call.node), trace.values);
    else if (callee.kind === "external") result = union(result, trace.externalCall(callee, given, false, call.frame, call.node, site, undefined), trace.values);
    else if (callee.kind === "native") result = union(result, callNative(trace, { ...call, site, given }, callee) ?? NOTHING, trace.values);
    else if (callee.kind === "unknown") trace.unknownCall(call.frame, call.node, callee.reason, positional.reduce((a, b) => union(a, b, trace.values), NOTHING), site);
  }
  return result;
}

function first(call: NativeCall): ValueSet {
  return call.given.positional[0] ?? NOTHING;
}

function constantsOf(values: ValueSet): string[] | undefined {
  const texts: string[] = [];
  for (const value of values) {
    const text = value.kind === "text" ? constantText(value.pieces) : value.kind === "literal" ? String(value.value) : undefined;
    if (text === undefined) return undefined;
    texts.push(text);
  }
  return texts;
}

function booleans(trace: Interpreter, truth: "true" | "false" | "maybe" | "never"): ValueSet {
  if (truth === "never") return NOTHING;
  if (truth === "maybe") return setOf([trace.values.literal(true), trace.values.literal(false)], trace.values);
  return [trace.values.literal(truth === "true")];
}

/** A list as one text, its items parted by a separator. */
function joined(trace: Interpreter, items: readonly ValueSet[], separator: string): ValueSet {
  let results: (readonly TextPiece[])[] = [[]];
  for (const [i, item] of items.entries()) {
    const options = item.map((v): readonly TextPiece[] => (v.kind === "text" ? v.pieces : v.kind === "literal" && v.value !== undefined ? [{ text: String(v.value), offset: 0 }] : [HOLE]));
    if (options.length === 0) return NOTHING;
    if (results.length * options.length > 32) return [trace.values.text([HOLE])];
    const between: readonly TextPiece[] = i === 0 ? [] : [{ text: separator, offset: 0 }];
    results = results.flatMap((left) => options.map((right) => [...left, ...between, ...right].filter((p) => isHole(p) || p.text !== "")));
  }
  return setOf(results.map((pieces) => trace.values.text(pieces)), trace.values);
}

// ---- lists

const keepItems: Native = (trace, call, receiver) => {
  callEach(trace, call, receiver);
  return [receiver];
};

/** For what only calls back: the items go in, what comes out does not matter. */
function callEach(trace: Interpreter, call: NativeCall, receiver: Value): ValueSet[] {
  return eachItem(trace, call, receiver, (item, i) => [item, [trace.values.literal(Math.max(i, 0))], [receiver]]);
}

const pickItem: Native = (trace, call, receiver) => {
  if (receiver.kind !== "object") {
    callEach(trace, call, receiver);
    return allItems(trace, receiver, call.frame);
  }
  // `tools.find(t => t.name === name)`: only items for which the test may hold.
  const items = itemsOf(trace, receiver.object, call.frame);
  const results = callEach(trace, call, receiver);
  let picked: ValueSet = trace.read(receiver.object.rest, call.frame);
  for (const [i, item] of items.entries()) {
    const tested = results[i] ?? NOTHING;
    if (tested.some((v) => v.kind !== "literal" || v.value)) picked = union(picked, item, trace.values);
  }
  return union(picked, trace.values.undefined, trace.values);
};

const filterItems: Native = (trace, call, receiver) => {
  if (receiver.kind !== "object") return keepItems(trace, call, receiver);
  const items = itemsOf(trace, receiver.object, call.frame);
  const results = call.given.positional[0]?.some((v) => v.kind === "closure") ? callEach(trace, call, receiver) : [];
  const list = newList(trace, call, String(receiver.id));
  for (const [i, item] of items.entries()) {
    const tested = results[i];
    if (!tested || tested.length === 0 || tested.some((v) => v.kind !== "literal" || v.value)) trace.store(list, String(i), item);
  }
  trace.grow(list.rest, trace.read(receiver.object.rest, call.frame));
  return [trace.values.object(list)];
};

function mapItems(flat: boolean): Native {
  return (trace, call, receiver) => {
    const results = callEach(trace, call, receiver);
    const list = newList(trace, call, String(receiver.id));
    const known = receiver.kind === "object" ? itemsOf(trace, receiver.object, call.frame).length : 0;
    for (const [i, result] of results.entries()) {
      const values = flat ? result.reduce((all: ValueSet, v) => union(all, v.kind === "object" && v.object.kind === "list" ? allItems(trace, v, call.frame) : [v], trace.values), NOTHING) : result;
      if (!flat && i < known) trace.store(list, String(i), values);
      else trace.grow(list.rest, values);
    }
    return [trace.values.object(list)];
  };
}

const addItems: Native = (trace, call, receiver) => {
  if (receiver.kind !== "object") return NOTHING;
  for (const values of [...call.given.positional, call.given.rest]) trace.grow(receiver.object.rest, values);
  return [trace.values.unknown("the length of a list")];
};

const concatLists: Native = (trace, call, receiver) => {
  const list = newList(trace, call, String(receiver.id));
  let position = 0;
  for (const values of [[receiver], ...call.given.positional]) {
    for (const value of values) {
      if (value.kind === "object" && value.object.kind === "list") {
        for (const item of itemsOf(trace, value.object, call.frame)) trace.store(list, String(position++), item);
        trace.grow(list.rest, trace.read(value.object.rest, call.frame));
      } else trace.grow(list.rest, [value]);
    }
  }
  return [trace.values.object(list)];
};

const joinItems: Native = (trace, call, receiver) => {
  if (receiver.kind !== "object") return [trace.values.text([HOLE])];
  const separators = call.given.positional.length === 0 ? [","] : constantsOf(first(call));
  const items = itemsOf(trace, receiver.object, call.frame);
  const rest = trace.read(receiver.object.rest, call.frame);
  let values: ValueSet = NOTHING;
  for (const separator of separators ?? [" "]) values = union(values, joined(trace, rest.length > 0 ? [...items, ...rest.map((v): ValueSet => [v])] : items, separator), trace.values);
  return values;
};

const includesItem: Native = (trace, call, receiver) => {
  if (receiver.kind !== "object") return booleans(trace, "maybe");
  const items = itemsOf(trace, receiver.object, call.frame);
  const wanted = first(call);
  if (wanted.length === 0) return NOTHING;
  const truths = items.map((item) => equality(item, wanted));
  if (truths.includes("true")) return booleans(trace, "true");
  const open = trace.read(receiver.object.rest, call.frame).length > 0;
  return booleans(trace, open || truths.some((t) => t !== "false") ? "maybe" : "false");
};

const anyItem: Native = (trace, call, receiver) => allItems(trace, receiver, call.frame);

const reduceItems: Native = (trace, call, receiver) => {
  const start = call.given.positional[1] ?? NOTHING;
  let accumulated = start;
  for (let round = 0; round < 3; round++) {
    const results = eachItem(trace, call, receiver, (item) => [accumulated, item]);
    accumulated = results.reduce((a, b) => union(a, b, trace.values), accumulated);
  }
  return accumulated;
};

const entriesOf: Native = (trace, call, receiver) => pairs(trace, call, receiver);

const LIST = new Map<string, Native>([
  ["map", mapItems(false)], ["flatMap", mapItems(true)], ["forEach", (t, c, r) => (callEach(t, c, r), t.values.undefined)],
  ["filter", filterItems], ["find", pickItem], ["findLast", pickItem], ["some", (t, c, r) => (callEach(t, c, r), booleans(t, "maybe"))],
  ["every", (t, c, r) => (callEach(t, c, r), booleans(t, "maybe"))], ["findIndex", (t, c, r) => (callEach(t, c, r), [t.values.unknown("an index")])],
  ["reduce", reduceItems], ["push", addItems], ["unshift", addItems], ["add", (t, c, r) => (addItems(t, c, r), [r])],
  ["concat", concatLists], ["slice", (_t, _c, r) => [r]], ["sort", keepItems], ["toSorted", keepItems], ["reverse", (_t, _c, r) => [r]],
  ["values", (_t, _c, r) => [r]], ["flat", flatten], ["join", joinItems], ["includes", includesItem], ["has", includesItem],
  ["indexOf", (t) => [t.values.unknown("an index")]], ["at", anyItem], ["pop", anyItem], ["shift", anyItem], ["entries", entriesOf],
  ["toString", joinItems], ["splice", anyItem], ["delete", (t) => booleans(t, "maybe")], ["clear", (t) => t.values.undefined],
]);

function flatten(trace: Interpreter, call: NativeCall, receiver: Value): ValueSet {
  const list = newList(trace, call, String(receiver.id));
  let position = 0;
  for (const item of receiver.kind === "object" ? itemsOf(trace, receiver.object, call.frame) : []) {
    for (const value of item) {
      if (value.kind !== "object" || value.object.kind !== "list") trace.store(list, String(position++), [value]);
      else {
        for (const inner of itemsOf(trace, value.object, call.frame)) trace.store(list, String(position++), inner);
        trace.grow(list.rest, trace.read(value.object.rest, call.frame));
      }
    }
  }
  if (receiver.kind === "object") {
    for (const value of trace.read(receiver.object.rest, call.frame)) trace.grow(list.rest, value.kind === "object" && value.object.kind === "list" ? allItems(trace, value, call.frame) : [value]);
  } else trace.grow(list.rest, [receiver]);
  return [trace.values.object(list)];
}

// ---- texts

function textMethod(change: (pieces: readonly TextPiece[], trace: Interpreter, call: NativeCall) => readonly TextPiece[] | undefined): Native {
  return (trace, call, receiver) => {
    if (receiver.kind !== "text") return [trace.values.text([HOLE])];
    const changed = change(receiver.pieces, trace, call);
    return [trace.values.text(changed ?? [HOLE])];
  };
}

function textTest(test: (text: string, argument: string) => boolean): Native {
  return (trace, call, receiver) => {
    const wanted = constantsOf(first(call));
    const text = receiver.kind === "text" ? constantText(receiver.pieces) : undefined;
    if (first(call).length === 0) return NOTHING;
    if (text === undefined || !wanted) return booleans(trace, "maybe");
    return setOf(wanted.map((w) => trace.values.literal(test(text, w))), trace.values);
  };
}

const constantOnly = (change: (text: string) => string): Native =>
  textMethod((pieces) => {
    const text = constantText(pieces);
    return text === undefined ? undefined : [{ text: change(text), offset: 0 }];
  });

const splitText: Native = (trace, call, receiver) => {
  const list = newList(trace, call, String(receiver.id));
  const separators = constantsOf(first(call));
  if (receiver.kind !== "text") trace.grow(list.rest, [trace.values.text([HOLE])]);
  else for (const separator of separators ?? [/[\s,]+/g]) {
    for (const [i, part] of splitPieces(receiver.pieces, separator).entries()) trace.store(list, String(i), [trace.values.text(part)]);
  }
  return [trace.values.object(list)];
};

const replaceText: Native = (trace, call, receiver) => {
  const [from, to] = [constantsOf(first(call)), constantsOf(call.given.positional[1] ?? NOTHING)];
  const text = receiver.kind === "text" ? constantText(receiver.pieces) : undefined;
  callAll(trace, call, call.given.positional[1] ?? NOTHING, [[trace.values.text([HOLE])]]);
  if (text === undefined || from?.length !== 1 || to?.length !== 1) return [trace.values.text([HOLE])];
  return [trace.values.text([{ text: text.replaceAll(from[0]!, () => to[0]!), offset: 0 }])];
};

const TEXT = new Map<string, Native>([
  ["split", splitText], ["trim", textMethod((p) => trimPieces(p))], ["trimStart", textMethod((p) => trimPieces(p))], ["trimEnd", textMethod((p) => trimPieces(p))],
  ["toLowerCase", constantOnly((t) => t.toLowerCase())], ["toUpperCase", constantOnly((t) => t.toUpperCase())],
  ["startsWith", textTest((t, a) => t.startsWith(a))], ["endsWith", textTest((t, a) => t.endsWith(a))], ["includes", textTest((t, a) => t.includes(a))],
  ["concat", textMethod((pieces, _t, call) => call.given.positional.reduce<readonly TextPiece[]>((all, set) => joinPieces(all, set.length === 1 && set[0]!.kind === "text" ? set[0]!.pieces : [HOLE]), pieces))],
  ["replace", replaceText], ["replaceAll", replaceText], ["toString", (_t, _c, r) => [r]], ["valueOf", (_t, _c, r) => [r]],
  ["slice", textMethod(() => undefined)], ["substring", textMethod(() => undefined)], ["charAt", textMethod(() => undefined)],
  ["match", (t) => [t.values.unknown("a match")]], ["matchAll", (t) => [t.values.unknown("matches")]],
]);

// ---- maps

function keysGiven(call: NativeCall): string[] | undefined {
  return constantsOf(first(call));
}

const MAP = new Map<string, Native>([
  ["get", (trace, call, receiver) => {
    if (receiver.kind !== "object") return NOTHING;
    const keys = keysGiven(call);
    let values = trace.read(receiver.object.rest, call.frame);
    if (keys) for (const key of keys) values = union(values, trace.read(receiver.object.cell(key), call.frame), trace.values);
    else for (const cell of receiver.object.fields.values()) values = union(values, trace.read(cell, call.frame), trace.values);
    receiver.object.listReaders.add(call.frame);
    return union(values, values.length > 0 && keys?.length === 1 ? NOTHING : trace.values.undefined, trace.values);
  }],
  ["set", (trace, call, receiver) => {
    if (receiver.kind !== "object") return NOTHING;
    const keys = keysGiven(call);
    const values = call.given.positional[1] ?? NOTHING;
    if (keys) for (const key of keys) trace.store(receiver.object, key, values);
    else trace.grow(receiver.object.rest, values);
    return [receiver];
  }],
  ["has", (trace, call, receiver) => {
    const keys = keysGiven(call);
    if (receiver.kind !== "object" || keys?.length !== 1) return booleans(trace, "maybe");
    receiver.object.listReaders.add(call.frame);
    if ((receiver.object.fields.get(keys[0]!)?.values.length ?? 0) > 0) return booleans(trace, "true");
    return booleans(trace, trace.read(receiver.object.rest, call.frame).length > 0 ? "maybe" : "false");
  }],
  ["delete", (trace) => booleans(trace, "maybe")],
  ["values", (trace, call, receiver) => [listOfFields(trace, call, receiver)]],
  ["keys", (trace, call, receiver) => [listOfKeys(trace, call, receiver)]],
  ["entries", (trace, call, receiver) => pairs(trace, call, receiver)],
  ["forEach", (trace, call, receiver) => (eachItem(trace, call, listOfFields(trace, call, receiver), (item) => [item, [trace.values.text([HOLE])], [receiver]]), trace.values.undefined)],
]);

function fieldsOf(trace: Interpreter, holder: Value, reader: Frame): [name: string, values: ValueSet][] {
  if (holder.kind === "module") return trace.program.exportNames(holder.file).map((name) => [name, members(trace, holder, name, reader)]);
  if (holder.kind !== "object") return [];
  holder.object.listReaders.add(reader);
  return [...holder.object.fields].map(([name, cell]): [string, ValueSet] => [name, trace.read(cell, reader)]).filter(([, values]) => values.length > 0);
}

function restOf(trace: Interpreter, holder: Value, reader: Frame): ValueSet {
  if (holder.kind === "object") return trace.read(holder.object.rest, reader);
  if (holder.kind === "external") return [trace.values.step(holder, { kind: "index" })];
  return holder.kind === "module" ? NOTHING : [trace.values.unknown("a field of something unknown")];
}

function listOfFields(trace: Interpreter, call: NativeCall, holder: Value): Value {
  const list = newList(trace, call, `values${holder.id}`);
  for (const [i, [, values]] of fieldsOf(trace, holder, call.frame).entries()) trace.store(list, String(i), values);
  trace.grow(list.rest, restOf(trace, holder, call.frame));
  return trace.values.object(list);
}

function listOfKeys(trace: Interpreter, call: NativeCall, holder: Value): Value {
  const list = newList(trace, call, `keys${holder.id}`);
  for (const [i, key] of keysOf(trace, holder, call.frame).entries()) trace.store(list, String(i), [key]);
  return trace.values.object(list);
}

/** `Object.entries`: one pair per field, key and value kept together. */
function pairs(trace: Interpreter, call: NativeCall, holder: Value): ValueSet {
  const list = newList(trace, call, `entries${holder.id}`);
  const pair = (label: string, key: ValueSet, values: ValueSet): ValueSet => {
    const object = newList(trace, call, `entry${holder.id}${label}`);
    trace.store(object, "0", key);
    trace.store(object, "1", values);
    return [trace.values.object(object)];
  };
  for (const [i, [name, values]] of fieldsOf(trace, holder, call.frame).entries()) {
    const key = trace.values.text([{ text: name, offset: 0, ...(holder.kind === "object" ? keySite(trace, holder.object, name) : {}) }]);
    trace.store(list, String(i), pair(String(i), [key], values));
  }
  const rest = restOf(trace, holder, call.frame);
  if (rest.length > 0) trace.grow(list.rest, pair("*", [trace.values.text([HOLE])], rest));
  return [trace.values.object(list)];
}

// ---- functions and promises

const FUNCTION = new Map<string, Native>([
  ["bind", (trace, call, receiver) => {
    if (receiver.kind !== "closure") return [receiver];
    const bound = [...(receiver.bound ?? []), ...call.given.positional.slice(1)];
    const selves: readonly (Value | undefined)[] = first(call).length > 0 ? first(call) : [undefined];
    return setOf(selves.map((self) => trace.values.closure(receiver.file, receiver.function, receiver.environment, receiver.receiver ?? self, bound.length > 0 ? bound : undefined)), trace.values);
  }],
  ["call", (trace, call, receiver) => {
    const self = first(call)[0] ?? null;
    return callAll(trace, call, [receiver], call.given.positional.slice(1), "", self);
  }],
  ["apply", (trace, call, receiver) => {
    const self = first(call)[0] ?? null;
    const list = call.given.positional[1] ?? NOTHING;
    const positional = list.length === 1 && list[0]!.kind === "object" ? itemsOf(trace, list[0]!.object, call.frame) : [];
    return callAll(trace, call, [receiver], positional, "", self);
  }],
]);

const PROMISE = new Map<string, Native>([
  ["then", (trace, call, receiver) => {
    const done = callAll(trace, call, first(call), [[receiver]]);
    const failed = callAll(trace, call, call.given.positional[1] ?? NOTHING, [[trace.values.unknown("an error")]], "#1");
    const passedOn = first(call).some((v) => v.kind !== "literal") ? NOTHING : [receiver];
    return union(union(done, failed, trace.values), passedOn, trace.values);
  }],
  ["catch", (trace, call, receiver) => union([receiver], callAll(trace, call, first(call), [[trace.values.unknown("an error")]]), trace.values)],
  ["finally", (trace, call, receiver) => (callAll(trace, call, first(call), []), [receiver])],
]);

const FAMILIES = new Map<string, ReadonlyMap<string, Native>>([["list", LIST], ["text", TEXT], ["map", MAP], ["function", FUNCTION], ["promise", PROMISE]]);

// ---- globals

const asGiven: Native = (_trace, call) => first(call);

const GLOBAL = new Map<string, Native>([
  ["global#Object.keys", (t, c) => setOf(first(c).map((v) => listOfKeys(t, c, v)), t.values)],
  ["global#Object.values", (t, c) => setOf(first(c).map((v) => listOfFields(t, c, v)), t.values)],
  ["global#Object.entries", (t, c) => first(c).reduce((all: ValueSet, v) => union(all, pairs(t, c, v), t.values), NOTHING)],
  ["global#Object.freeze", asGiven], ["global#Object.seal", asGiven], ["global#structuredClone", asGiven],
  ["global#Object.assign", (t, c) => {
    for (const target of first(c)) {
      if (target.kind !== "object") continue;
      for (const source of c.given.positional.slice(1).flat()) {
        for (const [name, values] of fieldsOf(t, source, c.frame)) t.store(target.object, name, values);
        if (source.kind !== "literal") t.grow(target.object.rest, restOf(t, source, c.frame));
      }
    }
    return first(c);
  }],
  ["global#Object.fromEntries", (t, c) => {
    const object = t.allocate(c.frame, c.node, c.label, "record");
    fillFromPairs(t, c, object);
    return [t.values.object(object)];
  }],
  ["global#Map", (t, c) => {
    const object = t.allocate(c.frame, c.node, c.label, "map");
    fillFromPairs(t, c, object);
    return [t.values.object(object)];
  }],
  ["global#Set", copyList], ["global#Array.from", (t, c) => {
    if (!c.given.positional[1]) return copyList(t, c);
    const [list] = copyList(t, c);
    const mapper = c.given.positional[1];
    return mapItems(false)(t, { ...c, given: { ...NO_ARGUMENTS, positional: [mapper] } }, list!);
  }],
  ["global#Array.of", (t, c) => {
    const list = newList(t, c);
    for (const [i, values] of c.given.positional.entries()) t.store(list, String(i), values);
    return [t.values.object(list)];
  }],
  ["global#Array.isArray", (t, c) => {
    const truths = new Set(first(c).map((v) => (v.kind === "object" ? String(v.object.kind === "list") : v.kind === "unknown" || v.kind === "external" ? "maybe" : "false")));
    return booleans(t, truths.size === 0 ? "never" : truths.size > 1 ? "maybe" : ([...truths][0] as "true" | "false" | "maybe"));
  }],
  ["global#Promise.all", asGiven], ["global#Promise.allSettled", asGiven], ["global#Promise.resolve", asGiven],
  ["global#Promise.race", (t, c) => setOf(first(c).flatMap((v) => [...allItems(t, v, c.frame)]), t.values)],
  ["global#Promise.any", (t, c) => setOf(first(c).flatMap((v) => [...allItems(t, v, c.frame)]), t.values)],
  ["global#Promise", (t, c) => {
    // What the executor passes to its first parameter is what the promise gives.
    const settled = t.objectFor(`promise:${c.frame.id}:${c.site}`, "list", null, null);
    const resolve = t.values.native("resolver.call", t.values.object(settled));
    callAll(t, c, first(c), [[resolve], [t.values.native("resolver.ignore", t.values.object(settled))]]);
    const values = t.read(settled.rest, c.frame);
    return values;
  }],
  ["global#String", (t, c) => setOf(first(c).map((v) => (v.kind === "text" ? v : t.values.text(v.kind === "literal" ? [{ text: String(v.value), offset: 0 }] : [HOLE]))), t.values)],
  ["global#Symbol", (t) => [t.values.unknown("a symbol")]],
  ["global#Reflect.get", (t, c) => {
    const names = constantsOf(c.given.positional[1] ?? NOTHING);
    return names ? setOf(first(c).flatMap((v) => names.flatMap((n) => [...members(t, v, n, c.frame)])), t.values) : [t.values.unknown("looked up under a name chosen at run time")];
  }],
  ["node:util#promisify", asGiven],
]);

FAMILIES.set("resolver", new Map<string, Native>([
  ["call", (trace, call, receiver) => {
    if (receiver.kind === "object") trace.grow(receiver.object.rest, call.given.positional[0] ?? trace.values.undefined);
    return trace.values.undefined;
  }],
  ["ignore", (trace) => trace.values.undefined],
]));

function copyList(trace: Interpreter, call: NativeCall): ValueSet {
  const list = newList(trace, call);
  for (const value of first(call)) {
    if (value.kind === "object" && value.object.kind === "map") {
      trace.grow(list.rest, [listOfFields(trace, call, value)]);
      continue;
    }
    if (value.kind === "object") {
      for (const [i, item] of itemsOf(trace, value.object, call.frame).entries()) trace.store(list, String(i), item);
      trace.grow(list.rest, trace.read(value.object.rest, call.frame));
    } else if (value.kind === "external" || value.kind === "unknown") trace.grow(list.rest, restOf(trace, value, call.frame));
  }
  return [trace.values.object(list)];
}

function fillFromPairs(trace: Interpreter, call: NativeCall, object: HeapObject): void {
  for (const value of first(call)) {
    if (value.kind === "literal") continue;
    if (value.kind !== "object") {
      trace.grow(object.rest, restOf(trace, value, call.frame));
      continue;
    }
    const rest = trace.read(value.object.rest, call.frame);
    for (const item of [...itemsOf(trace, value.object, call.frame), ...(rest.length > 0 ? [rest] : [])].flat()) {
      if (item.kind !== "object") {
        trace.grow(object.rest, [trace.values.unknown("an entry of something unknown")]);
        continue;
      }
      const [key, values] = itemsOf(trace, item.object, call.frame);
      const names = key ? constantsOf(key) : undefined;
      if (names && values) for (const name of names) trace.store(object, name, values);
      else trace.grow(object.rest, values ?? NOTHING);
    }
  }
}
