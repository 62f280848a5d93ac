import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { PACK_FORMAT, type PackIndex } from "../../server/src/model/pack.ts";
import { compareText } from "../../server/src/model/place.ts";
import { FACTS_DATE } from "./date.ts";
import { packFile, sha256 } from "./pack-file.ts";
import type { FactProvider, ProviderFacts } from "./provider.ts";
import { PROVIDERS } from "./providers.ts";

/**
 * `npm run facts [-- PROVIDER…]`: writes `server/facts/<provider>`, its lines of `server/facts/index.json` and its page
 * `docs/facts/<provider>.md`, for the providers named or for all.
 */

const path = (relative: string) => fileURLToPath(new URL(`../../${relative}`, import.meta.url));

const wanted = process.argv.slice(2);
const unknown = wanted.filter((id) => !PROVIDERS.some((provider) => provider.id === id));
if (unknown.length > 0) {
  console.error(`No provider ${unknown.join(", ")}. There are: ${PROVIDERS.map(({ id }) => id).join(", ")}.`);
  process.exit(2);
}
for (const provider of PROVIDERS) if (wanted.length === 0 || wanted.includes(provider.id)) renew(provider);

function renew(provider: FactProvider): void {
  const facts = provider.generate();
  const folder = `server/facts/${provider.id}`;
  rmSync(path(folder), { recursive: true, force: true });
  mkdirSync(path(folder), { recursive: true });
  mkdirSync(path("docs/facts"), { recursive: true });
  let bytes = write(`${folder}/permissions.json.br`, packFile(facts.vocabulary));
  const packs: [string, PackIndex["packs"][string]][] = [];
  for (const pack of facts.packs) {
    const file = packFile(pack);
    bytes += write(`server/facts/${pack.id}.json.br`, file);
    packs.push([pack.id, { service: pack.service, operations: pack.operations.length, sha256: sha256(file) }]);
  }
  write("server/facts/index.json", Buffer.from(indexText(indexWith(provider.id, Object.fromEntries(packs), facts))));
  write(`docs/facts/${provider.id}.md`, Buffer.from(facts.page));
  const operations = facts.packs.reduce((sum, pack) => sum + pack.operations.length, 0);
  console.log(
    `${provider.id}: ${facts.packs.length} packs, ${operations} operations, ${facts.vocabulary.permissions.length} permissions, ${bytes} bytes`,
  );
}

/** The index as it lies there, with one provider's lines made anew. */
function indexWith(provider: string, packs: PackIndex["packs"], { hosts }: ProviderFacts): PackIndex {
  const file = path("server/facts/index.json");
  const old = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as PackIndex) : undefined;
  const isOther = (id: string) => !id.startsWith(`${provider}/`);
  const otherPacks = Object.entries(old?.packs ?? {}).filter(([id]) => isOther(id));
  const allHosts = new Map<string, readonly (readonly [string, string])[]>(
    Object.entries(old?.hosts ?? {}).map(([host, prefixes]) => [host, prefixes.filter(([, id]) => isOther(id))]),
  );
  for (const [host, prefixes] of Object.entries(hosts))
    allHosts.set(host, [...(allHosts.get(host) ?? []), ...prefixes]);
  const byName = <T>(entries: Iterable<readonly [string, T]>) =>
    Object.fromEntries([...entries].sort(([a], [b]) => compareText(a, b)));
  return {
    format: PACK_FORMAT,
    date: FACTS_DATE.slice(0, 7),
    packs: byName([...otherPacks, ...Object.entries(packs)]),
    hosts: byName([...allHosts].filter(([, prefixes]) => prefixes.length > 0)),
  };
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
