import type { DeployableAnalysis } from "./analysis.ts";
import type { Finding } from "./finding.ts";

/** Everything one run found out, as plain data. Sorted and free of times and absolute paths. */
export interface Result {
  /** Files of product code, manifests and configuration that were considered. */
  readonly files: number;
  readonly notAnalysed: readonly { readonly reason: string; readonly files: number }[];
  readonly deployables: readonly DeployableAnalysis[];
  /** By file, place, rule. Suppressed ones are not among them. */
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  readonly baselined: number;
  /** Files that could not be read or understood, and wrong configuration: one clear line each. */
  readonly errors: readonly { readonly file: string; readonly message: string }[];
  /** `2026-11`. */
  readonly factsDate: string;
}

/** What the fronts render. */
export interface WorkspaceResult extends Result {
  /** Text of a file as it was analysed; undefined for files that were never read. */
  readonly textOf: (file: string) => string | undefined;
}

export interface SuppressedFinding {
  readonly finding: Finding;
  readonly reason: string;
  /** Where it was suppressed: the comment, or the entry of `remit.yaml`. */
  readonly file: string;
}

/** Set when whoever asked no longer wants the answer. */
export interface CancellationToken {
  readonly isCancelled: boolean;
}

export class Cancelled extends Error {
  constructor() {
    super("cancelled");
    this.name = "Cancelled";
  }
}
