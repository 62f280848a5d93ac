import { equality } from "../conditions.ts";
import type { Interpreter } from "../interpreter.ts";
import { itemsOf } from "../members.ts";
import { HOLE } from "../texts.ts";
import type { Value, ValueSet } from "../values.ts";
import { NOTHING, union } from "../values.ts";
import type { Native, NativeCall } from "./native.ts";
import { newList, allItems, eachItem, first, constantsOf, booleans, joined, pairs } from "./native.ts";

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
                v.kind === "object" && v.object.kind === "list" ? allItems(trace, v, call.frame) : [v],
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
  ["reduce", reduceItems],
  ["push", addItems],
  ["unshift", addItems],
  ["add", (t, c, r) => (addItems(t, c, r), [r])],
  ["concat", concatLists],
  ["slice", (_t, _c, r) => [r]],
  ["sort", keepItems],
  ["toSorted", keepItems],
  ["reverse", (_t, _c, r) => [r]],
  ["values", (_t, _c, r) => [r]],
  ["flat", flatten],
  ["join", joinItems],
  ["includes", includesItem],
  ["has", includesItem],
  ["indexOf", (t) => [t.values.unknown("an index")]],
  ["at", anyItem],
  ["pop", anyItem],
  ["shift", anyItem],
  ["entries", entriesOf],
  ["toString", joinItems],
  ["splice", anyItem],
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
        value.kind === "object" && value.object.kind === "list" ? allItems(trace, value, call.frame) : [value],
      );
  } else trace.grow(list.rest, [receiver]);
  return [trace.values.object(list)];
}
