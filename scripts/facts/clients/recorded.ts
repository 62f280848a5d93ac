import { readFileSync } from "node:fs";
import type { FactSource } from "../../../server/src/model/pack.ts";
import type { Typings } from "../typed/read-typings.ts";

/** What was read off a library's source: `scripts/facts/sources/<provider>/<library>.json`. */
export interface RecordedLibrary {
  readonly provenance: FactSource & { readonly what: string };
  /** Of the texts that were read, one after the other. */
  readonly sha256: string;
  readonly how: string;
  readonly title: string;
  readonly service: string;
  readonly origins: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string>>;
  readonly types: Readonly<Record<string, RecordedType>>;
}

export interface RecordedType {
  readonly bases?: readonly string[];
  readonly leads?: Readonly<Record<string, string>>;
  /** Method → requests; none: it sends nothing, null: not known what. */
  readonly sends: Readonly<Record<string, readonly string[] | null>>;
}

/** `clients/pygithub`. */
export function readRecorded(file: string): RecordedLibrary {
  return JSON.parse(readFileSync(new URL(`../sources/${file}.json`, import.meta.url), "utf8")) as RecordedLibrary;
}

/** As type declarations are read; `more` are leads that annotations do not tell. */
export function typingsOf(
  { types }: Pick<RecordedLibrary, "types">,
  more: Readonly<Record<string, Readonly<Record<string, string>>>> = {},
): Typings {
  const shapes = Object.entries(types).map(([name, { bases = [], leads = {}, sends }]) => {
    const known = new Map(Object.entries({ ...leads, ...more[name] }));
    return [name, { bases, methods: new Set(Object.keys(sends)), leads: known }] as const;
  });
  return { exports: new Map(), types: new Map(shapes) };
}

/** `find_one_and_update` → `findOneAndUpdate`: as the same library is spelled in JavaScript. */
export function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()).replace(/_$/, "");
}
