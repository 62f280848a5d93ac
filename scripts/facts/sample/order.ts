import { createHash } from "node:crypto";
import { compareText } from "../../../server/src/model/place.ts";
import type { Stratum } from "./names.ts";

/** Chosen once, before the first name was seen. */
export const SEED = "remit facts 2026-11-27";

/**
 * The names of each stratum in a random order that anyone can make again: by the hash of seed and name, so that a name that goes
 * or comes moves no other. What an earlier stratum has taken is left out.
 */
export function drawOrder(strata: readonly Stratum[]): readonly (Stratum & { readonly order: readonly string[] })[] {
  const taken = new Set<string>();
  return strata.map((stratum) => {
    const hashes = new Map(stratum.names.map((name) => [name, sha256(`${SEED}\n${stratum.title}\n${name}`)]));
    const order = [...hashes.keys()]
      .filter((name) => !taken.has(name))
      .sort((a, b) => compareText(hashes.get(a)!, hashes.get(b)!));
    for (const name of order.slice(0, stratum.take)) taken.add(name);
    return { ...stratum, order };
  });
}

/** By which a sample says from which names it was drawn. */
export function namesHash(strata: readonly Stratum[]): { readonly names: number; readonly sha256: string } {
  const names = [...new Set(strata.flatMap((stratum) => stratum.names))].sort(compareText);
  return { names: names.length, sha256: sha256(names.join("\n")) };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
