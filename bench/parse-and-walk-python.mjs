// The floor for Python: every file parsed with the grammar that Remit ships, and every node visited once.
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import treeSitter from "@vscode/tree-sitter-wasm";

const { Parser, Language } = treeSitter;
const wasm = (file) => readFileSync(createRequire(import.meta.url).resolve(`@vscode/tree-sitter-wasm/wasm/${file}`));
await Parser.init({ wasmBinary: wasm("tree-sitter.wasm"), locateFile: (file) => file });
const parser = new Parser();
parser.setLanguage(await Language.load(wasm("tree-sitter-python.wasm")));

const folder = process.argv[2];
let nodes = 0;
for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
  if (!file.endsWith(".py")) continue;
  const tree = parser.parse(readFileSync(join(folder, file), "utf8"));
  const cursor = tree.walk();
  walk: for (;;) {
    nodes++;
    if (cursor.gotoFirstChild()) continue;
    while (!cursor.gotoNextSibling()) if (!cursor.gotoParent()) break walk;
  }
  tree.delete();
}
console.log(nodes);
