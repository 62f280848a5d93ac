import type { SourceList } from "../model/analysis.ts";
import type { Span } from "../model/place.ts";
import { isBlank, ItemLayout, lineStart, nextLine } from "./layout.ts";
import { scanList } from "./scan.ts";

/**
 * What to delete so that one element goes, in order; undefined where it cannot be taken out. Deletions only: what stays, stays
 * as it was written.
 */
export function deletionsFor(source: SourceList, text: string, index: number): Span[] | undefined {
  const element = source.elements[index];
  if (!element || source.form === "single" || (source.keepsOne && source.elements.length === 1)) return undefined;
  return source.form === "words" ? deleteWord(source, index) : deleteItem(source, text, element);
}

/** A word goes with the separator behind it, the last with the one before. */
function deleteWord({ elements }: SourceList, index: number): Span[] {
  const { start, end } = elements[index]!;
  const next = elements[index + 1];
  const previous = elements[index - 1];
  if (next) return [{ start, end: next.start }];
  return [{ start: previous ? previous.end : start, end }];
}

function deleteItem(source: SourceList, text: string, element: Span): Span[] | undefined {
  const list = scanList(source, text);
  const index = list?.items.findIndex((item) => item.start <= element.start && element.end <= item.end) ?? -1;
  if (!list || index < 0) return undefined;
  const layout = new ItemLayout(text, list);
  // Without its last line nothing would be left of such a list; and what shares its line with something else is none.
  if (source.form === "lines")
    return list.items.length > 1 && layout.isAlone(index) ? deleteLines(layout, index) : undefined;
  if (
    list.items.length === 1 &&
    isBlank(text, list.open, layout.begin(0)) &&
    isBlank(text, layout.finish(0), list.close)
  ) {
    return [{ start: list.open, end: list.close }];
  }
  return layout.isAlone(index) ? deleteLines(layout, index) : deleteInLine(layout, index);
}

/** The item's lines, with the comments above; and the comma before, if it was the last and none follows it. */
function deleteLines(layout: ItemLayout, index: number): Span[] {
  const { text, list } = layout;
  let start = lineStart(text, layout.begin(index));
  let end = nextLine(text, layout.finish(index));
  const isFirst = isBlank(text, list.open, start);
  const isBlankAbove = start > nextLine(text, list.open) && isBlank(text, lineStart(text, start - 1), start);
  const isBlankBelow = end < list.close && isBlank(text, end, nextLine(text, end));
  if (isBlankBelow && (isBlankAbove || isFirst)) {
    while (end < list.close && isBlank(text, end, nextLine(text, end))) end = nextLine(text, end);
  } else if (isBlankAbove && isBlank(text, end, list.close)) {
    while (start > nextLine(text, list.open) && isBlank(text, lineStart(text, start - 1), start))
      start = lineStart(text, start - 1);
  }
  return [...danglingComma(layout, index), { start, end }];
}

/** The item shares its line with others or with a bracket. */
function deleteInLine(layout: ItemLayout, index: number): Span[] {
  const { text } = layout;
  const item = layout.item(index)!;
  const previous = layout.item(index - 1);
  const next = layout.item(index + 1);
  const comma = danglingComma(layout, index);

  if (previous && layout.sharesLine(index - 1, index)) {
    const end = layout.finish(index, "blocks");
    // Without a comma behind, the one before goes, with the line break that comma-first style puts before it.
    const isCommaFree = comma.length > 0 && isBlank(text, previous.end, previous.comma!);
    return [...(isCommaFree ? [] : comma), { start: isCommaFree ? previous.end : layout.tail(previous), end }];
  }
  if (next && layout.sharesLine(index, index + 1)) return [{ start: layout.lead(index), end: layout.lead(index + 1) }];

  const begin = layout.begin(index);
  const finish = layout.finish(index);
  if (next) {
    // In a list that hangs from its bracket the next one moves up, unless a comment or blank line stands between.
    const lead = layout.lead(index + 1);
    const gap = text.slice(finish, lead);
    const isUp = layout.isHanging() && gap.trim() === "" && gap.split("\n").length === 2;
    if (isUp) return [{ start: begin, end: lead }];
    const blankLines = previous ? "" : /^(?:[^\S\n]*\n)*(?=[^\S\n]*\r?\n)/.exec(gap)![0];
    return [{ start: begin, end: finish + blankLines.length }];
  }
  if (previous && isBlank(text, layout.tail(previous), begin))
    return [...comma, { start: layout.tail(previous), end: finish }];
  return [...comma, { start: begin, end: item.comma === undefined ? finish : Math.max(finish, item.comma + 1) }];
}

/** The comma that would be left at the end of a list that was written without one. */
function danglingComma(layout: ItemLayout, index: number): Span[] {
  const isLast = index === layout.list.items.length - 1;
  const previous = layout.item(index - 1);
  if (!isLast || layout.item(index)!.comma !== undefined || previous?.comma === undefined) return [];
  return [{ start: previous.comma, end: previous.comma + 1 }];
}
