import type { FactSource } from "../../../server/src/model/pack.ts";

/** What was read off a library's source: `scripts/facts/sources/clients/<library>.json`. */
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
