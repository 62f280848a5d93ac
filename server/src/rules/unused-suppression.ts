import type { Finding, Fix } from "../model/finding.ts";
import { structuralId } from "../model/hash.ts";
import type { Rule, RuleInput, Suppression } from "./rule.ts";
import { joined } from "./wording.ts";

const ID = "unused-suppression";

/** A `remit-ignore` that suppresses nothing, a `remit-assume` that closes nothing, or one without a reason, which is not followed. */
export const unusedSuppression: Rule = {
  meta: {
    id: ID,
    says: "a remit-ignore or remit-assume comment that does nothing, or gives no reason",
    default: "info",
    fix: "tidies",
    since: "0.1.0",
  },
  *check(input) {
    const counts = new Map<string, number>();
    for (const suppression of input.suppressions) {
      if (suppression.used) continue;
      const key = JSON.stringify([suppression.file, suppression.rules, suppression.reason]);
      const ordinal = counts.get(key) ?? 0;
      counts.set(key, ordinal + 1);
      yield findingFor(input, suppression, structuralId(ID, key, String(ordinal)));
    }
  },
};

function findingFor(input: RuleInput, suppression: Suppression, fingerprint: string): Finding {
  const { file, span, rules, reason, problem } = suppression;
  return {
    ruleId: ID,
    severity: "info",
    confidence: "certain",
    message: message(suppression),
    place: { file, span },
    permission: null,
    service: null,
    deployable: input.analysis.deployable.id,
    agents: [],
    tools: [],
    related: [],
    evidence: {
      used: [],
      facts: [],
      narrowest: [],
      cost: null,
      blindSpots: [],
      reason: whyUnused(suppression),
    },
    fixes: reason === undefined || rules.length === 0 || problem !== undefined ? [] : fixFor(input, suppression),
    fingerprint,
  };
}

function whyUnused({ kind, reason, problem }: Suppression): string {
  if (reason === undefined) return "a comment without a reason is not followed";
  if (kind === "assume") return problem === undefined ? "nothing is out of sight there" : "it cannot be followed";
  return "nothing is reported there";
}

function message(suppression: Suppression): string {
  const { rules, reason } = suppression;
  if (suppression.kind === "assume") return assumptionMessage(suppression);
  if (rules.length === 0) return "remit-ignore names no rule: // remit-ignore <rule> -- <reason>.";
  if (isMissing(reason)) return `remit-ignore needs a reason: // remit-ignore ${rules.join(", ")} -- <reason>.`;
  return `remit-ignore suppresses nothing: no ${joined(rules, "or")} is reported here.`;
}

function assumptionMessage({ rules, reason, problem }: Suppression): string {
  if (problem !== undefined) return `remit-assume ${problem}.`;
  if (isMissing(reason)) return `remit-assume needs a reason: // remit-assume ${rules.join(" ")} -- <reason>.`;
  const [verb, ...named] = rules;
  return `remit-assume closes nothing: no blind spot${verb === "no" ? ` of ${joined(named, "or")}` : ""} stands here.`;
}

function isMissing(reason: string | undefined): boolean {
  return reason === undefined || reason.trim() === "";
}

/** Takes the comment out, with its line if it stands alone there. */
function fixFor(input: RuleInput, { file, span }: Suppression): Fix[] {
  const text = input.textOf(file);
  if (text === undefined) return [];
  const lineStart = text.lastIndexOf("\n", span.start - 1) + 1;
  const lineEnd = text.indexOf("\n", span.end);
  const end = lineEnd < 0 ? text.length : lineEnd;
  const before = text.slice(lineStart, span.start);
  if (text.slice(span.end, end).trim() !== "") return [];
  const alone = before.trim() === "";
  const gone = alone
    ? { start: lineStart, end: lineEnd < 0 ? end : lineEnd + 1 }
    : { start: lineStart + before.trimEnd().length, end: span.end };
  return [{ title: "Remove the comment", kind: "tidies", safe: true, edits: [{ file, span: gone, newText: "" }] }];
}
