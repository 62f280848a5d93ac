import type { Severity } from "../model/finding.ts";
import type { WorkspaceResult } from "../model/result.ts";
import { fails } from "../report/selection.ts";
import type { Selected } from "../report/selection.ts";

/** 0: nothing to object to. 1: findings. 2: bad usage, or nothing that could be analysed. */
export type ExitCode = 0 | 1 | 2;

export interface Thresholds {
  readonly failOn: Severity | "never";
  readonly maxWarnings?: number;
  readonly strict?: boolean;
}

export function exitCodeOf(
  { findings }: Selected,
  result: WorkspaceResult,
  { failOn, maxWarnings, strict }: Thresholds,
): ExitCode {
  if (strict === true && result.errors.length > 0) return 2;
  if (findings.some((finding) => fails(finding, failOn))) return 1;
  const warnings = findings.filter((finding) => finding.severity === "warning" && finding.confidence !== "possible");
  return maxWarnings !== undefined && warnings.length > maxWarnings ? 1 : 0;
}
