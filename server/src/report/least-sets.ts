import type { Access } from "../model/analysis.ts";
import type { Alternatives } from "../model/permission.ts";
import { compareText } from "../model/place.ts";

/** Whether these permissions let the call through. A call nothing is known about counts as covered: it can ask for nothing. */
export function isCovered(access: Access, granted: ReadonlySet<string>): boolean {
  return access.requires.length === 0 || coveringAlternative(access, granted) !== undefined;
}

/** The first alternative of the call's requirement that is wholly granted. */
export function coveringAlternative(access: Access, granted: ReadonlySet<string>): readonly string[] | undefined {
  return access.requires.find((alternative) => alternative.every((permission) => granted.has(permission)));
}

/**
 * A least set that covers all the calls: the least of each, without those that another member makes superfluous.
 * An overview for people; what findings and fixes say comes from the solver.
 */
export function leastSets(accesses: readonly Access[]): Alternatives {
  const known = accesses.filter((access) => access.requires.length > 0);
  if (known.length === 0) return [];
  const set = new Set(known.flatMap((access) => access.requires[0]!));
  for (const permission of [...set].sort(compareText)) {
    set.delete(permission);
    if (!known.every((access) => isCovered(access, set))) set.add(permission);
  }
  return [[...set].sort(compareText)];
}
