import { NO_ARGUMENTS } from "./arguments.ts";
import type { Frame } from "./frames.ts";
import type { HeapObject } from "./heap.ts";
import type { Interpreter } from "./interpreter.ts";
import { members } from "./members.ts";
import { callAll } from "./natives/native.ts";
import type { ClassValue, ObjectValue, Value, ValueSet } from "./values.ts";
import { NOTHING, union } from "./values.ts";

/** Properties that are more than a place: accessors, what is inherited from another object, and what a proxy answers. */

/** What the getters of a property give, asked of `self`. */
export function gotten(trace: Interpreter, object: HeapObject, name: string, self: Value, reader: Frame): ValueSet {
  const accessor = object.accessors.get(name);
  if (!accessor) return NOTHING;
  const site = `get:${object.id}.${name}`;
  return callFunctions(trace, reader, trace.read(accessor.get, reader), [], site, self);
}

/** Makes `name` a property with functions behind it. */
export function defineAccessor(
  trace: Interpreter,
  object: HeapObject,
  name: string,
  { get, set }: { readonly get: ValueSet; readonly set: ValueSet },
): void {
  const isNew = !object.accessors.has(name);
  const accessor = object.accessor(name);
  trace.grow(accessor.get, get);
  trace.grow(accessor.set, set);
  if (isNew) for (const reader of object.cell(name).readers) trace.enqueue(reader);
}

/** Sets a member of a value of the workspace: where it is stored, or by the setter it has. False: it cannot be followed. */
export function setMember(
  trace: Interpreter,
  holder: Value,
  name: string,
  values: ValueSet,
  reader: Frame,
  node: number,
): boolean {
  if (holder.kind === "closure" || holder.kind === "class") {
    if (holder.kind === "class" && callSetter(trace, holder, true, name, holder, values, reader, node)) return true;
    trace.store(trace.propertiesOf(holder), name, values);
    return true;
  }
  if (holder.kind !== "object") return false;
  const { object } = holder;
  if (object.kind === "proxy") return setOnProxy(trace, holder, name, values, reader, node);
  const setters = object.accessors.get(name)?.set.values ?? NOTHING;
  if (setters.length > 0) callFunctions(trace, reader, setters, [values], `set:${object.id}.${name}`, holder);
  else if (!object.class || !callSetter(trace, object.class, false, name, holder, values, reader, node))
    trace.store(object, name, values);
  return true;
}

function callSetter(
  trace: Interpreter,
  owner: ClassValue,
  isStatic: boolean,
  name: string,
  self: Value,
  values: ValueSet,
  reader: Frame,
  node: number,
  depth = 0,
): boolean {
  const found = trace
    .classSummary(owner)
    ?.summary.members.find((m) => m.kind === "setter" && m.name === name && (m.static ?? false) === isStatic);
  if (found) {
    const given = { ...NO_ARGUMENTS, positional: [values] };
    const context = trace.innerContext(reader, `set:${owner.id}.${name}`, given);
    trace.callMember(owner, found.function, self, given, context, reader, node);
    return true;
  }
  if (depth > 20) return false;
  return trace
    .basesOf(owner, reader)
    .some(
      (base) => base.kind === "class" && callSetter(trace, base, isStatic, name, self, values, reader, node, depth + 1),
    );
}

// ---- inheritance between objects

/** What an object has from those it inherits from, asked of `self`. */
export function inherited(
  trace: Interpreter,
  object: HeapObject,
  name: string,
  self: Value,
  reader: Frame,
  depth = 0,
): ValueSet {
  let values: ValueSet = NOTHING;
  if (depth > 20) return values;
  for (const parent of trace.read(object.parents, reader)) {
    if (parent.kind !== "object") {
      values = union(values, members(trace, parent, name, reader), trace.values);
      continue;
    }
    const own = union(
      trace.read(parent.object.cell(name), reader),
      gotten(trace, parent.object, name, self, reader),
      trace.values,
    );
    const found = own.length > 0 ? own : ofClass(trace, parent, name, reader);
    values = union(
      values,
      found.length > 0 ? found : inherited(trace, parent.object, name, self, reader, depth + 1),
      trace.values,
    );
  }
  return values;
}

function ofClass(trace: Interpreter, parent: ObjectValue, name: string, reader: Frame): ValueSet {
  if (!parent.object.class) return NOTHING;
  return members(trace, parent, name, reader).filter((v) => !(v.kind === "literal" && v.value === undefined));
}

/** What instances of a class or function inherit from: its `prototype`. */
export function prototypesOf(trace: Interpreter, maker: Value, reader: Frame): ValueSet {
  if (maker.kind !== "closure" && maker.kind !== "class") return NOTHING;
  const assigned = trace.read(trace.propertiesOf(maker).cell("prototype"), reader);
  return union(assigned, [trace.values.object(trace.prototypeOf(maker))], trace.values);
}

// ---- proxies

/** A member of a proxy: what its trap gives, or what the target has. */
export function proxyMember(trace: Interpreter, proxy: ObjectValue, name: string | undefined, reader: Frame): ValueSet {
  const { target, traps } = partsOf(trace, proxy, "get", reader);
  const key: Value =
    name === undefined ? trace.values.unknown("a name of a proxy") : trace.values.text([{ text: name, offset: 0 }]);
  const site = `trap:${proxy.object.id}.${name ?? "*"}`;
  if (traps.length > 0) return callFunctions(trace, reader, traps, [target, [key], [proxy]], site, null);
  if (name === undefined) return [trace.values.unknown("looked up in a proxy under a name chosen at run time")];
  return target.reduce(
    (all: ValueSet, value) => union(all, members(trace, value, name, reader), trace.values),
    NOTHING,
  );
}

/** What is called when a proxy is: its trap, with the arguments of the call in one list, or the target. */
export function proxyCallees(
  trace: Interpreter,
  proxy: ObjectValue,
  construct: boolean,
  reader: Frame,
): { readonly target: ValueSet; readonly traps: ValueSet } {
  return partsOf(trace, proxy, construct ? "construct" : "apply", reader);
}

function setOnProxy(
  trace: Interpreter,
  proxy: ObjectValue,
  name: string,
  values: ValueSet,
  reader: Frame,
  node: number,
): boolean {
  const { target, traps } = partsOf(trace, proxy, "set", reader);
  const key = [trace.values.text([{ text: name, offset: 0 }])];
  if (traps.length > 0)
    callFunctions(trace, reader, traps, [target, key, values, [proxy]], `trap:${proxy.object.id}=${name}`, null);
  else for (const value of target) setMember(trace, value, name, values, reader, node);
  return true;
}

function partsOf(
  trace: Interpreter,
  { object }: ObjectValue,
  trap: string,
  reader: Frame,
): { readonly target: ValueSet; readonly traps: ValueSet } {
  let traps: ValueSet = NOTHING;
  for (const handler of trace.read(object.cell("handler"), reader))
    if (handler.kind === "object") traps = union(traps, members(trace, handler, trap, reader), trace.values);
  return {
    target: trace.read(object.cell("target"), reader),
    traps: traps.filter((v) => v.kind !== "literal"),
  };
}

function callFunctions(
  trace: Interpreter,
  reader: Frame,
  callees: ValueSet,
  positional: readonly ValueSet[],
  site: string,
  self: Value | null,
): ValueSet {
  const call = { frame: reader, node: 0, site, label: site, given: NO_ARGUMENTS, construct: false };
  return callAll(trace, call, callees, positional, "", self);
}
