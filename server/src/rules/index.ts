import type { Finding } from "../model/finding.ts";
import { broadPermission } from "./broad-permission.ts";
import { missingPermission } from "./missing-permission.ts";
import { readOnlyToolWrites } from "./read-only-tool-writes.ts";
import { redundantPermission } from "./redundant-permission.ts";
import type { Rule, RuleInput } from "./rule.ts";
import { unknownPermission } from "./unknown-permission.ts";
import { unresolvedAccess } from "./unresolved-access.ts";
import { unusedPermission } from "./unused-permission.ts";
import { unusedSuppression } from "./unused-suppression.ts";
import { wildcardPermission } from "./wildcard-permission.ts";

/** All rules, by id. */
export const RULES: readonly Rule[] = [
  broadPermission,
  missingPermission,
  readOnlyToolWrites,
  redundantPermission,
  unknownPermission,
  unresolvedAccess,
  unusedPermission,
  unusedSuppression,
  wildcardPermission,
];

/** What came of running rules; a rule that fails is named, and the others run all the same. */
export interface RuleResults {
  readonly findings: readonly Finding[];
  readonly failures: readonly { readonly ruleId: string; readonly message: string }[];
}

export function runRules(rules: readonly Rule[], input: RuleInput): RuleResults {
  const findings: Finding[] = [];
  const failures: { ruleId: string; message: string }[] = [];
  for (const rule of rules) {
    try {
      findings.push(...rule.check(input));
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error);
      failures.push({
        ruleId: rule.meta.id,
        message: `rule ${rule.meta.id} failed on ${input.analysis.deployable.name}: ${cause.split("\n", 1)[0]!}`,
      });
    }
  }
  return { findings, failures };
}
