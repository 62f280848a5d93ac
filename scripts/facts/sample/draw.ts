import { sampledServices, stratify } from "./names.ts";
import { drawOrder, namesHash, SEED } from "./order.ts";

/**
 * `npx tsx scripts/facts/sample/draw.ts SERVICE [FILE]`: draws the operations of `test/facts/sample/SERVICE.json` again and prints
 * them, and after them the spares that follow in the same order. Names alone are looked at, never what an operation needs.
 */

/** How many spares a stratum shows: one is taken where no documentation of a drawn name is to be found. */
const SPARES = 12;

const [service, file] = process.argv.slice(2);
if (service === undefined || !sampledServices.includes(service)) {
  console.error(`Which of ${sampledServices.join(", ")}?`);
  process.exit(2);
}

const strata = stratify(service, file);
const { names, sha256 } = namesHash(strata);
console.log(`# ${service}: seed "${SEED}", ${names} names, sha256 ${sha256}`);
for (const { title, names: all, take, order } of drawOrder(strata)) {
  console.log(`# ${title}: ${take} of ${all.length}`);
  for (const name of order.slice(0, take)) console.log(name);
  for (const name of order.slice(take, take + SPARES)) console.log(`spare ${name}`);
}
