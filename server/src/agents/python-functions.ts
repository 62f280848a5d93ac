import type { FunctionSummary } from "../model/summary.ts";
import type { ExternalCall } from "../trace/external-call.ts";
import type { Interpreter } from "../trace/interpreter.ts";
import type { ClosureValue, ExternalValue, TextValue, Value, ValueSet } from "../trace/values.ts";
import { NOTHING } from "../trace/values.ts";

/** What frameworks of Python make tools of: functions, with the name and docstring they have, behind decorators. */

export function functionsOf(values: ValueSet): ValueSet {
  return values.filter((value) => value.kind === "closure");
}

/** The call `server.tool(…)` that gave the decorator. */
export function optionsOf(callee: ExternalValue): ExternalCall | undefined {
  return callee.step?.kind === "call" ? (callee.step.call ?? undefined) : undefined;
}

export function callOf(value: Value): ExternalCall | undefined {
  return value.kind === "external" && value.step?.kind === "call" ? (value.step.call ?? undefined) : undefined;
}

/** The function a local decorator was given, where the handler is what it made of it: name and description are its. */
export function originalOf(trace: Interpreter, handler: ClosureValue): FunctionSummary | undefined {
  const frame = handler.environment;
  if (!frame || frame.function.kind === "module") return undefined;
  const given = frame.parameters.flatMap((cell) => cell.values);
  return given
    .map((value) =>
      value.kind === "closure" ? trace.program.module(value.file)?.functions.get(value.function) : undefined,
    )
    .find((summary) => summary?.decorators !== undefined);
}

export function nameText(trace: Interpreter, handler: ClosureValue, summary: FunctionSummary): TextValue {
  const name = (originalOf(trace, handler) ?? summary).name;
  return trace.values.text([{ text: name, offset: -1 }]);
}

export function docText(trace: Interpreter, summary: FunctionSummary): ValueSet {
  return summary.doc?.summary === undefined
    ? NOTHING
    : [trace.values.text([{ text: summary.doc.summary, offset: -1 }])];
}

/** `ToolAnnotations(readOnlyHint=True)` as an object. */
export function annotationsOf(trace: Interpreter, values: ValueSet): ValueSet {
  return values.flatMap((value): Value[] => {
    const made = callOf(value);
    if (!made) return value.kind === "object" ? [value] : [];
    const site = { file: made.frame.file, function: made.frame.function.path, node: made.node };
    const object = trace.objectFor(`annotations:${made.id}`, "record", site, null);
    for (const [name, hint] of made.named) trace.store(object, name, hint);
    return [trace.values.object(object)];
  });
}
