import { covers } from "../match/covers.ts";
import type { Missing, Plan } from "../match/plan.ts";
import type { Grant } from "../model/analysis.ts";
import type { Finding, Fix, Severity } from "../model/finding.ts";
import { structuralId } from "../model/hash.ts";
import { factsOf, reachedFrom } from "./calls.ts";
import { additionEdits } from "./fixes.ts";
import type { Rule, RuleInput } from "./rule.ts";
import { capitalised, counted, joined, permissionNoun, shortName, shortOperation, verb } from "./wording.ts";

const ID = "missing-permission";

/** A traced call is covered by nothing in a visible, closed list. */
export const missingPermission: Rule = {
  meta: {
    id: ID,
    says: "a call that none of the permissions in its list covers",
    default: "error",
    fix: "widens",
    since: "0.1.0",
  },
  *check(input) {
    for (const plan of input.plans) for (const missing of plan.missing) yield findingFor(input, plan, missing);
  },
};

const SEVERITY: Record<Missing["confidence"], Severity> = { certain: "error", likely: "warning", possible: "info" };

function findingFor(input: RuleInput, plan: Plan, missing: Missing): Finding {
  const { access } = missing;
  const lists = missing.groups.map((group) => grantsOf(plan, group));
  const [first] = missing.additions;
  return {
    ruleId: ID,
    severity: SEVERITY[missing.confidence],
    confidence: missing.confidence,
    message: message(input, missing, lists[0]!),
    place: access.place,
    permission: first?.[0] ?? null,
    service: access.service,
    deployable: input.analysis.deployable.id,
    ...reachedFrom([access]),
    related: lists.map((grants) => ({
      place: grants[0]!.place,
      message: `${names(input, grants)} ${verb(grants, "is", "are")} ${grants[0]!.verb} here`,
    })),
    evidence: {
      used: [access.id],
      facts: factsOf([access]),
      narrowest: missing.additions,
      cost: null,
      blindSpots: [],
      reason: missing.reason,
    },
    fixes: missing.additions.flatMap((addition) => fixFor(input, lists, addition)),
    fingerprint: structuralId(ID, plan.provider, JSON.stringify(missing.additions), access.id, ...missing.groups),
  };
}

function message(input: RuleInput, missing: Missing, grants: readonly Grant[]): string {
  const { provider } = missing.access.requirement;
  const short = (name: string) => shortName(input, provider, name);
  const needed = joined(
    missing.additions.map((set) => joined(set.map(short))),
    "or",
  );
  const oneOf = missing.additions.length > 1 ? "one of " : "";
  const mode = missing.mode === undefined ? "" : ` in ${missing.mode}`;
  return `${shortOperation(missing.access.operation)} needs ${oneOf}${needed}, which ${names(input, grants)} ${verb(grants, "does", "do")} not cover${mode}.`;
}

function grantsOf(plan: Plan, group: string): Grant[] {
  return plan.lists.find((list) => list.group === group)!.grants.map(({ grants }) => grants[0]!);
}

/** The permissions of a list by name, or how many they are. */
function names(input: RuleInput, grants: readonly Grant[]): string {
  const { provider } = grants[0]!.permission;
  if (grants.length > 3) return `the ${counted(grants.length, permissionNoun(provider))} ${grants[0]!.verb}`;
  return joined(grants.map(({ permission }) => shortName(input, provider, permission.name)));
}

/**
 * Adds to the first list that can be edited; what the newcomers include goes, as it would add nothing beside them. Never
 * applied unasked: it gives the code more power.
 */
function fixFor(input: RuleInput, lists: readonly (readonly Grant[])[], addition: readonly string[]): Fix[] {
  for (const grants of lists) {
    const { permission, verb: given } = grants[0]!;
    const short = (name: string) => shortName(input, permission.provider, name);
    const included = grants.filter((grant) =>
      addition.some((name) => covers({ ...grant.permission, name }, grant.permission, input.knowledge)),
    );
    const edits = grants
      .map((grant) => additionEdits(input, grant, addition, included))
      .find((one) => one !== undefined);
    if (!edits) continue;
    const ask = given === "requested" ? "request" : "grant";
    const wanted = joined(addition.map(short));
    const instead = joined(included.map((grant) => short(grant.permission.name)));
    const title = instead === "" ? `Also ${ask} ${wanted}` : `${capitalised(ask)} ${wanted} instead of ${instead}`;
    return [{ title: `${title} (more power)`, kind: "widens", safe: false, edits }];
  }
  return [];
}
