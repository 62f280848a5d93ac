import { compareText } from "../model/place.ts";
import type { PermissionKnowledge } from "./knowledge.ts";
import type { Demand } from "./minimal-covers.ts";
import { isMet, minimalCovers, withoutDominated } from "./minimal-covers.ts";
import type { Candidates } from "./candidates.ts";
import { comparePower, isAtMost } from "./power.ts";

/** The target for calls that can be served by the same permissions, and what it makes of those granted. */
export interface Target {
  readonly demands: readonly Demand[];
  /** Granted candidates that serve any of these calls. */
  readonly granted: readonly string[];
  /** Least sets, by key; the first is the target. None has more power than what is granted. */
  readonly least: readonly (readonly string[])[];
  /** Granted candidates of which nothing can go until something new has come: in the target, or to be replaced. */
  readonly kept: readonly string[];
}

/** Undefined: the search was longer than the budget allows. */
export function targetOf(
  demands: readonly Demand[],
  candidates: Candidates,
  knowledge: PermissionKnowledge,
  budget: number,
): Target | undefined {
  const search = new TargetSearch(candidates, knowledge, budget);
  const all = [...new Set(demands.flat(2))].sort(compareText);
  const granted = all.filter((key) => candidates.granted.has(key));
  const ofGranted = demands.map((demand) =>
    demand.filter((option) => option.every((key) => candidates.granted.has(key))),
  );

  const anything = search.covers(demands, []);
  const onlyGranted = search.covers(ofGranted, []);
  if (!anything || !onlyGranted) return undefined;
  const affordable = anything.filter((cover) => isAtMost(search.compare(cover, granted)));
  const least = search.least([...onlyGranted, ...affordable]);
  const target = least[0]!;

  const kept = search.covers(
    ofGranted,
    target.filter((key) => candidates.granted.has(key)),
  );
  if (!kept) return undefined;
  return { demands, granted, least, kept: search.least(kept)[0]! };
}

class TargetSearch {
  readonly #candidates: Candidates;
  readonly #knowledge: PermissionKnowledge;
  readonly #budget: number;

  constructor(candidates: Candidates, knowledge: PermissionKnowledge, budget: number) {
    this.#candidates = candidates;
    this.#knowledge = knowledge;
    this.#budget = budget;
  }

  covers(demands: readonly Demand[], forced: readonly string[]): string[][] | null {
    const open = demands.filter((demand) => !isMet(demand, new Set(forced)));
    return minimalCovers(
      withoutDominated(open, (v, u) => this.#isPreferable(v, u)),
      forced,
      this.#budget,
    );
  }

  compare(a: readonly string[], b: readonly string[]) {
    return comparePower(this.#candidates.all(a), this.#candidates.all(b), this.#knowledge);
  }

  /** Covers that no other one undercuts; of equals those with the fewest newcomers. The first has the fewest newcomers of all. */
  least(covers: readonly (readonly string[])[]): string[][] {
    const unique = [
      ...new Map(covers.map((cover) => [[...cover].sort(compareText).join(), [...cover].sort(compareText)])).values(),
    ];
    const undercut = (a: readonly string[]) =>
      unique.some((b) => {
        if (b === a) return false;
        const order = this.compare(b, a);
        return order === "less" || (order === "equal" && this.#newcomers(b) < this.#newcomers(a));
      });
    const least = unique.filter((cover) => !undercut(cover));
    return (least.length > 0 ? least : unique).sort(
      (a, b) => this.#newcomers(a) - this.#newcomers(b) || a.length - b.length || compareText(a.join(), b.join()),
    );
  }

  #newcomers(keys: readonly string[]): number {
    return keys.filter((key) => !this.#candidates.granted.has(key)).length;
  }

  #isPreferable(v: string, u: string): boolean {
    const order = this.compare([v], [u]);
    if (!isAtMost(order)) return false;
    if (order === "less") return this.#candidates.granted.has(v) || !this.#candidates.granted.has(u);
    const newer = this.#newcomers([v]) - this.#newcomers([u]);
    return newer < 0;
  }
}
