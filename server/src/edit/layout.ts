import type { Span } from "../model/place.ts";
import type { Item, ListLayout } from "./scan.ts";

/**
 * What belongs to which item of a list: comments behind it on its line, block comments before it, and the comment lines
 * directly above it. A heading belongs to all items down to the next blank line or heading, so it goes with the last of them.
 */
export class ItemLayout {
  readonly text: string;
  readonly list: ListLayout;

  constructor(text: string, list: ListLayout) {
    this.text = text;
    this.list = list;
  }

  item(index: number): Item | undefined {
    return this.list.items[index];
  }

  /** Behind the item and its comma. */
  tail(item: Item): number {
    return item.comma === undefined ? item.end : item.comma + 1;
  }

  /** Before the item and the block comments that stand before it on its line. */
  lead(index: number): number {
    const previous = this.item(index - 1);
    const floor = previous ? this.tail(previous) : this.list.open;
    let lead = this.item(index)!.start;
    for (const comment of this.list.comments.toReversed()) {
      if (
        comment.start >= floor &&
        comment.end <= lead &&
        isBlank(this.text, comment.end, lead) &&
        !hasBreak(this.text, comment.end, lead)
      ) {
        lead = comment.start;
      }
    }
    return lead;
  }

  /** Before the comment lines that belong to the item alone, else `lead`. */
  begin(index: number): number {
    let begin = this.lead(index);
    for (const comment of this.list.comments.toReversed()) {
      if (comment.end > begin || !this.#isDirectlyAbove(comment, begin)) continue;
      if (isHeading(this.text.slice(comment.start, comment.end)) && this.#runContinues(index)) break;
      begin = comment.start;
    }
    return begin;
  }

  /** Behind the item, its comma and the comments that follow on its line, unless another item does. */
  finish(index: number, kinds: "all" | "blocks" = "all"): number {
    const comments = this.#trailing(index).filter(
      (comment) => kinds === "all" || this.text.startsWith("/*", comment.start),
    );
    return comments.at(-1)?.end ?? this.tail(this.item(index)!);
  }

  /** The item has its lines for itself. */
  isAlone(index: number): boolean {
    const item = this.item(index)!;
    return (
      startsLine(this.text, this.lead(index)) &&
      (item.comma === undefined || !hasBreak(this.text, item.end, item.comma)) &&
      endsLine(this.text, this.finish(index))
    );
  }

  /** Both brackets stand on lines of items. */
  isHanging(): boolean {
    const { open, close, items } = this.list;
    return !hasBreak(this.text, open, this.lead(0)) && !hasBreak(this.text, this.tail(items.at(-1)!), close);
  }

  /** Nothing but other items and spaces between two neighbours: they share a line. */
  sharesLine(index: number, next: number): boolean {
    const [first, second] = [this.item(index), this.item(next)];
    return first !== undefined && second !== undefined && !hasBreak(this.text, this.tail(first), this.lead(next));
  }

  #trailing(index: number): Span[] {
    const next = this.item(index + 1);
    const found: Span[] = [];
    let end = this.tail(this.item(index)!);
    for (const comment of this.list.comments) {
      if (comment.start < end || (next && comment.start > next.start)) continue;
      if (!isBlank(this.text, end, comment.start) || hasBreak(this.text, end, comment.start)) break;
      found.push(comment);
      end = comment.end;
    }
    return next && !hasBreak(this.text, end, next.start) ? [] : found;
  }

  #isDirectlyAbove(comment: Span, offset: number): boolean {
    return (
      startsLine(this.text, offset) &&
      startsLine(this.text, comment.start) &&
      isBlank(this.text, comment.end, offset) &&
      breaks(this.text, comment.end, offset) === 1
    );
  }

  /** Neither a blank line nor another heading parts the item from the next one. */
  #runContinues(index: number): boolean {
    const next = this.item(index + 1);
    if (!next) return false;
    const between = { start: this.finish(index), end: next.start };
    if (/\n[^\S\n]*\n/.test(this.text.slice(between.start, between.end))) return false;
    return !this.list.comments.some(
      ({ start, end }) => start >= between.start && end <= between.end && isHeading(this.text.slice(start, end)),
    );
  }
}

/** Titles and rules: `// --- Drive ---`, `// Calendar:`, `// Google Drive`. What says more is about the next item. */
function isHeading(comment: string): boolean {
  const words = comment
    .replace(/^(\/\/|\/\*+|#)/, "")
    .replace(/\*\/$/, "")
    .trim();
  return (
    /[-=*#~_─━═]{3}/.test(words) ||
    words.endsWith(":") ||
    /^#?(region|endregion)\b/.test(words) ||
    /^\p{Lu}\S*( \S+)?$/u.test(words)
  );
}

export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

/** Offset of the next line, or the end of the text. */
export function nextLine(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  return end < 0 ? text.length : end + 1;
}

export function startsLine(text: string, offset: number): boolean {
  return isBlank(text, lineStart(text, offset), offset);
}

function endsLine(text: string, offset: number): boolean {
  return isBlank(text, offset, nextLine(text, offset));
}

export function isBlank(text: string, start: number, end: number): boolean {
  return text.slice(start, end).trim() === "";
}

function breaks(text: string, start: number, end: number): number {
  return text.slice(start, end).split("\n").length - 1;
}

function hasBreak(text: string, start: number, end: number): boolean {
  return text.slice(start, end).includes("\n");
}
