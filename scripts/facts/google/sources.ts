import { readFileSync } from "node:fs";
import type { FactSource } from "../../../server/src/model/pack.ts";
import type { Tier } from "../../../server/src/model/permission.ts";
import { FACTS_DATE } from "../date.ts";

/** The tables the project keeps beside the package: `scripts/facts/sources/google/*.json`, each with its provenance. */

export const AUTH = "https://www.googleapis.com/auth/";

export const PACKAGE = {
  name: "googleapis",
  version: "188.0.0",
  integrity: "sha512-dLGvMAlYOiemwYnhFoy1bDd+dnB6o8mGxnXhLCirAjAww8F/Qs59XY3EHm7p7RGENtDRTqyM7oV7DQ22V4BaOA==",
} as const;

/** What a row's `source` may point to. */
export const SOURCE = {
  package: { name: PACKAGE.name, version: PACKAGE.version, date: FACTS_DATE, licence: "Apache-2.0" },
  discovery: {
    name: "googleapis/google-api-go-client",
    version: "1d14839dc8c82d18d3845bd724a8f2f08bb32f2c",
    date: FACTS_DATE,
    licence: "BSD-3-Clause",
  },
  fill: {
    name: "iann0036/iamlive",
    version: "3ec1a40e560c2f00ec82c50223add810e2567efb",
    date: FACTS_DATE,
    licence: "MIT",
  },
} as const satisfies Record<string, FactSource>;

interface ScopeText {
  readonly meaning?: string;
  readonly tier?: Tier;
  readonly partial?: boolean;
}

interface Provenance {
  /** File name of the table, without `.json`. */
  readonly table: string;
  readonly what: string;
  readonly name: string;
  readonly version: string;
  readonly date: string;
  readonly licence: string;
}

export interface GoogleSources {
  readonly scopes: ReadonlyMap<string, ScopeText>;
  /** Pack → method → scopes. */
  readonly fill: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;
  readonly implies: ReadonlyMap<string, readonly string[]>;
  /** Pack → path prefix under `www.googleapis.com`. */
  readonly oldPrefixes: ReadonlyMap<string, string>;
  readonly provenance: readonly Provenance[];
}

export function readSources(): GoogleSources {
  const scopes = table<{ scopes: Record<string, ScopeText> }>("scopes");
  const fill = table<{ scopes: string[]; methods: Record<string, Record<string, number[]>> }>("fill");
  const implies = table<{ implies: Record<string, string[]> }>("implies");
  const oldHosts = table<{ prefixes: Record<string, string> }>("old-hosts");
  const filled = Object.entries(fill.methods).map(
    ([pack, methods]) =>
      [
        pack,
        new Map(
          Object.entries(methods).map(([name, ordinals]) => [name, ordinals.map((ordinal) => fill.scopes[ordinal]!)]),
        ),
      ] as const,
  );
  return {
    scopes: new Map(Object.entries(scopes.scopes)),
    fill: new Map(filled),
    implies: new Map(Object.entries(implies.implies)),
    oldPrefixes: new Map(Object.entries(oldHosts.prefixes)),
    provenance: [scopes, fill, implies, oldHosts].flatMap(({ provenance }) => provenance),
  };
}

function table<T>(name: string): T & { readonly provenance: readonly Provenance[] } {
  const data = JSON.parse(readFileSync(new URL(`../sources/google/${name}.json`, import.meta.url), "utf8"));
  return {
    ...data,
    provenance: data.provenance.map((entry: Omit<Provenance, "table">) => ({ table: name, ...entry })),
  };
}
