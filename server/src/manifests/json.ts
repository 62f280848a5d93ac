import { parseTree, printParseErrorCode, visit, type Node, type ParseError } from "jsonc-parser";
import { lineStartsOf, positionAt } from "../model/place.ts";
import type { ManifestComment, ManifestNode, ManifestTree, MapEntry } from "./tree.ts";

/** Reads JSON, with comments and trailing commas; a text that breaks off is read as far as it goes. */
export function readJsonTree(text: string): ManifestTree {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const [first] = errors;
  return {
    roots: root === undefined ? [] : [nodeOf(root)],
    comments: commentsOf(text),
    ...(first && { problem: problemAt(text, first) }),
  };
}

function problemAt(text: string, { offset, error }: ParseError): string {
  const words = printParseErrorCode(error).replace(/([a-z])([A-Z])/g, "$1 $2");
  return `line ${positionAt(lineStartsOf(text), offset).line}: ${words.toLowerCase()}`;
}

function nodeOf(node: Node): ManifestNode {
  const span = spanOf(node);
  const children = node.children ?? [];
  if (node.type === "object") return { kind: "map", flow: true, span, entries: children.flatMap(entryOf) };
  if (node.type === "array") return { kind: "list", flow: true, span, items: children.map(nodeOf) };
  return { kind: "scalar", span, value: (node.value as string | number | boolean | null | undefined) ?? null };
}

function entryOf(property: Node): MapEntry[] {
  const [key, value] = property.children ?? [];
  if (!key || !value) return [];
  return [{ key: String(key.value), keySpan: spanOf(key), value: nodeOf(value), span: spanOf(property) }];
}

function spanOf({ offset, length }: Node): { start: number; end: number } {
  return { start: offset, end: offset + length };
}

function commentsOf(text: string): ManifestComment[] {
  if (!text.includes("//") && !text.includes("/*")) return [];
  const comments: ManifestComment[] = [];
  visit(text, {
    onComment(start, length) {
      const end = start + length;
      const words = text
        .slice(start, end)
        .replace(/^\/[/*]/, "")
        .replace(/\*\/$/, "");
      comments.push({ start, end, text: words });
    },
  });
  return comments;
}
