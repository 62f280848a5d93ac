import { compareText } from "../model/place.ts";

/** What has to be met: options, any one of which is enough, each a set of candidates that are all needed. */
export type Demand = readonly (readonly string[])[];

/**
 * All covers of the demands that have no member to spare, by exhaustive search; `null` when `budget` steps were not
 * enough. Every cover contains `forced`, which may be to spare.
 */
export function minimalCovers(
  demands: readonly Demand[],
  forced: readonly string[],
  budget: number,
): string[][] | null {
  const found: ReadonlySet<string>[] = [];
  const seen = new Set<string>();
  let steps = 0;

  function extend(chosen: ReadonlySet<string>): boolean {
    const key = [...chosen].sort(compareText).join("\u0000");
    if (seen.has(key)) return true;
    seen.add(key);
    if (++steps > budget) return false;
    if (found.some((cover) => isSubset(cover, chosen))) return true;
    const open = demands.filter((demand) => !isMet(demand, chosen));
    if (open.length === 0) {
      found.push(chosen);
      return true;
    }
    const tightest = open.reduce((a, b) => (b.length < a.length ? b : a));
    return tightest.every((option) => extend(new Set([...chosen, ...option])));
  }

  if (!extend(new Set(forced))) return null;
  const covers = found.filter((cover) => isIrredundant(cover, new Set(forced), demands));
  return covers
    .map((cover) => [...cover].sort(compareText))
    .sort((a, b) => a.length - b.length || compareText(a.join(), b.join()));
}

export function isMet(demand: Demand, held: ReadonlySet<string>): boolean {
  return demand.some((option) => option.every((member) => held.has(member)));
}

function isIrredundant(cover: ReadonlySet<string>, forced: ReadonlySet<string>, demands: readonly Demand[]): boolean {
  return [...cover].every((member) => {
    if (forced.has(member)) return true;
    const rest = new Set(cover);
    rest.delete(member);
    return demands.some((demand) => !isMet(demand, rest));
  });
}

function isSubset(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  for (const member of a) if (!b.has(member)) return false;
  return true;
}

/**
 * Leaves out candidates that another one can stand in for everywhere: `replaces(v, u)` says that v is no more power than
 * u and to be preferred. Changes no least cover, and keeps the search small.
 */
export function withoutDominated(demands: readonly Demand[], replaces: (v: string, u: string) => boolean): Demand[] {
  let left = demands.map(shortestOptions);
  const candidates = [...new Set(left.flat(2))].sort(compareText);
  for (const u of candidates) {
    const standIn = candidates.find(
      (v) => v !== u && left.flat(2).includes(v) && replaces(v, u) && standsInEverywhere(left, v, u),
    );
    if (standIn !== undefined) left = left.map((demand) => demand.filter((option) => !option.includes(u)));
  }
  return left;
}

function standsInEverywhere(demands: readonly Demand[], v: string, u: string): boolean {
  return demands.every((demand) =>
    demand.every((option) => {
      if (!option.includes(u)) return true;
      const instead = new Set(option.map((member) => (member === u ? v : member)));
      return demand.some((other) => !other.includes(u) && other.every((member) => instead.has(member)));
    }),
  );
}

/** Without options that contain another option, and without repetitions. */
export function shortestOptions(demand: Demand): Demand {
  const sets = demand.map((option) => [...new Set(option)].sort(compareText));
  const unique = sets.filter(
    (option, index) => sets.findIndex((other) => other.join("\u0000") === option.join("\u0000")) === index,
  );
  return unique.filter(
    (option) =>
      !unique.some(
        (other) => other !== option && other.length < option.length && other.every((member) => option.includes(member)),
      ),
  );
}

/** Groups of demands that share candidates, directly or through others: each can be solved by itself. */
export function components(demands: readonly Demand[]): Demand[][] {
  const groups: { demands: Demand[]; candidates: Set<string> }[] = [];
  for (const demand of demands) {
    const candidates = new Set(demand.flat());
    const touching = groups.filter((group) => [...candidates].some((candidate) => group.candidates.has(candidate)));
    const merged = {
      demands: [...touching.flatMap((group) => group.demands), demand],
      candidates: new Set([...touching.flatMap((group) => [...group.candidates]), ...candidates]),
    };
    for (const group of touching) groups.splice(groups.indexOf(group), 1);
    groups.push(merged);
  }
  return groups.map((group) => group.demands);
}
