// The floor: every file parsed with the compiler Remit bundles, and every node visited once.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { ts } from "ts-morph";

const folder = process.argv[2];
let nodes = 0;
function walk(node) {
  nodes++;
  ts.forEachChild(node, walk);
}
for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
  if (!/\.[cm]?[jt]sx?$/.test(file)) continue;
  walk(ts.createSourceFile(file, readFileSync(join(folder, file), "utf8"), ts.ScriptTarget.Latest));
}
console.log(nodes);
