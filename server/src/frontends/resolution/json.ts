import { parseTree, printParseErrorCode, type Node, type ParseError } from "jsonc-parser";
import { lineStartsOf, positionAt } from "../../model/place.ts";

export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
/** Has no prototype: keys come from user text, and `__proto__` is one of them. */
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

export interface JsonReading {
  /** Read as far as it goes; `undefined` when nothing could be read. */
  readonly value: Json | undefined;
  /** The first thing wrong with it: "line 4: comma expected". */
  readonly problem?: string;
}

/** Reads JSON, with the comments and trailing commas that `tsconfig.json` and its kin allow. */
export function readJson(text: string): JsonReading {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  const value = tree === undefined ? undefined : valueOf(tree);
  const [first] = errors;
  if (first === undefined) return { value };
  const line = positionAt(lineStartsOf(text), first.offset).line;
  const words = printParseErrorCode(first.error)
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase();
  return { value, problem: `line ${line}: ${words}` };
}

function valueOf(node: Node): Json | undefined {
  switch (node.type) {
    case "object": {
      const object: Record<string, Json | undefined> = Object.create(null);
      for (const property of node.children ?? []) {
        const [key, value] = property.children ?? [];
        if (key !== undefined && value !== undefined) object[String(key.value)] = valueOf(value);
      }
      return object;
    }
    case "array":
      return (node.children ?? []).map((child) => valueOf(child) ?? null);
    default:
      return node.value as Json;
  }
}

export function asObject(value: Json | undefined): JsonObject | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

export function asText(value: Json | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** The texts of a list; a single text counts as a list of one. */
export function asTexts(value: Json | undefined): readonly string[] {
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}
