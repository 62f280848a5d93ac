import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compareText } from "../../../server/src/model/place.ts";

/**
 * `test/facts/sample/<service>.json`: operations drawn at random by their names (`draw.ts`), and what each needs according to
 * documentation that the packs are not made from, wherever there is any.
 */
export interface Sample {
  readonly service: string;
  readonly drawn: {
    readonly seed: string;
    readonly from: string;
    /** Of all names that were drawn from, sorted, one a line. */
    readonly names: number;
    readonly sha256: string;
  };
  readonly sources: Readonly<Record<string, SampleSource>>;
  readonly rows: readonly SampleRow[];
  readonly skipped: readonly { readonly operation: string; readonly reason: string }[];
}

interface SampleSource {
  readonly name: string;
  readonly version: string;
  /** Of the version, or the day on which it was read. */
  readonly date: string;
  /** Are the packs made from something else? */
  readonly independent: boolean;
  /** How its sentences are read. */
  readonly how?: string;
}

export interface SampleRow {
  /** As `draw.ts` prints it. */
  readonly operation: string;
  /** Verb and path, where the operation is known by another name. */
  readonly request?: string;
  /**
   * Kind of credential → the least that is enough: one set, or several of which each is the least for some arguments. `[[]]`: needs
   * nothing. `null`: no credential of this kind will do. Kind `any`: all kinds alike.
   */
  readonly expected: Readonly<Record<string, readonly (readonly string[])[] | null>>;
  readonly citations: readonly SampleCitation[];
  /** What is needed in some cases besides: not scored. */
  readonly inSomeCases?: readonly string[];
  /** Why nobody can say whether all of an expected set are needed or any one. */
  readonly anyOrAll?: string;
  /**
   * Kinds of credential for which documentation names a permission that only reads, for a request that changes something. Facts
   * may name another one as the least there, as long as what documentation names is enough.
   */
  readonly disputed?: readonly string[];
  readonly note?: string;
  /** When the expectation was changed, from what, and why: never because of what the facts say, and always with a citation of its own. */
  readonly changed?: string;
}

interface SampleCitation {
  /** Key of `sources`. */
  readonly source: string;
  /** Where in it, and what stands there. */
  readonly place: string;
  readonly sentence: string;
  /** Where the sentence leads to. */
  readonly links?: string;
}

/** All samples, by the name of their service. */
export function readSamples(): readonly Sample[] {
  const folder = new URL("../../../test/facts/sample/", import.meta.url);
  const files = readdirSync(fileURLToPath(folder)).sort(compareText);
  return files.map((file) => JSON.parse(readFileSync(new URL(file, folder), "utf8")) as Sample);
}
