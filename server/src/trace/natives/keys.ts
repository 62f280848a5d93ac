import { constantText } from "../texts.ts";
import type { Value, ValueSet } from "../values.ts";

/** Before the names of what no text names: symbols, and values that are keys by their identity. */
const NO_TEXT = "@@";

/** The name a value is a key under, where it is always the same. */
export function keyName(value: Value): string | undefined {
  switch (value.kind) {
    case "text":
      return constantText(value.pieces);
    case "literal":
      return String(value.value);
    case "external":
      return value.path.startsWith("global#Symbol.") ? NO_TEXT + value.path.slice("global#Symbol.".length) : undefined;
    default:
      return undefined;
  }
}

/** Names under which a map keeps something; undefined where any may be meant. Functions and classes are keys by themselves. */
export function keyNames(keys: ValueSet): string[] | undefined {
  const names: string[] = [];
  for (const key of keys) {
    const name = key.kind === "class" || key.kind === "closure" ? `${NO_TEXT}${key.id}` : keyName(key);
    if (name === undefined) return undefined;
    names.push(name);
  }
  return names;
}
