import type { Facts } from "../facts/lookup.ts";
import { namesCover } from "../match/covers.ts";
import { mayHideNeed } from "../match/knowledge.ts";
import { mayCarry } from "../match/modes.ts";
import type { Access, BlindSpot, Grant } from "../model/analysis.ts";
import { compareText } from "../model/place.ts";

/**
 * Marks permissions that hold for every resource, where they can be bound to some and all calls that need them say to which. Where a
 * call may be out of sight, nothing is marked.
 */
export function markWideResources(
  grants: readonly Grant[],
  accesses: readonly Access[],
  blindSpots: readonly BlindSpot[],
  facts: Facts,
): Grant[] {
  return grants.map((grant) => {
    const says = wideness(grant, accesses, blindSpots, facts);
    const effect = facts.permission(grant.service, grant.permission.name)?.effect;
    return says === undefined || effect === undefined
      ? grant
      : { ...grant, wildcard: { says, effect, ofResources: true } };
  });
}

function wideness(
  grant: Grant,
  accesses: readonly Access[],
  blindSpots: readonly BlindSpot[],
  facts: Facts,
): string | undefined {
  const { provider, name, resource, condition } = grant.permission;
  if (resource !== undefined || condition !== undefined) return undefined;
  if (blindSpots.some((spot) => mayHideNeed(spot, grant.permission, facts))) return undefined;
  const fed = accesses.filter((access) => mayCarry(grant, access));
  const asked = fed.flatMap(({ requires }) => requires.flat()).filter((one) => canBeBound(one, provider, facts));
  const covered = [...new Set(asked)].filter((one) => namesCover(provider, name, one, facts));
  // Of those that a pattern stands for, one is enough.
  for (const one of covered.sort(compareText)) {
    const calls = fed.filter(({ requires }) => requires.some((set) => set.includes(one)));
    const touched = calls.map(({ requirement }) => requirement.resources ?? []);
    if (touched.every((resources) => resources.length > 0)) return inWords(calls.length, [...new Set(touched.flat())]);
  }
  return undefined;
}

function canBeBound(name: string, provider: string, facts: Facts): boolean {
  return (facts.permission(provider, name)?.resources ?? []).length > 0;
}

/** So many are named. */
const MOST = 2;

function inWords(calls: number, resources: readonly string[]): string {
  const only = resources.length > MOST ? `${resources.length} of them` : [...resources].sort(compareText).join(", ");
  return `is allowed on every resource, and its ${calls === 1 ? "one call touches" : `${calls} calls touch`} only ${only}`;
}
