import type { NodeId } from "../../model/summary.ts";
import { expression } from "./expressions.ts";
import type { Syntax } from "./syntax.ts";
import { childOf, firstOfType, namedChildren } from "./syntax.ts";
import type { Walker } from "./walker.ts";

/** `"a"`, `r"a"`, `"""a"""`, `f"a{b}"`. */
export function stringLiteral(w: Walker, node: Syntax): NodeId {
  const parts = partsOf(w, node);
  const [first, ...more] = parts;
  if (more.length === 0 && (first === undefined || typeof first === "string"))
    return w.add({ kind: "literal", value: first ?? "" }, node);
  return w.add({ kind: "template", parts }, node);
}

/** `"a" "b"`: one text. */
export function concatenated(w: Walker, node: Syntax): NodeId {
  const parts = namedChildren(node).flatMap((child) => partsOf(w, child));
  const joined = joinTexts(parts);
  const [first, ...more] = joined;
  if (more.length === 0 && (first === undefined || typeof first === "string"))
    return w.add({ kind: "literal", value: first ?? "" }, node);
  return w.add({ kind: "template", parts: joined }, node);
}

/** The text of a literal without any expression in it; undefined for all others. */
export function plainText(w: Walker, node: Syntax): string | undefined {
  if (node.type === "concatenated_string") {
    const texts = namedChildren(node).map((child) => plainText(w, child));
    return texts.every((text) => text !== undefined) ? texts.join("") : undefined;
  }
  if (node.type !== "string" || firstOfType(node, "interpolation")) return undefined;
  return namedChildren(node)
    .filter((child) => child.type === "string_content")
    .map((child) => decoded(w, node, child))
    .join("");
}

function partsOf(w: Walker, node: Syntax): (string | NodeId)[] {
  const parts = node.children.flatMap((child): (string | NodeId)[] => {
    if (child.type === "string_content") return [decoded(w, node, child)];
    if (child.type !== "interpolation") return [];
    const inner = childOf(child, "expression");
    return [inner ? expression(w, inner) : w.unknown("interpolation", child)];
  });
  return joinTexts(parts);
}

function joinTexts(parts: readonly (string | NodeId)[]): (string | NodeId)[] {
  const joined: (string | NodeId)[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (typeof part === "string" && typeof last === "string") joined[joined.length - 1] = last + part;
    else if (part !== "") joined.push(part);
  }
  return joined;
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  b: "\b",
  f: "\f",
  v: "\v",
  a: "\x07",
  "\\": "\\",
  "'": "'",
  '"': '"',
};

/** What the source of a piece of text stands for. */
function decoded(w: Walker, literal: Syntax, content: Syntax): string {
  const opening = firstOfType(literal, "string_start");
  const prefix = opening
    ? w
        .textOf(opening)
        .replace(/["'].*/s, "")
        .toLowerCase()
    : "";
  let text = w.textOf(content);
  if (prefix.includes("f") || prefix.includes("t")) text = text.replaceAll("{{", "{").replaceAll("}}", "}");
  if (prefix.includes("r") || !text.includes("\\")) return text;
  return text.replace(
    /\\(?:(\r\n|[\r\n])|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{1,3})|N\{[^}]*\}|([^]))/g,
    (whole: string, line?: string, two?: string, four?: string, eight?: string, octal?: string, single?: string) => {
      if (line !== undefined) return "";
      const hex = two ?? four ?? eight;
      if (hex !== undefined) return String.fromCodePoint(Math.min(Number.parseInt(hex, 16), 0x10ffff));
      if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8));
      return single === undefined ? whole : (ESCAPES[single] ?? whole);
    },
  );
}
