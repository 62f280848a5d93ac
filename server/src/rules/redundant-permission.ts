import type { Finding, Fix } from "../model/finding.ts";
import type { Grant } from "../model/analysis.ts";
import { accessesOf } from "./calls.ts";
import type { PlannedGrant } from "./finding.ts";
import { grantFinding, oncePerPlace, plannedGrants } from "./finding.ts";
import { removalEdits, repetitionEdits } from "./fixes.ts";
import type { Rule, RuleInput } from "./rule.ts";
import { joined, lineOf, shortName, verb } from "./wording.ts";

const ID = "redundant-permission";

/**
 * Covered by a neighbour that stays: without it there is as much power as before. Only ever said of the narrower of two,
 * and only where a call needs the wider one; else the wider one is what goes.
 */
export const redundantPermission: Rule = {
  meta: {
    id: ID,
    says: "a permission that another one in the same list includes",
    default: "info",
    fix: "tidies",
    since: "0.1.0",
  },
  check: (input) => oncePerPlace(findings(input)),
};

function* findings(input: RuleInput): Generator<Finding> {
  for (const planned of plannedGrants(input)) {
    if (planned.plan.verdict === "redundant") yield includedElsewhere(input, planned);
    const stays = planned.plan.verdict === "needed" || planned.plan.verdict === "undecidable";
    if (stays)
      for (let occurrence = 1; occurrence < planned.plan.grants.length; occurrence++)
        yield repeated(input, planned, occurrence);
  }
}

function includedElsewhere(input: RuleInput, planned: PlannedGrant): Finding {
  const { list, plan } = planned;
  const { provider } = plan.permission;
  const name = shortName(input, provider, plan.permission.name);
  const wider = plan.coveredBy.map((one) => shortName(input, provider, one));
  const neighbours = list.grants.filter(({ permission }) => plan.coveredBy.includes(permission.name));
  const { verb: given } = plan.grants[0]!;
  return grantFinding(input, ID, planned, {
    severity: "info",
    message: `${name} adds nothing: ${joined(wider)}, ${given} beside it, ${verb(wider, "includes", "include")} it.`,
    related: neighbours.map((neighbour) => ({
      place: neighbour.grants[0]!.place,
      message: `${shortName(input, provider, neighbour.permission.name)} includes ${name}`,
    })),
    calls: accessesOf(input, plan.serves),
    narrowest: plan.least,
    cost: null,
    fixes: tidying(
      `Stop ${given === "requested" ? "requesting" : "granting"} ${name} (${joined(wider)} ${verb(wider, "includes", "include")} it)`,
      removalEdits(input, list, plan),
    ),
  });
}

function repeated(input: RuleInput, planned: PlannedGrant, occurrence: number): Finding {
  const { plan } = planned;
  const first = plan.grants[0]!;
  const name = shortName(input, plan.permission.provider, plan.permission.name);
  return grantFinding(input, ID, planned, {
    severity: "info",
    confidence: first.confidence,
    message: `${name} is already in this list${place(input, first)}.`,
    related: [{ place: first.place, message: `${name} the first time` }],
    calls: [],
    cost: null,
    reason: "the same permission stands in the list twice",
    occurrence,
    fixes: tidying(`Remove the repeated ${name}`, repetitionEdits(input, plan.grants[occurrence]!)),
  });
}

function place(input: RuleInput, grant: Grant): string {
  const line = lineOf(input, grant.place);
  return line === undefined ? "" : ` (line ${line})`;
}

/** Left to whoever asks for it: it changes nothing about what is allowed. */
function tidying(title: string, edits: Fix["edits"] | undefined): Fix[] {
  return edits ? [{ title, kind: "tidies", safe: false, edits }] : [];
}
