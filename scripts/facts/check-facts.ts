import { brotliDecompressSync } from "node:zlib";
import { bundleFile, LoadedBundle } from "../../server/src/facts/pack-store.ts";
import { permissionRows, unfold } from "../../server/src/facts/service-vocabulary.ts";
import { EFFECTS } from "../../server/src/model/effect.ts";
import {
  PACK_FORMAT,
  type BundleEntry,
  type OperationRow,
  type Pack,
  type PackIndex,
  type PermissionVocabulary,
  type RequirementRow,
} from "../../server/src/model/pack.ts";
import { sha256 } from "./pack-file.ts";

interface Counts {
  packs: number;
  operations: number;
  /** Operations whose needs are known. */
  requirements: number;
  permissions: number;
}

/** Fewer than these is a loss; more is news. Raised by hand when a source grows. */
const LEAST: Readonly<Record<string, Counts>> = {
  aws: { packs: 457, operations: 22_078, requirements: 22_078, permissions: 22_091 },
  atlassian: { packs: 3, operations: 814, requirements: 710, permissions: 200 },
  spotify: { packs: 1, operations: 97, requirements: 97, permissions: 15 },
  x: { packs: 1, operations: 178, requirements: 170, permissions: 10 },
  dropbox: { packs: 1, operations: 278, requirements: 277, permissions: 25 },
  github: { packs: 1, operations: 1225, requirements: 1100, permissions: 180 },
  slack: { packs: 1, operations: 322, requirements: 320, permissions: 100 },
  "apps-script": { packs: 14, operations: 2700, requirements: 0, permissions: 0 },
  browser: { packs: 3, operations: 550, requirements: 0, permissions: 0 },
  clients: { packs: 4, operations: 0, requirements: 0, permissions: 0 },
  db: { packs: 12, operations: 865, requirements: 0, permissions: 0 },
  mail: { packs: 5, operations: 40, requirements: 0, permissions: 0 },
  linear: { packs: 1, operations: 500, requirements: 0, permissions: 0 },
  http: { packs: 1, operations: 13, requirements: 0, permissions: 0 },
  microsoft: { packs: 102, operations: 11_232, requirements: 11_232, permissions: 921 },
  google: { packs: 610, operations: 26_179, requirements: 25_839, permissions: 520 },
  python: { packs: 8, operations: 89, requirements: 0, permissions: 0 },
  notion: { packs: 1, operations: 50, requirements: 0, permissions: 0 },
  node: { packs: 32, operations: 385, requirements: 384, permissions: 10 },
};

/** All packs together stay below this. */
const MOST_BYTES = 1_200_000;

export interface FactsCheck {
  /** One clear line each. */
  readonly problems: readonly string[];
  readonly summary: string;
}

/** `files` are all files below `server/facts`; `read` gives their bytes. */
export function checkFacts(files: readonly string[], read: (file: string) => Uint8Array): FactsCheck {
  const problems: string[] = [];
  const index = JSON.parse(new TextDecoder().decode(read("index.json"))) as PackIndex;
  const unpack = (file: string): string => brotliDecompressSync(read(file)).toString();
  const ids = Object.keys(index.packs);
  const bundled = Object.keys(index.bundles ?? {});
  const expected = new Set([
    "index.json",
    ...ids.map((id) => `${id}.json.br`),
    ...providersOf(ids).map((provider) => `${provider}/permissions.json.br`),
    ...bundled.map(bundleFile),
  ]);
  for (const file of expected) if (!files.includes(file)) problems.push(`${file}: missing`);
  for (const file of files) if (!expected.has(file)) problems.push(`${file}: not in the index`);
  if (problems.length > 0) return { problems, summary: `${problems.length} problems` };

  const counts = new Map<string, Counts>();
  for (const provider of providersOf(ids)) {
    const vocabulary = JSON.parse(unpack(`${provider}/permissions.json.br`)) as PermissionVocabulary;
    problems.push(...vocabularyProblems(vocabulary));
    const known = new Set(vocabulary.permissions.map((row) => row.name));
    const count: Counts = { packs: 0, operations: 0, requirements: 0, permissions: known.size };
    counts.set(provider, count);
    for (const id of ids.filter((one) => one.startsWith(`${provider}/`))) {
      const file = `${id}.json.br`;
      const entry = index.packs[id]!;
      if (sha256(read(file)) !== entry.sha256) problems.push(`${file}: not the file the index was made with`);
      const pack = JSON.parse(unpack(file)) as Pack;
      const differs = pack.service !== entry.service || pack.operations.length !== entry.operations;
      if (differs) problems.push(`${file}: differs from its line in the index`);
      problems.push(...packProblems(id, pack, known).map((problem) => `${file}: ${problem}`));
      countPack(count, pack);
    }
  }
  for (const provider of bundled) {
    const entry = index.bundles![provider]!;
    const file = bundleFile(provider);
    if (sha256(read(file)) !== entry.sha256) problems.push(`${file}: not the file the index was made with`);
    const bundle = new LoadedBundle(file, unpack(file));
    const count = countBundle(bundle);
    counts.set(provider, count);
    problems.push(...bundleProblems(bundle, entry, count).map((problem) => `${file}: ${problem}`));
  }
  for (const [host, prefixes] of Object.entries(index.hosts)) {
    for (const [, id] of prefixes)
      if (!Object.hasOwn(index.packs, id)) problems.push(`index.json: host ${host} names ${id}, which is no pack`);
  }
  for (const provider of new Set([...counts.keys(), ...Object.keys(LEAST)]))
    problems.push(...lossProblems(provider, counts.get(provider), LEAST[provider]));
  const bytes = files.reduce((sum, file) => sum + read(file).length, 0);
  if (bytes > MOST_BYTES) problems.push(`${bytes} bytes, at most ${MOST_BYTES} expected`);
  return {
    problems,
    summary: `${[...counts].map(([provider, count]) => `${provider} ${countText(count)}`).join("; ")}; ${bytes} bytes: ${problems.length} problems`,
  };
}

function countPack(count: Counts, pack: Pack): void {
  count.packs++;
  count.operations += pack.operations.length;
  count.requirements += pack.operations.filter((row) => row.requires !== undefined).length;
}

function countBundle(bundle: LoadedBundle): Counts {
  const count: Counts = { packs: 0, operations: 0, requirements: 0, permissions: 0 };
  for (const id of bundle.head.packs) {
    const pack = bundle.pack(id)!;
    countPack(count, unfold(pack));
    if (pack.vocabulary !== undefined) count.permissions += permissionRows(pack, pack.vocabulary).length;
  }
  return count;
}

/** Each pack by itself, and that permissions of other packs are there. */
function bundleProblems(bundle: LoadedBundle, entry: BundleEntry, count: Counts): string[] {
  const { head } = bundle;
  const packs = head.packs.map((id) => [id, unfold(bundle.pack(id)!)] as const);
  const rows = packs.flatMap(([, pack]) => (pack.vocabulary ? permissionRows(pack, pack.vocabulary) : []));
  const known = new Set(rows.map(({ name }) => name));
  const problems = packs.flatMap(([id, pack]) => packProblems(id, pack, known).map((problem) => `${id}: ${problem}`));
  if (known.size !== rows.length) problems.push("a permission stands twice");
  for (const what of ["packs", "operations", "permissions"] as const)
    if (entry[what] !== count[what]) problems.push(`holds ${count[what]} ${what}, the index says ${entry[what]}`);
  for (const [client, id] of Object.entries(head.clients))
    if (bundle.pack(id) === undefined) problems.push(`client ${client} leads to ${id}, which is no pack`);
  for (const name of head.platform) if (!known.has(name)) problems.push(`${name} is not in the vocabulary`);
  if (head.sources.length === 0) problems.push("has no source");
  return problems;
}

const countText = ({ packs, operations, permissions }: Counts) =>
  `${packs} packs, ${operations} operations, ${permissions} permissions`;

function lossProblems(provider: string, found: Counts | undefined, least: Counts | undefined): string[] {
  if (least === undefined) return [`${provider}: check-facts.ts does not say how many there must be`];
  if (found === undefined) return [`${provider}: no packs`];
  return (Object.keys(least) as (keyof Counts)[])
    .filter((what) => found[what] < least[what])
    .map((what) => `${provider}: ${found[what]} ${what}, at least ${least[what]} expected`);
}

const providersOf = (ids: readonly string[]): string[] => [...new Set(ids.map((id) => id.slice(0, id.indexOf("/"))))];

function vocabularyProblems({ format, provider, sources, permissions }: PermissionVocabulary): string[] {
  const problems: string[] = [];
  const report = (problem: string) => problems.push(`${provider}/permissions.json.br: ${problem}`);
  if (format !== PACK_FORMAT) report(`format ${String(format)}`);
  const names = new Set(permissions.map((row) => row.name));
  const spellings = new Set<string>();
  for (const row of permissions) {
    for (const spelling of [row.name, ...(row.aliases ?? [])]) {
      if (spellings.has(spelling)) report(`${spelling} stands twice`);
      spellings.add(spelling);
    }
    if (row.short === "") report(`${row.name} has no short name`);
    if (!EFFECTS.includes(row.effect)) report(`${row.name} has effect ${row.effect}`);
    if (!Number.isInteger(row.breadth) || row.breadth < 0) report(`${row.name} has breadth ${row.breadth}`);
    if (sources[row.source] === undefined) report(`${row.name} has no source`);
    for (const implied of row.implies ?? [])
      if (!names.has(implied)) report(`${row.name} implies ${implied}, which has no row`);
  }
  return problems;
}

function packProblems(id: string, pack: Pack, known: ReadonlySet<string>): string[] {
  const problems: string[] = [];
  if (pack.format !== PACK_FORMAT) problems.push(`format ${String(pack.format)}`);
  if (pack.id !== id) problems.push(`says it is ${pack.id}`);
  for (const permission of pack.permissions)
    if (!known.has(permission)) problems.push(`${permission} is not in the vocabulary`);
  if (new Set(pack.operations.map((row) => row.name)).size !== pack.operations.length)
    problems.push("an operation stands twice");
  for (const ordinal of pack.also ?? [])
    if (pack.permissions[ordinal] === undefined)
      problems.push(`may need permission ${ordinal}, which the pack does not have`);
  return [
    ...problems,
    ...pack.operations.flatMap((row) => rowProblems(pack, row).map((problem) => `${row.name} ${problem}`)),
  ];
}

function rowProblems(pack: Pack, row: OperationRow): string[] {
  const problems: string[] = [];
  if (!EFFECTS.includes(row.effect)) problems.push(`has effect ${row.effect}`);
  const dangling = (row.also ?? []).filter(([ordinal]) => pack.permissions[ordinal] === undefined);
  for (const [ordinal] of dangling) problems.push(`may need permission ${ordinal}, which the pack does not have`);
  if (row.http !== undefined && !(/^[A-Z]+$/.test(row.http[0]) && row.http[1] !== "" && row.http[2].startsWith("/")))
    problems.push(`has request ${row.http.join(" ")}`);
  for (const { requires, source } of [row, ...(row.when ?? [])]) {
    if (pack.sources[source] === undefined) problems.push("has no source");
    if (requires !== undefined) problems.push(...requirementProblems(pack, requires));
  }
  return problems;
}

function requirementProblems(pack: Pack, requires: RequirementRow): string[] {
  const alternatives = Object.values(requires);
  if (alternatives.length === 0 || alternatives.some((some) => some.length === 0))
    return ["has a requirement without alternatives"];
  const dangling = alternatives.flat(2).filter((ordinal) => pack.permissions[ordinal] === undefined);
  return dangling.map((ordinal) => `needs permission ${ordinal}, which the pack does not have`);
}
