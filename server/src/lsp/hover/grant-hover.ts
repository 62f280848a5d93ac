import type { Confidence, DeployableAnalysis, Grant } from "../../model/analysis.ts";
import type { Finding } from "../../model/finding.ts";
import { isCovered } from "../../report/least-sets.ts";
import { counted, shortPermission } from "../../report/words.ts";
import type { Paragraph } from "../convert/markup.ts";
import type { Snapshot } from "../snapshot.ts";
import { blindSpotsFor, callsOf, placeText, seenLine } from "./seen.ts";

/** What a permission allows and how sensitive it is; who needs it; what narrowing would be and cost. */
export function grantHover(
  grant: Grant,
  analysis: DeployableAnalysis,
  findings: readonly Finding[],
  snapshot: Snapshot,
): Paragraph[] {
  const { provider, name } = grant.permission;
  const row = snapshot.permission(analysis.deployable.id, provider, name);
  const calls = callsOf(analysis, provider);
  const blindSpots = blindSpotsFor(analysis, provider);
  const isPossible = findings.some(({ confidence }) => confidence === "possible");
  const about = [row?.meaning?.replace(/\.+$/, ""), tierText(row?.tier, provider)].filter((part) => part !== undefined);
  return [
    [
      { strong: row?.short ?? shortPermission(name) },
      about.length > 0 ? ` — ${about.join(" · ")}` : " — not in the facts",
    ],
    [usesText(grant, analysis)],
    ...findings.flatMap((finding) => findingText(finding, provider, snapshot)),
    ...blindSpots.map((spot): Paragraph => [
      `Blind spot: ${placeText(spot.place, snapshot)}: ${spot.reason}.${isPossible ? " What it does there could refute this." : ""}`,
    ]),
    seenLine({ calls, blindSpots, ruleId: findings[0]?.ruleId ?? "unused-permission" }, snapshot),
  ];
}

function tierText(tier: string | undefined, provider: string): string | undefined {
  if (tier === undefined || tier === "unknown" || tier === "none") return undefined;
  return tier === "restricted" && provider === "google" ? "restricted (security assessment at verification)" : tier;
}

/** A call needs a permission if nothing else of its list lets it through. */
function usesText(grant: Grant, analysis: DeployableAnalysis): string {
  const { provider, name } = grant.permission;
  const calls = callsOf(analysis, provider);
  const list = analysis.grants.filter(({ group }) => group === grant.group).map(({ permission }) => permission.name);
  const rest = new Set(list.filter((other) => other !== name));
  const accepted = calls.filter(({ requires }) => requires.some((alternative) => alternative.includes(name)));
  const needed = accepted.filter((call) => !isCovered(call, rest));
  const here = `${grant.verb === "requested" ? "Requested" : "Granted"} here; needed by ${needed.length} of ${counted(calls.length, "call")}.`;
  const also = accepted.length - needed.length;
  if (also === 0) return here;
  return `${here} ${also} ${needed.length > 0 ? "more " : ""}${also === 1 ? "accepts" : "accept"} it, but the rest of the list already covers ${also === 1 ? "it" : "them"}.`;
}

function findingText(
  { ruleId, deployable, evidence, confidence }: Finding,
  provider: string,
  snapshot: Snapshot,
): Paragraph[] {
  const { narrowest, cost, reason } = evidence;
  const withTier = (name: string): string => {
    const row = snapshot.permission(deployable, provider, name);
    const tier = row && tierText(row.tier, "");
    return tier === undefined ? shortPermission(name) : `${shortPermission(name)} (${tier})`;
  };
  const least = narrowest.map((set) => (set.length === 0 ? "nothing" : set.map(withTier).join(" and "))).join(", or ");
  const paragraphs: Paragraph[] = [];
  // What a name was meant to be is no set of permissions that would do.
  if (least !== "" && ruleId !== "unknown-permission") paragraphs.push([`Narrowest for what is seen: ${least}.`]);
  if (cost !== null) paragraphs.push([`After the change: ${cost.replace(/\.+$/, "")}.`]);
  // The blind spots that follow say why it is no more than possible.
  if (confidence !== "possible" || evidence.blindSpots.length === 0)
    paragraphs.push([`${CONFIDENCES[confidence]}: ${reason.replace(/\.+$/, "")}.`]);
  return paragraphs;
}

const CONFIDENCES: Readonly<Record<Confidence, string>> = {
  certain: "Certain",
  likely: "Likely",
  possible: "Possible",
};
