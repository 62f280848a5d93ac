import { readFileSync } from "node:fs";
import { FRAMEWORKS } from "../server/src/agents/index.ts";
import { MANIFEST_KINDS } from "../server/src/manifests/index.ts";
import type { BundleEntry, PackIndex } from "../server/src/model/pack.ts";
import { compareText } from "../server/src/model/place.ts";
import { RULES } from "../server/src/rules/index.ts";
import { librariesPage } from "./libraries-page.ts";
import { notice } from "./notice.ts";
import { page, table } from "./page.ts";

/** Pages that only list what is written elsewhere, by path: metadata of rules and frameworks, the index of facts, licences. */
export function generatedPages(): Readonly<Record<string, string>> {
  return {
    NOTICE: notice(),
    "docs/facts.md": factsPage(JSON.parse(read("server/facts/index.json")) as PackIndex),
    "docs/frameworks/README.md": frameworksPage(),
    "docs/libraries.md": librariesPage(),
    "docs/manifests/README.md": manifestsPage(),
    "docs/rules/README.md": rulesPage(),
  };
}

function rulesPage(): string {
  const rows = RULES.map(({ meta }) => [
    `[\`${meta.id}\`](${meta.id}.md)`,
    meta.says,
    meta.default,
    meta.fix ?? "none",
  ]);
  return page("Rules", [
    "The level is the highest a rule reports at; its page says when. `remit explain RULE` prints the page. What a fix does: *narrows* takes",
    "power away, *declares* corrects a statement, *tidies* changes nothing about what is allowed, *widens* adds power and is never applied",
    "unasked.",
    "",
    ...table(["rule", "reports", "level", "fix"], rows),
  ]);
}

function frameworksPage(): string {
  const rows = [...FRAMEWORKS]
    .sort((a, b) => compareText(a.id, b.id))
    .map(({ id, triggers }) => [
      `[${titleOf(`docs/frameworks/${id}.md`)}](${id}.md)`,
      triggers.map((trigger) => `\`${trigger}\``).join(", "),
    ]);
  return page("Frameworks", [
    "What Remit knows the tools of. A file matters if it, or something it imports, holds one of the texts.",
    "",
    ...table(["framework", "texts"], rows),
    "",
    "Code without any framework is traced all the same, from its entries; its calls then belong to no tool.",
  ]);
}

function manifestsPage(): string {
  const rows = MANIFEST_KINDS.map(({ id, marks }) => [
    `[${titleOf(`docs/manifests/${id}.md`)}](${id}.md)`,
    marks.map((mark) => `\`${mark}\``).join(", "),
  ]);
  return page("Manifests", [
    "Files beside the code that grant permissions. What a file is, its contents say, not its name; one that holds none of the texts of a kind",
    "is not read.",
    "",
    ...table(["kind", "texts"], rows),
    "",
    "A manifest belongs to the package it lies in, and its grants are judged by the calls of that package and of all packages below it. Where",
    "no call of the service is in sight, nothing is said. Code in languages that Remit does not read makes what it says no more than possible.",
    "A file that breaks off is one line on stderr; what can be understood of it is read.",
    "",
    "In YAML and in JSON with comments `remit-ignore` works as in code; elsewhere [`lint.ignore`](../configuration.md) does.",
  ]);
}

function factsPage({ date, packs, bundles = {} }: PackIndex): string {
  const providers = [...new Set(Object.keys(packs).map((id) => id.split("/")[0]!))].sort(compareText);
  return page("Facts", [
    `What operations need, as of ${date}. Facts ship with Remit: no network is asked. A pack holds one version of one API and is read when`,
    "code uses it. `remit explain OPERATION` and `remit explain PERMISSION` say what the facts say. [How right they are](facts/sample.md) was",
    "measured on operations drawn at random.",
    ...Object.entries(bundles).flatMap(([provider, entry]) => ["", ...bundleSection(provider, entry)]),
    ...providers.flatMap((provider) => ["", ...providerSection(provider, packs)]),
  ]);
}

function bundleSection(provider: string, { packs, operations, permissions }: BundleEntry): string[] {
  return [
    `## ${provider}`,
    "",
    `${packs} services, ${operations} operations, ${permissions} permissions. [Sources, services and limits](facts/${provider}.md).`,
  ];
}

function providerSection(provider: string, packs: PackIndex["packs"]): string[] {
  const own = Object.entries(packs).filter(([id]) => id.startsWith(`${provider}/`));
  if (own.every(([, { operations }]) => operations === 0)) return librarySection(provider, own);
  const services = new Map<string, { versions: string[]; operations: number }>();
  for (const [id, { service, operations }] of own) {
    const known = services.get(service) ?? { versions: [], operations: 0 };
    services.set(service, {
      versions: [...known.versions, versionOf(id, service)],
      operations: known.operations + operations,
    });
  }
  const rows = [...services]
    .sort(([a], [b]) => compareText(a, b))
    .map(([service, { versions, operations }]) => [
      `\`${service}\``,
      versions.sort(compareText).join(", "),
      String(operations),
    ]);
  const total = own.reduce((sum, [, { operations }]) => sum + operations, 0);
  return [
    `## ${provider}`,
    "",
    `${services.size} services, ${own.length} versions, ${total} operations. [Sources, corrections and limits](facts/${provider}.md).`,
    "",
    ...table(["service", "versions", "operations"], rows),
  ];
}

/** Packs that hold no operations of their own, but what libraries call those of others. */
function librarySection(provider: string, packs: readonly (readonly [string, PackIndex["packs"][string]])[]): string[] {
  const rows = packs.map(([id, { service }]) => [`\`${id.slice(provider.length + 1)}\``, `\`${service}\``]);
  return [
    `## ${provider}`,
    "",
    `${packs.length} libraries, whose methods send requests of other services. [Sources and limits](facts/${provider}.md).`,
    "",
    ...table(["library", "service"], rows),
  ];
}

/** `google/admin.directory_v1` of `google.admin` is `directory_v1`. */
function versionOf(id: string, service: string): string {
  return id.slice(service.length + 1);
}

function titleOf(path: string): string {
  return /^# (.+)$/m.exec(read(path))?.[1] ?? path;
}

function read(path: string): string {
  return readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
}
