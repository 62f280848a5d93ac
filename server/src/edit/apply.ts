import type { Edit } from "../model/finding.ts";
import type { Span } from "../model/place.ts";

/** A replacement in a text that is known from elsewhere. */
export interface TextEdit {
  readonly span: Span;
  readonly newText: string;
}

/** The text after all edits; they must not overlap. Of several at one offset, insertions come first. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = "";
  let done = 0;
  for (const { span, newText } of sortEdits(edits)) {
    if (span.start < done || span.end < span.start || span.end > text.length) {
      throw new RangeError(`edit of ${span.start}–${span.end} overlaps another one or lies outside the text`);
    }
    result += text.slice(done, span.start) + newText;
    done = span.end;
  }
  return result + text.slice(done);
}

/** By place; an insertion before a replacement that starts where it stands. */
export function sortEdits<E extends TextEdit>(edits: readonly E[]): E[] {
  return [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

/** The smallest single edit that turns `before`, which starts at `offset` of the file, into `after`; none if they are equal. */
export function smallestEdit(file: string, offset: number, before: string, after: string): Edit[] {
  if (before === after) return [];
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const span = { start: offset + head, end: offset + before.length - tail };
  return [{ file, span, newText: after.slice(head, after.length - tail) }];
}
