import { NO_ARGUMENTS } from "./arguments.ts";
import type { Frame } from "./frames.ts";
import type { Interpreter } from "./interpreter.ts";
import { members } from "./members.ts";
import type { TextPiece } from "./texts.ts";
import { HOLE } from "./texts.ts";
import type { Value, ValueSet } from "./values.ts";
import { NOTHING, union } from "./values.ts";

/** What instances of Python's classes answer by methods that the language calls: members that are not there, items, iteration. */

/** What a special method of an instance gives; nothing where its class has none. `label` tells one use from another. */
function answered(
  trace: Interpreter,
  self: Value,
  method: string,
  positional: readonly ValueSet[],
  label: string,
  reader: Frame,
): ValueSet {
  if (reader.language !== "python" || self.kind !== "object" || !self.object.class) return NOTHING;
  let values: ValueSet = NOTHING;
  for (const found of members(trace, self, method, reader)) {
    if (found.kind !== "closure") continue;
    const given = { ...NO_ARGUMENTS, positional };
    const context = trace.innerContext(reader, `${method}:${self.id}:${label}`, given);
    values = union(values, trace.callClosure(found, given, self, context, reader, 0), trace.values);
  }
  return values;
}

/** `__getattr__`: asked for what is found nowhere else. */
export function memberOnDemand(trace: Interpreter, self: Value, name: string, reader: Frame): ValueSet {
  if (/^__.*__$|^@@/.test(name)) return NOTHING;
  return answered(trace, self, "__getattr__", [[nameText(trace, name)]], name, reader);
}

/** `__getitem__`; without a name for one that is not known. */
export function itemOnDemand(trace: Interpreter, self: Value, name: string | undefined, reader: Frame): ValueSet {
  const key = name === undefined ? trace.values.text([HOLE]) : nameText(trace, name);
  return answered(trace, self, "__getitem__", [[key]], name ?? "*", reader);
}

/** What an attribute of a class gives to an instance: what its `__get__` gives, if it is a descriptor. */
export function described(trace: Interpreter, attribute: Value, self: Value, owner: Value, reader: Frame): ValueSet {
  const given = answered(trace, attribute, "__get__", [[self], [owner]], String(self.id), reader);
  return given.length > 0 ? given : [attribute];
}

/** Everything that may come out of an instance that is gone through: what `__iter__` yields, or its `__next__` gives. */
export function iteratedOnDemand(trace: Interpreter, self: Value, reader: Frame): ValueSet {
  let values: ValueSet = NOTHING;
  for (const [iterate, next] of [
    ["__iter__", "__next__"],
    ["__aiter__", "__anext__"],
  ] as const) {
    for (const iterator of answered(trace, self, iterate, [], "", reader)) {
      const isItself = iterator.kind === "object" && iterator.object.class !== null;
      const items = isItself ? answered(trace, iterator, next, [], "", reader) : NOTHING;
      values = union(values, isItself ? items : anyOf(trace, iterator, reader), trace.values);
    }
  }
  return values;
}

function anyOf(trace: Interpreter, iterator: Value, reader: Frame): ValueSet {
  if (iterator.kind === "external") return [trace.values.step(iterator, { kind: "index" })];
  if (iterator.kind !== "object") return NOTHING;
  iterator.object.listReaders.add(reader);
  let values = trace.read(iterator.object.rest, reader);
  if (iterator.object.kind === "list")
    for (const cell of iterator.object.fields.values()) values = union(values, trace.read(cell, reader), trace.values);
  return values;
}

function nameText(trace: Interpreter, name: string): Value {
  const piece: TextPiece = { text: name, offset: -1 };
  return trace.values.text([piece]);
}
