import { ts } from "ts-morph";
import type { Random } from "./random.ts";

/** A text with comments and blank lines between its tokens, where they mean nothing: the program is the same. */
export function withNoise(path: string, text: string, random: Random): string {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const inserts = tokensOf(source)
    .filter(({ pos }) => !speaksToRemit(lineAt(text, pos)))
    .flatMap((token) => {
      const noise = noiseBefore(token, random);
      return noise === "" ? [] : [{ at: token.pos, noise }];
    });
  return inserts.reduceRight((result, { at, noise }) => result.slice(0, at) + noise + result.slice(at), text);
}

interface Token {
  readonly pos: number;
  readonly isFirstOfLine: boolean;
}

/** Where a token begins and something may stand before it. */
function tokensOf(source: ts.SourceFile): Token[] {
  const tokens: Token[] = [];
  const visit = (node: ts.Node): void => {
    // Texts with holes, texts of JSX, and comments that say types, are one piece with what is in them.
    if (
      ts.isJSDoc(node) ||
      ts.isTemplateExpression(node) ||
      ts.isJsxElement(node) ||
      ts.isJsxSelfClosingElement(node) ||
      ts.isJsxFragment(node)
    )
      return;
    if (node.getChildCount(source) > 0) return node.getChildren(source).forEach(visit);
    const pos = node.getStart(source);
    if (node.kind === ts.SyntaxKind.EndOfFileToken || node.end === pos) return;
    tokens.push({ pos, isFirstOfLine: /(?:^|\n)[ \t]*$/.test(source.text.slice(0, pos)) });
  };
  source.getChildren(source).forEach(visit);
  return tokens;
}

function noiseBefore({ isFirstOfLine }: Token, random: Random): string {
  if (!isFirstOfLine) return random.below(8) === 0 ? "/* noise */ " : "";
  return random.of(["", "", "\n", "\n\n", "// noise\n", "/* noise\n   over lines */\n"]);
}

function lineAt(text: string, pos: number): string {
  const before = text.slice(0, pos).split("\n");
  const line = before.at(-1)! + text.slice(pos).split("\n")[0]!;
  return `${before.at(-2) ?? ""}\n${line}`;
}

/** A comment for Remit speaks of the line below it: nothing may come between. */
function speaksToRemit(lines: string): boolean {
  return /remit-|@purpose/.test(lines);
}
