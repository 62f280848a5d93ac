import type { Facts } from "../facts/lookup.ts";
import type { DeployableAnalysis } from "../model/analysis.ts";
import { compareFindings, type Finding } from "../model/finding.ts";
import type { SuppressedFinding } from "../model/result.ts";
import { RULES, runRules } from "../rules/index.ts";
import type { Rule } from "../rules/rule.ts";
import { ruleInput } from "../rules/rule.ts";
import { unusedSuppression } from "../rules/unused-suppression.ts";
import { isEditableRole } from "../workspace/roles.ts";
import type { Problem, WorkspaceSnapshot } from "../workspace/workspace.ts";
import type { Suppression } from "./suppression.ts";
import { markAssumptions, suppress } from "./suppression.ts";

export interface Judgement {
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  /** Rules that broke. */
  readonly problems: readonly Problem[];
}

export interface JudgementInput {
  readonly snapshot: WorkspaceSnapshot;
  /** The facts of a deployable: with what is declared for it. */
  factsOf(deployable: string): Facts;
  /** `2026-11`. */
  readonly factsDate: string;
  /** All `remit-ignore` comments; which of them are used is marked here. */
  readonly suppressions: readonly Suppression[];
  textOf(file: string): string | undefined;
}

const OTHER_RULES: readonly Rule[] = RULES.filter((rule) => rule !== unusedSuppression);

/** Runs the rules over deployables, at the levels the configuration sets, and takes out what somebody answers for. */
export function judge(analyses: readonly DeployableAnalysis[], input: JudgementInput): Judgement {
  const { snapshot, factsDate } = input;
  const textOf = (file: string): string | undefined => input.textOf(file);
  const inputs = analyses.map((analysis) =>
    ruleInput({ analysis, knowledge: input.factsOf(analysis.deployable.id), factsDate, textOf }),
  );
  const first = inputs.map((one) => runRules(OTHER_RULES, one));
  const { findings, suppressed } = suppress(
    first.flatMap((r) => atLevels(r.findings, snapshot)),
    input.suppressions,
    snapshot,
  );
  markAssumptions(input.suppressions, analyses);
  // Only now is it known which comments suppress nothing.
  const last = inputs.map((one) => {
    const own = input.suppressions.filter((s) => snapshot.ownerOf(s.file) === one.analysis.deployable.id);
    return runRules([unusedSuppression], { ...one, suppressions: own });
  });
  const unused = suppress(
    last.flatMap((r) => atLevels(r.findings, snapshot)),
    input.suppressions,
    snapshot,
  );
  return {
    findings: [...findings, ...unused.findings].sort(compareFindings),
    suppressed: [...suppressed, ...unused.suppressed].sort((a, b) => compareFindings(a.finding, b.finding)),
    problems: [...first, ...last].flatMap((r) =>
      r.failures.map(({ message }) => ({ file: snapshot.files[0]?.path ?? "", message })),
    ),
  };
}

/** Applies `lint.rules`. A `possible` finding stays information, whatever its rule is set to. */
function atLevels(findings: readonly Finding[], snapshot: WorkspaceSnapshot): Finding[] {
  return findings.flatMap((finding) => {
    const { file } = finding.place;
    const level =
      snapshot.configurationFor(file).rules.get(finding.ruleId) ??
      (defaultOf(finding.ruleId) === "off" ? "off" : undefined);
    if (level === "off") return [];
    const levelled =
      level === undefined || finding.confidence === "possible" ? finding : { ...finding, severity: level };
    return [
      {
        ...levelled,
        fixes: levelled.fixes.filter((fix) => fix.edits.every((edit) => isEditable(edit.file, snapshot))),
      },
    ];
  });
}

function defaultOf(ruleId: string): string | undefined {
  return RULES.find((rule) => rule.meta.id === ruleId)?.meta.default;
}

function isEditable(file: string, snapshot: WorkspaceSnapshot): boolean {
  const role = snapshot.fileAt(file)?.role;
  return role === undefined || isEditableRole(role);
}
