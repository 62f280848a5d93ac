import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = dirname(fileURLToPath(import.meta.url));

/** Beside the bundle, or in the source tree when Remit runs from source. */
const FOLDERS = {
  facts: ["./facts", "../../facts"],
  rules: ["./docs/rules", "../../../docs/rules"],
  grammars: ["./grammars", "../../../node_modules/@vscode/tree-sitter-wasm/wasm"],
} as const;

/** Reads a file of the fact base, `google/gmail.v1.json.br`; undefined if there is none. */
export function readFactFile(path: string): Uint8Array | undefined {
  return readShipped("facts", path);
}

/** The page of a rule, as Markdown. */
export function readRulePage(id: string): string | undefined {
  const bytes = readShipped("rules", `${id}.md`);
  return bytes && new TextDecoder().decode(bytes);
}

/** Where the page of a rule lies on this machine. */
export function rulePageFile(id: string): string | undefined {
  return shippedFile("rules", `${id}.md`);
}

/** The grammar of Python and the program that runs it. */
export function readGrammarFiles(): { runtime: Uint8Array; python: Uint8Array } {
  const read = (path: string): Uint8Array => {
    const bytes = readShipped("grammars", path);
    if (bytes === undefined) throw new Error(`${path} is missing: the installation is incomplete.`);
    return bytes;
  };
  return { runtime: read("tree-sitter.wasm"), python: read("tree-sitter-python.wasm") };
}

function readShipped(kind: keyof typeof FOLDERS, path: string): Uint8Array | undefined {
  const file = shippedFile(kind, path);
  return file === undefined ? undefined : readFileSync(file);
}

function shippedFile(kind: keyof typeof FOLDERS, path: string): string | undefined {
  return FOLDERS[kind].map((folder) => join(HERE, folder, path)).find((candidate) => existsSync(candidate));
}
