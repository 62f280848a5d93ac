import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { checkFacts } from "./check-facts.ts";

/** `npm run facts:check`: is what lies in `server/facts` whole and sound? Needs no network. */

const folder = fileURLToPath(new URL("../../server/facts/", import.meta.url));
const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => /\.(?:br|json)$/.test(file));
const { problems, summary } = checkFacts(files, (file) => readFileSync(folder + file));
for (const problem of problems) console.error(problem);
console.log(summary);
process.exitCode = problems.length === 0 ? 0 : 1;
