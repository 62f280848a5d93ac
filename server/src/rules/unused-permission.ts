import type { Access } from "../model/analysis.ts";
import type { Finding, Fix, Severity } from "../model/finding.ts";
import { accessesOf, blindSpotsOf, costOf, relatedBlindSpots, relatedCalls } from "./calls.ts";
import type { PlannedGrant } from "./finding.ts";
import { grantFinding, isWeighty, oncePerPlace, plannedGrants } from "./finding.ts";
import { removalEdits } from "./fixes.ts";
import type { Rule, RuleInput } from "./rule.ts";
import {
  allCalls,
  callsStayCovered,
  couldHideAnother,
  counted,
  countedCalls,
  joined,
  meaningSentence,
  permissionNoun,
  providerTitle,
  shortName,
  verb,
} from "./wording.ts";

const ID = "unused-permission";

/** Without it every traced call is still covered, and there is less power. */
export const unusedPermission: Rule = {
  meta: { id: ID, says: "a permission that no traced call needs", default: "error", fix: "narrows", since: "0.1.0" },
  check: (input) => oncePerPlace(findings(input)),
};

function* findings(input: RuleInput): Generator<Finding> {
  for (const planned of plannedGrants(input)) {
    const { list, plan } = planned;
    if (plan.verdict !== "unused") continue;
    const calls = accessesOf(input, list.covered);
    const blindSpots = blindSpotsOf(input, plan.blindSpots);
    yield grantFinding(input, ID, planned, {
      severity: severityOf(planned),
      message: message(input, planned),
      related: [...relatedBlindSpots(blindSpots), ...relatedCalls(input, list, calls, plan.coveredBy)],
      calls,
      narrowest: plan.least,
      cost: costOf(plan, permissionNoun(plan.permission.provider)),
      reason: plan.contested ? "either of several would do, and which one stays is not Remit's to choose" : plan.reason,
      fixes: fixes(input, planned),
    });
  }
}

function severityOf({ plan }: PlannedGrant): Severity {
  if (plan.confidence === "possible") return "info";
  return plan.confidence === "certain" && !plan.contested && isWeighty(plan) ? "error" : "warning";
}

function message(input: RuleInput, planned: PlannedGrant): string {
  const { list, plan } = planned;
  const { provider } = plan.permission;
  const name = shortName(input, provider, plan.permission.name);
  const title = providerTitle(provider);
  const mode = list.mode === undefined ? "" : ` in ${list.mode}`;
  const keepers = keepersOf(input, planned);
  const covered = accessesOf(input, list.covered);
  if (plan.confidence === "possible") {
    const seen = covered.length === 0 ? counted(0, `${title} call`) : countedCalls(covered, title);
    const without =
      keepers === "" ? `No call seen needs ${name}` : `${keepers} would cover the ${seen} seen, without ${name}`;
    return `${capitalisedThe(without)}; ${couldHideAnother(input, blindSpotsOf(input, plan.blindSpots), plan.reason)}.`;
  }
  if (plan.contested)
    return `${name} and ${keepers} each cover ${allCalls(covered, title)}${mode}: one of them can go.`;
  const covers = `${keepers} ${verb(plan.coveredBy, "covers", "cover")} ${whole(covered, list.calls.length, title)}`;
  const subject = covered.some(({ declared }) => declared !== undefined) ? "Nothing" : "No call";
  const fact = `${subject} needs ${name}${mode}: ${keepers === "" ? noneAccepts(accessesOf(input, list.calls), title) : covers}.`;
  return [fact, meaningSentence(plan.row)].filter((sentence) => sentence !== undefined).join(" ");
}

/** Names of the permissions that cover the calls, or how many there are; empty where the list covers none. */
function keepersOf(input: RuleInput, { plan }: PlannedGrant): string {
  const { provider } = plan.permission;
  if (plan.coveredBy.length > 3) return `the other ${plan.coveredBy.length} ${permissionNoun(provider)}s needed`;
  return joined(plan.coveredBy.map((name) => shortName(input, provider, name)));
}

function capitalisedThe(sentence: string): string {
  return sentence.replace(/^the /, "The ");
}

function whole(covered: readonly Access[], total: number, title: string): string {
  return `${allCalls(covered, title)}${covered.length === total ? "" : " that the list allows at all"}`;
}

function noneAccepts(uses: readonly Access[], title: string): string {
  return uses.length === 1
    ? `${allCalls(uses, title)} does not accept it`
    : `none of the ${countedCalls(uses, title)} accepts it`;
}

function fixes(input: RuleInput, { list, plan }: PlannedGrant): Fix[] {
  if (plan.confidence === "possible") return [];
  const edits = removalEdits(input, list, plan);
  if (!edits) return [];
  const name = shortName(input, plan.permission.provider, plan.permission.name);
  const stop = plan.grants[0]!.verb === "requested" ? "Stop requesting" : "Stop granting";
  return [
    {
      title: `${stop} ${name} (${callsStayCovered(accessesOf(input, list.covered))})`,
      kind: "narrows",
      safe: plan.confidence === "certain" && !plan.contested,
      edits,
    },
  ];
}
