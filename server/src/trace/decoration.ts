import type { FunctionSummary } from "../model/summary.ts";
import type { Frame } from "./frames.ts";
import type { HeapObject } from "./heap.ts";
import type { Interpreter } from "./interpreter.ts";
import { members } from "./members.ts";
import { prototypesOf } from "./properties.ts";
import { strayInstance } from "./stray-instances.ts";
import type { ClassValue, ClosureValue, Value, ValueSet } from "./values.ts";
import { NOTHING, union } from "./values.ts";

/** Calls one decorator, with what it is handed. */
export type Decorate = (decorator: Value, positional: readonly ValueSet[]) => ValueSet;

/** The class itself, among what decorators put in place of its methods. */
const ITSELF = "@class";

/**
 * What a decorator does with a class or a method: it is handed it in one of the two ways there are, and what it gives takes
 * its place. One of a package is taken to use what it is handed: a method it decorates is called by the package.
 */
export function decorated(
  trace: Interpreter,
  decorators: ValueSet,
  targets: ValueSet,
  frame: Frame,
  call: Decorate,
): ValueSet {
  for (const target of targets) {
    for (const decorator of decorators) {
      if (target.kind === "class") decorateClass(trace, decorator, target, call);
      else if (target.kind === "closure") decorateMethod(trace, decorator, target, frame, call);
    }
  }
  return targets.reduce((all: ValueSet, target) => {
    const stands = target.kind === "class" ? standsFor(trace, target, frame) : [target];
    return union(all, stands, trace.values);
  }, NOTHING);
}

/** What stands in place of a class: what its decorators gave, or itself. */
export function standsFor(trace: Interpreter, target: ClassValue, reader: Frame): ValueSet {
  const values = trace.read(replacements(trace, target).cell(ITSELF), reader);
  return values.length > 0 ? values : [target];
}

/** What decorators put in place of a method, on a receiver; nothing where they put nothing. */
export function methodInPlace(
  trace: Interpreter,
  owner: ClassValue,
  name: string,
  self: Value,
  reader: Frame,
): ValueSet {
  let values: ValueSet = NOTHING;
  for (const method of trace.read(replacements(trace, owner).cell(name), reader))
    values = union(values, [withReceiver(trace, method, self)], trace.values);
  return values;
}

function replacements(trace: Interpreter, owner: ClassValue): HeapObject {
  return trace.objectFor(`decorated:${owner.id}`, "record", null, null);
}

function decorateClass(trace: Interpreter, decorator: Value, target: ClassValue, call: Decorate): void {
  const given = call(decorator, [[target]]).filter((v) => (v.kind === "class" || v.kind === "closure") && v !== target);
  if (given.length > 0) trace.store(replacements(trace, target), ITSELF, given);
}

function decorateMethod(
  trace: Interpreter,
  decorator: Value,
  target: ClosureValue,
  frame: Frame,
  call: Decorate,
): void {
  const summary = trace.program.module(target.file)?.functions.get(target.function);
  if (summary?.owner === undefined) return void call(decorator, [[target]]);
  const owner = trace.values.class(target.file, summary.owner, target.environment);
  const method = withReceiver(trace, target, undefined);
  if (decorator.kind !== "closure") {
    // Only the package makes instances of the class.
    const self = summary.static ? owner : strayInstance(trace, owner, frame);
    return void call(decorator, [[withReceiver(trace, target, self)]]);
  }
  const made = isLegacy(trace, decorator)
    ? ofDescriptor(trace, decorator, owner, summary, method, frame, call)
    : call(decorator, [[method], [trace.values.object(contextOf(trace, owner, summary))]]);
  const methods = made.filter((v) => v.kind === "closure" && v !== method);
  if (methods.length > 0) trace.store(replacements(trace, owner), summary.name, methods);
}

/** `decorator(prototype, name, descriptor)`, which changes the descriptor, or gives one. */
function ofDescriptor(
  trace: Interpreter,
  decorator: Value,
  owner: ClassValue,
  summary: FunctionSummary,
  method: Value,
  frame: Frame,
  call: Decorate,
): ValueSet {
  const descriptor = trace.objectFor(`descriptor:${owner.id}.${summary.name}`, "record", null, null);
  trace.store(descriptor, "value", [method]);
  const holders = summary.static ? [owner] : prototypesOf(trace, owner, frame);
  const name = trace.values.text([{ text: summary.name, offset: 0 }]);
  const given = call(decorator, [holders, [name], [trace.values.object(descriptor)]]);
  let values = trace.read(descriptor.cell("value"), frame);
  for (const value of given)
    if (value.kind === "object") values = union(values, members(trace, value, "value", frame), trace.values);
  return values;
}

function contextOf(trace: Interpreter, owner: ClassValue, summary: FunctionSummary): HeapObject {
  const context = trace.objectFor(`decoration:${owner.id}.${summary.name}`, "record", null, null);
  const text = (value: string): ValueSet => [trace.values.text([{ text: value, offset: 0 }])];
  trace.store(context, "kind", text(summary.kind));
  trace.store(context, "name", text(summary.name));
  return context;
}

/** Written for the decorators of before the standard: with a descriptor, or with a key that is no context. */
function isLegacy(trace: Interpreter, decorator: ClosureValue): boolean {
  const summary = trace.program.module(decorator.file)?.functions.get(decorator.function);
  const [, second, third] = summary?.parameters ?? [];
  if (third || second?.rest) return true;
  if (!second) return false;
  const type = second.type?.root;
  return !/context|ctx/i.test(second.name) && !(type?.kind === "global" && type.name.endsWith("Context"));
}

function withReceiver(trace: Interpreter, value: Value, receiver: Value | undefined): Value {
  if (value.kind !== "closure") return value;
  return trace.values.closure(value.file, value.function, value.environment, receiver, value.bound);
}
