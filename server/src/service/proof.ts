import { composeFixes } from "../edit/compose.ts";
import type { Finding, Fix } from "../model/finding.ts";
import type { Judgement } from "./findings.ts";

/** Judges the workspace as it would be with some texts in place of others. */
export type JudgeEdited = (texts: ReadonlyMap<string, string>) => {
  readonly judgement: Judgement;
  readonly problems: number;
};

/** What edits are tried on. */
export interface ProofInput {
  readonly findings: readonly Finding[];
  /** Syntax errors of the files as they are. */
  readonly problems: number;
  textOf(file: string): string | undefined;
  readonly judgeEdited: JudgeEdited;
}

/**
 * Lets every fix that claims to be safe prove it: the edited text is analysed again, and the finding must be gone, no other
 * may have come, and the files must still parse. All are tried at once; only if that fails each is tried alone. A fix that
 * cannot prove itself is still offered, but no longer applied unasked.
 */
export function proveFixes(input: ProofInput): Finding[] {
  const claims = input.findings.flatMap((finding) =>
    finding.fixes.filter((fix) => fix.safe).map((fix): Claim => ({ finding, fix })),
  );
  if (claims.length === 0) return [...input.findings];
  const proven = holds(claims, input)
    ? new Set(claims.map((c) => c.fix))
    : new Set(claims.filter((claim) => claims.length > 1 && holds([claim], input)).map((c) => c.fix));
  return input.findings.map((finding) => ({
    ...finding,
    fixes: finding.fixes.map((fix) => (fix.safe && !proven.has(fix) ? { ...fix, safe: false } : fix)),
  }));
}

/** A fix, and the finding it says it settles. */
export interface Claim {
  readonly finding: Finding;
  readonly fix: Fix;
}

/** As many of the fixes as hold together. What each of them proved alone says nothing of that. */
export function provenTogether(claims: readonly Claim[], input: ProofInput): readonly Claim[] {
  if (claims.length === 0 || holds(claims, input)) return claims;
  const kept: Claim[] = [];
  for (const claim of claims) if (holds(kept.concat(claim), input)) kept.push(claim);
  return kept;
}

function holds(claims: readonly Claim[], input: ProofInput): boolean {
  const { skipped, texts } = composeFixes(
    claims.map((c) => c.fix),
    (file) => input.textOf(file),
  );
  if (skipped.length > 0) return false;
  const { judgement, problems } = input.judgeEdited(texts);
  const before = new Set(input.findings.map((f) => f.fingerprint));
  const after = new Set(judgement.findings.map((f) => f.fingerprint));
  return (
    problems <= input.problems &&
    claims.every(({ finding }) => !after.has(finding.fingerprint)) &&
    [...after].every((fingerprint) => before.has(fingerprint))
  );
}
