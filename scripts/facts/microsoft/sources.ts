import { readFileSync } from "node:fs";
import type { FactSource } from "../../../server/src/model/pack.ts";
import { FACTS_DATE } from "../date.ts";

/** The tables the project keeps: `scripts/facts/sources/microsoft/*.json`, each with its provenance. */

const REPOSITORY = "microsoftgraph/microsoft-graph-devx-content";
const COMMIT = "6cbd6bbd665a877560fdefbad74f3bdb5b57af88";

/** What a row's `source` may point to. */
export const SOURCE = {
  stated: {
    name: `${REPOSITORY} permissions/new/permissions.json`,
    version: COMMIT,
    date: FACTS_DATE,
    licence: "MIT",
  },
  /** The permission that the source flags as least was not believed: `least.ts`. */
  corrected: {
    name: `${REPOSITORY} permissions/new/permissions.json, least permission corrected`,
    version: COMMIT,
    date: FACTS_DATE,
    licence: "MIT",
  },
  descriptions: {
    name: `${REPOSITORY} permissions/permissions-descriptions.json`,
    version: COMMIT,
    date: FACTS_DATE,
    licence: "MIT",
  },
} as const satisfies Record<string, FactSource>;

/** Columns of the tables: a signed-in user of an organisation, one with a personal account, no user at all. */
export const KINDS = ["delegated", "personal", "application"] as const;
export type Kind = (typeof KINDS)[number];

/** A permission, or one together with any one of others. */
export type Accepted = number | readonly number[];

export interface RuleColumn {
  /** The first so many of `any` are flagged as least privileged. */
  readonly least: number;
  readonly any: readonly Accepted[];
}

export type Rule = Readonly<Partial<Record<Kind, RuleColumn>>>;

export interface PermissionText {
  readonly title?: string;
  readonly ids?: Readonly<Partial<Record<Kind, string>>>;
  readonly delegated?: Consent;
  readonly personal?: Consent;
  readonly application?: Consent;
}

export interface Consent {
  /** From 1, the least, to 5; 0 where the source gives none. */
  readonly level: number;
  readonly adminConsent: boolean;
}

export interface Provenance {
  /** File name of the table, without `.json`. */
  readonly table: string;
  readonly what: string;
  readonly name: string;
  readonly version: string;
  readonly date: string;
  readonly licence: string;
}

export interface StatedByPage {
  readonly page: FactSource;
  /** From least to most privileged. */
  readonly columns: Readonly<Partial<Record<Kind, readonly string[]>>>;
}

export interface MicrosoftSources {
  readonly names: readonly string[];
  readonly permissions: ReadonlyMap<string, PermissionText>;
  /** Path in lower case → verb → what it accepts. */
  readonly paths: ReadonlyMap<string, ReadonlyMap<string, Rule>>;
  /** `GET /me/messages` → what a page of the reference says of it that the table lacks. */
  readonly pages: ReadonlyMap<string, StatedByPage>;
  readonly implies: ReadonlyMap<string, readonly string[]>;
  /** Words of paths in lower case → as Microsoft spells them. */
  readonly spelling: ReadonlyMap<string, string>;
  readonly provenance: readonly Provenance[];
}

export function readSources(): MicrosoftSources {
  const graph = table<{
    permissions: Record<string, PermissionText>;
    rules: Rule[];
    paths: Record<string, Record<string, number>>;
  }>("graph");
  const pages = table<{ pages: { page: number; requests: string[]; columns: StatedByPage["columns"] }[] }>("pages");
  const implies = table<{ implies: Record<string, string[]> }>("implies");
  const spelling = table<{ words: string[] }>("spelling");
  const verbs = (row: Record<string, number>) =>
    new Map(Object.entries(row).map(([verb, rule]) => [verb, graph.rules[rule]!]));
  return {
    names: Object.keys(graph.permissions),
    permissions: new Map(Object.entries(graph.permissions)),
    paths: new Map(Object.entries(graph.paths).map(([path, row]) => [path, verbs(row)])),
    pages: new Map(
      pages.pages.flatMap(({ page, requests, columns }) => {
        const { name, version, date, licence } = pages.provenance[page]!;
        return requests.map((request) => [request, { page: { name, version, date, licence }, columns }] as const);
      }),
    ),
    implies: new Map(Object.entries(implies.implies)),
    spelling: new Map(spelling.words.map((word) => [word.toLowerCase(), word])),
    provenance: [graph, pages, implies, spelling].flatMap(({ provenance }) => provenance),
  };
}

function table<T>(name: string): T & { readonly provenance: readonly Provenance[] } {
  const data = JSON.parse(readFileSync(new URL(`../sources/microsoft/${name}.json`, import.meta.url), "utf8"));
  return {
    ...data,
    provenance: data.provenance.map((entry: Omit<Provenance, "table">) => ({ table: name, ...entry })),
  };
}
