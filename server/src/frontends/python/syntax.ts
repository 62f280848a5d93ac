import type { TreeCursor } from "@vscode/tree-sitter-wasm";

/** A node of the concrete syntax, as plain data: the parser's own nodes live in WebAssembly, and asking them is slow. */
export interface Syntax {
  readonly type: string;
  /** Offsets in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
  /** False for keywords and punctuation. */
  readonly named: boolean;
  /** What it is to its parent: `left`, `body`, … */
  readonly field: string | undefined;
  readonly children: readonly Syntax[];
  /** Of leaves; empty for all others. */
  readonly text: string;
}

/** Copies the tree under a cursor. Comments are left out; whoever needs them reads them apart. */
export function copyTree(cursor: TreeCursor, source: string): Syntax {
  const read = (): Growing => ({
    type: cursor.nodeType,
    start: cursor.startIndex,
    end: cursor.endIndex,
    named: cursor.nodeIsNamed,
    field: cursor.currentFieldName ?? undefined,
    children: [],
    text: "",
  });
  const root = read();
  /** The node the cursor is at, last, and those around it. */
  const path = [root];
  for (;;) {
    if (cursor.gotoFirstChild()) {
      path.push(attach(path.at(-1)!, read()));
      continue;
    }
    const leaf = path.at(-1)!;
    leaf.text = source.slice(leaf.start, leaf.end);
    while (!cursor.gotoNextSibling()) {
      path.pop();
      if (path.length === 0 || !cursor.gotoParent()) return root;
    }
    path.pop();
    path.push(attach(path.at(-1)!, read()));
  }
}

type Growing = { -readonly [K in keyof Syntax]: Syntax[K] } & { children: Syntax[] };

function attach<T extends Syntax>(parent: { children: Syntax[] }, child: T): T {
  if (child.type !== "comment" && child.type !== "line_continuation") parent.children.push(child);
  return child;
}

export function childOf(node: Syntax, field: string): Syntax | undefined {
  return node.children.find((child) => child.field === field);
}

export function childrenOf(node: Syntax, field: string): Syntax[] {
  return node.children.filter((child) => child.field === field);
}

export function namedChildren(node: Syntax): Syntax[] {
  return node.children.filter((child) => child.named);
}

export function firstOfType(node: Syntax, type: string): Syntax | undefined {
  return node.children.find((child) => child.type === type);
}

export function hasToken(node: Syntax, token: string): boolean {
  return node.children.some((child) => !child.named && child.type === token);
}
