import type { GrantPlan, ListPlan } from "../match/plan.ts";
import type { Access, Confidence } from "../model/analysis.ts";
import { changesState } from "../model/effect.ts";
import type { Evidence, Finding, Fix, RelatedPlace, Severity } from "../model/finding.ts";
import { structuralId } from "../model/hash.ts";
import type { Alternatives } from "../model/permission.ts";
import { factsOf, reachedFrom } from "./calls.ts";
import type { RuleInput } from "./rule.ts";

/** A plan of a grant with the list it is part of. */
export interface PlannedGrant {
  readonly list: ListPlan;
  readonly plan: GrantPlan;
}

export function* plannedGrants(input: RuleInput): Generator<PlannedGrant> {
  for (const { lists } of input.plans) for (const list of lists) for (const plan of list.grants) yield { list, plan };
}

/** What a rule about a grant has to say; the rest of the finding follows from the plan. */
export interface GrantStatement {
  readonly severity: Severity;
  readonly confidence?: Confidence;
  readonly message: string;
  readonly related: readonly RelatedPlace[];
  readonly calls: readonly Access[];
  readonly narrowest?: Alternatives;
  readonly cost: string | null;
  readonly reason?: string;
  readonly fixes: readonly Fix[];
  /** Which of its places it is about; the first unless told. */
  readonly occurrence?: number;
}

export function grantFinding(
  input: RuleInput,
  ruleId: string,
  { plan }: PlannedGrant,
  statement: GrantStatement,
): Finding {
  const grant = plan.grants[statement.occurrence ?? 0]!;
  const { provider, name } = plan.permission;
  return {
    ruleId,
    severity: statement.severity,
    confidence: statement.confidence ?? plan.confidence,
    message: statement.message,
    place: grant.place,
    permission: name,
    service: plan.row?.services?.[0] ?? grant.service,
    deployable: input.analysis.deployable.id,
    ...reachedFrom(statement.calls),
    related: statement.related,
    evidence: {
      ...evidenceOf(statement.calls),
      narrowest: statement.narrowest ?? [],
      cost: statement.cost,
      blindSpots: plan.blindSpots,
      reason: statement.reason ?? plan.reason,
    },
    fixes: statement.fixes,
    fingerprint: structuralId(ruleId, provider, name, grant.id),
  };
}

export function evidenceOf(accesses: readonly Access[]): Pick<Evidence, "used" | "facts"> {
  return { used: accesses.map(({ id }) => id), facts: factsOf(accesses) };
}

/** Whether a permission weighs enough for an error: it changes something, or the provider itself calls it sensitive. */
export function isWeighty({ row }: GrantPlan): boolean {
  return row !== undefined && (changesState(row.effect) || row.tier === "restricted" || row.tier === "admin");
}

/** One text that feeds several lists is one finding: keeps the first of those at the same place. */
export function* oncePerPlace(findings: Iterable<Finding>): Generator<Finding> {
  const seen = new Set<string>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.place, finding.permission]);
    if (seen.has(key)) continue;
    seen.add(key);
    yield finding;
  }
}
