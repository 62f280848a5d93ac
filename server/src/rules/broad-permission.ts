import { covers } from "../match/covers.ts";
import type { GrantPlan } from "../match/plan.ts";
import type { Access } from "../model/analysis.ts";
import { changesState } from "../model/effect.ts";
import type { Finding, Fix, Severity } from "../model/finding.ts";
import {
  accessesOf,
  blindSpotsOf,
  costOf,
  dividedByUse,
  relatedBlindSpots,
  relatedCalls,
  withHelpers,
} from "./calls.ts";
import type { PlannedGrant } from "./finding.ts";
import { grantFinding, oncePerPlace, plannedGrants } from "./finding.ts";
import { narrowingEdits } from "./fixes.ts";
import type { Rule, RuleInput } from "./rule.ts";
import {
  allCalls,
  callsStayCovered,
  couldHideAnother,
  countedCalls,
  listed,
  joined,
  meaningSentence,
  permissionNoun,
  serviceTitle,
  shortName,
  verb,
} from "./wording.ts";

const ID = "broad-permission";

/** Something is needed, but narrower permissions would cover every traced call. */
export const broadPermission: Rule = {
  meta: {
    id: ID,
    says: "a permission of which a narrower one would cover every traced call",
    default: "error",
    fix: "narrows",
    since: "0.1.0",
  },
  check: (input) => oncePerPlace(findings(input)),
};

function* findings(input: RuleInput): Generator<Finding> {
  for (const planned of plannedGrants(input)) {
    const { list, plan } = planned;
    if (plan.verdict !== "broad") continue;
    const calls = accessesOf(input, plan.serves);
    const names = plan.contested ? [] : withHelpers(input, list, calls, plan.replacement);
    yield grantFinding(input, ID, planned, {
      severity: severityOf(input, plan),
      message: message(input, planned),
      related: [...relatedBlindSpots(blindSpotsOf(input, plan.blindSpots)), ...relatedCalls(input, list, calls, names)],
      calls,
      narrowest: plan.least,
      cost: costOf(plan, permissionNoun(plan.permission.provider)),
      reason: plan.contested ? "several least sets would do, and the choice is not Remit's" : plan.reason,
      fixes: fixes(input, planned),
    });
  }
}

/** An error where nothing but reading is left of a permission that writes, within one family of known tiers. */
function severityOf(input: RuleInput, plan: GrantPlan): Severity {
  if (plan.confidence === "possible") return "info";
  if (plan.confidence !== "certain" || plan.contested || !plan.row) return "warning";
  const { permission, row } = plan;
  const narrowed = plan.replacement.map((name) => ({
    permission: { ...permission, name },
    row: input.knowledge.permission(permission.provider, name),
  }));
  const onlyReads = narrowed.every((one) => one.row !== undefined && !changesState(one.row.effect));
  const oneFamily = narrowed.every(
    (one) =>
      covers(permission, one.permission, input.knowledge) ||
      (row.family !== undefined && one.row?.family === row.family),
  );
  const knownTiers = [row, ...narrowed.map((one) => one.row)].every(
    (one) => one !== undefined && one.tier !== "unknown",
  );
  return changesState(row.effect) && onlyReads && oneFamily && knownTiers ? "error" : "warning";
}

function message(input: RuleInput, { list, plan }: PlannedGrant): string {
  const { provider } = plan.permission;
  const name = shortName(input, provider, plan.permission.name);
  const calls = accessesOf(input, plan.serves);
  const title = serviceTitle(
    calls.map(({ service }) => service),
    provider,
  );
  const narrower = withHelpers(input, list, calls, plan.replacement);
  const mode = list.mode === undefined ? "" : ` in ${list.mode}`;
  if (plan.confidence === "possible") {
    const seen = `the ${countedCalls(calls, title)} seen`;
    return `${coveringText(input, provider, calls, narrower, "would cover", seen)}; ${couldHideAnother(input, blindSpotsOf(input, plan.blindSpots), plan.reason)}.`;
  }
  const choices = plan.contested ? choicesOf(input, plan) : undefined;
  const covering = choices
    ? `${choices} would cover ${allCalls(calls, title)}`
    : coveringText(input, provider, calls, narrower, undefined, allCalls(calls, title));
  return [`No call needs all of ${name}${mode}: ${covering}.`, meaningSentence(plan.row)]
    .filter((sentence) => sentence !== undefined)
    .join(" ");
}

/** `a and b cover both calls, and c may be needed besides`; `would` in place of the verb. */
function coveringText(
  input: RuleInput,
  provider: string,
  calls: readonly Access[],
  names: readonly string[],
  would: string | undefined,
  what: string,
): string {
  const divided = dividedByUse(input, calls, names);
  const [serving, besides] = [divided.serving, divided.besides].map((some) =>
    some.map((name) => shortName(input, provider, name)),
  );
  if (serving!.length === 0) return `at most ${listed(besides!)} may be needed`;
  const also = besides!.length === 0 ? "" : `, and ${listed(besides!)} may be needed besides`;
  return `${listed(serving!)} ${would ?? verb(serving!, "covers", "cover")} ${what}${also}`;
}

function choicesOf(input: RuleInput, plan: GrantPlan): string {
  const { provider } = plan.permission;
  return joined(
    plan.least.map((set) => set.map((name) => shortName(input, provider, name)).join(" with ")),
    "or",
  );
}

/** One fix for the target; where the choice is not Remit's, one for each least set, and none to be applied unasked. */
function fixes(input: RuleInput, { list, plan }: PlannedGrant): Fix[] {
  if (plan.confidence === "possible") return [];
  const owner = list.grants.find(
    ({ permission }) => permission.name === plan.permission.name || plan.together.includes(permission.name),
  );
  if (owner !== plan) return [];
  const granted = new Set(list.grants.map(({ permission }) => permission.name));
  const choices =
    plan.contested && plan.together.length === 0
      ? plan.least
          .filter((set) => !set.includes(plan.permission.name))
          .map((set) => set.filter((name) => !granted.has(name)))
      : [plan.replacement];
  return choices.flatMap((names) => {
    const edits = names.length === 0 ? undefined : narrowingEdits(input, list, plan, names);
    return edits
      ? [
          {
            title: fixTitle(input, accessesOf(input, list.covered), plan, names),
            kind: "narrows" as const,
            safe: plan.confidence === "certain" && !plan.contested,
            edits,
          },
        ]
      : [];
  });
}

function fixTitle(input: RuleInput, calls: readonly Access[], plan: GrantPlan, names: readonly string[]): string {
  const { provider } = plan.permission;
  const short = (name: string) => shortName(input, provider, name);
  const wide = [plan.permission.name, ...plan.together].map(short);
  const ask = plan.grants[0]!.verb === "requested" ? "Request" : "Grant";
  return `${ask} ${listed(names.map(short))} instead of ${joined(wide)} (${callsStayCovered(calls)})`;
}
