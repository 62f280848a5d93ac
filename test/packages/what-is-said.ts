import type { Access, DeployableAnalysis } from "../../server/src/model/analysis.ts";
import { lineStartsOf, positionAt } from "../../server/src/model/place.ts";
import type { Place } from "../../server/src/model/place.ts";
import type { WorkspaceResult } from "../../server/src/model/result.ts";
import { shortPermission } from "../../server/src/report/words.ts";

/** A result in the lines a reader of the source would write down. */
export interface WhatIsSaid {
  /** `send_email` → `index.js:377 gmail.users.messages.send (send)`. */
  readonly tools: Readonly<Record<string, readonly string[]>>;
  /** Calls that no tool reaches. */
  readonly outsideTools: readonly string[];
  readonly grants: readonly string[];
  readonly blindSpots: readonly string[];
  readonly findings: readonly string[];
  /** Errors and files that were not analysed. */
  readonly asides: readonly string[];
}

export function whatIsSaid(result: WorkspaceResult): WhatIsSaid {
  const at = (place: Place): string => {
    const text = result.textOf(place.file)!;
    return `${place.file}:${positionAt(lineStartsOf(text), place.span.start).line}`;
  };
  const all = <T>(of: (analysis: DeployableAnalysis) => readonly T[]): T[] =>
    result.deployables.flatMap((each) => [...of(each)]);
  const call = (access: Access): string => {
    const doubt = access.confidence === "certain" ? "" : `, ${access.confidence}`;
    return `${at(access.place)} ${access.operation} (${access.effect}${doubt})`;
  };
  const accesses = all((analysis) => analysis.accesses);
  return {
    tools: Object.fromEntries(
      all(({ tools }) => tools).map(({ name, accesses: ids }) => [
        name,
        accesses.filter(({ id }) => ids.includes(id)).map(call),
      ]),
    ),
    outsideTools: accesses.filter(({ reachedBy }) => reachedBy.every(({ tool }) => tool === null)).map(call),
    grants: all(({ grants }) => grants).map((grant) => {
      const open = grant.open ? " (open)" : "";
      return `${at(grant.place)} ${shortPermission(grant.permission.name)} by ${grant.form}${open}`;
    }),
    blindSpots: all(({ blindSpots }) => blindSpots).map((spot) => `${at(spot.place)} ${spot.reason}`),
    findings: result.findings.map(
      ({ place, severity, confidence, ruleId, message, fixes }) =>
        `${at(place)} ${severity}, ${confidence} ${ruleId}: ${message}${fixes.map((fix) => ` [${fix.kind}${fix.safe ? ", safe" : ""}: ${fix.title}]`).join("")}`,
    ),
    asides: [
      ...result.errors.map(({ file, message }) => `${file}: ${message}`),
      ...result.notAnalysed.map(({ reason, files }) => `${files} × ${reason}`),
    ],
  };
}
