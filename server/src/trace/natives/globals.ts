import { NO_ARGUMENTS } from "../arguments.ts";
import type { HeapObject } from "../heap.ts";
import type { Interpreter } from "../interpreter.ts";
import { anyItem, iterated } from "../iteration.ts";
import { importedValue, itemsOf } from "../members.ts";
import { constantText } from "../texts.ts";
import { piecesOf } from "../pieces.ts";
import { isHole, type TextPiece } from "../texts.ts";
import type { ValueSet } from "../values.ts";
import { NOTHING, setOf, union } from "../values.ts";
import { keyNames } from "./keys.ts";
import { mapItems } from "./lists.ts";
import { METADATA } from "./metadata.ts";
import type { Native, NativeCall } from "./native.ts";
import { OBJECTS } from "./objects.ts";
import { makeUrl } from "./urls.ts";
import {
  newList,
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

const newMap: Native = (trace, call) => {
  const object = trace.allocate(call.frame, call.node, call.label, "map");
  fillFromPairs(trace, call, object);
  return [trace.values.object(object)];
};

/** A name that no text of the program is equal to; two of one description are the same. */
const symbol: Native = (trace, call) => [
  trace.values.text([{ text: `@@${constantsOf(first(call))?.[0] ?? call.site}`, offset: 0 }]),
];

/** Calls its first argument with those from `from` on. */
function calledLater(from: number): Native {
  return (trace, call) => {
    callAll(trace, call, first(call), call.given.positional.slice(from));
    return [trace.values.unknown("what waits for its time")];
  };
}

/** A promise made by hand: what it gives, and the two functions that settle it. */
function promise(trace: Interpreter, call: NativeCall): { settled: HeapObject; resolve: ValueSet; reject: ValueSet } {
  const settled = trace.objectFor(`promise:${call.frame.id}:${call.site}`, "list", null, null);
  const native = (name: string): ValueSet => [trace.values.native(name, trace.values.object(settled))];
  return { settled, resolve: native("resolver.call"), reject: native("resolver.ignore") };
}

/** A module under a name that is put together of constants. */
function importNamed(form: "dynamic" | "require"): Native {
  return (trace, call) =>
    setOf(
      first(call).flatMap((value) => {
        const name = value.kind === "text" ? constantText(value.pieces) : undefined;
        if (name === undefined) return [trace.values.unknown("a module whose name is chosen at run time")];
        return importedValue(trace, trace.program.resolveNamed(call.frame.file, name, form), "*", call.frame);
      }),
      trace.values,
    );
}

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
  ["global#Map", newMap],
  ["global#WeakMap", newMap],
  ["global#Set", copyList],
  ["global#WeakSet", copyList],
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
  ["global#Promise.resolve", (t, c) => (c.given.positional.length > 0 ? first(c) : t.values.undefined)],
  [
    "global#Promise.race",
    (t, c) =>
      setOf(
        first(c).flatMap((v) => [...anyItem(t, v, c.frame)]),
        t.values,
      ),
  ],
  [
    "global#Promise.any",
    (t, c) =>
      setOf(
        first(c).flatMap((v) => [...anyItem(t, v, c.frame)]),
        t.values,
      ),
  ],
  [
    "global#Promise",
    (t, c) => {
      // What the executor passes to its first parameter is what the promise gives.
      const { settled, resolve, reject } = promise(t, c);
      callAll(t, c, first(c), [resolve, reject]);
      return t.read(settled.rest, c.frame);
    },
  ],
  [
    "global#Promise.withResolvers",
    (t, c) => {
      const { settled, resolve, reject } = promise(t, c);
      const parts = t.allocate(c.frame, c.node, c.label, "record");
      t.store(parts, "promise", t.read(settled.rest, c.frame));
      t.store(parts, "resolve", resolve);
      t.store(parts, "reject", reject);
      return [t.values.object(parts)];
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
  ["global#encodeURIComponent", encoded(encodeURIComponent)],
  ["global#encodeURI", encoded(encodeURI)],
  ["global#Symbol", symbol],
  ["global#Symbol.for", symbol],
  ["global#setTimeout", calledLater(2)],
  ["global#setInterval", calledLater(2)],
  ["global#setImmediate", calledLater(1)],
  ["global#queueMicrotask", calledLater(1)],
  ["global#process.nextTick", calledLater(1)],
  ...OBJECTS,
  ...METADATA,
  ["global#import", importNamed("dynamic")],
  ["global#require", importNamed("require")],
  ["node:module#createRequire()", importNamed("require")],
  ["node:util#promisify", asGiven],
  ["global#URL", (t, c, r) => makeUrl(t, c, r)],
  ["node:url#URL", (t, c, r) => makeUrl(t, c, r)],
]);

/** Nothing encodes these. */
const LONE_SURROGATES = /\p{Surrogate}/gu;

/** Known pieces are encoded; a hole stays what it is, whatever fills it. */
function encoded(encode: (text: string) => string): Native {
  const piece = (one: TextPiece): TextPiece => {
    const text = isHole(one) ? undefined : encode(one.text.replace(LONE_SURROGATES, "\uFFFD"));
    return isHole(one) || text === one.text ? one : { text: text!, offset: -1 };
  };
  return (t, c) =>
    setOf(
      first(c).map((v) => t.values.text(piecesOf(v).map(piece))),
      t.values,
    );
}

function copyList(trace: Interpreter, call: NativeCall): ValueSet {
  const list = newList(trace, call);
  for (const value of first(call)) {
    const { items, rest } = iterated(trace, value, call.frame);
    for (const [i, item] of items.entries()) trace.store(list, String(i), item);
    trace.grow(list.rest, rest);
  }
  return [trace.values.object(list)];
}

function fillFromPairs(trace: Interpreter, call: NativeCall, object: HeapObject): void {
  for (const value of first(call)) {
    if (value.kind === "external") {
      trace.grow(object.rest, restOf(trace, value, call.frame));
      continue;
    }
    const { items, rest } = iterated(trace, value, call.frame);
    for (const item of [...items, rest].flat()) {
      if (item.kind !== "object") {
        trace.grow(object.rest, [trace.values.unknown("an entry of something unknown")]);
        continue;
      }
      const [key, values] = itemsOf(trace, item.object, call.frame);
      const names = key ? keyNames(key) : undefined;
      if (names && values) for (const name of names) trace.store(object, name, values);
      else trace.grow(object.rest, values ?? NOTHING);
    }
  }
}
