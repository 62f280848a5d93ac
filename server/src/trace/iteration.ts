import { NO_ARGUMENTS } from "./arguments.ts";
import { decidesCalls } from "./contexts.ts";
import type { Evaluation } from "./evaluation.ts";
import type { Frame, LoopItem } from "./frames.ts";
import type { HeapObject } from "./heap.ts";
import type { Interpreter } from "./interpreter.ts";
import { chosen } from "./literals.ts";
import { itemsOf, members } from "./members.ts";
import { fieldsOf, keyText } from "./natives/native.ts";
import { iteratedOnDemand } from "./python-protocol.ts";
import { HOLE } from "./texts.ts";
import type { ObjectValue, Value, ValueSet } from "./values.ts";
import { NOTHING, union } from "./values.ts";

/** What comes out of a value that is gone through: the items that are told apart, in order, and what else may come. */
export interface Iterated {
  readonly items: readonly ValueSet[];
  readonly rest: ValueSet;
}

const EMPTY: Iterated = { items: [], rest: NOTHING };

/** Names under which methods are kept that the language itself calls. */
export const ITERATORS: readonly string[] = ["@@iterator", "@@asyncIterator"];

/** Goes through a value as `for … of` does, and everything that takes a list of any kind. */
export function iterated(trace: Interpreter, value: Value, reader: Frame): Iterated {
  switch (value.kind) {
    case "object":
      return relying(trace, iteratedObject(trace, value, reader), value.reliesOn);
    case "text":
      return { items: [], rest: [trace.values.text([HOLE])] };
    case "external":
      return { items: [], rest: [trace.values.step(value, { kind: "index" })] };
    case "unknown":
      return { items: [], rest: [trace.values.unknown("an item of something unknown")] };
    default:
      return EMPTY;
  }
}

/** What comes out of something is as sure as the thing itself. */
function relying(trace: Interpreter, found: Iterated, reliesOn: string | null): Iterated {
  if (reliesOn === null) return found;
  const all = (values: ValueSet): ValueSet => trace.values.allRelying(values, reliesOn);
  return { items: found.items.map(all), rest: all(found.rest) };
}

/** Everything that may come out, in no order. */
export function anyItem(trace: Interpreter, value: Value, reader: Frame): ValueSet {
  const { items, rest } = iterated(trace, value, reader);
  return items.reduce((all, item) => union(all, item, trace.values), rest);
}

/** Everything that may come out of any of them. Of several lists only one is gone through: which, is chosen. */
export function anyItemOf(trace: Interpreter, lists: ValueSet, reader: Frame): ValueSet {
  const items = lists.reduce((all: ValueSet, list) => union(all, anyItem(trace, list, reader), trace.values), NOTHING);
  return areAlternatives(lists) ? chosen(trace, items) : items;
}

function areAlternatives(lists: ValueSet): boolean {
  return lists.filter(({ kind }) => kind === "object").length > 1;
}

/** What a set of lists spreads into: in order where it is one list. */
export function spread(trace: Interpreter, lists: ValueSet, reader: Frame): Iterated {
  const [only, ...more] = lists;
  if (only && more.length === 0) return iterated(trace, only, reader);
  return { items: [], rest: anyItemOf(trace, lists, reader) };
}

function iteratedObject(trace: Interpreter, value: ObjectValue, reader: Frame): Iterated {
  const { object } = value;
  if (object.kind === "list") return { items: itemsOf(trace, object, reader), rest: trace.read(object.rest, reader) };
  if (object.kind === "map") return entriesOf(trace, object, reader);
  if (reader.language === "python" && object.class) return { items: [], rest: iteratedOnDemand(trace, value, reader) };
  if (reader.language === "python") return keysOf(trace, value, reader);
  let rest: ValueSet = NOTHING;
  for (const name of ITERATORS)
    for (const method of members(trace, value, name, reader))
      if (method.kind === "closure") rest = union(rest, yieldedBy(trace, value, method, reader), trace.values);
  return { items: [], rest };
}

/** What an iterator gives that a method of the program makes: a generator, or an object with `next`. */
function yieldedBy(trace: Interpreter, self: Value, method: Value & { kind: "closure" }, reader: Frame): ValueSet {
  const call = (callee: Value & { kind: "closure" }, receiver: Value, label: string): ValueSet =>
    trace.callClosure(callee, NO_ARGUMENTS, receiver, trace.innerContext(reader, `${label}:${receiver.id}`), reader, 0);
  let values: ValueSet = NOTHING;
  for (const iterator of call(method, self, "iterate")) {
    if (iterator.kind === "object" && iterator.object.kind === "list")
      values = union(values, anyItem(trace, iterator, reader), trace.values);
    if (iterator.kind !== "object" || iterator.object.kind === "list") continue;
    for (const next of members(trace, iterator, "next", reader)) {
      if (next.kind !== "closure") continue;
      for (const result of call(next, iterator, "next"))
        values = union(values, members(trace, result, "value", reader), trace.values);
    }
  }
  return values;
}

/** A map as pairs of key and value. */
function entriesOf(trace: Interpreter, map: HeapObject, reader: Frame): Iterated {
  map.listReaders.add(reader);
  const pair = (name: string, key: Value, values: ValueSet): ValueSet => {
    const object = trace.objectFor(`pair:${map.id}:${name}`, "list", null, null);
    trace.store(object, "0", [key]);
    trace.store(object, "1", values);
    return [trace.values.object(object)];
  };
  const items = [...map.fields].flatMap(([name, cell]) => {
    const values = trace.read(cell, reader);
    return values.length === 0 ? [] : [pair(`=${name}`, trace.values.text([{ text: name, offset: 0 }]), values)];
  });
  const rest = trace.read(map.rest, reader);
  return { items, rest: rest.length === 0 ? NOTHING : pair("*", trace.values.text([HOLE]), rest) };
}

function keysOf(trace: Interpreter, value: ObjectValue, reader: Frame): Iterated {
  const items = fieldsOf(trace, value, reader).map(([name]): ValueSet => [keyText(trace, value.object, name)]);
  const isOpen = trace.read(value.object.rest, reader).length > 0;
  return { items, rest: isOpen ? [trace.values.text([HOLE])] : NOTHING };
}

/** What so many values may be, each of them is. */
const MOST_APART = 24;

/** Items in no order: each value on its own, as far as they are few. */
export function apart(rest: ValueSet): readonly ValueSet[] {
  if (rest.length > MOST_APART) return [rest];
  return rest.map((value) => [value]);
}

/** Whether items are worth going through one by one: what is called depends on them, or the function is used in few ways. */
export function areTold(trace: Interpreter, frame: Frame, items: readonly ValueSet[]): boolean {
  return items.length > 1 && (!trace.isCrowded(frame, items.length) || items.some(decidesCalls));
}

/** What a loop binds, round by round; undefined where the rounds cannot be told apart. */
export function loopItems(at: Evaluation, over: ValueSet, byKeys: boolean): LoopItem[] | undefined {
  const { trace, frame } = at;
  const rounds: LoopItem[] = [];
  let rest: ValueSet = NOTHING;
  for (const value of over) {
    if (byKeys && !isKeyed(value)) return undefined;
    if (byKeys && value.kind === "object" && value.object.kind !== "list") {
      for (const [name, item] of fieldsOf(trace, value, frame))
        rounds.push({ item, key: [keyText(trace, value.object, name)], label: `${value.id}.${name}` });
      rest = union(rest, trace.read(value.object.rest, frame), trace.values);
      continue;
    }
    const found = iterated(trace, value, frame);
    for (const [i, item] of found.items.entries())
      rounds.push({ item, key: [trace.values.literal(i)], label: `${value.id}.${i}` });
    rest = union(rest, found.rest, trace.values);
  }
  const key = [trace.values.unknown("a key or position of many")];
  for (const item of apart(rest)) rounds.push({ item, key, label: `*${item.length === 1 ? item[0]!.id : ""}` });
  const items = rounds.map(({ item }) => item);
  if (!areTold(trace, frame, items)) return undefined;
  return areAlternatives(over) ? rounds.map((round) => ({ ...round, item: chosen(trace, round.item) })) : rounds;
}

function isKeyed(value: Value): boolean {
  return value.kind === "object" && value.object.kind !== "map" && value.object.kind !== "url";
}
