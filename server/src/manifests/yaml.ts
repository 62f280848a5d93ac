import {
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  parseAllDocuments,
  Scalar,
  type Document,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import type { ManifestComment, ManifestNode, ManifestTree, MapEntry } from "./tree.ts";

/** Aliases lead to more aliases: from so many on a text is an attack, and they stand for nothing. */
const MOST_ALIASES = 100;

/** Reads YAML, one root a document. Tags nobody knows are kept by name. */
export function readYamlTree(text: string): ManifestTree {
  const lines = new LineCounter();
  const parsed = parseAllDocuments(text, { lineCounter: lines, uniqueKeys: false, logLevel: "silent" });
  const documents: Document[] = "empty" in parsed ? [] : [...parsed];
  const error = documents.flatMap(({ errors }) => errors)[0];
  const line = error && lines.linePos(error.pos[0]).line;
  return {
    roots: documents.flatMap((document) =>
      document.contents === null ? [] : [new Reader(document).node(document.contents)],
    ),
    comments: commentsOf(text),
    ...(error && { problem: `line ${line}: ${firstSentence(error.message)}` }),
  };
}

/** `Map keys must be unique at line 3, column 1:` and a picture of the place. */
function firstSentence(message: string): string {
  return message
    .split("\n")[0]!
    .replace(/ at line \d+, column \d+:?$/, "")
    .replace(/[:.]$/, "");
}

class Reader {
  readonly #document: Document;
  #aliases = 0;

  constructor(document: Document) {
    this.#document = document;
  }

  node(node: Node): ManifestNode {
    const [start = 0, end = start] = node.range ?? [];
    const span = { start, end };
    const tag = node.tag?.startsWith("!") ? { tag: node.tag } : {};
    if (isAlias(node)) {
      const target = ++this.#aliases > MOST_ALIASES ? undefined : node.resolve(this.#document);
      return target ? { ...this.node(target), span } : { kind: "scalar", span, value: null };
    }
    if (isMap(node)) {
      const entries = this.#entries(node);
      const flow = node.flow === true;
      return {
        kind: "map",
        ...tag,
        flow,
        entries,
        span: flow ? span : { start, end: entries.at(-1)?.span.end ?? end },
      };
    }
    if (isSeq(node)) {
      const items = (node as YAMLSeq<Node>).items.map((item) => this.#item(item));
      const flow = node.flow === true;
      return { kind: "list", ...tag, flow, items, span: flow ? span : { start, end: items.at(-1)?.span.end ?? end } };
    }
    if (!isScalar(node)) return { kind: "scalar", span, value: null };
    const block =
      node.type === Scalar.BLOCK_FOLDED || node.type === Scalar.BLOCK_LITERAL ? { block: true as const } : {};
    return { kind: "scalar", ...tag, ...block, span, value: valueOf(node.value) };
  }

  /** `- a: b` between brackets is a pair that stands alone. */
  #item(item: Node | Pair): ManifestNode {
    if (!isPair(item)) return this.node(item);
    const own = this.#entry(item as Pair<Node, Node | null>);
    return own
      ? { kind: "map", flow: true, span: own.span, entries: [own] }
      : { kind: "scalar", span: { start: 0, end: 0 }, value: null };
  }

  #entries(map: YAMLMap): MapEntry[] {
    return (map as YAMLMap<Node, Node | null>).items.flatMap((pair) => this.#entry(pair) ?? []);
  }

  #entry({ key, value }: Pair<Node, Node | null>): MapEntry | undefined {
    if (!isScalar(key) || !key.range) return undefined;
    const [start, end] = key.range;
    const node: ManifestNode = value ? this.node(value) : { kind: "scalar", span: { start: end, end }, value: null };
    return {
      key: String(key.value),
      keySpan: { start, end },
      value: node,
      span: { start, end: Math.max(end, node.span.end) },
    };
  }
}

function valueOf(value: unknown): string | number | boolean | null {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  return typeof value === "bigint" ? Number(value) : null;
}

/** Of the lexer, which stand for nothing in the text: where a document or a scalar begins, and where a flow breaks off. */
const SIGNS: ReadonlySet<string> = new Set(["\u0002", "\u001F", "\u0018"]);

function commentsOf(text: string): ManifestComment[] {
  if (!text.includes("#")) return [];
  const comments: ManifestComment[] = [];
  let offset = 0;
  for (const token of new Lexer().lex(text)) {
    if (SIGNS.has(token)) continue;
    if (token.startsWith("#")) comments.push({ start: offset, end: offset + token.length, text: token.slice(1) });
    offset += token.length;
  }
  return comments;
}
