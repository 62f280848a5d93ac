import type { Access, BlindSpot, DeployableAnalysis, Tool } from "../../model/analysis.ts";
import { changesState } from "../../model/effect.ts";
import { leastSets } from "../../report/least-sets.ts";
import { counted, shortOperation, shortPermission } from "../../report/words.ts";
import type { Paragraph } from "../convert/markup.ts";
import type { Snapshot } from "../snapshot.ts";
import { placeText, seenLine } from "./seen.ts";

/** What a tool declares, what its handler can really do, and the least it needs. */
export function toolHover(tool: Tool, analysis: DeployableAnalysis, snapshot: Snapshot): Paragraph[] {
  const calls = analysis.accesses.filter(({ id }) => tool.accesses.includes(id));
  const blindSpots = analysis.blindSpots.filter(({ id }) => tool.blindSpots.includes(id));
  return [
    [{ strong: tool.name }, ` — tool · ${tool.framework}`],
    [[declaredText(tool), effectsText(tool, calls), hostText(tool, calls)].filter((text) => text !== "").join(" ")],
    ...needsText(calls),
    ...blindSpots.map((spot: BlindSpot): Paragraph => [
      `Blind spot: ${placeText(spot.place, snapshot)}: ${spot.reason}.`,
    ]),
    seenLine({ calls, blindSpots, ruleId: "read-only-tool-writes" }, snapshot),
  ];
}

function declaredText({ annotations }: Tool): string {
  const hints = Object.entries(annotations).filter(([, value]) => typeof value === "boolean");
  if (hints.length === 0) return "Declares nothing of what it does.";
  return `Declares ${hints.map(([name, value]) => `${name}: ${value}`).join(", ")}.`;
}

function effectsText({ handler }: Tool, calls: readonly Access[]): string {
  if (handler === null) return "Its handler was not found.";
  if (calls.length === 0) return "No call of it was found.";
  const changes = changing(calls);
  if (changes.length === 0) return `It only reads: ${names(calls)}.`;
  const how = changes.length === 1 ? "changes" : "change";
  const which = calls.length === 1 ? "Its one call" : `${changes.length} of its ${counted(calls.length, "call")}`;
  return `${which} ${how} something: ${names(changes)}.`;
}

/** Why it matters that a declaration is true. */
function hostText({ annotations }: Tool, calls: readonly Access[]): string {
  const isFalse = annotations.readOnlyHint === true && changing(calls).length > 0;
  return isFalse ? "Hosts may run a tool that is declared read-only without asking." : "";
}

function changing(calls: readonly Access[]): Access[] {
  return calls.filter(({ effect, ownState }) => changesState(effect) && !ownState);
}

function names(calls: readonly Access[]): string {
  return [...new Set(calls.map(({ operation, effect }) => `${shortOperation(operation)} (${effect})`))].join(", ");
}

function needsText(calls: readonly Access[]): Paragraph[] {
  const least = leastSets(calls).map((set) => set.map(shortPermission).join(" and "));
  return least.length === 0 || least[0] === "" ? [] : [[`Least that lets them through: ${least.join(", or ")}.`]];
}
