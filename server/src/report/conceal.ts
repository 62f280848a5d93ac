import type { Span } from "../model/place.ts";

/** Shorter texts, and those with white space, are words and not secrets. */
const SHORTEST_SECRET = 8;

const LITERAL = /(["'`])((?:\\.|(?!\1)[^\\])*)(?:\1|$)/g;

/** What stands around the name of a field. */
const KEY_BEFORE = /(?:^|[{,])\s*$/;
const KEY_AFTER = /^\s*:/;

/**
 * A line of source without what might be a secret: the code around a permission may hold a client secret or a key, and
 * terminals end up in build logs. Every literal that has no white space is blotted out, unless it names a field or
 * is one of `known` (permissions, and what the finding is about). The line keeps its length.
 */
export function conceal(line: string, known: readonly Span[]): string {
  return line.replace(LITERAL, (literal: string, _quote: string, content: string, start: number) => {
    const end = start + literal.length;
    const isKnown = known.some((span) => span.start < end && span.end > start);
    const isKey = KEY_BEFORE.test(line.slice(0, start)) && KEY_AFTER.test(line.slice(end));
    if (isKnown || isKey || content.length < SHORTEST_SECRET || /\s/.test(content)) return literal;
    return literal[0]! + "•".repeat(content.length) + literal.slice(1 + content.length);
  });
}
