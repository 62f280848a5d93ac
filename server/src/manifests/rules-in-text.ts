import type { SourceList } from "../model/analysis.ts";
import type { ManifestSource } from "./manifest.ts";
import { sourceOf } from "./lists.ts";
import type { ManifestNode } from "./tree.ts";

/** One rule of a list of tools: `Read`, `Bash(git add:*)`. */
export interface ListedRule {
  readonly text: string;
  readonly span: { readonly start: number; readonly end: number };
  readonly source: SourceList;
  readonly index: number;
}

/** Tools are a list, or one text that commas part, but for those between brackets. */
export function listedRules(node: ManifestNode | undefined, manifest: ManifestSource): ListedRule[] {
  if (node?.kind === "list") {
    const source = sourceOf(node, manifest);
    return node.items.flatMap((item, index) =>
      item.kind === "scalar" && typeof item.value === "string"
        ? [{ text: item.value, span: item.span, source, index }]
        : [],
    );
  }
  if (node?.kind !== "scalar" || typeof node.value !== "string" || node.block) return [];
  const written = manifest.text.slice(node.span.start, node.span.end);
  const words = [...written.matchAll(/[^\s,"'()](?:[^,"'()]|\([^)]*\))*/g)].map((match) => {
    const start = node.span.start + match.index;
    const text = match[0].trimEnd();
    return { text, span: { start, end: start + text.length } };
  });
  const source: SourceList = {
    file: manifest.path,
    form: "words",
    span: node.span,
    elements: words.map(({ span }) => span),
  };
  return words.map(({ text, span }, index) => ({ text, span, source, index }));
}
