import type { Position, Range } from "vscode-languageserver/node";
import type { Span } from "../../model/place.ts";
import { lineStartsOf, positionAt } from "../../model/place.ts";

/** Lines and characters count from 0 in the protocol, from 1 in reports. */
export function protocolPosition(lineStarts: readonly number[], offset: number): Position {
  const { line, column } = positionAt(lineStarts, offset);
  return { line: line - 1, character: column - 1 };
}

export function protocolRange(lineStarts: readonly number[], span: Span): Range {
  return { start: protocolPosition(lineStarts, span.start), end: protocolPosition(lineStarts, span.end) };
}

/** Offset of a position; what lies past the end of a line or of the text is its end, as the protocol has it. */
export function protocolOffset(text: string, lineStarts: readonly number[], { line, character }: Position): number {
  if (line < 0) return 0;
  const start = lineStarts[line];
  if (start === undefined) return text.length;
  let end = lineStarts[line + 1] ?? text.length;
  while (end > start && (text.charCodeAt(end - 1) === 10 || text.charCodeAt(end - 1) === 13)) end--;
  return Math.min(start + Math.max(character, 0), end);
}

export function protocolSpan(text: string, range: Range): Span {
  const starts = lineStartsOf(text);
  const start = protocolOffset(text, starts, range.start);
  return { start, end: Math.max(start, protocolOffset(text, starts, range.end)) };
}
