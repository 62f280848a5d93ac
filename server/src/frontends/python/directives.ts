import { lineStartsOf, positionAt } from "../../model/place.ts";
import type { Directive, SummaryPositions } from "../../model/summary.ts";
import { parseDirective } from "../building/directive.ts";

interface Comment {
  readonly start: number;
  readonly end: number;
}

/** `# remit-ignore rule -- reason` and its kin. */
export function readDirectives(
  text: string,
  comments: readonly Comment[],
): { directives: Directive[]; positions: SummaryPositions["directives"] } {
  const starts = lineStartsOf(text);
  const found = comments.flatMap((comment) => {
    const directive = parseDirective(text.slice(comment.start + 1, comment.end));
    return directive ? [{ directive, position: { ...comment, ...linesOf(text, starts, directive, comment) } }] : [];
  });
  return { directives: found.map((f) => f.directive), positions: found.map((f) => f.position) };
}

/** A comment after code speaks of its own line, one on a line of its own of the next line of code. */
function linesOf(
  text: string,
  starts: readonly number[],
  directive: Directive,
  comment: Comment,
): { firstLine: number; lastLine: number } {
  if (directive.kind === "ignore-file") return { firstLine: 1, lastLine: starts.length };
  const own = positionAt(starts, comment.start).line;
  const isAlone = text.slice(starts[own - 1], comment.start).trim() === "";
  const next = isAlone ? nextCode(text, comment.end) : undefined;
  const line = next === undefined ? own : positionAt(starts, next).line;
  return { firstLine: line, lastLine: line };
}

function nextCode(text: string, from: number): number | undefined {
  const found = /[^\s#]|#[^\n]*/g;
  found.lastIndex = from;
  for (let match = found.exec(text); match; match = found.exec(text)) if (!match[0].startsWith("#")) return match.index;
  return undefined;
}
