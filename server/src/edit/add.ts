import type { SourceList } from "../model/analysis.ts";
import { ItemLayout, lineStart, startsLine } from "./layout.ts";
import type { TextEdit } from "./apply.ts";
import { scanList } from "./scan.ts";

/** Puts an element behind the last one, in the manner of its neighbours; undefined where the text takes none. */
export function additionTo(source: SourceList, text: string, element: string): TextEdit[] | undefined {
  if (source.form === "single") return undefined;
  if (source.form === "words") return addWord(source, text, element);
  return source.form === "lines" ? addLine(source, text, element) : addItem(source, text, element);
}

/** A line behind the last, with what stands before its element. */
function addLine(source: SourceList, text: string, element: string): TextEdit[] | undefined {
  const list = scanList(source, text);
  const last = source.elements.at(-1);
  if (!list || !last) return undefined;
  const prefix = text.slice(lineStart(text, last.start), last.start);
  if (!/^\s*(?:-\s+)?$/.test(prefix)) return undefined;
  const end = new ItemLayout(text, list).finish(list.items.length - 1);
  return [insertion(end, (text.includes("\r\n") ? "\r\n" : "\n") + prefix + element)];
}

function addWord({ elements, span }: SourceList, text: string, word: string): TextEdit[] {
  const last = elements.at(-1);
  if (!last) return [insertion(/["'`]/.test(text.charAt(span.end - 1)) ? span.end - 1 : span.end, word)];
  const previous = elements.at(-2);
  const separator = previous ? text.slice(previous.end, last.start) : " ";
  return [insertion(last.end, separator + word)];
}

function addItem(source: SourceList, text: string, element: string): TextEdit[] | undefined {
  const list = scanList(source, text);
  if (!list) return undefined;
  const layout = new ItemLayout(text, list);
  const count = list.items.length;
  const last = list.items.at(-1);
  if (!last) return [addFirst(text, list.open, list.close, element)];

  const lineBreak = /\r?\n/.exec(text.slice(source.span.start, source.span.end))?.[0] ?? "\n";
  const lead = layout.lead(count - 1);
  const comma = layout.item(count - 2)?.comma;
  if (comma !== undefined && startsLine(text, comma)) {
    return [insertion(layout.finish(count - 1), lineBreak + text.slice(lineStart(text, comma), lead) + element)];
  }
  if (startsLine(text, lead)) {
    const line = lineBreak + text.slice(lineStart(text, lead), lead) + element;
    const end = layout.finish(count - 1);
    if (last.comma !== undefined) return [insertion(end, `${line},`)];
    return end === last.end ? [insertion(end, `,${line}`)] : [insertion(last.end, ","), insertion(end, line)];
  }
  const gap = layout.sharesLine(count - 2, count - 1) ? text.slice(layout.tail(layout.item(count - 2)!), lead) : " ";
  return [
    last.comma === undefined
      ? insertion(last.end, `,${gap}${element}`)
      : insertion(layout.tail(last), `${gap}${element},`),
  ];
}

/** Into an empty list, which may hold comments. */
function addFirst(text: string, open: number, close: number, element: string): TextEdit {
  const inside = text.slice(open, close);
  if (!inside.includes("\n"))
    return inside.trim() === ""
      ? { span: { start: open, end: close }, newText: element }
      : insertion(close, ` ${element}`);
  const lineBreak = inside.includes("\r\n") ? "\r\n" : "\n";
  const start = lineStart(text, close);
  if (!startsLine(text, close)) return insertion(close, element);
  const indent = text.slice(start, close);
  return insertion(start, `${indent}${indent.includes("\t") ? "\t" : "  "}${element},${lineBreak}`);
}

function insertion(offset: number, newText: string): TextEdit {
  return { span: { start: offset, end: offset }, newText };
}
