import type { Grant } from "../model/analysis.ts";
import { changesState } from "../model/effect.ts";
import type { Finding } from "../model/finding.ts";
import { structuralId } from "../model/hash.ts";
import type { Rule, RuleInput } from "./rule.ts";
import { shortName } from "./wording.ts";

const ID = "wildcard-permission";

/** A permission that stands for everything of its kind, where a list could be. Which list, only whoever wrote it knows. */
export const wildcardPermission: Rule = {
  meta: {
    id: ID,
    says: "a permission that stands for everything, where a list could be",
    default: "warning",
    fix: null,
    since: "0.1.0",
  },
  *check(input) {
    const lists = new Set<string>();
    for (const grant of input.analysis.grants) {
      if (grant.wildcard === undefined || lists.has(grant.group)) continue;
      lists.add(grant.group);
      yield findingFor(input, grant, grant.wildcard);
    }
  },
};

function findingFor(
  input: RuleInput,
  grant: Grant,
  { says, effect, ofResources }: NonNullable<Grant["wildcard"]>,
): Finding {
  const { provider, name } = grant.permission;
  return {
    ruleId: ID,
    severity: changesState(effect) ? "warning" : "info",
    confidence: "certain",
    message: `${shortName(input, provider, name)} ${says}: grant only what is needed.`,
    place: grant.place,
    // Narrowed to some of its actions, the list is as wide as it was.
    permission: ofResources ? null : name,
    service: grant.service,
    deployable: input.analysis.deployable.id,
    agents: [],
    tools: [],
    related: [],
    evidence: {
      used: [],
      facts: [],
      narrowest: [],
      cost: null,
      blindSpots: [],
      reason: "it is written there, whatever is needed",
    },
    fixes: [],
    fingerprint: structuralId(ID, provider, ...(ofResources ? [grant.group] : [name, grant.id])),
  };
}
