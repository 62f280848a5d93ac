import type { Value, ValueSet } from "./values.ts";
import { constantText, isHole } from "./texts.ts";

/** What is known of a condition: nothing yet (`never`), one way, or both. */
export type Truth = "never" | "true" | "false" | "maybe";

export function not(truth: Truth): Truth {
  return truth === "true" ? "false" : truth === "false" ? "true" : truth;
}

/** Whether a value counts as true in a condition. */
export function truthOf(set: ValueSet): Truth {
  let truth: Truth = "never";
  for (const value of set) {
    const one = truthOfValue(value);
    if (one === "maybe" || (truth !== "never" && truth !== one)) return "maybe";
    truth = one;
  }
  return truth;
}

function truthOfValue(value: Value): Truth {
  switch (value.kind) {
    case "literal":
      return value.value ? "true" : "false";
    case "text": {
      if (value.pieces.some((p) => !isHole(p) && p.text !== "")) return "true";
      return value.pieces.length === 0 ? "false" : "maybe";
    }
    case "closure":
    case "class":
    case "object":
    case "module":
    case "native":
    case "pattern":
      return "true";
    case "external":
      return isMade(value) ? "true" : "maybe";
    case "unknown":
      return "maybe";
  }
}

/** Whether two expressions are equal. */
export function equality(left: ValueSet, right: ValueSet): Truth {
  if (left.length === 0 || right.length === 0) return "never";
  let truth: Truth = "never";
  for (const a of left) {
    for (const b of right) {
      const one = equalValues(a, b);
      if (one === "maybe" || (truth !== "never" && truth !== one)) return "maybe";
      truth = one;
    }
  }
  return truth;
}

function equalValues(a: Value, b: Value): Truth {
  const left = comparable(a);
  const right = comparable(b);
  if (left.constant && right.constant) return left.key === right.key ? "true" : "false";
  if (left.constant !== right.constant) {
    const other = left.constant ? b : a;
    const constant = left.constant ? left : right;
    if (other.kind === "text") return constant.text === undefined || !couldBe(other, constant.text) ? "false" : "maybe";
    return isReference(other) ? "false" : "maybe";
  }
  return a !== b && isReference(a) && isReference(b) && (a.kind !== b.kind || a.kind !== "object") ? "false" : "maybe";
}

interface Comparable {
  readonly constant: boolean;
  readonly key: string;
  readonly text?: string;
}

function comparable(value: Value): Comparable {
  if (value.kind === "literal")
    return { constant: true, key: value.value === null || value.value === undefined ? "nothing" : String(value.value) };
  if (value.kind === "text") {
    const text = constantText(value.pieces);
    if (text !== undefined) return { constant: true, key: `"${text}`, text };
  }
  return { constant: false, key: "" };
}

/** What `new` gives is there. */
function isMade(value: Value & { kind: "external" }): boolean {
  return value.step?.kind === "new" && !value.typed;
}

function isReference(value: Value): boolean {
  return (
    (value.kind === "external" && isMade(value)) ||
    value.kind === "closure" ||
    value.kind === "class" ||
    value.kind === "object" ||
    value.kind === "module" ||
    value.kind === "native"
  );
}

/** Whether a text with holes could be this constant: the known pieces must occur in order. */
export function couldBe(value: Value & { kind: "text" }, text: string): boolean {
  let at = 0;
  const pieces = value.pieces;
  for (const [i, piece] of pieces.entries()) {
    if (isHole(piece)) continue;
    const found = i === 0 ? (text.startsWith(piece.text) ? 0 : -1) : text.indexOf(piece.text, at);
    if (found < 0) return false;
    at = found + piece.text.length;
  }
  const last = pieces[pieces.length - 1];
  return !last || isHole(last) || text.endsWith(last.text);
}

/** `undefined` and `null`: where nothing can be looked up. */
export function isNothing(value: Value): boolean {
  return value.kind === "literal" && (value.value === undefined || value.value === null);
}
