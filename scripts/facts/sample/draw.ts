import { createHash } from "node:crypto";
import { compareText } from "../../../server/src/model/place.ts";
import { sampledServices, stratify, type Stratum } from "./names.ts";

/**
 * `npx tsx scripts/facts/sample/draw.ts SERVICE [FILE]`: draws the operations of `test/facts/sample/SERVICE.json` again and prints
 * them, and after them the spares that follow in the same order. Names alone are looked at, never what an operation needs.
 */

/** Chosen once, before the first name was seen. */
const SEED = "remit facts 2026-11-27";

/** How many spares a stratum shows: one is taken where no documentation of a drawn name is to be found. */
const SPARES = 12;

const [service, file] = process.argv.slice(2);
if (service === undefined || !sampledServices.includes(service)) {
  console.error(`Which of ${sampledServices.join(", ")}?`);
  process.exit(2);
}

const strata = stratify(service, file);
const names = [...new Set(strata.flatMap((stratum) => stratum.names))].sort(compareText);
console.log(`# ${service}: seed "${SEED}", ${names.length} names, sha256 ${sha256(names.join("\n"))}`);

const drawn = new Set<string>();
for (const stratum of strata) {
  const order = shuffled(stratum).filter((name) => !drawn.has(name));
  console.log(`# ${stratum.title}: ${stratum.take} of ${stratum.names.length}`);
  for (const name of order.slice(0, stratum.take)) {
    drawn.add(name);
    console.log(name);
  }
  for (const name of order.slice(stratum.take, stratum.take + SPARES)) console.log(`spare ${name}`);
}

/** A random order that anyone can make again: by the hash of seed and name. A name that goes or comes moves no other. */
function shuffled({ title, names: all }: Stratum): string[] {
  const hashes = new Map(all.map((name) => [name, sha256(`${SEED}\n${title}\n${name}`)]));
  return [...hashes.keys()].sort((a, b) => compareText(hashes.get(a)!, hashes.get(b)!));
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
