import type { FunctionSummary } from "../model/summary.ts";
import type { Frame, Root } from "./frames.ts";
import { constantText } from "./texts.ts";
import type { Value, ValueSet } from "./values.ts";

const DEEPEST_CHAIN = 100;

/** A function that calls itself, however indirectly, runs on in the frame it has: recursion needs no contexts of its own. */
export function running(
  caller: Frame,
  summary: FunctionSummary,
  environment: Frame | null,
  receiver: Value | null,
): Frame | undefined {
  for (let at: Frame | undefined = caller, depth = 0; at && depth < DEEPEST_CHAIN; at = at.creator, depth++) {
    if (at.function === summary && at.environment === environment && at.receiver === receiver) return at;
  }
  return undefined;
}

/** Data through and through, and not the name of the tool: nothing in it decides what is called. */
export function isPlain(values: ValueSet, root: Root, depth: number): boolean {
  return values.every((value) => {
    if (value.kind === "text") return root.subject === undefined || constantText(value.pieces) !== root.subject;
    if (value.kind !== "object")
      return value.kind !== "closure" && value.kind !== "class" && value.kind !== "module" && value.kind !== "native";
    const { object } = value;
    if (depth === 0 || object.kind === "instance" || object.kind === "map") return false;
    return (
      isPlain(object.rest.values, root, depth - 1) &&
      [...object.fields.values()].every((cell) => isPlain(cell.values, root, depth - 1))
    );
  });
}

/** Receivers worth telling apart. */
export function keepsState(value: Value): boolean {
  return value.kind === "object" || value.kind === "class";
}
