import type { Access, BlindSpot, DeployableAnalysis, Grant } from "../model/analysis.ts";
import { comparePlaces, compareText } from "../model/place.ts";
import type { PermissionKnowledge } from "./knowledge.ts";
import { planList } from "./list-plan.ts";
import { missingCalls } from "./missing.ts";
import type { Plan } from "./plan.ts";

/** Steps after which a search for least sets gives up; far beyond what real lists take. */
const SEARCH_BUDGET = 20_000;

/** The plans of a deployable: one a provider, in order of their names. */
export function plansOf(analysis: DeployableAnalysis, knowledge: PermissionKnowledge): Plan[] {
  const providers = [...new Set(analysis.grants.map(({ permission }) => permission.provider))].sort(compareText);
  const { below } = analysis;
  const all = [...analysis.accesses, ...(below?.accesses ?? [])];
  const spots = [analysis.blindSpots, analysis.assumptions, below?.blindSpots ?? [], below?.assumptions ?? []].flat();
  return providers.map((provider) => {
    const grants = analysis.grants.filter(({ permission }) => permission.provider === provider);
    const accesses = all.filter(({ requirement }) => requirement.provider === provider);
    return solve(grants, accesses, spots, knowledge);
  });
}

/**
 * Compares what was granted by one provider with the calls, and computes what should be. Which call a list may feed is
 * decided here, by credential and mode: a client whose credential is unresolved meets all the provider's lists.
 */
export function solve(
  grants: readonly Grant[],
  accesses: readonly Access[],
  blindSpots: readonly BlindSpot[],
  knowledge: PermissionKnowledge,
  budget = SEARCH_BUDGET,
): Plan {
  const provider = grants[0]?.permission.provider ?? accesses[0]?.requirement.provider ?? "";
  const calls = [...accesses].sort((a, b) => comparePlaces(a.place, b.place) || compareText(a.id, b.id));
  const spots = [...blindSpots].sort((a, b) => comparePlaces(a.place, b.place) || compareText(a.id, b.id));
  const lists = listsOf(grants);
  return {
    provider,
    lists: lists.map((list) => planList(list, calls, spots, knowledge, budget)),
    missing: missingCalls(lists, calls, knowledge),
  };
}

/** Grants by the list they stand in; lists and grants in order of place. */
function listsOf(grants: readonly Grant[]): Grant[][] {
  const groups = new Map<string, Grant[]>();
  for (const grant of [...grants].sort((a, b) => comparePlaces(a.place, b.place) || compareText(a.id, b.id))) {
    const list = groups.get(grant.group);
    if (list) list.push(grant);
    else groups.set(grant.group, [grant]);
  }
  return [...groups.values()];
}
