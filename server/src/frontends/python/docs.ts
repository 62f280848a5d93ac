import type { Doc } from "../../model/summary.ts";
import { plainText } from "./strings.ts";
import type { Syntax } from "./syntax.ts";
import { namedChildren } from "./syntax.ts";
import type { Walker } from "./walker.ts";

/** The docstring of a module, class or function, by its body. */
export function docOf(w: Walker, body: Syntax | undefined): Doc | undefined {
  const [first] = body ? namedChildren(body) : [];
  const [inner] = first?.type === "expression_statement" ? namedChildren(first) : [];
  const text = inner && plainText(w, inner);
  return text === undefined ? undefined : parseDoc(text);
}

function parseDoc(text: string): Doc | undefined {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.trim());
  const at = lines.findIndex((line) => /^@purpose\b/.test(line));
  const purpose = at < 0 ? "" : paragraph([lines[at]!.slice("@purpose".length), ...lines.slice(at + 1)]);
  const summary = paragraph(at < 0 ? lines : lines.slice(0, at));
  if (summary === "" && purpose === "") return undefined;
  return { ...(purpose !== "" && { purpose }), ...(summary !== "" && { summary }) };
}

/** The first lines that are not blank, as one. */
function paragraph(lines: readonly string[]): string {
  const from = lines.findIndex((line) => line !== "");
  if (from < 0) return "";
  const to = lines.findIndex((line, i) => i > from && line === "");
  return lines
    .slice(from, to < 0 ? lines.length : to)
    .join(" ")
    .trim();
}
