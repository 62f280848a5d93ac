import { SLICE } from "../../model/summary.ts";
import { anyItem } from "../iteration.ts";
import { itemsOf } from "../members.ts";
import type { TextPiece } from "../texts.ts";
import { HOLE, constantText, isHole, joinPieces } from "../texts.ts";
import type { Value, ValueSet } from "../values.ts";
import { NOTHING, setOf, union } from "../values.ts";
import { LIST } from "./lists.ts";
import { MAP } from "./maps.ts";
import type { Native, NativeCall } from "./native.ts";
import { constantsOf, fieldsOf, first, joined, listOfFields, listOfKeys, newList, pairs, restOf } from "./native.ts";
import { TEXT, constantOnly } from "./texts.ts";

/** Methods of Python's lists, dictionaries and texts. What JavaScript has under another name is taken from there. */

/** What JavaScript calls by another name. The tables are looked into late: they and this one import each other. */
function as(table: () => ReadonlyMap<string, Native>, name: string): Native {
  return (trace, call, receiver) => table().get(name)!(trace, call, receiver);
}

const itself: Native = (_trace, _call, receiver) => [receiver];

function second(call: NativeCall): ValueSet {
  return call.given.positional[1] ?? NOTHING;
}

function none(trace: Parameters<Native>[0]): ValueSet {
  return [trace.values.literal(null)];
}

const extend: Native = (trace, call, receiver) => {
  if (receiver.kind !== "object") return NOTHING;
  for (const value of first(call)) trace.grow(receiver.object.rest, anyItem(trace, value, call.frame));
  return none(trace);
};

const anyOf: Native = (trace, call, receiver) => anyItem(trace, receiver, call.frame);

/** Methods of lists, sets and tuples. */
export const PYTHON_LIST = new Map<string, Native>([
  [SLICE, itself],
  ["append", as(() => LIST, "push")],
  ["add", as(() => LIST, "push")],
  [
    "insert",
    (trace, call, receiver) =>
      LIST.get("push")!(trace, { ...call, given: { ...call.given, positional: [second(call)] } }, receiver),
  ],
  ["extend", extend],
  ["update", extend],
  ["copy", itself],
  ["pop", anyOf],
  ["sort", (trace) => none(trace)],
  ["reverse", (trace) => none(trace)],
  ["remove", (trace) => none(trace)],
  ["clear", (trace) => none(trace)],
  ["discard", (trace) => none(trace)],
  ["index", (trace) => [trace.values.unknown("an index")]],
  ["count", (trace) => [trace.values.unknown("a count")]],
  ["union", as(() => LIST, "concat")],
  ["intersection", itself],
  ["difference", itself],
]);

/** `d.get(key, fallback)`. */
const getOr: Native = (trace, call, receiver) => {
  const found = MAP.get("get")!(trace, call, receiver);
  const missing = found.length === 0 || found.some((v) => v.kind === "literal" && v.value === undefined);
  const kept = found.filter((v) => !(v.kind === "literal" && v.value === undefined));
  if (!missing) return kept;
  return union(kept, second(call).length > 0 ? second(call) : none(trace), trace.values);
};

/** `d.update(other, name=value)`. */
const updateDictionary: Native = (trace, call, receiver) => {
  if (receiver.kind !== "object") return NOTHING;
  for (const source of first(call)) {
    for (const [name, values] of fieldsOf(trace, source, call.frame)) trace.store(receiver.object, name, values);
    if (source.kind !== "literal") trace.grow(receiver.object.rest, restOf(trace, source, call.frame));
  }
  for (const [name, values] of call.given.named) trace.store(receiver.object, name, values);
  return none(trace);
};

/** `d.setdefault(key, value)`. */
const setDefault: Native = (trace, call, receiver) => {
  if (receiver.kind !== "object") return NOTHING;
  MAP.get("set")!(trace, call, receiver);
  return MAP.get("get")!(trace, call, receiver);
};

/** Methods of dictionaries. */
export const PYTHON_DICT = new Map<string, Native>([
  ["get", getOr],
  ["pop", getOr],
  ["setdefault", setDefault],
  ["update", updateDictionary],
  ["items", (trace, call, receiver) => pairs(trace, call, receiver)],
  ["keys", (trace, call, receiver) => [listOfKeys(trace, call, receiver)]],
  ["values", (trace, call, receiver) => [listOfFields(trace, call, receiver)]],
  ["copy", itself],
  ["clear", (trace) => none(trace)],
]);

/** `", ".join(items)`: the text is what stands between. */
const joinWith: Native = (trace, call, receiver) => {
  const separator = receiver.kind === "text" ? constantText(receiver.pieces) : undefined;
  let values: ValueSet = NOTHING;
  for (const list of first(call)) {
    if (list.kind !== "object" || separator === undefined) {
      values = union(values, [trace.values.text([HOLE])], trace.values);
      continue;
    }
    const items = itemsOf(trace, list.object, call.frame);
    const rest = trace.read(list.object.rest, call.frame);
    const all = rest.length > 0 ? [...items, ...rest.map((value): ValueSet => [value])] : items;
    values = union(values, joined(trace, all, separator), trace.values);
  }
  return values;
};

/** `"… {} {name} {0}".format(…)`. */
const format: Native = (trace, call, receiver) => {
  if (receiver.kind !== "text") return [trace.values.text([HOLE])];
  let next = 0;
  const pieces = receiver.pieces.flatMap((piece): readonly TextPiece[] => {
    if (isHole(piece)) return [piece];
    const parts = piece.text.split(/\{([^{}]*)\}/);
    return parts.flatMap((part, i): readonly TextPiece[] => {
      if (i % 2 === 0)
        return part === "" ? [] : [{ text: part, offset: -1, ...(piece.site ? { site: piece.site } : {}) }];
      const name = /^[^.[!:]*/.exec(part)![0];
      const given =
        name === ""
          ? call.given.positional[next++]
          : /^\d+$/.test(name)
            ? call.given.positional[Number(name)]
            : call.given.named.get(name);
      return onlyPieces(given) ?? [HOLE];
    });
  });
  return [trace.values.text(joinPieces(pieces, []))];
};

function onlyPieces(values: ValueSet | undefined): readonly TextPiece[] | undefined {
  const [value, ...more] = values ?? [];
  if (more.length > 0 || value === undefined) return undefined;
  if (value.kind === "text") return value.pieces;
  if (value.kind === "literal") return [{ text: String(value.value), offset: -1 }];
  return value.kind === "external" ? [{ hole: true, name: value.path }] : undefined;
}

const unknownText: Native = (trace) => [trace.values.text([HOLE])];

const partition: Native = (trace, call, receiver) => {
  const list = newList(trace, call, String(receiver.id));
  for (const position of ["0", "1", "2"]) trace.store(list, position, [trace.values.text([HOLE])]);
  return [trace.values.object(list)];
};

/** What takes a known text away from the ends of one. */
function without(change: (text: string, part: string) => string): Native {
  return (trace, call, receiver) => {
    const text = receiver.kind === "text" ? constantText(receiver.pieces) : undefined;
    const parts = constantsOf(first(call));
    if (text === undefined || !parts) return [trace.values.text([HOLE])];
    return setOf(
      parts.map((part) => trace.values.text(joinPieces([], [{ text: change(text, part), offset: -1 }]))),
      trace.values,
    );
  };
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** Methods of texts. */
export const PYTHON_TEXT = new Map<string, Native>([
  [SLICE, as(() => TEXT, "slice")],
  ["join", joinWith],
  ["format", format],
  ["split", as(() => TEXT, "split")],
  ["rsplit", as(() => TEXT, "split")],
  [
    "splitlines",
    (trace, call, receiver) =>
      TEXT.get("split")!(
        trace,
        { ...call, given: { ...call.given, positional: [[trace.values.text([{ text: "\n", offset: -1 }])]] } },
        receiver,
      ),
  ],
  ["strip", as(() => TEXT, "trim")],
  ["lstrip", as(() => TEXT, "trim")],
  ["rstrip", as(() => TEXT, "trim")],
  ["lower", as(() => TEXT, "toLowerCase")],
  ["casefold", as(() => TEXT, "toLowerCase")],
  ["upper", as(() => TEXT, "toUpperCase")],
  ["startswith", as(() => TEXT, "startsWith")],
  ["endswith", as(() => TEXT, "endsWith")],
  ["replace", as(() => TEXT, "replaceAll")],
  ["removeprefix", without((text, part) => (text.startsWith(part) ? text.slice(part.length) : text))],
  ["removesuffix", without((text, part) => (part && text.endsWith(part) ? text.slice(0, -part.length) : text))],
  ["title", constantOnly((text) => text.toLowerCase().replace(/[a-z]+/g, capitalised))],
  ["capitalize", constantOnly((text) => capitalised(text.toLowerCase()))],
  ["zfill", unknownText],
  ["encode", itself],
  ["decode", itself],
  ["partition", partition],
  ["rpartition", partition],
]);

/** All of a set as one list: what `list(x)`, `sorted(x)` and their kin give. */
export function listFrom(trace: Parameters<Native>[0], call: NativeCall, values: ValueSet): Value {
  const list = newList(trace, call);
  for (const value of values) {
    if (value.kind === "object" && value.object.kind === "list") {
      for (const [i, item] of itemsOf(trace, value.object, call.frame).entries()) trace.store(list, String(i), item);
      trace.grow(list.rest, trace.read(value.object.rest, call.frame));
    } else if (value.kind === "object" && value.object.kind === "record") {
      trace.grow(
        list.rest,
        setOf(
          fieldsOf(trace, value, call.frame).map(([name]) => trace.values.text([{ text: name, offset: -1 }])),
          trace.values,
        ),
      );
    } else if (value.kind !== "literal") trace.grow(list.rest, anyItem(trace, value, call.frame));
  }
  return trace.values.object(list);
}
