import type { Span } from "../model/place.ts";

/** What manifests are written in, YAML or JSON, as one kind of tree that knows where everything stands. */
export type ManifestNode = MapNode | ListNode | ScalarNode;

interface Located {
  /** Without the comments around it; of a block in YAML from its first character to its last. */
  readonly span: Span;
  /** In YAML, `!Ref` and its kin; what a tag means is for the kind to know. */
  readonly tag?: string;
}

export interface MapNode extends Located {
  readonly kind: "map";
  readonly entries: readonly MapEntry[];
  /** Between braces; else, in YAML, one entry a line. */
  readonly flow: boolean;
}

export interface MapEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: ManifestNode;
  /** From the key to the end of the value. */
  readonly span: Span;
}

export interface ListNode extends Located {
  readonly kind: "list";
  readonly items: readonly ManifestNode[];
  /** Between brackets; else, in YAML, one item a line behind a dash. */
  readonly flow: boolean;
}

export interface ScalarNode extends Located {
  readonly kind: "scalar";
  readonly value: string | number | boolean | null;
  /** Several lines, as YAML writes them: offsets into the value are none into the text. */
  readonly block?: true;
}

export interface ManifestTree {
  /** One a document; a file of JSON is one. */
  readonly roots: readonly ManifestNode[];
  /** The first thing wrong with the text: `line 4: comma expected`. The rest is read all the same. */
  readonly problem?: string;
  readonly comments: readonly ManifestComment[];
}

export interface ManifestComment extends Span {
  /** Without the sign before it. */
  readonly text: string;
}

/** The value at a path of keys; undefined where there is none. */
export function at(node: ManifestNode | undefined, ...keys: readonly string[]): ManifestNode | undefined {
  let found = node;
  for (const key of keys) found = found?.kind === "map" ? entry(found, key)?.value : undefined;
  return found;
}

/** Of two entries of one name the last counts. */
export function entry(map: MapNode, key: string): MapEntry | undefined {
  return map.entries.findLast((one) => one.key === key);
}

export function mapAt(node: ManifestNode | undefined, ...keys: readonly string[]): MapNode | undefined {
  const found = at(node, ...keys);
  return found?.kind === "map" ? found : undefined;
}

export function listAt(node: ManifestNode | undefined, ...keys: readonly string[]): ListNode | undefined {
  const found = at(node, ...keys);
  return found?.kind === "list" ? found : undefined;
}

export function textAt(node: ManifestNode | undefined, ...keys: readonly string[]): string | undefined {
  const found = at(node, ...keys);
  return found?.kind === "scalar" && typeof found.value === "string" ? found.value : undefined;
}

/** The texts of a list, each with its index and node; what is no text is left out. */
export function textItems(
  list: ListNode,
): { readonly text: string; readonly index: number; readonly node: ScalarNode }[] {
  return list.items.flatMap((node, index) =>
    node.kind === "scalar" && typeof node.value === "string" ? [{ text: node.value, index, node }] : [],
  );
}
