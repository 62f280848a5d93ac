import type { NodeRef } from "../model/summary.ts";
import type { Frame } from "./frames.ts";
import type { Interpreter } from "./interpreter.ts";
import type { ValueSet } from "./values.ts";
import { NOTHING, union } from "./values.ts";

/** What the decorators of a parameter or field, `@inject("mail")`, ask a container for. */
export function injected(
  trace: Interpreter,
  decorators: readonly NodeRef[],
  file: string,
  environment: Frame | null,
  reader: Frame,
): ValueSet {
  let values: ValueSet = NOTHING;
  for (const { function: path, node } of decorators) {
    const frame = trace.enclosing(environment, path) ?? trace.moduleFrame(file);
    const call = frame?.function.nodes[node];
    if (!frame || call?.kind !== "call") continue;
    for (const decorator of trace.nodeOf(frame, call.callee, reader))
      if (decorator.kind === "external") values = union(values, trace.injected(decorator, reader), trace.values);
  }
  return values;
}
