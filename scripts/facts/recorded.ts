import { readFileSync } from "node:fs";
import type { FactSource } from "../../server/src/model/pack.ts";

/**
 * What is quoted from documents that no registry of npm has. `npm run facts:quotes` compares it word for word with copies of
 * them; a copy is known by its hash.
 */
export interface Recorded<Row extends Quote> {
  readonly about: string;
  readonly documents: Readonly<Record<string, RecordedDocument>>;
  readonly rows: Readonly<Record<string, Row>>;
}

export interface RecordedDocument extends FactSource {
  /** File → SHA-256 of it; of a repository too large to be copied, the commit at which the file was read. */
  readonly files: Readonly<Record<string, string>>;
}

export interface Quote {
  /** The document's own words. */
  readonly says: string;
  /** More of them, from the same file. */
  readonly also?: string;
  /** Document and file of it, `postgresql/sql-copy.html`. */
  readonly in: string;
}

/** A file of `scripts/facts/sources`. */
export function recorded<Row extends Quote>(file: string): Recorded<Row> {
  return JSON.parse(readFileSync(new URL(`sources/${file}`, import.meta.url), "utf8")) as Recorded<Row>;
}

/** Document and file of a quote. */
export function placeOf({ in: place }: Quote): readonly [document: string, file: string] {
  const slash = place.indexOf("/");
  return [place.slice(0, slash), place.slice(slash + 1)];
}

/** What rows cite: one source a document. */
export function sourcesOf({ documents }: Recorded<Quote>): (quote: Quote) => FactSource {
  const sources = new Map(
    Object.entries(documents).map(([id, { name, version, date, licence }]) => [id, { name, version, date, licence }]),
  );
  return (quote) => sources.get(placeOf(quote)[0])!;
}
