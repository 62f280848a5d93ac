import { isMap, isSeq, parseDocument, type Document, type Node, type ParsedNode } from "yaml";

/** An entry of `lint.ignore`. The path is relative to the file the entry goes into. */
export interface NewIgnoreEntry {
  readonly path: string;
  readonly rule: string;
  readonly permission: string | null;
  readonly reason: string;
}

/**
 * The text of a `remit.yaml` with one more entry in `lint.ignore`. Everything else stays as it is written; only lists in
 * brackets are laid out anew. Undefined where the text is no table of settings.
 */
export function withIgnoreEntry(text: string, entry: NewIgnoreEntry): string | undefined {
  const document = parseDocument(text);
  if (document.errors.length > 0) return undefined;
  const { contents } = document;
  const end = text.includes("\r\n") ? "\r\n" : "\n";
  const closed = text === "" || text.endsWith("\n") ? text : text + end;
  if (contents === null) return `${closed}lint:${end}  ignore:${end}${lines(entry, "    ", end)}`;
  if (!isMap(contents) || contents.flow) return isMap(contents) ? laidOutAnew(document, entry) : undefined;

  const lint = valueOf(contents, "lint");
  if (lint === undefined) return `${closed}lint:${end}  ignore:${end}${lines(entry, "    ", end)}`;
  if (!isMap(lint) || lint.flow) return laidOutAnew(document, entry);
  const ignore = valueOf(lint, "ignore");
  if (ignore === undefined) {
    const indent = indentationAt(text, startOf(lint));
    return inserted(text, startOf(lint), `${indent}ignore:${end}${lines(entry, `${indent}  `, end)}`);
  }
  if (!isSeq(ignore) || ignore.flow || ignore.items.length === 0) return laidOutAnew(document, entry);
  return inserted(text, startOf(ignore), lines(entry, indentationAt(text, startOf(ignore)), end));
}

/** `undefined` where the key is missing. */
function valueOf(map: Node, key: string): Node | null | undefined {
  return isMap<ParsedNode, Node | null>(map) ? map.items.find((pair) => String(pair.key) === key)?.value : undefined;
}

function startOf(node: Node): number {
  return node.range![0];
}

function indentationAt(text: string, offset: number): string {
  return /^[ ]*/.exec(text.slice(lineStart(text, offset)))![0];
}

function inserted(text: string, offset: number, what: string): string {
  const at = lineStart(text, offset);
  return text.slice(0, at) + what + text.slice(at);
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

function lines({ path, rule, permission, reason }: NewIgnoreEntry, indent: string, end: string): string {
  const said = { path, rule, ...(permission !== null && { permission }), reason };
  return Object.entries(said)
    .map(([key, value], i) => `${indent}${i === 0 ? "- " : "  "}${key}: ${scalar(value)}${end}`)
    .join("");
}

/** As it is where YAML reads the same text back, in quotes elsewhere. */
function scalar(value: string): string {
  return /^[A-Za-z./][\w ./:()-]*$/.test(value) && !/:(?: |$)| $|^(?:true|false|null|yes|no|on|off)$/i.test(value)
    ? value
    : JSON.stringify(value);
}

function laidOutAnew(document: Document, { permission, ...entry }: NewIgnoreEntry): string {
  const { path, rule, reason } = entry;
  const value = { path, rule, ...(permission !== null && { permission }), reason };
  const list = document.getIn(["lint", "ignore"]);
  if (isSeq(list)) {
    list.flow = false;
    list.items.unshift(document.createNode(value));
  } else {
    if (!isMap(document.get("lint"))) document.set("lint", document.createNode({}));
    document.setIn(["lint", "ignore"], [value]);
  }
  return document.toString({ lineWidth: 0 });
}
