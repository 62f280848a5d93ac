import { lineStartsOf, positionAt } from "../model/place.ts";
import type { Span } from "../model/place.ts";
import type { Colours } from "./colours.ts";
import { conceal } from "./conceal.ts";
import { visible } from "./visible.ts";

/** Longer lines (bundles, data) are cut around the span. */
const WIDEST = 120;
const TAB = "  ";

/** The line a span starts on, and carets under the span. `known`: literals of the file that are no secrets. */
export function codeFrame(text: string, span: Span, known: readonly Span[], colours: Colours): string[] {
  const starts = lineStartsOf(text);
  const { line } = positionAt(starts, span.start);
  const lineStart = starts[line - 1]!;
  const source = text.slice(lineStart, starts[line] ?? text.length).replace(/[\r\n]+$/, "");
  const inLine = [span, ...known].map(({ start, end }) => ({
    start: start - lineStart,
    end: end - lineStart,
  }));
  const whole = conceal(source, inLine);
  const from = span.start - lineStart;
  const to = Math.max(from, Math.min(span.end - lineStart, whole.length));

  const cut = whole.length > WIDEST ? Math.max(0, from - WIDEST / 4) : 0;
  const end =
    whole.length > WIDEST
      ? Math.min(whole.length, Math.max(cut + WIDEST, Math.min(to, cut + 2 * WIDEST)))
      : whole.length;
  const before = (cut > 0 ? "… " : "") + shown(whole.slice(cut, from));
  const marked = shown(whole.slice(from, Math.min(to, end)));
  const after = shown(whole.slice(Math.min(to, end), end)) + (end < whole.length ? " …" : "");

  const number = String(line);
  return [
    `${colours.red(">")} ${colours.dim(`${number} │`)} ${before}${marked}${after}`,
    `  ${colours.dim(`${" ".repeat(number.length)} │`)} ${" ".repeat(before.length)}${colours.red("^".repeat(Math.max(1, marked.length)))}`,
  ];
}

function shown(text: string): string {
  return visible(text.replaceAll("\t", TAB));
}
