import { readFileSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliDecompressSync } from "node:zlib";
import { median } from "./measure.ts";

const folder = fileURLToPath(new URL("../server/facts", import.meta.url));
const ROUNDS = 5;

/** What the facts of each provider weigh, and how long unpacking and parsing take: of the largest pack, and of all. */
export function factsTable(): string {
  const providers = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const rows = providers.map(({ name }) => {
    const files = readdirSync(path.join(folder, name)).map((file) => path.join(folder, name, file));
    const sizes = files.map((file) => statSync(file).size);
    const largest = files[sizes.indexOf(Math.max(...sizes))]!;
    return {
      name,
      packs: files.length,
      bytes: sizes.reduce((a, b) => a + b, 0),
      one: load([largest]),
      all: load(files),
    };
  });
  const lines = rows
    .sort((a, b) => b.bytes - a.bytes)
    .map(
      ({ name, packs, bytes, one, all }) =>
        `| ${name} | ${packs} | ${(bytes / 1024).toFixed(0)} | ${one.toFixed(1)} | ${all.toFixed(1)} |`,
    );
  const total = rows.reduce((sum, { bytes }) => sum + bytes, 0) + statSync(path.join(folder, "index.json")).size;
  return [
    "| facts | files | KB | ms, the largest file | ms, all |",
    "|---|---:|---:|---:|---:|",
    ...lines,
    "",
    `With their index, ${(total / 1024).toFixed(0)} KB. A run loads only the packs of the services it meets.`,
  ].join("\n");
}

function load(files: readonly string[]): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    // Small packs share a file, one a line.
    for (const file of files)
      for (const pack of brotliDecompressSync(readFileSync(file)).toString("utf8").trim().split("\n")) JSON.parse(pack);
    return performance.now() - start;
  });
  return median(times);
}
