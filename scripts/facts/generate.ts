import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { PACK_FORMAT, type Pack, type PackIndex } from "../../server/src/model/pack.ts";
import { compareText } from "../../server/src/model/place.ts";
import { withPackage } from "./google/download.ts";
import { hostsOf } from "./google/hosts.ts";
import { derive, packOf, type DerivedApi } from "./google/packs.ts";
import { pageOf } from "./google/page.ts";
import { readApi } from "./google/read-package.ts";
import { FACTS_DATE, readSources } from "./google/sources.ts";
import { byPower, vocabularyOf } from "./google/vocabulary.ts";
import { packFile, sha256 } from "./pack-file.ts";

/** `npm run facts`: writes `server/facts` and `docs/facts/google.md` from the package and the tables beside it. */

const path = (relative: string) => fileURLToPath(new URL(`../../${relative}`, import.meta.url));

const sources = readSources();
const apis = withPackage(readApis);
const vocabulary = vocabularyOf(apis, sources);
const packs = apis.map((api) => packOf(api, byPower(vocabulary)));

rmSync(path("server/facts/google"), { recursive: true, force: true });
mkdirSync(path("server/facts/google"), { recursive: true });
mkdirSync(path("docs/facts"), { recursive: true });
let bytes = write("server/facts/google/permissions.json.br", packFile(vocabulary));
const entries: [string, PackIndex["packs"][string]][] = [];
for (const pack of packs) {
  const file = packFile(pack);
  bytes += write(`server/facts/${pack.id}.json.br`, file);
  entries.push([pack.id, { service: pack.service, operations: pack.operations.length, sha256: sha256(file) }]);
}
const index: PackIndex = {
  format: PACK_FORMAT,
  date: FACTS_DATE.slice(0, 7),
  packs: Object.fromEntries(entries),
  hosts: hostsOf(packs, sources.oldPrefixes),
};
bytes += write("server/facts/index.json", Buffer.from(indexText(index)));
write("docs/facts/google.md", Buffer.from(pageOf(packs, vocabulary, sources)));
console.log(
  `${packs.length} packs, ${operationCount(packs)} operations, ${vocabulary.permissions.length} permissions, ${bytes} bytes`,
);

function readApis(folder: string): DerivedApi[] {
  const derived: DerivedApi[] = [];
  for (const api of readdirSync(folder).sort(compareText)) {
    if (api.includes(".")) continue;
    for (const file of readdirSync(`${folder}/${api}`).sort(compareText)) {
      if (!file.endsWith(".js") || file === "index.js") continue;
      const version = file.slice(0, -".js".length);
      const text = (extension: string) => readFileSync(`${folder}/${api}/${version}${extension}`, "utf8");
      derived.push(derive(api, version, readApi(`${api}/${file}`, text(".js"), text(".d.ts")), sources));
    }
  }
  return derived.sort((a, b) => compareText(a.name, b.name));
}

function operationCount(all: readonly Pack[]): number {
  return all.reduce((sum, pack) => sum + pack.operations.length, 0);
}

/** One line a pack and a host, so that a change reads well in a diff. */
function indexText({ packs: all, hosts, ...head }: PackIndex): string {
  const lines = (table: object) =>
    Object.entries(table)
      .map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`)
      .join(",\n");
  const opening = JSON.stringify(head).slice(0, -1);
  return `${opening},\n"packs": {\n${lines(all)}\n},\n"hosts": {\n${lines(hosts)}\n}}\n`;
}

function write(relative: string, content: Uint8Array): number {
  writeFileSync(path(relative), content);
  return content.length;
}
