import type { SourceList } from "../../server/src/model/analysis.ts";

/** The first list of a text, with its string literals as elements; `words` takes the first string literal apart instead. */
export function listIn(text: string, form: SourceList["form"] = "array", file = "a.ts"): SourceList {
  const source = form === "array" ? /\[[^]*\]/.exec(text)! : /(['"`])[^]*?\1/.exec(text)!;
  const span = { start: source.index, end: source.index + source[0].length };
  const inner = form === "array" ? withoutComments(source[0]) : ` ${source[0].slice(1, -1)} `;
  const pattern = form === "array" ? /'[^']*'|"[^"]*"/g : form === "words" ? /[^\s,]+/g : /\S.*\S/g;
  const elements = [...inner.matchAll(pattern)].map(({ index, 0: found }) => ({
    start: span.start + index,
    end: span.start + index + found.length,
  }));
  return form === "single" ? { file, form, span, elements: [span] } : { file, form, span, elements };
}

/** Comments as spaces, so that a quote within one is no element. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[^]*?\*\/|\/\/.*|#.*/g, (comment) => " ".repeat(comment.length));
}
