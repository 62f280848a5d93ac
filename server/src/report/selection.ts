import { confidenceRank } from "../model/analysis.ts";
import type { Assumption, Confidence, DeployableAnalysis } from "../model/analysis.ts";
import { compareFindings, severityRank } from "../model/finding.ts";
import type { Finding, Severity } from "../model/finding.ts";
import type { Place } from "../model/place.ts";
import type { SuppressedFinding, WorkspaceResult } from "../model/result.ts";

/** Which of the findings a run is about. */
export interface Selection {
  /** Files and folders asked about, relative to the workspace root; none = all. `""` is the root. */
  readonly paths?: readonly string[];
  readonly minConfidence?: Confidence;
}

export interface Selected {
  /** By file, place, rule. */
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  /** Left out for being less sure than asked for. */
  readonly lessSure: number;
}

/** Paths limit what is reported, never what is analysed. */
export function select(result: WorkspaceResult, selection: Selection): Selected {
  const isInside = insideOf(selection.paths);
  const least = confidenceRank(selection.minConfidence ?? "possible");
  const here = result.findings.filter(({ place }) => isInside(place));
  const findings = here.filter((finding) => confidenceRank(finding.confidence) >= least).sort(compareFindings);
  return {
    findings,
    suppressed: result.suppressed
      .filter(({ finding }) => isInside(finding.place))
      .sort((a, b) => compareFindings(a.finding, b.finding)),
    lessSure: here.length - findings.length,
  };
}

/**
 * What an inventory shows of a deployable: what lies inside the paths. A tool is shown also if one of its calls lies inside,
 * and an agent also if one of its tools is shown.
 */
export function limitTo(analysis: DeployableAnalysis, paths: Selection["paths"]): DeployableAnalysis {
  const isInside = insideOf(paths);
  const here = <T extends { readonly place: Place }>(all: readonly T[]) => all.filter(({ place }) => isInside(place));
  const accesses = here(analysis.accesses);
  const called = new Set(accesses.map(({ id }) => id));
  const tools = analysis.tools.filter((tool) => isInside(tool.place) || tool.accesses.some((id) => called.has(id)));
  const shown = new Set(tools.map(({ agent }) => agent));
  return {
    deployable: analysis.deployable,
    agents: analysis.agents.filter((agent) => isInside(agent.place) || shown.has(agent.id)),
    tools,
    accesses,
    grants: here(analysis.grants),
    blindSpots: here(analysis.blindSpots),
    assumptions: here(analysis.assumptions),
  };
}

/** What whoever uses Remit says of places that would be out of sight; what is known of libraries is no assumption of theirs. */
export function ownAssumptions({ assumptions }: DeployableAnalysis): readonly Assumption[] {
  return assumptions.filter(({ own }) => own);
}

function insideOf(paths: Selection["paths"] = []): (place: Place) => boolean {
  return ({ file }) => paths.length === 0 || paths.some((path) => isWithin(file, path));
}

export function isWithin(file: string, path: string): boolean {
  return path === "" || path === "." || file === path || file.startsWith(path.endsWith("/") ? path : `${path}/`);
}

export interface Verbosity {
  /** Infos and what is only possible too, instead of counting them. */
  readonly all?: boolean;
  /** Errors only. */
  readonly quiet?: boolean;
}

/** Whether people are shown a finding, or only that there is one more. */
export function isPrinted(finding: Finding, { all, quiet }: Verbosity): boolean {
  if (quiet === true) return finding.severity === "error";
  return all === true || (finding.severity !== "info" && finding.confidence !== "possible");
}

/** Whether a finding is bad and sure enough to fail a run; what is only possible never is. */
export function fails(finding: Finding, failOn: Severity | "never"): boolean {
  return (
    failOn !== "never" && finding.confidence !== "possible" && severityRank(finding.severity) >= severityRank(failOn)
  );
}

export function countBySeverity(findings: readonly Finding[]): Record<Severity, number> {
  const counts: Record<Severity, number> = { error: 0, warning: 0, info: 0 };
  for (const finding of findings) counts[finding.severity]++;
  return counts;
}
