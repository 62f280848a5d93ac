import { existsSync, readFileSync } from "node:fs";
import { sampledServices } from "./names.ts";

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

/** All samples that there are. */
export function readSamples(): readonly Sample[] {
  return sampledServices.flatMap((service) => {
    const file = new URL(`../../../test/facts/sample/${service}.json`, import.meta.url);
    return existsSync(file) ? [JSON.parse(readFileSync(file, "utf8")) as Sample] : [];
  });
}
