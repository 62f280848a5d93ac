import type { SourceList } from "../model/analysis.ts";
import type { Span } from "../model/place.ts";

/** What stands between two commas of a list, known to the analysis or not. */
export interface Item extends Span {
  /** Offset of the comma behind it. */
  readonly comma: number | undefined;
}

/** A list between brackets, taken apart. */
export interface ListLayout {
  /** Behind the opening bracket. */
  readonly open: number;
  /** Before the closing bracket. */
  readonly close: number;
  readonly items: readonly Item[];
  readonly comments: readonly Span[];
}

/** Takes the list apart again: the analysis tells where its elements are, the text what stands between them. */
export function scanList(source: SourceList, text: string): ListLayout | undefined {
  if (source.form === "lines") return scanLines(source, text);
  const open = source.span.start + 1;
  const close = source.span.end - 1;
  const brackets = text.charAt(open - 1) + text.charAt(close);
  if (open > close || !["[]", "()", "{}"].includes(brackets)) return undefined;

  const isHash = /\.(py|pyi|ya?ml|toml|md)$/.test(source.file);
  const known = new Map(source.elements.map((element) => [element.start, element.end]));
  const items: Item[] = [];
  const comments: Span[] = [];
  let item: { start: number; end: number } | undefined;
  for (let i = open; i < close;) {
    const commentEnd = endOfComment(text, i, isHash);
    if (commentEnd !== undefined) {
      comments.push({ start: i, end: Math.min(commentEnd, close) });
      i = commentEnd;
    } else if (text[i] === ",") {
      if (item) items.push({ ...item, comma: i });
      item = undefined;
      i++;
    } else if (/\s/.test(text[i]!)) {
      i++;
    } else {
      const end = known.get(i) ?? endOfToken(text, i, isHash);
      item = { start: item?.start ?? i, end };
      i = end;
    }
  }
  if (item) items.push({ ...item, comma: undefined });
  return { open, close, items, comments };
}

/** One element a line: what parts them is the end of the line, and what else stands there are comments. */
function scanLines({ elements }: SourceList, text: string): ListLayout | undefined {
  const items = elements.map(({ start, end }): Item => ({
    start: start - dashBefore(text, start),
    end,
    comma: undefined,
  }));
  const [first, last] = [items[0], items.at(-1)];
  if (!first || !last) return undefined;
  const open = belowKey(text, first.start);
  const newline = text.indexOf("\n", last.end);
  const close = newline < 0 ? text.length : newline + 1;
  const gaps = [open, ...items.map(({ end }) => end)].map((start, i) => ({ start, end: items[i]?.start ?? close }));
  const comments = gaps.flatMap(({ start, end }) =>
    [...text.slice(start, end).matchAll(/(?<!\S)#[^\r\n]*/g)].map((match) => ({
      start: start + match.index,
      end: start + match.index + match[0].length,
    })),
  );
  return { open, close, items, comments };
}

/** Where the comments and empty lines begin that stand above the first element. */
function belowKey(text: string, first: number): number {
  let start = text.lastIndexOf("\n", first - 1) + 1;
  while (start > 0) {
    const above = text.lastIndexOf("\n", start - 2) + 1;
    if (!/^\s*(?:#.*)?\s*$/.test(text.slice(above, start))) break;
    start = above;
  }
  return start;
}

/** Length of the dash and the spaces that make an element out of what follows. */
function dashBefore(text: string, start: number): number {
  return /-[^\S\n]*$/.exec(text.slice(text.lastIndexOf("\n", start - 1) + 1, start))?.[0].length ?? 0;
}

function endOfComment(text: string, start: number, isHash: boolean): number | undefined {
  if (isHash ? text[start] === "#" : text.startsWith("//", start)) {
    const end = text.slice(start).search(/\r?\n|\r/);
    return end < 0 ? text.length : start + end;
  }
  if (isHash || !text.startsWith("/*", start)) return undefined;
  const end = text.indexOf("*/", start + 2);
  return end < 0 ? text.length : end + 2;
}

const CLOSING: ReadonlyMap<string, string> = new Map([
  ["(", ")"],
  ["[", "]"],
  ["{", "}"],
]);

/** End of a string, of a bracketed stretch, or of a single character: enough to find the commas that part elements. */
function endOfToken(text: string, start: number, isHash: boolean): number {
  const first = text[start]!;
  if (first === '"' || first === "'" || first === "`") return endOfString(text, start, isHash);
  const closing = CLOSING.get(first);
  if (!closing) return start + 1;
  for (let i = start + 1; i < text.length;) {
    if (text[i] === closing) return i + 1;
    i = endOfComment(text, i, isHash) ?? endOfToken(text, i, isHash);
  }
  return text.length;
}

function endOfString(text: string, start: number, isHash: boolean): number {
  const first = text[start]!;
  const quote = isHash && text.startsWith(first.repeat(3), start) ? first.repeat(3) : first;
  for (let i = start + quote.length; i < text.length;) {
    if (text.startsWith(quote, i)) return i + quote.length;
    if (text[i] === "\\") i += 2;
    else if (quote === "`" && text.startsWith("${", i)) i = endOfToken(text, i + 1, isHash);
    else i++;
  }
  return text.length;
}
