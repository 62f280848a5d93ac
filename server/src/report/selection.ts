import { confidenceRank } from "../model/analysis.ts";
import type { Confidence } from "../model/analysis.ts";
import { severityRank } from "../model/finding.ts";
import type { Finding, Severity } from "../model/finding.ts";
import { comparePlaces, compareText } from "../model/place.ts";
import type { WorkspaceResult } from "../model/result.ts";

/** Which of the findings a run is about. */
export interface Selection {
  /** Files and folders asked about, relative to the workspace root; none = all. `""` is the root. */
  readonly paths?: readonly string[];
  readonly minConfidence?: Confidence;
}

export interface Selected {
  /** By file, place, rule. */
  readonly findings: readonly Finding[];
  readonly suppressed: number;
  /** Left out for being less sure than asked for. */
  readonly lessSure: number;
}

/** Paths limit what is reported, never what is analysed. */
export function select(result: WorkspaceResult, selection: Selection): Selected {
  const paths = selection.paths ?? [];
  const asked = (finding: Finding) => paths.length === 0 || paths.some((path) => isWithin(finding.place.file, path));
  const least = confidenceRank(selection.minConfidence ?? "possible");
  const here = result.findings.filter(asked);
  const findings = here.filter((finding) => confidenceRank(finding.confidence) >= least).sort(compareFindings);
  return {
    findings,
    suppressed: result.suppressed.filter(({ finding }) => asked(finding)).length,
    lessSure: here.length - findings.length,
  };
}

export function isWithin(file: string, path: string): boolean {
  return path === "" || path === "." || file === path || file.startsWith(path.endsWith("/") ? path : `${path}/`);
}

export function compareFindings(a: Finding, b: Finding): number {
  return (
    comparePlaces(a.place, b.place) ||
    compareText(a.ruleId, b.ruleId) ||
    compareText(a.permission ?? "", b.permission ?? "") ||
    compareText(a.message, b.message)
  );
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
