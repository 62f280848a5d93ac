import type { HeapObject } from "../heap.ts";
import type { Interpreter } from "../interpreter.ts";
import type { Value, ValueSet } from "../values.ts";
import { NOTHING, union } from "../values.ts";
import { keyNames } from "./keys.ts";
import type { Native, NativeCall } from "./native.ts";
import { booleans } from "./native.ts";

/** What decorators note down with `reflect-metadata`, and what reads it: `Reflect.defineMetadata(key, value, target, property)`. */

const define: Native = (trace, call) => {
  const [keys, value = NOTHING, targets = NOTHING, properties] = call.given.positional;
  for (const target of targets)
    for (const name of namesOf(keys, properties) ?? []) trace.store(metadataOf(trace, target), name, value);
  return trace.values.undefined;
};

function get(isOwn: boolean): Native {
  return (trace, call) => {
    const [keys, targets = NOTHING, properties] = call.given.positional;
    const names = namesOf(keys, properties);
    if (!names) return [trace.values.unknown("metadata under a key that is chosen at run time")];
    const found = targets.reduce(
      (all: ValueSet, target) => union(all, read(trace, call, target, names, isOwn), trace.values),
      NOTHING,
    );
    return found.length > 0 ? found : trace.values.undefined;
  };
}

function read(trace: Interpreter, call: NativeCall, target: Value, names: readonly string[], isOwn: boolean): ValueSet {
  const metadata = metadataOf(trace, target);
  let values: ValueSet = NOTHING;
  for (const name of names) values = union(values, trace.read(metadata.cell(name), call.frame), trace.values);
  if (values.length > 0 || isOwn) return values;
  const owner = target.kind === "object" ? target.object.class : target.kind === "class" ? target : null;
  for (const base of owner ? trace.basesOf(owner, call.frame) : NOTHING) {
    if (base.kind !== "class" || base === owner) continue;
    const from = target.kind === "class" ? base : trace.values.object(trace.prototypeOf(base));
    values = union(values, read(trace, call, from, names, isOwn), trace.values);
  }
  return values;
}

/** Instances have what their class's prototype has. */
function metadataOf(trace: Interpreter, target: Value): HeapObject {
  const owner = target.kind === "object" && target.object.class ? `${target.object.class.id} prototype` : target.id;
  return trace.objectFor(`metadata:${owner}`, "record", null, null);
}

function namesOf(keys: ValueSet = NOTHING, properties: ValueSet | undefined): string[] | undefined {
  const names = keyNames(keys);
  const of = properties === undefined ? [""] : keyNames(properties);
  return names && of ? names.flatMap((name) => of.map((property) => `${name} of ${property}`)) : undefined;
}

export const METADATA: readonly (readonly [way: string, native: Native])[] = [
  ["global#Reflect.defineMetadata", define],
  ["global#Reflect.getMetadata", get(false)],
  ["global#Reflect.getOwnMetadata", get(true)],
  ["global#Reflect.hasMetadata", (trace) => booleans(trace, "maybe")],
  ["global#Reflect.hasOwnMetadata", (trace) => booleans(trace, "maybe")],
];
