import type { Parser as ParserType } from "@vscode/tree-sitter-wasm";
import type { Syntax } from "./syntax.ts";
import { copyTree } from "./syntax.ts";

/** The WebAssembly files of the grammar, given by whoever owns the file system. */
export interface GrammarFiles {
  readonly runtime: Uint8Array;
  readonly python: Uint8Array;
}

let parser: ParserType | undefined;

/** Loads the grammar: once, and only when there is a Python file to be read. */
export async function loadGrammar(files: GrammarFiles): Promise<void> {
  if (parser) return;
  // The package is CommonJS, whose names not every loader can tell.
  const imported = await import("@vscode/tree-sitter-wasm");
  const { Parser, Language } = "default" in imported ? (imported.default as typeof imported) : imported;
  // The program itself is given; where it lies is never asked.
  const module = { wasmBinary: files.runtime, locateFile: (file: string) => file };
  await Parser.init(module);
  const made = new Parser();
  made.setLanguage(await Language.load(files.python));
  parser = made;
}

export interface Parsed {
  readonly root: Syntax;
  readonly comments: readonly { readonly start: number; readonly end: number }[];
  readonly problems: readonly { readonly text: string; readonly start: number }[];
}

/** The concrete syntax of a text; `loadGrammar` must have been waited for. Errors of the text are part of the tree. */
export function parsePython(text: string): Parsed {
  if (!parser) throw new Error("the Python grammar is not loaded");
  const tree = parser.parse(text);
  if (!tree) throw new Error("the parser gave up");
  try {
    const comments = text.includes("remit-")
      ? tree.rootNode
          .descendantsOfType("comment")
          .flatMap((node) => (node ? [{ start: node.startIndex, end: node.endIndex }] : []))
      : [];
    const broken = tree.rootNode.hasError ? firstError(tree.rootNode.walk()) : undefined;
    return { root: copyTree(tree.walk(), text), comments, problems: broken ? [broken] : [] };
  } finally {
    tree.delete();
  }
}

type Cursor = ReturnType<NonNullable<ReturnType<ParserType["parse"]>>["walk"]>;

/** The first place that is no Python, in the order of the text. */
function firstError(cursor: Cursor): { text: string; start: number } | undefined {
  for (;;) {
    if (cursor.nodeType === "ERROR") return { text: "Syntax error.", start: cursor.startIndex };
    if (cursor.nodeIsMissing) return { text: `'${cursor.nodeType}' expected.`, start: cursor.startIndex };
    if (cursor.gotoFirstChild()) continue;
    while (!cursor.gotoNextSibling()) if (!cursor.gotoParent()) return undefined;
  }
}
