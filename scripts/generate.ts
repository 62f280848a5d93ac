import { existsSync, readFileSync, writeFileSync } from "node:fs";
import process from "node:process";
import { generatedPages } from "./generated-pages.ts";

/*
 * `npm run generate` writes the pages that list rules, frameworks and facts; with `--check` it writes nothing, names those
 * that are out of date, and ends with 1 if there are any. The facts themselves are made by `npm run facts`.
 */

const isCheck = process.argv.includes("--check");
const outdated = Object.entries(generatedPages()).filter(([path, text]) => textOf(path) !== text);
for (const [path, text] of outdated) {
  if (!isCheck) writeFileSync(fileAt(path), text);
  console.log(isCheck ? `${path} is out of date: npm run generate` : `${path} written`);
}
if (outdated.length === 0) console.log("all lists are up to date");
else if (isCheck) process.exitCode = 1;

function textOf(path: string): string | undefined {
  const file = fileAt(path);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

function fileAt(path: string): URL {
  return new URL(`../${path}`, import.meta.url);
}
