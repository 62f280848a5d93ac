import type { Access, DeployableAnalysis } from "../../model/analysis.ts";
import { coveringAlternative } from "../../report/least-sets.ts";
import { shortOperation, shortPermission } from "../../report/words.ts";
import type { Paragraph } from "../convert/markup.ts";
import type { Snapshot } from "../snapshot.ts";
import { blindSpotsFor, callsOf, seenLine } from "./seen.ts";

/** Longer lists are cut: the first alternative is the least. */
const MOST_ALTERNATIVES = 6;

/** What a call does, which permissions would let it through, which one does, and who can cause it. */
export function callHover(access: Access, analysis: DeployableAnalysis, snapshot: Snapshot): Paragraph[] {
  const { provider } = access.requirement;
  return [
    [{ strong: shortOperation(access.operation) }, ` — ${access.effect} · ${access.service}`],
    [`${needsText(access)} ${grantedText(access, analysis)}`],
    [reachText(access, analysis)],
    seenLine(
      {
        calls: callsOf(analysis, provider),
        blindSpots: blindSpotsFor(analysis, provider),
        ruleId: "missing-permission",
      },
      snapshot,
    ),
  ];
}

function needsText({ requires, resource, mayNeed }: Access): string {
  if (requires.length === 0) return "The facts do not say what it needs.";
  if (requires[0]!.length === 0) return "Needs no permission.";
  const shown = requires.slice(0, MOST_ALTERNATIVES).map((set) => set.map(shortPermission).join(" and "));
  const more = requires.length - shown.length;
  const list = `${shown.join(", ")}${more > 0 ? ` … ${more} more` : ""}`;
  const needed = requires.length === 1 ? `Needs ${list}` : `Needs one of: ${list}`;
  const where = resource === null ? "" : ` on ${resource}`;
  const perhaps = mayNeed === undefined ? "" : ` May also need ${mayNeed.map(shortPermission).join(", ")}.`;
  return `${needed}${where}.${perhaps}`;
}

function grantedText(access: Access, analysis: DeployableAnalysis): string {
  const { provider } = access.requirement;
  const granted = analysis.grants.filter(({ permission }) => permission.provider === provider);
  if (granted.length === 0) return "No grant in sight.";
  const covering = coveringAlternative(access, new Set(granted.map(({ permission }) => permission.name)));
  if (access.requires.length === 0 || covering?.length === 0) return "";
  if (covering) return `Let through by ${covering.map(shortPermission).join(" and ")}.`;
  return granted.some(({ open }) => open)
    ? "Not among the grants that could be read."
    : "Nothing that is granted lets it through.";
}

function reachText({ reachedBy, unreached, declared }: Access, { tools }: DeployableAnalysis): string {
  if (declared !== undefined) return "Declared here: no call shows it.";
  const names = new Map(tools.map(({ id, name }) => [id, name]));
  const ways = reachedBy.map(({ tool, guard }) => {
    const from = tool === null ? "an entry of the program" : `tool ${names.get(tool) ?? tool}`;
    return guard === null ? from : `${from}, when ${guard}`;
  });
  if (ways.length === 0 || unreached) return "Nothing was found to reach it.";
  return `Reached from ${[...new Set(ways)].join("; ")}.`;
}
