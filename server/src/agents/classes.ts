import type { ClassSummary } from "../model/summary.ts";
import type { Frame } from "../trace/frames.ts";
import type { Interpreter } from "../trace/interpreter.ts";
import { strayInstance } from "../trace/stray-instances.ts";
import type { ClassValue, ObjectValue } from "../trace/values.ts";

/** A class at the top of a module that has run. */
export interface DeclaredClass {
  readonly file: string;
  readonly summary: ClassSummary;
  readonly value: ClassValue;
  readonly body: Frame;
}

/** Classes that a framework may load by the name of their file: no call tells of them. */
export function declaredClasses(trace: Interpreter): DeclaredClass[] {
  return modulesOf(trace).flatMap(({ file, body }) =>
    [...(trace.program.module(file)?.classes.values() ?? [])]
      .filter(({ parent }) => parent === "")
      .map((summary) => ({ file, summary, body, value: trace.values.class(file, summary.path, body) })),
  );
}

/** Modules that have run, in the order of their names. */
export function modulesOf(trace: Interpreter): { readonly file: string; readonly body: Frame }[] {
  return [...new Set(trace.frames.map((frame) => frame.file))].sort().flatMap((file) => {
    const body = trace.moduleFrame(file);
    return body ? [{ file, body }] : [];
  });
}

/** Its instances; one that nobody was seen to make, if there is none. */
export function instancesOf(trace: Interpreter, { value, body }: DeclaredClass): ObjectValue[] {
  const made = trace.instances.get(value) ?? [strayInstance(trace, value, body)];
  return made.filter((one): one is ObjectValue => one.kind === "object");
}

/** Whether it extends something of a package, however far up. */
export function isExtending(trace: Interpreter, value: ClassValue, base: RegExp, reader: Frame): boolean {
  const open: ClassValue[] = [value];
  for (const at of open)
    for (const one of trace.basesOf(at, reader)) {
      if (one.kind === "external" && base.test(one.path)) return true;
      if (one.kind === "class" && !open.includes(one)) open.push(one);
    }
  return false;
}
