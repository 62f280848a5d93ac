import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Quote, Recorded } from "./recorded.ts";
import { placeOf } from "./recorded.ts";
import { plainText } from "./plain-text.ts";

/**
 * `npm run facts:quotes -- FOLDER…`: compares what `scripts/facts/sources` quotes with copies of the documents, found in the
 * folders by their hash, word for word. Which package or repository has a document, and in what version, stands beside each.
 */

const sources = fileURLToPath(new URL("sources/", import.meta.url));
const quoted = filesBelow(sources)
  .map(
    (file) => [file.slice(sources.length), JSON.parse(readFileSync(file, "utf8")) as Partial<Recorded<Quote>>] as const,
  )
  .filter(([, { documents }]) => documents !== undefined) as readonly (readonly [string, Recorded<Quote>])[];

const wanted = new Set(quoted.flatMap(([, { documents }]) => Object.values(documents).flatMap(hashesOf)));
const texts = new Map<string, string>();
for (const file of process.argv.slice(2).flatMap(filesBelow)) {
  const content = readFileSync(file);
  const hash = createHash("sha256").update(content).digest("hex");
  if (wanted.has(hash)) texts.set(hash, plainText(file, content.toString()));
}

let missing = 0;
let wrong = 0;
for (const [file, { documents, rows }] of quoted) {
  const unseen = new Set<string>();
  const atCommit = new Set<string>();
  let compared = 0;
  for (const [name, row] of Object.entries(rows)) {
    const [document, path] = placeOf(row);
    const text = texts.get(documents[document]?.files[path] ?? "");
    if (text !== undefined) compared++;
    else (isCommit(documents[document]?.files[path]) ? atCommit : unseen).add(row.in);
    for (const quote of [row.says, row.also ?? ""])
      if (text !== undefined && !text.includes(quote))
        console.log(`${file}: ${name}: not in ${row.in}: ${quote}`, ++wrong);
  }
  missing += unseen.size;
  console.log(`${file}: ${compared} of ${Object.keys(rows).length} rows compared`);
  for (const place of unseen) console.log(`  no copy of ${place}`);
  for (const place of atCommit) console.log(`  read at its commit, and not compared: ${place}`);
}
console.log(`${wrong} quotes differ, ${missing} files are not there`);
process.exitCode = wrong + missing > 0 ? 1 : 0;

function isCommit(version: string | undefined): boolean {
  return version?.length === 40;
}

function hashesOf({ files }: { readonly files: Readonly<Record<string, string>> }): string[] {
  return Object.values(files);
}

function filesBelow(place: string): string[] {
  if (statSync(place).isFile()) return [place];
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
