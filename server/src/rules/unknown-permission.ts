import { changeList, elementText } from "../edit/list.ts";
import type { Finding, Fix } from "../model/finding.ts";
import { opensGroup } from "../match/sufficiency.ts";
import type { PlannedGrant } from "./finding.ts";
import { grantFinding, oncePerPlace, plannedGrants } from "./finding.ts";
import type { Rule, RuleInput } from "./rule.ts";
import { joined, permissionNoun, providerTitle, shortName } from "./wording.ts";

const ID = "unknown-permission";

/** Not in the vocabulary, or on its way out of it. */
export const unknownPermission: Rule = {
  meta: {
    id: ID,
    says: "a permission that is misspelt, deprecated or newer than the facts",
    default: "warning",
    fix: "widens",
    since: "0.1.0",
  },
  check: (input) => oncePerPlace(findings(input)),
};

function* findings(input: RuleInput): Generator<Finding> {
  for (const planned of plannedGrants(input)) {
    const { permission, row } = planned.plan;
    if (row?.deprecated === true) yield deprecated(input, planned);
    else if (!row && !opensGroup(permission) && hasVocabulary(input, planned)) yield unknown(input, planned);
  }
}

/** A provider of which nothing is known gets no verdict on its names. */
function hasVocabulary(input: RuleInput, { plan, list }: PlannedGrant): boolean {
  const { provider } = plan.permission;
  const known = list.grants.some(({ row }) => row !== undefined);
  return (
    known ||
    input.analysis.accesses.some(({ requirement }) => requirement.provider === provider) ||
    input.knowledge.nearMisses(provider, plan.permission.name).length > 0
  );
}

function deprecated(input: RuleInput, planned: PlannedGrant): Finding {
  const { provider, name } = planned.plan.permission;
  return grantFinding(input, ID, planned, {
    severity: "warning",
    confidence: "certain",
    message: `${shortName(input, provider, name)} is deprecated by ${providerTitle(provider)}.`,
    related: [],
    calls: [],
    cost: null,
    fixes: [],
    reason: `the facts of ${input.factsDate} list it as deprecated`,
  });
}

function unknown(input: RuleInput, planned: PlannedGrant): Finding {
  const { provider, name } = planned.plan.permission;
  const { written } = planned.plan.grants[0]!;
  const noun = permissionNoun(provider);
  const title = providerTitle(provider);
  const near = input.knowledge.nearMisses(provider, name);
  const meant = joined(
    near.map((one) => shortName(input, provider, one)),
    "or",
  );
  if (near.length === 0) {
    return grantFinding(input, ID, planned, {
      severity: "info",
      confidence: "possible",
      message: `"${written}" is no ${title} ${noun} in the facts of ${input.factsDate}; it may be newer.`,
      related: [],
      calls: [],
      cost: null,
      fixes: [],
      reason: `the facts of ${input.factsDate} do not have it`,
    });
  }
  return grantFinding(input, ID, planned, {
    severity: "warning",
    confidence: "likely",
    message: `"${written}" is no ${title} ${noun} in the facts of ${input.factsDate}; ${meant} ${near.length === 1 ? "is" : "are"} spelt almost the same.`,
    related: [],
    calls: [],
    cost: null,
    narrowest: near.map((one) => [one]),
    reason: `the facts of ${input.factsDate} do not have it, but one that is spelt almost the same`,
    fixes: near.flatMap((one) => respelling(input, planned, one)),
  });
}

/** A misspelt permission gives nothing; spelt right it does. So this widens, and is never applied unasked. */
function respelling(input: RuleInput, { plan }: PlannedGrant, name: string): Fix[] {
  const grant = plan.grants[0]!;
  const text = grant.list && input.textOf(grant.list.source.file);
  if (!grant.list || grant.list.saysMore || text === undefined || grant.sharedWith.length > 0) return [];
  const { source, index } = grant.list;
  const edits = changeList(source, text, { replace: new Map([[index, elementText(source, text, name)]]) });
  return edits.length === 0 ? [] : [{ title: `Spell it ${name}`, kind: "widens", safe: false, edits }];
}
