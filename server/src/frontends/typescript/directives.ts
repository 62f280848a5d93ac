import { ts } from "ts-morph";
import type { Directive, SummaryPositions } from "../../model/summary.ts";
import { parseDirective } from "../building/directive.ts";
import { lineStartsOf, positionAt } from "../../model/place.ts";
import {
  SyntaxKind,
  forEachChild,
  getLeadingCommentRanges,
  isIdentifier,
  isJsxText,
  isLiteralExpression,
  isTemplateLiteralToken,
} from "./syntax.ts";

type DirectivePosition = SummaryPositions["directives"][number];

/** `// remit-ignore rule-a, rule-b -- reason` and its kin, in real comments only. */
export function readDirectives(source: ts.SourceFile): { directives: Directive[]; positions: DirectivePosition[] } {
  const directives: Directive[] = [];
  const positions: DirectivePosition[] = [];
  const { text } = source;
  let lineStarts: number[] | undefined;
  for (let at = text.indexOf("remit-"); at >= 0; at = text.indexOf("remit-", at + 6)) {
    const comment = commentAt(source, at);
    if (!comment) continue;
    const directive = parseDirective(contentOf(text, comment));
    if (directive) {
      lineStarts ??= lineStartsOf(text);
      directives.push(directive);
      positions.push({ ...comment, ...linesOf(text, lineStarts, directive, comment) });
    }
    at = Math.max(at, comment.end - 6);
  }
  return { directives, positions };
}

interface Comment {
  readonly start: number;
  readonly end: number;
}

/** The comment that holds an offset, if one does. Comments lie between the tokens: strings, templates, regular expressions and JSX text are leaves of the tree. */
function commentAt(source: ts.SourceFile, offset: number): Comment | undefined {
  let node: ts.Node = source;
  for (let inner: ts.Node | undefined = source; inner;) {
    node = inner;
    inner = forEachChild(inner, (child) =>
      child.pos <= offset && offset < Math.max(child.end, child.kind === SyntaxKind.EndOfFileToken ? source.end + 1 : 0)
        ? child
        : undefined,
    );
  }
  if (isJsxText(node)) return undefined;
  let from = node.pos;
  if (offset >= node.getStart(source)) {
    if (isLiteralExpression(node) || isTemplateLiteralToken(node) || isIdentifier(node)) return undefined;
    forEachChild(node, (child) => {
      if (child.end <= offset && child.end > from) from = child.end;
    });
    if (from === node.pos) from = node.getStart(source);
  }
  return scanTo(source, from, offset);
}

/** Reads tokens from `from`, which hold no text of their own, until the comment at `offset`. */
function scanTo(source: ts.SourceFile, from: number, offset: number): Comment | undefined {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, false, source.languageVariant, source.text, undefined, from);
  for (;;) {
    const token = scanner.scan();
    const [start, end] = [scanner.getTokenStart(), scanner.getTokenEnd()];
    if (token === SyntaxKind.EndOfFileToken || start > offset) return undefined;
    if (offset >= end) continue;
    const isComment = token === SyntaxKind.SingleLineCommentTrivia || token === SyntaxKind.MultiLineCommentTrivia;
    return isComment ? { start, end } : undefined;
  }
}

function contentOf(text: string, comment: Comment): string {
  const body = text.slice(comment.start + 2, comment.end);
  return text.charCodeAt(comment.start + 1) === 42 ? body.replace(/\*\/$/, "") : body;
}

/** A comment after code speaks of its own line, one on a line of its own of the next line of code. */
function linesOf(
  text: string,
  lineStarts: readonly number[],
  directive: Directive,
  comment: Comment,
): { firstLine: number; lastLine: number } {
  if (directive.kind === "ignore-file") return { firstLine: 1, lastLine: lineStarts.length };
  const own = positionAt(lineStarts, comment.start).line;
  const line = isAlone(text, lineStarts[own - 1]!, comment)
    ? positionAt(lineStarts, nextCode(text, comment)).line
    : own;
  return { firstLine: line, lastLine: line };
}

/** Nothing but blanks and other comments before it on its line; `{` of a JSX comment does not count. */
function isAlone(text: string, lineStart: number, comment: Comment): boolean {
  const before = text
    .slice(lineStart, comment.start)
    .replace(/\/\*.*?\*\//g, "")
    .trim();
  if (before === "{") return /^\s*\}\s*(?:[\r\n]|$)/.test(text.slice(comment.end));
  if (before !== "") return false;
  const after = text
    .slice(comment.end)
    .match(/^[^\r\n]*/)![0]
    .replace(/\/\*.*?\*\//g, "")
    .trim();
  return after === "" || after.startsWith("//");
}

/** Offset of the first character after the comment that is neither blank nor comment. */
function nextCode(text: string, comment: Comment): number {
  let at = skipTrivia(text, comment.end);
  const jsx = /^\s*\}/.exec(text.slice(comment.end, comment.end + 200));
  if (jsx && isInBraces(text, comment)) {
    at = skipTrivia(text, comment.end + jsx[0].length);
    for (
      let more = /^\{\s*\/\*[\s\S]*?\*\/\s*\}/.exec(text.slice(at));
      more;
      more = /^\{\s*\/\*[\s\S]*?\*\/\s*\}/.exec(text.slice(at))
    ) {
      at = skipTrivia(text, at + more[0].length);
    }
  }
  return at >= text.length ? comment.start : at;
}

function isInBraces(text: string, comment: Comment): boolean {
  return /\{\s*$/.test(text.slice(Math.max(0, comment.start - 200), comment.start));
}

function skipTrivia(text: string, from: number): number {
  let at = from;
  for (;;) {
    while (at < text.length && /\s/.test(text[at]!)) at++;
    const comments = getLeadingCommentRanges(text, at) ?? [];
    const last = comments[comments.length - 1];
    if (!last) return at;
    at = last.end;
  }
}
