import { equality } from "../conditions.ts";
import type { HeapObject } from "../heap.ts";
import type { Interpreter } from "../interpreter.ts";
import { anyItem, iterated } from "../iteration.ts";
import { itemsOf } from "../members.ts";
import { HOLE } from "../texts.ts";
import type { Value, ValueSet } from "../values.ts";
import { NOTHING, union } from "../values.ts";
import type { Native, NativeCall } from "./native.ts";
import {
  MOST_SEPARATE,
  newList,
  eachItem,
  first,
  callAll,
  constantsOf,
  booleans,
  joined,
  keysOf,
  pairs,
} from "./native.ts";

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
    return anyItem(trace, receiver, call.frame);
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
  // `request.filter("from eq 'a'")` of a package is no list's: a list is filtered by a function.
  const given = first(call);
  if (receiver.kind === "external" && given.length > 0 && given.every(({ kind }) => kind === "text")) {
    const method = trace.values.step(receiver, { kind: "member", name: "filter" });
    return method.kind === "external" ? [trace.values.step(method, { kind: "call", call: null })] : [method];
  }
  if (receiver.kind !== "object") return keepItems(trace, call, receiver);
  const items = itemsOf(trace, receiver.object, call.frame);
  const results = call.given.positional[0]?.some((v) => v.kind === "closure") ? callEach(trace, call, receiver) : [];
  const list = newList(trace, call, String(receiver.id));
  for (const [i, item] of items.entries()) {
    const tested = results[i];
    if (!tested || tested.length === 0 || tested.some((v) => v.kind !== "literal" || v.value))
      trace.store(list, String(i), item);
  }
  trace.grow(list.rest, trace.read(receiver.object.rest, call.frame));
  return [trace.values.object(list)];
};

export function mapItems(flat: boolean): Native {
  return (trace, call, receiver) => {
    const results = callEach(trace, call, receiver);
    const list = newList(trace, call, String(receiver.id));
    const known = receiver.kind === "object" ? itemsOf(trace, receiver.object, call.frame).length : 0;
    for (const [i, result] of results.entries()) {
      const values = flat
        ? result.reduce(
            (all: ValueSet, v) =>
              union(
                all,
                v.kind === "object" && v.object.kind === "list" ? anyItem(trace, v, call.frame) : [v],
                trace.values,
              ),
            NOTHING,
          )
        : result;
      if (!flat && i < known) trace.store(list, String(i), values);
      else trace.grow(list.rest, values);
    }
    return [trace.values.object(list)];
  };
}

/** What different calls add is told apart: a loop over the list will keep what belongs together. */
const addItems: Native = (trace, call, receiver) => {
  if (receiver.kind !== "object") return NOTHING;
  const { object } = receiver;
  for (const [i, values] of call.given.positional.entries()) {
    const place = object.placeOf(`${call.frame.id} ${call.site} ${i}`);
    if (values.some(isTold) && (object.fields.has(place) || !isHeld(object, values)))
      trace.store(object, place, values);
    else
      trace.grow(
        object.rest,
        values.filter((v) => !isTold(v)),
      );
  }
  trace.grow(object.rest, call.given.rest);
  return [trace.values.unknown("the length of a list")];
};

/** In a list that is added to itself, nothing is new. */
function isHeld(list: HeapObject, values: ValueSet): boolean {
  for (const cell of list.fields.values()) if (values.every((v) => cell.values.includes(v))) return true;
  return false;
}

/** Data is not worth telling apart. */
function isTold({ kind }: Value): boolean {
  return kind === "object" || kind === "closure" || kind === "class" || kind === "text";
}

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
  for (const separator of separators ?? [" "])
    values = union(
      values,
      joined(trace, rest.length > 0 ? [...items, ...rest.map((v): ValueSet => [v])] : items, separator),
      trace.values,
    );
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

const anyOf: Native = (trace, call, receiver) =>
  union(anyItem(trace, receiver, call.frame), trace.values.undefined, trace.values);

/** Item by item, each on what the one before made; then what comes in no order, until nothing more is made of it. */
function reduceItems(backwards: boolean): Native {
  return (trace, call, receiver) => {
    const { items, rest } = iterated(trace, receiver, call.frame);
    const order = (backwards ? items.toReversed() : items).slice(0, MOST_SEPARATE);
    let others = items.slice(MOST_SEPARATE).reduce((all, item) => union(all, item, trace.values), rest);
    const start = call.given.positional[1];
    let made = start ?? order.shift() ?? rest;
    const step = (item: ValueSet, label: string): ValueSet =>
      callAll(trace, call, first(call), [made, item, [trace.values.unknown("a position")], [receiver]], label);
    for (const [i, item] of order.entries()) {
      if (made.length === 0 && !call.frame.insists) return NOTHING;
      made = step(item, `#${i}`);
    }
    for (let round = 0; round < MOST_ROUNDS && others.length > 0; round++) {
      const more = union(made, step(others, "#*"), trace.values);
      if (more === made) break;
      made = more;
    }
    return made;
  };
}

const MOST_ROUNDS = 4;

const entriesOf: Native = (trace, call, receiver) => pairs(trace, call, receiver);

const itself: Native = (_trace, _call, receiver) => [receiver];

/** What is put in is added, what is taken out is any part of it. */
const splice: Native = (trace, call, receiver) => {
  addItems(trace, { ...call, given: { ...call.given, positional: call.given.positional.slice(2) } }, receiver);
  return [receiver];
};

/** A step of a generator, which is a list of what it yields. */
const nextItem: Native = (trace, call, receiver) => {
  const result = trace.allocate(call.frame, call.node, `${call.label}next${receiver.id}`, "record");
  trace.store(result, "value", anyOf(trace, call, receiver));
  trace.store(result, "done", booleans(trace, "maybe"));
  return [trace.values.object(result)];
};

/** Steps into a package up to which a value may be a client; what comes out of its results is data, and there is no end to it. */
const FARTHEST_CLIENT = 8;

/** `generator.next(value)` sends the value to where it last yielded. */
const sendItem: Native = (trace, call, receiver) => {
  const sent = first(call).filter((value) => value.kind !== "external" || value.depth <= FARTHEST_CLIENT);
  if (receiver.kind === "object" && receiver.object.sent) trace.grow(receiver.object.sent, sent);
  return nextItem(trace, call, receiver);
};

/** Methods of lists and sets. */
export const LIST = new Map<string, Native>([
  ["map", mapItems(false)],
  ["flatMap", mapItems(true)],
  ["forEach", (t, c, r) => (callEach(t, c, r), t.values.undefined)],
  ["filter", filterItems],
  ["find", pickItem],
  ["findLast", pickItem],
  ["some", (t, c, r) => (callEach(t, c, r), booleans(t, "maybe"))],
  ["every", (t, c, r) => (callEach(t, c, r), booleans(t, "maybe"))],
  ["findIndex", (t, c, r) => (callEach(t, c, r), [t.values.unknown("an index")])],
  ["reduce", reduceItems(false)],
  ["reduceRight", reduceItems(true)],
  ["findLastIndex", (t, c, r) => (callEach(t, c, r), [t.values.unknown("an index")])],
  ["push", addItems],
  ["unshift", addItems],
  ["add", (t, c, r) => (addItems(t, c, r), [r])],
  ["concat", concatLists],
  ["slice", itself],
  [
    "fill",
    (t, c, r) => (addItems(t, { ...c, given: { ...c.given, positional: c.given.positional.slice(0, 1) } }, r), [r]),
  ],
  [
    "with",
    (t, c, r) => concatLists(t, { ...c, given: { ...c.given, positional: [[], c.given.positional[1] ?? NOTHING] } }, r),
  ],
  ["sort", keepItems],
  ["toSorted", keepItems],
  ["reverse", itself],
  ["toReversed", itself],
  ["values", itself],
  ["keys", (t, c, r) => keysOf(t, r, c.frame)],
  ["flat", flatten],
  ["join", joinItems],
  ["includes", includesItem],
  ["has", includesItem],
  ["indexOf", (t) => [t.values.unknown("an index")]],
  ["lastIndexOf", (t) => [t.values.unknown("an index")]],
  ["at", anyOf],
  ["pop", anyOf],
  ["shift", anyOf],
  ["next", sendItem],
  ["return", nextItem],
  ["entries", entriesOf],
  ["toString", joinItems],
  ["splice", splice],
  ["toSpliced", splice],
  ["delete", (t) => booleans(t, "maybe")],
  ["clear", (t) => t.values.undefined],
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
    for (const value of trace.read(receiver.object.rest, call.frame))
      trace.grow(
        list.rest,
        value.kind === "object" && value.object.kind === "list" ? anyItem(trace, value, call.frame) : [value],
      );
  } else trace.grow(list.rest, [receiver]);
  return [trace.values.object(list)];
}
