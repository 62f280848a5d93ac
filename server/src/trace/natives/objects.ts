import { NO_ARGUMENTS } from "../arguments.ts";
import { constructed } from "../calls.ts";
import type { Interpreter } from "../interpreter.ts";
import { spread } from "../iteration.ts";
import { members } from "../members.ts";
import { defineAccessor, prototypesOf, setMember } from "../properties.ts";
import type { Value, ValueSet } from "../values.ts";
import { NOTHING, setOf, union } from "../values.ts";
import { keyNames } from "./keys.ts";
import type { Native, NativeCall } from "./native.ts";
import { booleans, callAll, fieldsOf, first, keysOf, newList } from "./native.ts";

/** Functions on properties and prototypes, of `Object` and `Reflect`; and proxies. */

function second(call: NativeCall): ValueSet {
  return call.given.positional[1] ?? NOTHING;
}

function third(call: NativeCall): ValueSet {
  return call.given.positional[2] ?? NOTHING;
}

/** Makes a property of what a descriptor says. */
function define(trace: Interpreter, call: NativeCall, holder: Value, name: string, descriptors: ValueSet): void {
  const object =
    holder.kind === "object"
      ? holder.object
      : holder.kind === "closure" || holder.kind === "class"
        ? trace.propertiesOf(holder)
        : undefined;
  if (!object) return;
  for (const descriptor of descriptors) {
    if (descriptor.kind !== "object") continue;
    const part = (field: string): ValueSet => known(members(trace, descriptor, field, call.frame));
    const [get, set, value] = [part("get"), part("set"), part("value")];
    if (get.length + set.length > 0) defineAccessor(trace, object, name, { get, set });
    if (value.length > 0) trace.store(object, name, value);
  }
}

function known(values: ValueSet): ValueSet {
  return values.filter((v) => !(v.kind === "literal" && v.value === undefined));
}

function defineAll(trace: Interpreter, call: NativeCall, holder: Value, tables: ValueSet): void {
  for (const table of tables)
    for (const [name, descriptors] of fieldsOf(trace, table, call.frame))
      define(trace, call, holder, name, descriptors);
}

const defineProperty: Native = (trace, call) => {
  for (const holder of first(call))
    for (const name of keyNames(second(call)) ?? []) define(trace, call, holder, name, third(call));
  return first(call);
};

const create: Native = (trace, call) => {
  const object = trace.allocate(call.frame, call.node, call.label, "record");
  trace.grow(
    object.parents,
    known(first(call)).filter((v) => v.kind !== "literal"),
  );
  const made = trace.values.object(object);
  defineAll(trace, call, made, second(call));
  return [made];
};

const setPrototype: Native = (trace, call) => {
  for (const holder of first(call)) if (holder.kind === "object") trace.grow(holder.object.parents, second(call));
  return first(call);
};

const getPrototype: Native = (trace, call) =>
  setOf(
    first(call).flatMap((v): readonly Value[] => {
      if (v.kind !== "object") return [trace.values.unknown("what something unknown inherits from")];
      const { object } = v;
      return object.class ? prototypesOf(trace, object.class, call.frame) : trace.read(object.parents, call.frame);
    }),
    trace.values,
  );

/** `function Child() {}`, `inherits(Child, Parent)`. */
const inherits: Native = (trace, call) => {
  const parents = second(call).flatMap((v) => [...prototypesOf(trace, v, call.frame)]);
  for (const child of first(call))
    if (child.kind === "closure" || child.kind === "class")
      trace.grow(trace.prototypeOf(child).parents, setOf(parents, trace.values));
  return trace.values.undefined;
};

/** All names of an object: of a prototype also those of its class's methods. */
const ownNames: Native = (trace, call) => {
  const list = newList(trace, call);
  for (const holder of first(call)) {
    const owner = holder.kind === "object" && holder.object.kind === "record" ? holder.object.class : null;
    const methods = owner ? (trace.classSummary(owner)?.summary.members ?? []) : [];
    const names = methods.flatMap(({ name, kind, static: isStatic }) =>
      kind === "initializer" || isStatic ? [] : [trace.values.text([{ text: name, offset: -1 }])],
    );
    for (const [i, name] of [...new Set([...names, ...keysOf(trace, holder, call.frame)])].entries())
      trace.store(list, String(i), [name]);
  }
  return [trace.values.object(list)];
};

const descriptorOf: Native = (trace, call) => {
  const names = keyNames(second(call));
  const descriptor = trace.allocate(call.frame, call.node, call.label, "record");
  for (const holder of first(call))
    for (const name of names ?? []) trace.store(descriptor, "value", members(trace, holder, name, call.frame));
  return [trace.values.object(descriptor)];
};

const apply: Native = (trace, call) => {
  const [self] = second(call);
  const { items, rest } = spread(trace, third(call), call.frame);
  return callAll(trace, call, first(call), items, "", self ?? null, rest);
};

const construct: Native = (trace, call) => {
  const { items: positional, rest } = spread(trace, second(call), call.frame);
  const given = { ...NO_ARGUMENTS, positional, rest };
  let made: ValueSet = NOTHING;
  for (const maker of first(call)) {
    if (maker.kind === "external")
      made = union(
        made,
        trace.externalCall(maker, given, true, call.frame, call.node, call.site, undefined),
        trace.values,
      );
    if (maker.kind !== "class" && maker.kind !== "closure") continue;
    const context = trace.innerContext(call.frame, call.site, given);
    made = union(made, constructed(trace, maker, given, context, call.frame, call.node, call.label), trace.values);
  }
  return made;
};

const get: Native = (trace, call) => {
  const names = keyNames(second(call));
  if (!names) return [trace.values.unknown("looked up under a name chosen at run time")];
  return setOf(
    first(call).flatMap((v) => names.flatMap((n) => [...members(trace, v, n, call.frame)])),
    trace.values,
  );
};

const set: Native = (trace, call) => {
  for (const holder of first(call))
    for (const name of keyNames(second(call)) ?? []) setMember(trace, holder, name, third(call), call.frame, call.node);
  return booleans(trace, "true");
};

const proxy: Native = (trace, call) => {
  const object = trace.allocate(call.frame, call.node, call.label, "proxy");
  trace.store(object, "target", first(call));
  trace.store(object, "handler", second(call));
  return [trace.values.object(object)];
};

export const OBJECTS: readonly (readonly [way: string, native: Native])[] = [
  ["global#Object.defineProperty", defineProperty],
  ["global#Object.defineProperties", (t, c) => (first(c).forEach((v) => defineAll(t, c, v, second(c))), first(c))],
  ["global#Object.create", create],
  ["global#Object.setPrototypeOf", setPrototype],
  ["global#Object.getPrototypeOf", getPrototype],
  ["global#Object.getOwnPropertyDescriptor", descriptorOf],
  ["global#Object.getOwnPropertyNames", ownNames],
  ["global#Reflect.ownKeys", ownNames],
  ["global#Reflect.defineProperty", defineProperty],
  ["global#Reflect.setPrototypeOf", setPrototype],
  ["global#Reflect.getPrototypeOf", getPrototype],
  ["global#Reflect.getOwnPropertyDescriptor", descriptorOf],
  ["global#Reflect.apply", apply],
  ["global#Reflect.construct", construct],
  ["global#Reflect.get", get],
  ["global#Reflect.set", set],
  ["global#Reflect.has", (t) => booleans(t, "maybe")],
  ["global#Proxy", proxy],
  ["node:util#inherits", inherits],
];
