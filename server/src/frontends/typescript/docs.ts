import type { ts } from "ts-morph";
import type { Doc } from "../../model/summary.ts";
import type { Walker } from "./walker.ts";
import { getLeadingCommentRanges } from "./syntax.ts";

/** The doc comment that stands before a declaration. */
export function docOf(w: Walker, node: ts.Node): Doc | undefined {
  const start = w.startOf(node);
  if (start - node.pos < 7) return undefined;
  const comment = getLeadingCommentRanges(w.text, node.pos)?.findLast((range) => isDoc(w.text, range));
  return comment && parseDoc(w.text.slice(comment.pos + 3, comment.end - 2));
}

function isDoc(text: string, range: ts.CommentRange): boolean {
  return range.end - range.pos > 4 && text.startsWith("/**", range.pos);
}

function parseDoc(body: string): Doc | undefined {
  const lines = body.split(/\r\n|\r|\n/).map((line) => line.replace(/^\s*\*?/, "").trim());
  const firstTag = lines.findIndex((line) => line.startsWith("@"));
  const summary = paragraph(lines.slice(0, firstTag < 0 ? lines.length : firstTag));
  const at = lines.findIndex((line) => /^@purpose\b/.test(line));
  const purpose = at < 0 ? "" : paragraph([lines[at]!.slice("@purpose".length), ...untilTag(lines.slice(at + 1))]);
  if (summary === "" && purpose === "") return undefined;
  return { ...(purpose !== "" && { purpose }), ...(summary !== "" && { summary }) };
}

/** The first lines that are not blank, as one. */
function paragraph(lines: readonly string[]): string {
  const from = lines.findIndex((line) => line.trim() !== "");
  if (from < 0) return "";
  const to = lines.findIndex((line, i) => i > from && line.trim() === "");
  return lines
    .slice(from, to < 0 ? lines.length : to)
    .map((line) => line.trim())
    .join(" ");
}

function untilTag(lines: readonly string[]): readonly string[] {
  const to = lines.findIndex((line) => line.startsWith("@"));
  return to < 0 ? lines : lines.slice(0, to);
}
