import { effectRank, type Effect } from "../../server/src/model/effect.ts";
import {
  PACK_FORMAT,
  type FactSource,
  type OperationRow,
  type OperationSpelling,
  type OperationVariant,
  type Pack,
  type PackIndex,
  type PermissionRow,
  type RequirementRow,
} from "../../server/src/model/pack.ts";
import { compareText } from "../../server/src/model/place.ts";
import { FACTS_DATE } from "./date.ts";
import type { ProviderFacts } from "./provider.ts";

/** Facts of providers whose tables are small: operations with the permissions they accept, written out in full names. */

/** By kind of credential: alternatives, the least first, each a set of permissions that are all needed. */
export type NamedRequirement = Readonly<Record<string, readonly (readonly string[])[]>>;

export interface NamedOperation extends Omit<
  OperationRow,
  "requires" | "when" | "source" | "enoughIfGranted" | "also"
> {
  readonly requires?: NamedRequirement;
  readonly when?: readonly (Omit<OperationVariant, "requires" | "source"> & { readonly requires?: NamedRequirement })[];
  /** May be accepted too, in a way the source does not spell out. */
  readonly enoughIfGranted?: Readonly<Record<string, readonly string[]>>;
  /** Needed in some cases only: never missing, never excess. */
  readonly mayNeed?: readonly string[];
  /** Absent: the first of the pack's. */
  readonly source?: FactSource;
}

export interface NamedPack {
  readonly id: string;
  readonly service: string;
  readonly title: string;
  readonly spelling: OperationSpelling;
  readonly operations: readonly NamedOperation[];
  readonly aliases?: Readonly<Record<string, string>>;
}

/** What a provider says of a permission; the rest follows from the operations that accept it. */
export type PermissionText = Pick<PermissionRow, "short" | "tier"> &
  Partial<
    Pick<
      PermissionRow,
      "aliases" | "meaning" | "partial" | "identity" | "deprecated" | "implies" | "effect" | "unlisted"
    >
  >;

export interface PermissionedFacts {
  readonly provider: string;
  readonly title: string;
  readonly sources: readonly (FactSource & { readonly what: string })[];
  readonly packs: readonly NamedPack[];
  /** Permissions that no operation names. */
  readonly others: readonly string[];
  describe(permission: string): PermissionText;
  readonly hosts: PackIndex["hosts"];
  /** Sections of the page: heading and text. */
  readonly about: readonly (readonly [heading: string, text: string])[];
  readonly unknown: readonly string[];
}

export function permissionedFacts(facts: PermissionedFacts): ProviderFacts {
  const sources = facts.sources.map(({ name, version, date, licence }) => ({ name, version, date, licence }));
  const packs = facts.packs.map((pack) => packOf(pack, facts.provider, sources));
  return { packs, vocabulary: vocabularyOf(facts, sources), hosts: facts.hosts, page: pageOf(facts, packs) };
}

function packOf(pack: NamedPack, provider: string, sources: readonly FactSource[]): Pack {
  const used = [...new Set(pack.operations.map(({ source }) => indexOf(source, sources)))].sort((a, b) => a - b);
  const permissions = [...new Set(pack.operations.flatMap(namesOf))].sort(compareText);
  const ordinals = new Map(permissions.map((name, ordinal) => [name, ordinal]));
  const ordinal = (name: string): number => ordinals.get(name)!;
  const requirement = (named: NamedRequirement): RequirementRow =>
    Object.fromEntries(Object.entries(named).map(([kind, sets]) => [kind, sets.map((set) => set.map(ordinal))]));
  return {
    format: PACK_FORMAT,
    id: pack.id,
    provider,
    service: pack.service,
    title: pack.title,
    spelling: pack.spelling,
    sources: used.map((at) => sources[at]!),
    permissions,
    ...(pack.aliases && { aliases: pack.aliases }),
    operations: pack.operations
      .map((operation): OperationRow => {
        const { requires, when, enoughIfGranted, mayNeed, source, ...rest } = operation;
        const at = used.indexOf(indexOf(source, sources));
        return {
          ...rest,
          ...(requires && { requires: requirement(requires) }),
          ...(enoughIfGranted && {
            enoughIfGranted: Object.fromEntries(
              Object.entries(enoughIfGranted).map(([kind, names]) => [kind, names.map(ordinal)]),
            ),
          }),
          ...(mayNeed && { also: mayNeed.map((name) => [ordinal(name)] as const) }),
          ...(when && {
            when: when.map(({ requires: needed, ...variant }) => ({
              ...variant,
              ...(needed && { requires: requirement(needed) }),
              source: at,
            })),
          }),
          source: at,
        };
      })
      .sort((a, b) => compareText(a.name, b.name)),
  };
}

function indexOf(source: FactSource | undefined, sources: readonly FactSource[]): number {
  return source === undefined
    ? 0
    : sources.findIndex(({ name, version }) => name === source.name && version === source.version);
}

function namesOf({ requires, when, enoughIfGranted, mayNeed = [] }: NamedOperation): string[] {
  const all = [requires, ...(when ?? []).map((variant) => variant.requires)].flatMap((one) => (one ? [one] : []));
  const sure = all.flatMap((one) => Object.values(one).flat(2));
  return [...sure, ...Object.values(enoughIfGranted ?? {}).flat(), ...mayNeed];
}

function vocabularyOf(facts: PermissionedFacts, sources: readonly FactSource[]): ProviderFacts["vocabulary"] {
  const accepted = new Map<string, { effect: Effect; operations: Set<string>; services: Map<string, number> }>();
  for (const { id, service, operations } of facts.packs) {
    for (const operation of operations) {
      for (const name of new Set(namesOf(operation))) {
        const known = accepted.get(name) ?? { effect: "read" as Effect, operations: new Set(), services: new Map() };
        known.operations.add(`${id} ${operation.name}`);
        if (effectRank(operation.effect) > effectRank(known.effect)) known.effect = operation.effect;
        known.services.set(service, (known.services.get(service) ?? 0) + 1);
        accepted.set(name, known);
      }
    }
  }
  const names = [...new Set([...accepted.keys(), ...facts.others])].sort(compareText);
  return {
    format: PACK_FORMAT,
    provider: facts.provider,
    sources,
    permissions: names.map((name): PermissionRow => {
      const { effect, ...text } = facts.describe(name);
      const acceptance = accepted.get(name);
      const services = [...(acceptance?.services ?? [])].sort((a, b) => b[1] - a[1] || compareText(a[0], b[0]));
      return {
        name,
        ...text,
        effect: effect ?? acceptance?.effect ?? "read",
        // What includes another opens all that the other opens.
        breadth: new Set([name, ...(text.implies ?? [])].flatMap((one) => [...(accepted.get(one)?.operations ?? [])]))
          .size,
        ...(services.length > 0 && { services: services.map(([service]) => service) }),
        source: 0,
      };
    }),
  };
}

function pageOf(facts: PermissionedFacts, packs: readonly Pack[]): string {
  const operations = packs.flatMap((pack) => pack.operations);
  const needing = operations.filter((row) => row.requires !== undefined).length;
  const permissions = new Set([...packs.flatMap((pack) => pack.permissions), ...facts.others]).size;
  const lines = [
    "<!-- Written by `npm run facts`; do not edit. -->",
    `# ${facts.title} facts`,
    `Facts of ${FACTS_DATE}: ${packs.length} ${packs.length === 1 ? "pack" : "packs"}, ${operations.length} operations, ${permissions} permissions. Of ${needing} operations it is known what they need.`,
    "## Sources",
    table(
      ["what", "source", "version", "date", "licence"],
      facts.sources.map((source) => [source.what, source.name, source.version, source.date, source.licence]),
    ),
    ...facts.about.flatMap(([heading, text]) => [`## ${heading}`, text]),
    "## What the facts do not know",
    facts.unknown.map((line) => `- ${line}`).join("\n"),
  ];
  return `${lines.join("\n\n")}\n`;
}

/** A Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
