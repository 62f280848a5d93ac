import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { bundleFile } from "../../server/src/facts/pack-store.ts";
import { permissionRows, unfold } from "../../server/src/facts/service-vocabulary.ts";
import {
  PACK_FORMAT,
  type BundleHead,
  type Pack,
  type PackIndex,
  type PermissionVocabulary,
} from "../../server/src/model/pack.ts";
import { compareText } from "../../server/src/model/place.ts";
import { FACTS_DATE } from "./date.ts";
import { packFile, sha256 } from "./pack-file.ts";
import type { BundleAbout, FactProvider, ProviderFacts } from "./provider.ts";
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
  const { bytes, index, counts } =
    "permissions" in facts.vocabulary
      ? writePacks(facts, folder, facts.vocabulary)
      : writeBundle(facts, provider.id, facts.vocabulary);
  write("server/facts/index.json", Buffer.from(indexText(indexWith(provider.id, index, facts))));
  write(`docs/facts/${provider.id}.md`, Buffer.from(facts.page));
  console.log(`${provider.id}: ${counts}, ${bytes} bytes`);
}

interface Written {
  readonly bytes: number;
  readonly index: Pick<PackIndex, "packs" | "bundles">;
  readonly counts: string;
}

/** A file a pack, and one for the vocabulary. */
function writePacks(facts: ProviderFacts, folder: string, vocabulary: PermissionVocabulary): Written {
  let bytes = write(`${folder}/permissions.json.br`, packFile(vocabulary));
  const packs: [string, PackIndex["packs"][string]][] = [];
  for (const pack of facts.packs) {
    const file = packFile(pack);
    bytes += write(`server/facts/${pack.id}.json.br`, file);
    packs.push([pack.id, { service: pack.service, operations: pack.operations.length, sha256: sha256(file) }]);
  }
  const operations = facts.packs.reduce((sum, pack) => sum + pack.operations.length, 0);
  return {
    bytes,
    index: { packs: Object.fromEntries(packs) },
    counts: countsText(packs.length, operations, vocabulary.permissions.length),
  };
}

/** All packs in one file, each with its own vocabulary. */
function writeBundle(facts: ProviderFacts, provider: string, about: BundleAbout): Written {
  const head: BundleHead = { format: PACK_FORMAT, provider, ...about, packs: facts.packs.map(({ id }) => id) };
  const file = packFile(head, ...facts.packs);
  const sum = (count: (pack: Pack) => number) => facts.packs.reduce((total, pack) => total + count(pack), 0);
  const entry = {
    packs: facts.packs.length,
    operations: sum((pack) => unfold(pack).operations.length),
    permissions: sum((pack) => (pack.vocabulary ? permissionRows(pack, pack.vocabulary).length : 0)),
  };
  return {
    bytes: write(`server/facts/${bundleFile(provider)}`, file),
    index: { packs: {}, bundles: { [provider]: { ...entry, sha256: sha256(file) } } },
    counts: countsText(entry.packs, entry.operations, entry.permissions),
  };
}

function countsText(packs: number, operations: number, permissions: number): string {
  return `${packs} packs, ${operations} operations, ${permissions} permissions`;
}

/** The index as it lies there, with one provider's lines made anew. */
function indexWith(provider: string, own: Written["index"], { hosts, odata }: ProviderFacts): PackIndex {
  const file = path("server/facts/index.json");
  const old = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as PackIndex) : undefined;
  const isOther = (id: string) => id.split("/")[0] !== provider;
  const others = <T>(table: Readonly<Record<string, T>> | undefined) =>
    Object.entries(table ?? {}).filter(([id]) => isOther(id));
  const allHosts = new Map<string, readonly (readonly [string, string])[]>(
    Object.entries(old?.hosts ?? {}).map(([host, prefixes]) => [host, prefixes.filter(([, id]) => isOther(id))]),
  );
  for (const [host, prefixes] of Object.entries(hosts))
    allHosts.set(host, [...(allHosts.get(host) ?? []), ...prefixes]);
  const byName = <T>(entries: Iterable<readonly [string, T]>) =>
    Object.fromEntries([...entries].sort(([a], [b]) => compareText(a, b)));
  const odataHosts = [...new Set([...(old?.odata ?? []), ...(odata ?? [])])].sort(compareText);
  const bundles = byName([...others(old?.bundles), ...Object.entries(own.bundles ?? {})]);
  return {
    format: PACK_FORMAT,
    date: FACTS_DATE.slice(0, 7),
    packs: byName([...others(old?.packs), ...Object.entries(own.packs)]),
    hosts: byName([...allHosts].filter(([, prefixes]) => prefixes.length > 0)),
    ...(Object.keys(bundles).length > 0 ? { bundles } : {}),
    ...(odataHosts.length > 0 ? { odata: odataHosts } : {}),
  };
}

/** One line a pack, host and bundle, so that a change reads well in a diff. */
function indexText({ packs, hosts, bundles, ...head }: PackIndex): string {
  const table = (name: string, entries: object) => {
    const lines = Object.entries(entries).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`);
    return `"${name}": {\n${lines.join(",\n")}\n}`;
  };
  const opening = JSON.stringify(head).slice(0, -1);
  const tables = [table("packs", packs), table("hosts", hosts), ...(bundles ? [table("bundles", bundles)] : [])];
  return `${opening},\n${tables.join(",\n")}}\n`;
}

function write(relative: string, content: Uint8Array): number {
  writeFileSync(path(relative), content);
  return content.length;
}
