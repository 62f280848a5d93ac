import { plansOf } from "../match/solve.ts";
import type { PermissionKnowledge } from "../match/knowledge.ts";
import type { Plan } from "../match/plan.ts";
import type { DeployableAnalysis } from "../model/analysis.ts";
import type { Finding, RuleMeta } from "../model/finding.ts";
import type { Span } from "../model/place.ts";

/** One rule: what it says of itself, and how it looks at what is known of a deployable. Pure; never sees trees or files. */
export interface Rule {
  readonly meta: RuleMeta;
  check(input: RuleInput): Iterable<Finding>;
}

/** What rules ask the fact base. */
export interface RuleKnowledge extends PermissionKnowledge {
  /** Names that were probably meant by an unknown spelling, the likeliest first. */
  nearMisses(provider: string, spelled: string): readonly string[];
}

/** A `remit-ignore` or `remit-assume` comment of one of the deployable's files. */
export interface Suppression {
  /** Absent: ignore. */
  readonly kind?: "ignore" | "assume";
  /** Why an assumption cannot be followed. */
  readonly problem?: string;
  readonly file: string;
  readonly span: Span;
  readonly rules: readonly string[];
  readonly reason: string | undefined;
  /** It took at least one finding out, or closed a blind spot. */
  readonly used: boolean;
}

/** Everything a rule may look at; built once a deployable. */
export interface RuleInput {
  readonly analysis: DeployableAnalysis;
  /** One a provider. */
  readonly plans: readonly Plan[];
  readonly knowledge: RuleKnowledge;
  /** `2026-11`. */
  readonly factsDate: string;
  /** Known once all other rules have run; empty before. */
  readonly suppressions: readonly Suppression[];
  /** Text of an analysed file; for lines in messages and for edits. */
  textOf(file: string): string | undefined;
}

export function ruleInput(
  given: Omit<RuleInput, "plans" | "suppressions"> & { readonly suppressions?: readonly Suppression[] },
): RuleInput {
  return { ...given, suppressions: given.suppressions ?? [], plans: plansOf(given.analysis, given.knowledge) };
}
