import { NO_ARGUMENTS } from "../arguments.ts";
import type { HeapObject } from "../heap.ts";
import type { Interpreter } from "../interpreter.ts";
import { itemsOf, members } from "../members.ts";
import { piecesOf } from "../pieces.ts";
import type { ValueSet } from "../values.ts";
import { NOTHING, setOf, union } from "../values.ts";
import { mapItems } from "./lists.ts";
import type { Native, NativeCall } from "./native.ts";
import { makeUrl } from "./urls.ts";
import {
  newList,
  allItems,
  callAll,
  first,
  constantsOf,
  booleans,
  fieldsOf,
  restOf,
  listOfFields,
  listOfKeys,
  pairs,
} from "./native.ts";

const asGiven: Native = (_trace, call) => first(call);

/** Functions of the language and of Node that are no methods, by the way to them. */
export const GLOBAL = new Map<string, Native>([
  [
    "global#Object.keys",
    (t, c) =>
      setOf(
        first(c).map((v) => listOfKeys(t, c, v)),
        t.values,
      ),
  ],
  [
    "global#Object.values",
    (t, c) =>
      setOf(
        first(c).map((v) => listOfFields(t, c, v)),
        t.values,
      ),
  ],
  [
    "global#Object.entries",
    (t, c) => first(c).reduce((all: ValueSet, v) => union(all, pairs(t, c, v), t.values), NOTHING),
  ],
  ["global#Object.freeze", asGiven],
  ["global#Object.seal", asGiven],
  ["global#structuredClone", asGiven],
  [
    "global#Object.assign",
    (t, c) => {
      for (const target of first(c)) {
        if (target.kind !== "object") continue;
        for (const source of c.given.positional.slice(1).flat()) {
          for (const [name, values] of fieldsOf(t, source, c.frame)) t.store(target.object, name, values);
          if (source.kind !== "literal") t.grow(target.object.rest, restOf(t, source, c.frame));
        }
      }
      return first(c);
    },
  ],
  [
    "global#Object.fromEntries",
    (t, c) => {
      const object = t.allocate(c.frame, c.node, c.label, "record");
      fillFromPairs(t, c, object);
      return [t.values.object(object)];
    },
  ],
  [
    "global#Map",
    (t, c) => {
      const object = t.allocate(c.frame, c.node, c.label, "map");
      fillFromPairs(t, c, object);
      return [t.values.object(object)];
    },
  ],
  ["global#Set", copyList],
  [
    "global#Array.from",
    (t, c) => {
      if (!c.given.positional[1]) return copyList(t, c);
      const [list] = copyList(t, c);
      const mapper = c.given.positional[1];
      return mapItems(false)(t, { ...c, given: { ...NO_ARGUMENTS, positional: [mapper] } }, list!);
    },
  ],
  [
    "global#Array.of",
    (t, c) => {
      const list = newList(t, c);
      for (const [i, values] of c.given.positional.entries()) t.store(list, String(i), values);
      return [t.values.object(list)];
    },
  ],
  [
    "global#Array.isArray",
    (t, c) => {
      const truths = new Set(
        first(c).map((v) =>
          v.kind === "object"
            ? String(v.object.kind === "list")
            : v.kind === "unknown" || v.kind === "external"
              ? "maybe"
              : "false",
        ),
      );
      return booleans(
        t,
        truths.size === 0 ? "never" : truths.size > 1 ? "maybe" : ([...truths][0] as "true" | "false" | "maybe"),
      );
    },
  ],
  ["global#Promise.all", asGiven],
  ["global#Promise.allSettled", asGiven],
  ["global#Promise.resolve", asGiven],
  [
    "global#Promise.race",
    (t, c) =>
      setOf(
        first(c).flatMap((v) => [...allItems(t, v, c.frame)]),
        t.values,
      ),
  ],
  [
    "global#Promise.any",
    (t, c) =>
      setOf(
        first(c).flatMap((v) => [...allItems(t, v, c.frame)]),
        t.values,
      ),
  ],
  [
    "global#Promise",
    (t, c) => {
      // What the executor passes to its first parameter is what the promise gives.
      const settled = t.objectFor(`promise:${c.frame.id}:${c.site}`, "list", null, null);
      const resolve = t.values.native("resolver.call", t.values.object(settled));
      callAll(t, c, first(c), [[resolve], [t.values.native("resolver.ignore", t.values.object(settled))]]);
      const values = t.read(settled.rest, c.frame);
      return values;
    },
  ],
  [
    "global#String",
    (t, c) =>
      setOf(
        first(c).map((v) => (v.kind === "text" ? v : t.values.text(piecesOf(v)))),
        t.values,
      ),
  ],
  ["global#Symbol", (t) => [t.values.unknown("a symbol")]],
  [
    "global#Reflect.get",
    (t, c) => {
      const names = constantsOf(c.given.positional[1] ?? NOTHING);
      return names
        ? setOf(
            first(c).flatMap((v) => names.flatMap((n) => [...members(t, v, n, c.frame)])),
            t.values,
          )
        : [t.values.unknown("looked up under a name chosen at run time")];
    },
  ],
  ["node:util#promisify", asGiven],
  ["global#URL", (t, c, r) => makeUrl(t, c, r)],
  ["node:url#URL", (t, c, r) => makeUrl(t, c, r)],
]);

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
    } else if (value.kind === "external" || value.kind === "unknown")
      trace.grow(list.rest, restOf(trace, value, call.frame));
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
