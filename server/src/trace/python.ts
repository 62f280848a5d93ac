import type { NodeId } from "../model/summary.ts";
import type { Arguments } from "./arguments.ts";
import { NO_ARGUMENTS } from "./arguments.ts";
import type { Frame } from "./frames.ts";
import type { Interpreter } from "./interpreter.ts";
import { anyItem } from "./iteration.ts";
import { members } from "./members.ts";
import type { Resolution } from "./program.ts";
import { described } from "./python-protocol.ts";
import type { NodeReader } from "./literals.ts";
import { HOLE } from "./texts.ts";
import type { ClassValue, ClosureValue, ObjectValue, Value, ValueSet } from "./values.ts";
import { NOTHING, setOf, union } from "./values.ts";

/** Where Python differs from JavaScript in what a value is: modules, attributes of classes, context managers, keywords. */

/** Before the name of every package of Python. */
export const PYTHON = "python:";
/** The functions of the language itself. */
export const PYTHON_BUILTINS = "python:builtins";

/** A package, or a module of one: `python:googleapiclient/discovery` is the member `discovery` of `googleapiclient`. */
export function externalModule(trace: Interpreter, packageName: string, typed = false): Value {
  const [name, ...path] = packageName.startsWith(PYTHON) ? packageName.split("/") : [packageName];
  let value: Value = trace.values.external(name!, typed);
  for (const step of path)
    if (value.kind === "external") value = trace.values.step(value, { kind: "member", name: step });
  return value;
}

/** `from a import b` where `b` is a module of its own: of a package, or of a folder without `__init__.py`. */
export function submodule(
  trace: Interpreter,
  file: string,
  request: number,
  target: Resolution,
  name: string,
): Value | undefined {
  if (target.kind === "file" && trace.program.export(target.file, name).kind !== "absent") return undefined;
  const found = trace.program.resolveBelow(file, request, name);
  if (found?.kind !== "file" || (target.kind === "file" && found.file === target.file)) return undefined;
  return trace.moduleFrame(found.file) ? trace.values.module(found.file) : undefined;
}

/** What `with … as x` binds: what `__enter__` gives, what a generator yields, or the value itself. */
export function entered(at: NodeReader, id: NodeId, values: ValueSet): ValueSet {
  const { trace, frame } = at;
  let result: ValueSet = NOTHING;
  for (const value of values) {
    if (frame.language !== "python") {
      dispose(at, id, value);
      result = union(result, [value], trace.values);
      continue;
    }
    if (value.kind === "object" && value.object.kind === "list") {
      result = union(result, anyItem(trace, value, frame), trace.values);
      continue;
    }
    const enter =
      value.kind === "object" && value.object.class
        ? ["__enter__", "__aenter__"].flatMap((name) => [...members(trace, value, name, frame)])
        : [];
    const methods = enter.filter((method): method is ClosureValue => method.kind === "closure");
    for (const method of methods)
      result = union(
        result,
        trace.callClosure(method, NO_ARGUMENTS, value, trace.innerContext(frame, `enter:${id}`), frame, id),
        trace.values,
      );
    if (methods.length === 0) result = union(result, [value], trace.values);
  }
  return result;
}

/** What `using` calls in the end. */
function dispose({ trace, frame }: NodeReader, id: NodeId, value: Value): void {
  if (value.kind !== "object") return;
  for (const name of ["@@dispose", "@@asyncDispose"])
    for (const method of members(trace, value, name, frame))
      if (method.kind === "closure")
        trace.callClosure(method, NO_ARGUMENTS, value, trace.innerContext(frame, `leave:${id}`), frame, id);
}

/** `**kwargs`: what was passed by name and no parameter takes. */
export function namedRest(trace: Interpreter, owner: Frame, index: number, reader: Frame): Value {
  const object = trace.objectFor(`named:${owner.id}:${index}`, "record", null, null);
  const taken = new Set(owner.function.parameters.filter((p) => !p.rest).map((p) => p.name));
  for (const [name, cell] of owner.namedArguments)
    if (!taken.has(name)) trace.store(object, name, trace.read(cell, reader));
  trace.grow(
    object.rest,
    setOf(
      trace.read(owner.extraArguments, reader).filter((value) => value.kind === "unknown" || value.kind === "external"),
      trace.values,
    ),
  );
  return trace.values.object(object);
}

/** An attribute of the class, as its instances see it: a function becomes a method of the one it is asked of. */
export function classAttribute(
  trace: Interpreter,
  owner: ClassValue,
  name: string,
  self: Value,
  reader: Frame,
): ValueSet {
  const values = trace.read(trace.propertiesOf(owner).cell(name), reader);
  return setOf(
    values.flatMap((value) => {
      if (value.kind === "object") return [...described(trace, value, self, owner, reader)];
      if (value.kind !== "closure" || value.receiver) return [value];
      const { kind, static: isStatic } = trace.program.module(value.file)?.functions.get(value.function) ?? {};
      if (kind === "method" && !isStatic)
        return [trace.values.closure(value.file, value.function, value.environment, self, value.bound)];
      const bound = [[self], ...(value.bound ?? [])];
      return [trace.values.closure(value.file, value.function, value.environment, undefined, bound)];
    }),
    trace.values,
  );
}

/** `Mail.latest(mail)`, and what a decorator does with the method it was given: the first argument is the receiver. */
export function onFirstArgument(
  trace: Interpreter,
  target: ClosureValue,
  given: Arguments,
): { readonly method: ClosureValue; readonly rest: Arguments }[] | undefined {
  const module = target.receiver ? undefined : trace.program.module(target.file);
  if (module?.summary.language !== "python") return undefined;
  const summary = module.functions.get(target.function);
  if (summary?.kind !== "method" || summary.static === true) return undefined;
  const positional = [...(target.bound ?? []), ...given.positional];
  const [selves, ...others] = positional;
  const receivers = selves ?? given.rest;
  return receivers.map((self) => ({
    method: trace.values.closure(target.file, target.function, target.environment, self),
    rest: { ...given, positional: others },
  }));
}

/** What calling an instance calls. */
export function calledInstance(trace: Interpreter, target: ObjectValue, reader: Frame): ValueSet {
  if (!target.object.class || reader.language !== "python") return NOTHING;
  return members(trace, target, "__call__", reader).filter((value) => value.kind === "closure");
}

export function isList(value: Value): boolean {
  return value.kind === "object" && value.object.kind === "list";
}

/** `"… %s …" % value`: the text with a hole for each value. */
export function formatted(at: NodeReader, values: ValueSet): ValueSet {
  return setOf(
    values.map((value) => {
      if (value.kind !== "text") return at.trace.values.text([HOLE]);
      const pieces = value.pieces.flatMap((piece) => {
        if ("hole" in piece) return [piece];
        const parts = piece.text.split(/%(?:\(\w+\))?[-#0 +]*[\d.*]*[diouxXeEfFgGcrsa]/);
        return parts.flatMap((text, i) => [
          ...(i === 0 ? [] : [HOLE]),
          ...(text === "" ? [] : [{ text, offset: -1, ...(piece.site ? { site: piece.site } : {}) }]),
        ]);
      });
      return at.trace.values.text(pieces);
    }),
    at.trace.values,
  );
}

/** What a class says of itself: `cls.__name__`, `cls.__doc__`. */
export function isSelfDescription(name: string): boolean {
  return name === "__name__" || name === "__qualname__" || name === "__doc__";
}

export function describedClass(trace: Interpreter, self: Value, name: string): ValueSet {
  const summary = self.kind === "class" ? trace.classSummary(self)?.summary : undefined;
  const text = name === "__doc__" ? summary?.doc?.summary : summary?.name;
  return text === undefined ? NOTHING : [trace.values.text([{ text, offset: -1 }])];
}
