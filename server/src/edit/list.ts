import type { SourceList } from "../model/analysis.ts";
import type { Edit } from "../model/finding.ts";
import type { Span } from "../model/place.ts";
import { additionTo } from "./add.ts";
import { applyEdits, smallestEdit, type TextEdit } from "./apply.ts";
import { quoteLike } from "./literal.ts";
import { deletionsFor } from "./remove.ts";

/** Everything that is to happen to one list. */
export interface ListEdit {
  readonly remove?: readonly number[];
  /** New source text by index; an element that is also removed goes. */
  readonly replace?: ReadonlyMap<number, string>;
  readonly add?: readonly string[];
}

/**
 * Takes elements out, with their separators and the comments that belong to them. No edits: it cannot be done here, as with a
 * single value. Several at once give what one after the other gives.
 */
export function removeFromList(source: SourceList, text: string, indexes: readonly number[]): Edit[] {
  return changeList(source, text, { remove: indexes });
}

/** Puts `newElementText`, as it is to stand in the source, in the place of an element; its comments stay. */
export function replaceInList(source: SourceList, text: string, index: number, newElementText: string): Edit[] {
  return changeList(source, text, { replace: new Map([[index, newElementText]]) });
}

/** Puts `newElementText`, as it is to stand in the source, behind the last element. No edits: it cannot be done here. */
export function addToList(source: SourceList, text: string, newElementText: string): Edit[] {
  return changeList(source, text, { add: [newElementText] });
}

/** How `value` is to be written as an element of this list: quoted like its neighbours, or bare within a string of words. */
export function elementText(source: SourceList, text: string, value: string): string {
  if (source.form === "words") return value;
  if (source.pairs !== undefined) return pairText(source, value);
  const samples = source.elements.map((element) => text.slice(element.start, element.end));
  const literal = samples.find((sample) => /^['"`]/.test(sample));
  const isBare = samples.length > 0 && literal === undefined;
  if (isBare && (source.form === "single" || (isYaml(source) && isPlain(value)))) return value;
  return isYaml(source) && literal?.startsWith("'")
    ? `'${value.replaceAll("'", "''")}'`
    : quoteLike(literal ?? '"', value);
}

/** `pull_requests:write` as an entry of a map. */
function pairText(source: SourceList, value: string): string {
  const colon = value.lastIndexOf(":");
  const key = value.slice(0, colon).replaceAll(/[_-]/g, source.pairs!);
  const level = value.slice(colon + 1);
  return isYaml(source) ? `${key}: ${level}` : `${JSON.stringify(key)}: ${JSON.stringify(level)}`;
}

function isYaml({ file }: SourceList): boolean {
  return /\.(?:ya?ml|md)$/.test(file);
}

/** What YAML reads as this text without quotes, wherever it stands. */
function isPlain(value: string): boolean {
  return (
    /^[A-Za-z/][\w./:*-]*$/.test(value) &&
    !value.endsWith(":") &&
    !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(value)
  );
}

/** All changes of one list together; disjoint edits within its span. No edits if one of them cannot be done. */
export function changeList(source: SourceList, text: string, { remove = [], replace, add = [] }: ListEdit): Edit[] {
  const removed = [...new Set(remove)].sort((a, b) => b - a);
  const replacements = [...(replace ?? [])].filter(([index]) => !removed.includes(index));
  const edits: TextEdit[] = [];
  for (const [index, newText] of replacements) {
    const span = source.elements[index];
    if (!span) return [];
    edits.push({ span, newText });
  }
  const deletions = deleteAll(source, text, removed);
  if (!deletions) return [];
  edits.push(...deletions.map((span) => ({ span, newText: "" })));
  if (add.length === 0) return edits.map((edit) => ({ file: source.file, ...edit }));

  // Additions come first, while there still are neighbours to imitate.
  let extended = { source, text };
  for (const element of add) {
    const next = append(extended.source, extended.text, element);
    if (!next) return [];
    extended = next;
  }
  const rest = changeList(extended.source, extended.text, { remove: removed, replace: new Map(replacements) });
  const changed = applyEdits(extended.text, rest);
  const end = changed.length - (text.length - source.span.end);
  return smallestEdit(
    source.file,
    source.span.start,
    text.slice(source.span.start, source.span.end),
    changed.slice(source.span.start, end),
  );
}

/** Deletes one after the other, from the last, and returns what is gone of the original text. */
function deleteAll(source: SourceList, text: string, indexes: readonly number[]): Span[] | undefined {
  let gone: Span[] = [];
  let current = { source, text };
  for (const index of indexes) {
    const deletions = deletionsFor(current.source, current.text, index);
    if (!deletions) return undefined;
    gone = merge([...gone, ...deletions.map((span) => toOriginal(span, gone))]);
    current = without(current.source, current.text, index, deletions);
  }
  return gone;
}

function without(
  source: SourceList,
  text: string,
  index: number,
  deletions: readonly Span[],
): { source: SourceList; text: string } {
  const moved = ({ start, end }: Span): Span => ({
    start: start - lengthBefore(deletions, start),
    end: end - lengthBefore(deletions, end),
  });
  return {
    text: applyEdits(
      text,
      deletions.map((span) => ({ span, newText: "" })),
    ),
    source: { ...source, span: moved(source.span), elements: source.elements.toSpliced(index, 1).map(moved) },
  };
}

function append(source: SourceList, text: string, element: string): { source: SourceList; text: string } | undefined {
  const edits = additionTo(source, text, element);
  if (!edits) return undefined;
  const added = edits.at(-1)!;
  const grown = edits.reduce((sum, { span, newText }) => sum + newText.length - (span.end - span.start), 0);
  const before = grown - added.newText.length + (added.span.end - added.span.start);
  const start = added.span.start + before + added.newText.lastIndexOf(element);
  return {
    text: applyEdits(text, edits),
    source: {
      ...source,
      span: { start: source.span.start, end: source.span.end + grown },
      elements: [...source.elements, { start, end: start + element.length }],
    },
  };
}

function lengthBefore(spans: readonly Span[], offset: number): number {
  return spans.reduce((sum, { start, end }) => sum + Math.max(0, Math.min(end, offset) - start), 0);
}

/** Where a stretch of the text without `gone` stood in the original; what was gone within it included. */
function toOriginal(span: Span, gone: readonly Span[]): Span {
  const original = (offset: number): number =>
    gone.reduce((at, { start, end }) => (start <= at ? at + end - start : at), offset);
  return { start: original(span.start), end: original(span.end - 1) + 1 };
}

function merge(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of [...spans].filter(({ start, end }) => start < end).sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last && span.start <= last.end)
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    else merged.push(span);
  }
  return merged;
}
