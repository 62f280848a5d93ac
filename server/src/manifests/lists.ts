import type { SourceList } from "../model/analysis.ts";
import type { ManifestSource } from "./manifest.ts";
import type { ListNode, MapNode } from "./tree.ts";

/** A list of a manifest as one that elements can be taken out of. */
export function sourceOf(list: ListNode, { path, text }: ManifestSource): SourceList {
  const elements = list.items.map(({ span }) => span);
  if (list.flow) return { file: path, form: "array", span: list.span, elements };
  return { file: path, form: "lines", span: { start: list.span.start, end: endOfLine(text, list.span.end) }, elements };
}

/** The entries of a map as elements of a list; `parts`: what parts the words of its keys. */
export function pairsOf(map: MapNode, { path, text }: ManifestSource, parts: "_" | "-"): SourceList {
  const elements = map.entries.map(({ span }) => span);
  if (map.flow) return { file: path, form: "array", span: map.span, elements, pairs: parts };
  const span = { start: map.span.start, end: endOfLine(text, map.span.end) };
  return { file: path, form: "lines", span, elements, pairs: parts };
}

/** Comments behind the last element are part of the list: what is added comes after them. */
function endOfLine(text: string, offset: number): number {
  const end = text.slice(offset).search(/\r?\n/);
  return end < 0 ? text.length : offset + end;
}
