import type { Access, DeployableAnalysis } from "../../server/src/model/analysis.ts";
import { lineStartsOf, positionAt } from "../../server/src/model/place.ts";
import type { Place } from "../../server/src/model/place.ts";
import type { WorkspaceResult } from "../../server/src/model/result.ts";
import { shortPermission } from "../../server/src/report/words.ts";
import { findingLabel } from "./markers.ts";
import type { Marker } from "./markers.ts";

/** A result as the markers that would expect exactly it. */
export function observe(result: WorkspaceResult): Marker[] {
  const markers = [
    ...result.findings.map((finding): Observation => {
      const label = findingLabel(finding.severity, finding.ruleId, finding.confidence, finding.fixes.length > 0);
      return { kind: "finding", place: finding.place, label, message: finding.message };
    }),
    ...result.deployables.flatMap(observeDeployable),
  ].map((observation) => markerOf(observation, result));
  return markers.filter((marker, index) => markers.findIndex((other) => keyOf(other) === keyOf(marker)) === index);
}

type Observation = Pick<Marker, "kind" | "label" | "message"> & { readonly place: Place };

function observeDeployable({ accesses, grants, blindSpots, tools }: DeployableAnalysis): Observation[] {
  const toolNames = new Map(tools.map(({ id, name }) => [id, name]));
  return [
    ...accesses.map((access): Observation => {
      const names = [
        ...new Set(access.reachedBy.flatMap(({ tool }) => (tool === null ? [] : [toolNames.get(tool) ?? tool]))),
      ].sort();
      const reached = names.length === 0 ? "" : ` <- ${names.join(", ")}`;
      const { operation, resource } = access;
      const on = resource === null || operation.includes(resource) ? "" : ` on ${resource}`;
      return {
        kind: "call",
        place: access.place,
        label: `${operation} (${access.effect}${stateOf(access)})${on}${reached}`,
        message: "",
      };
    }),
    ...grants.map((grant): Observation => ({
      kind: "grant",
      place: grant.place,
      label: `${shortPermission(grant.permission.name)}${grant.open ? ", open" : ""}`,
      message: "",
    })),
    ...blindSpots.map((spot): Observation => ({ kind: "blind", place: spot.place, label: "", message: spot.reason })),
    ...tools.map((tool): Observation => ({ kind: "tool", place: tool.place, label: tool.name, message: "" })),
  ];
}

function stateOf({ ownState, mayBeOwnState }: Access): string {
  return ownState ? ", own state" : mayBeOwnState ? ", perhaps own state" : "";
}

function markerOf({ kind, place, label, message }: Observation, result: WorkspaceResult): Marker {
  const text = result.textOf(place.file) ?? "";
  const starts = lineStartsOf(text);
  const { line, column } = positionAt(starts, place.span.start);
  const lineEnd = starts[line - 1]! + text.slice(starts[line - 1], starts[line] ?? text.length).trimEnd().length;
  const from = column - 1;
  const to = Math.max(from + 1, from + Math.min(place.span.end, lineEnd) - place.span.start);
  const written = kind === "finding" ? `${label} ${message}` : `${kind}: ${label}${message}`;
  return { kind, file: place.file, line, from, to, label, message, written };
}

function keyOf({ kind, file, line, from, to, label, message }: Marker): string {
  return JSON.stringify([kind, file, line, from, to, label, message]);
}
