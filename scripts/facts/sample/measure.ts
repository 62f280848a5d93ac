import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createFacts, type Facts } from "../../../server/src/facts/lookup.ts";
import { FINDERS } from "./find.ts";
import { judge, type Judgement } from "./judge.ts";
import { readSamples, type Sample, type SampleRow } from "./sample.ts";

export interface Measured {
  readonly sample: Sample;
  /** Undefined: there are no facts of the service yet. */
  readonly judged: readonly (Judgement & { readonly row: SampleRow })[] | undefined;
}

/** All samples against the facts as they lie in `server/facts`. */
export function measure(facts: Facts = readFacts()): readonly Measured[] {
  return readSamples().map((sample) => {
    const finder = FINDERS[sample.service]!;
    if (!facts.providers.includes(finder.provider)) return { sample, judged: undefined };
    return { sample, judged: sample.rows.map((row) => ({ ...judge(facts, row, finder.find(facts, row)), row })) };
  });
}

export function count(measured: readonly Measured[], verdict: Judgement["verdict"]): number {
  return measured.flatMap(({ judged }) => judged ?? []).filter((one) => one.verdict === verdict).length;
}

export function readFacts(): Facts {
  const folder = new URL("../../../server/facts/", import.meta.url);
  return createFacts((relative) => {
    const file = fileURLToPath(new URL(relative, folder));
    return existsSync(file) ? readFileSync(file) : undefined;
  });
}
