import type { Finding } from "../model/finding.ts";
import type { Result } from "../model/result.ts";
import { countBySeverity, ownAssumptions } from "./selection.ts";
import { counted, permissionNoun } from "./words.ts";

/**
 * The line every run ends with, so that silence is never ambiguous:
 * `0 findings · 19 tools, 2 scopes, 30 calls read · 0 blind spots · 14 Python files not analysed`.
 */
export function lastLine(result: Result, findings: FindingCounts | null): string {
  const assumptions = result.deployables.flatMap(ownAssumptions).length;
  const parts = [
    seen(result),
    counted(total(result, "blindSpots"), "blind spot"),
    ...(assumptions > 0 ? [counted(assumptions, "assumption")] : []),
    ...notAnalysedLines(result),
  ];
  if (findings !== null) parts.unshift(findingCounts(findings));
  return parts.join(" · ");
}

export interface FindingCounts {
  readonly printed: readonly Finding[];
  /** Known, but not asked for. */
  readonly hidden: readonly Finding[];
  /** Less sure than `--min-confidence`. */
  readonly lessSure: number;
  readonly suppressed: number;
  readonly baselined: number;
  /** By `--fix`; undefined without it. */
  readonly fixed?: number | undefined;
}

function findingCounts({ printed, hidden, lessSure, suppressed, baselined, fixed }: FindingCounts): string {
  const severities = countBySeverity(printed);
  const shown = [
    severities.error > 0 && counted(severities.error, "error"),
    severities.warning > 0 && counted(severities.warning, "warning"),
    severities.info > 0 && counted(severities.info, "info"),
  ].filter((text) => text !== false);
  const possible = hidden.filter((finding) => finding.confidence === "possible").length;
  const infos = hidden.length - possible;
  const notShown = [infos > 0 && counted(infos, "info"), possible > 0 && `${possible} possible`].filter(
    (text) => text !== false,
  );
  const aside = [
    notShown.length > 0 && `${notShown.join(", ")} not shown`,
    lessSure > 0 && `${lessSure} less sure`,
    suppressed > 0 && `${suppressed} ignored`,
    baselined > 0 && `${baselined} in the baseline`,
  ].filter((text) => text !== false);
  const left = shown.length > 0 ? shown.join(", ") : "0 findings";
  const main = fixed === undefined ? left : `${fixed} fixed, ${left}`;
  return aside.length > 0 ? `${main} (${aside.join("; ")})` : main;
}

function seen(result: Result): string {
  const grants = result.deployables.flatMap((analysis) => analysis.grants);
  // What a manifest declares is no call.
  const accesses = result.deployables.flatMap((analysis) =>
    analysis.accesses.filter(({ declared }) => declared === undefined),
  );
  const providers =
    grants.length > 0
      ? grants.map((grant) => grant.permission.provider)
      : accesses.map(({ requirement }) => requirement.provider);
  return [
    counted(total(result, "tools"), "tool"),
    counted(grants.length, permissionNoun(providers)),
    `${counted(accesses.length, "call")} read`,
  ].join(", ");
}

/** A reason that is a name (`Python`) says what the files are; any other says what is wrong with them. */
export function notAnalysedLines(result: Result): string[] {
  return result.notAnalysed.map(({ reason, files }) =>
    /^[A-Z]/.test(reason)
      ? `${counted(files, `${reason} file`)} not analysed`
      : `${counted(files, "file")} not analysed (${reason})`,
  );
}

function total(result: Result, what: "tools" | "blindSpots"): number {
  return result.deployables.reduce((sum, analysis) => sum + analysis[what].length, 0);
}
