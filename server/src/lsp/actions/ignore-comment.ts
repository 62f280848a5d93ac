import { lineStartsOf, positionAt } from "../../model/place.ts";

/** A comment line that answers for a finding, to be completed with a reason. */
export interface IgnoreComment {
  /** Start of the line the finding is on. */
  readonly offset: number;
  /** Indentation, and the comment up to the reason. */
  readonly before: string;
  /** The line break, as the file has them. */
  readonly after: string;
}

/** Undefined where the language has no such comments, or where a new line would become part of a literal. */
export function ignoreComment(file: string, text: string, offset: number, ruleId: string): IgnoreComment | undefined {
  if (!/\.(?:[cm]?[jt]sx?|gs)$/.test(file)) return undefined;
  const starts = lineStartsOf(text);
  const start = starts[positionAt(starts, offset).line - 1]!;
  if (!isBetweenTokens(text, start)) return undefined;
  const indentation = /^[^\S\r\n]*/.exec(text.slice(start))![0];
  return {
    offset: start,
    before: `${indentation}// remit-ignore ${ruleId} -- `,
    after: text.includes("\r\n") ? "\r\n" : "\n",
  };
}

/** Comments, literals and, after what cannot end an expression, regular expressions; a template is left open where code stands in it. */
const TOKEN =
  /\/\/[^\r\n]*|\/\*[^]*?(?:\*\/|$)|"(?:\\[^]|[^"\\\r\n])*"?|'(?:\\[^]|[^'\\\r\n])*'?|(?<=(?:^|[(,=:[!&|?{};+\-*%<>~^]|\breturn|\btypeof)\s*)\/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\r\n])*\]|[^/\\\r\n[])+\/|[`{}]/gm;

/** Whether an offset, the start of a line, is in code rather than inside a template or a comment. */
function isBetweenTokens(text: string, offset: number): boolean {
  /** Open braces and templates, outermost first. */
  const open: ("{" | "`" | "${")[] = [];
  let at = 0;
  while (at < offset) {
    if (open.at(-1) === "`") {
      const next = endOfTemplatePart(text, at);
      if (next > offset) return false;
      if (text[next - 1] === "`") open.pop();
      else open.push("${");
      at = next;
      continue;
    }
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text);
    if (!token || token.index >= offset) return true;
    at = token.index + token[0].length;
    if (token[0] === "`") open.push("`");
    else if (token[0] === "{") open.push("{");
    else if (token[0] === "}") open.pop();
    else if (at > offset) return false;
  }
  return open.at(-1) !== "`";
}

/** Behind the end of a template or the next `${` in it; past the text where it is never closed. */
function endOfTemplatePart(text: string, start: number): number {
  for (let i = start; i < text.length; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === "`") return i + 1;
    else if (text[i] === "$" && text[i + 1] === "{") return i + 2;
  }
  return text.length + 1;
}
