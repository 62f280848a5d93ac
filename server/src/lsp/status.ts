import { lastLine } from "../report/last-line.ts";
import type { Project } from "./project.ts";
import type { Snapshot } from "./snapshot.ts";

export const STATUS = "remit/status";

/** What a client that asked for it is told whenever an analysis begins or ends. Not part of the protocol. */
export interface StatusParams {
  /** The folder. */
  readonly uri: string;
  readonly state: "analysing" | "idle" | "failed";
  /** How long the last analysis took. */
  readonly milliseconds: number | null;
  readonly counts: {
    readonly errors: number;
    readonly warnings: number;
    readonly infos: number;
    readonly possible: number;
    readonly suppressed: number;
    readonly blindSpots: number;
  } | null;
  /** The line every run ends with; why it failed. */
  readonly text: string;
}

export function statusOf(project: Project, snapshot: Snapshot): StatusParams {
  const { findings, suppressed, baselined, deployables } = snapshot.result;
  const sure = findings.filter(({ confidence }) => confidence !== "possible");
  const count = (severity: string): number => sure.filter((finding) => finding.severity === severity).length;
  return {
    uri: project.root.uri,
    state: "idle",
    milliseconds: Math.round(snapshot.milliseconds),
    counts: {
      errors: count("error"),
      warnings: count("warning"),
      infos: count("info"),
      possible: findings.length - sure.length,
      suppressed: suppressed.length,
      blindSpots: deployables.reduce((sum, { blindSpots }) => sum + blindSpots.length, 0),
    },
    text: lastLine(snapshot.result, {
      printed: sure,
      hidden: findings.filter(({ confidence }) => confidence === "possible"),
      lessSure: 0,
      suppressed: suppressed.length,
      baselined,
    }),
  };
}
