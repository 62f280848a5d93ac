import type { ListItem, NodeId, ObjectEntry } from "../model/summary.ts";
import { isNothing } from "./conditions.ts";
import type { Frame } from "./frames.ts";
import type { HeapObject } from "./heap.ts";
import type { Interpreter } from "./interpreter.ts";
import { blurred, piecesOf } from "./pieces.ts";
import { iterated } from "./iteration.ts";
import { members } from "./members.ts";
import { defineAccessor, gotten } from "./properties.ts";
import { urlText } from "./url-objects.ts";
import type { LiteralSite, TextPiece } from "./texts.ts";
import { MOST_PIECES_OF_TEXTS, chosenPieces, joinPieces } from "./texts.ts";
import type { Value, ValueSet } from "./values.ts";
import { NOTHING, setOf, union } from "./values.ts";

/** What building an object or list asks of the evaluation it is part of. */
export interface NodeReader {
  readonly trace: Interpreter;
  readonly frame: Frame;
  /** Tells objects made in different rounds of a loop apart. */
  labelAt(id: NodeId): string;
  value(id: NodeId): ValueSet;
  constantKeys(id: NodeId): string[] | undefined;
}

export function objectLiteral(at: NodeReader, id: NodeId, entries: readonly ObjectEntry[]): ValueSet {
  const { trace } = at;
  const several = entries.find((entry) => "spread" in entry && areApart(at.value(entry.spread)));
  if (!several || !("spread" in several)) return [oneObject(at, id, "", entries, undefined)];
  return setOf(
    at.value(several.spread).map((value) => oneObject(at, id, `of ${value.id}`, entries, { of: several, value })),
    trace.values,
  );
}

/** What one of the entries spreads, where it may be one of several things. */
interface Alternative {
  readonly of: ObjectEntry;
  readonly value: Value;
}

function oneObject(
  at: NodeReader,
  id: NodeId,
  label: string,
  entries: readonly ObjectEntry[],
  alternative: Alternative | undefined,
): Value {
  const { trace } = at;
  const object = trace.allocate(at.frame, id, at.labelAt(id) + label, "record");
  for (const entry of entries) {
    if ("key" in entry && entry.accessor)
      defineAccessor(trace, object, entry.key, { get: NOTHING, set: NOTHING, [entry.accessor]: at.value(entry.value) });
    else if ("key" in entry) trace.store(object, entry.key, at.value(entry.value));
    else if ("computed" in entry) {
      const names = at.constantKeys(entry.computed);
      if (names) for (const name of names) trace.store(object, name, at.value(entry.value));
      else trace.grow(object.rest, at.value(entry.value));
    } else spreadInto(at, object, entry === alternative?.of ? [alternative.value] : at.value(entry.spread));
  }
  return trace.values.object(object);
}

/** Things of which so many may be spread that each makes an object of its own. */
const MOST_APART = 8;

/** Whether a set holds objects that say several things, and each other things: a verb and a path that belong together. */
function areApart(values: ValueSet): boolean {
  if (values.length < 2 || values.length > MOST_APART) return false;
  const names = new Set<string>();
  let shared = 0;
  for (const value of values) {
    if (value.kind !== "object" || value.object.kind !== "record") continue;
    for (const name of value.object.fields.keys()) if (names.size === names.add(name).size) shared++;
  }
  return shared >= 2;
}

function spreadInto(at: NodeReader, object: HeapObject, values: ValueSet): void {
  const { trace } = at;
  for (const value of values) {
    if (value.kind === "object") {
      value.object.listReaders.add(at.frame);
      trace.grow(object.rest, trace.read(value.object.rest, at.frame));
      for (const [name, cell] of Array.from(value.object.fields))
        trace.store(object, name, trace.values.allRelying(trace.read(cell, at.frame), value.reliesOn));
      for (const name of value.object.accessors.keys())
        trace.store(object, name, gotten(trace, value.object, name, value, at.frame));
    } else if (value.kind === "module") {
      for (const name of trace.program.exportNames(value.file))
        trace.store(object, name, members(trace, value, name, at.frame));
    } else if (value.kind === "external" || value.kind === "unknown") {
      const names = value.kind === "external" ? trace.declaredTypes.memberNames(trace, value, at.frame) : [];
      for (const name of names) trace.store(object, name, members(trace, value, name, at.frame));
      trace.grow(object.rest, value.kind === "external" ? [trace.values.step(value, { kind: "index" })] : [value]);
    }
  }
}

export function listLiteral(at: NodeReader, id: NodeId, items: readonly ListItem[]): ValueSet {
  const { trace } = at;
  const object = trace.allocate(at.frame, id, at.labelAt(id), "list");
  let position = 0;
  let known = true;
  for (const item of items) {
    if (typeof item === "number") {
      if (known) trace.store(object, String(position++), at.value(item));
      else trace.grow(object.rest, at.value(item));
      continue;
    }
    for (const value of at.value(item.spread)) {
      const { items: spread, rest } = iterated(trace, value, at.frame);
      // A list built from itself grows at every look.
      if (value.kind === "object" && value.object === object) known = false;
      for (const one of spread) {
        if (known) trace.store(object, String(position++), one);
        else trace.grow(object.rest, one);
      }
      if (rest.length === 0) continue;
      known = false;
      trace.grow(object.rest, rest);
    }
  }
  return [trace.values.object(object)];
}

export function restOf(
  at: NodeReader,
  id: NodeId,
  of: NodeId,
  without: readonly string[],
  skip: number | undefined,
): ValueSet {
  const { trace } = at;
  let values: ValueSet = NOTHING;
  for (const holder of at.value(of)) {
    if (holder.kind !== "object") {
      values = union(values, isNothing(holder) ? NOTHING : [holder], trace.values);
      continue;
    }
    const object = trace.allocate(at.frame, id, at.labelAt(id) + holder.id, skip === undefined ? "record" : "list");
    holder.object.listReaders.add(at.frame);
    trace.grow(object.rest, trace.read(holder.object.rest, at.frame));
    for (const [name, cell] of Array.from(holder.object.fields)) {
      if (skip === undefined ? !without.includes(name) : Number(name) >= skip) {
        trace.store(object, skip === undefined ? name : String(Number(name) - skip), trace.read(cell, at.frame));
      }
    }
    values = union(values, [trace.values.object(object, holder.reliesOn)], trace.values);
  }
  return values;
}

/** A template becomes at most so many texts; a part that would make more of them is a hole. */
const MOST_TEXTS = 64;

/** Every text a template can become. */
export function template(at: NodeReader, parts: readonly (string | NodeId)[], node?: NodeId): ValueSet {
  const site = node === undefined ? undefined : { file: at.frame.file, function: at.frame.function.path, node };
  let results: (readonly TextPiece[])[] = [[]];
  for (const [i, part] of parts.entries()) {
    const all = typeof part === "string" ? [writtenPieces(parts, i, site)] : textsOf(at, at.value(part));
    const count = results.length * all.length;
    const isMany =
      count > MOST_TEXTS || (all.length > 1 && count * ((results[0]?.length ?? 0) + 1) > MOST_PIECES_OF_TEXTS);
    const options = isMany ? [[blurred(all.flat())]] : all;
    results = results.flatMap((left) => options.map((right) => joinPieces(left, right)));
  }
  return setOf(
    results.map((pieces) => at.trace.values.text(pieces)),
    at.trace.values,
  );
}

/** A template is evaluated again and again; what is written in it stays the same. */
const written = new WeakMap<readonly (string | NodeId)[], (readonly TextPiece[])[]>();

function writtenPieces(
  parts: readonly (string | NodeId)[],
  index: number,
  site: LiteralSite | undefined,
): readonly TextPiece[] {
  let known = written.get(parts);
  if (!known) written.set(parts, (known = []));
  return (known[index] ??= [{ text: String(parts[index]), offset: -1, ...(site ? { site } : {}) }]);
}

/** A set as texts, each once; what is no constant is a hole. */
function textsOf(at: NodeReader, values: ValueSet): (readonly TextPiece[])[] {
  const texts = values.flatMap((v): (readonly TextPiece[])[] => {
    if (v.kind === "object" && v.object.kind === "url")
      return urlText(at.trace, v, at.frame).flatMap((text) => (text.kind === "text" ? [text.pieces] : []));
    // Nobody means to write `undefined`: it is what the value would be if it were left out.
    return values.length > 1 && isNothing(v) ? [] : [piecesOf(v)];
  });
  if (texts.length === 1) return texts;
  return [...new Set(texts.map((pieces) => at.trace.values.text(pieces)))].map(({ pieces }) => pieces);
}

/** What `typeof` gives. */
export function typeNames(trace: Interpreter, values: ValueSet): ValueSet {
  const table = trace.values;
  return setOf(
    values.map((v) => {
      const name =
        v.kind === "text"
          ? "string"
          : v.kind === "closure" || v.kind === "class"
            ? "function"
            : v.kind === "object"
              ? "object"
              : v.kind === "literal" && v.value !== null
                ? typeof v.value
                : undefined;
      return name ? table.text([{ text: name, offset: 0 }]) : table.unknown("the type of something unknown");
    }),
    table,
  );
}

/** Texts of a set as ones that a key chose which is not known. */
export function chosen(trace: Interpreter, values: ValueSet): ValueSet {
  if (!values.some((value) => value.kind === "text")) return values;
  return setOf(
    values.map((value) => (value.kind === "text" ? trace.values.text(chosenPieces(value.pieces)) : value)),
    trace.values,
  );
}
