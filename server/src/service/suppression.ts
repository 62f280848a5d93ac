import type { Facts } from "../facts/lookup.ts";
import type { DeployableAnalysis } from "../model/analysis.ts";
import { parseDirective } from "../frontends/building/directive.ts";
import type { ManifestComment } from "../manifests/tree.ts";
import type { Finding } from "../model/finding.ts";
import type { Span } from "../model/place.ts";
import { lineStartsOf, positionAt } from "../model/place.ts";
import type { SuppressedFinding } from "../model/result.ts";
import type { Directive, ModuleSummary, SummaryPositions } from "../model/summary.ts";
import type { WorkspaceFile } from "../workspace/discover.ts";
import type { WorkspaceSnapshot } from "../workspace/workspace.ts";
import { operationCalled, statementOf } from "./assuming.ts";
import { isTraced } from "./queries.ts";

/** A `remit-ignore` comment, or a `remit-assume` comment. */
export interface Suppression {
  readonly kind: "ignore" | "assume";
  readonly file: string;
  readonly span: Span;
  /** The rules; what an assumption says. */
  readonly rules: readonly string[];
  /** Why an assumption cannot be followed. */
  readonly problem?: string;
  readonly reason: string | undefined;
  /** The whole file, or these lines. */
  readonly lines: { readonly first: number; readonly last: number } | null;
  used: boolean;
}

/** All such comments of manifests. `read` gives nothing for files that are none, or were not analysed. */
export function suppressionsInManifests(
  snapshot: WorkspaceSnapshot,
  read: (file: WorkspaceFile) => readonly ManifestComment[],
): Suppression[] {
  return snapshot.files.flatMap((file) => {
    const content = snapshot.read(file.path);
    if (content.kind !== "text" || !content.text.includes("remit-ignore")) return [];
    return read(file).flatMap((comment): Suppression[] => {
      const directive = parseDirective(comment.text);
      if (!directive || directive.kind === "assume") return [];
      const line = lineSpokenOf(content.text, comment);
      return [
        {
          kind: "ignore",
          file: file.path,
          span: { start: comment.start, end: comment.end },
          rules: directive.subjects,
          reason: directive.reason,
          used: false,
          lines: directive.kind === "ignore-file" ? null : { first: line, last: line },
        },
      ];
    });
  });
}

/** A comment behind something speaks of its own line, one on a line of its own of the next that holds more than comments. */
function lineSpokenOf(text: string, comment: Span): number {
  const starts = lineStartsOf(text);
  const { line } = positionAt(starts, comment.start);
  if (text.slice(starts[line - 1], comment.start).trim() !== "") return line;
  const next = /^(?:\s|#[^\n]*|\/\/[^\n]*|\/\*[^]*?\*\/)*/.exec(text.slice(comment.end))![0].length;
  return positionAt(starts, Math.min(comment.end + next, text.length)).line;
}

/** All such comments of the product's code. `read` gives nothing for files that were not analysed. */
export function suppressionsOf(
  snapshot: WorkspaceSnapshot,
  read: (file: string) => { summary: ModuleSummary | undefined; positions: SummaryPositions | undefined },
  factsOf: (file: string) => Facts,
): Suppression[] {
  return snapshot.files.filter(isTraced).flatMap(({ path }) => {
    const content = snapshot.read(path);
    if (content.kind !== "text" || !/remit-(?:ignore|assume)/.test(content.text)) return [];
    const { summary, positions } = read(path);
    return (summary?.directives ?? []).flatMap((directive, i): Suppression[] => {
      const at = positions?.directives[i];
      if (!at) return [];
      const problem = directive.kind === "assume" ? problemOf(directive, () => factsOf(path)) : undefined;
      return [
        {
          kind: directive.kind === "assume" ? "assume" : "ignore",
          ...(problem !== undefined && { problem }),
          file: path,
          span: { start: at.start, end: at.end },
          rules: directive.subjects,
          reason: directive.reason,
          used: false,
          lines: directive.kind === "ignore-file" ? null : { first: at.firstLine, last: at.lastLine },
        },
      ];
    });
  });
}

/** Why a `remit-assume` comment cannot be followed; undefined: it can. */
function problemOf(directive: Directive, facts: () => Facts): string | undefined {
  const statement = statementOf(directive);
  if (!statement)
    return "says nothing that can be followed: // remit-assume no <service>, calls <operation>, or harmless -- <reason>";
  const unknown =
    statement.kind === "calls" ? statement.operations.find((title) => !operationCalled(title, facts())) : undefined;
  return unknown === undefined ? undefined : `names ${unknown}, which is no operation that the facts know`;
}

/** Marks the `remit-assume` comments that closed a blind spot. */
export function markAssumptions(suppressions: readonly Suppression[], analyses: readonly DeployableAnalysis[]): void {
  const used = new Set(
    analyses.flatMap(({ assumptions }) =>
      assumptions.map(({ comment }) => comment && keyOf(comment.file, comment.span)),
    ),
  );
  for (const suppression of suppressions)
    if (suppression.kind === "assume" && used.has(keyOf(suppression.file, suppression.span))) suppression.used = true;
}

function keyOf(file: string, { start }: Span): string {
  return JSON.stringify([file, start]);
}

/** Takes out the findings that a comment or an entry of `remit.yaml` answers for. Without a reason nothing is taken out. */
export function suppress(
  findings: readonly Finding[],
  suppressions: readonly Suppression[],
  snapshot: WorkspaceSnapshot,
): { findings: Finding[]; suppressed: SuppressedFinding[] } {
  const kept: Finding[] = [];
  const suppressed: SuppressedFinding[] = [];
  for (const finding of findings) {
    const by = commentFor(finding, suppressions, snapshot) ?? entryFor(finding, snapshot);
    if (by) suppressed.push({ finding, ...by });
    else kept.push(finding);
  }
  return { findings: kept, suppressed };
}

function commentFor(
  finding: Finding,
  suppressions: readonly Suppression[],
  snapshot: WorkspaceSnapshot,
): { reason: string; file: string } | undefined {
  const { file, span } = finding.place;
  const content = snapshot.read(file);
  const line = content.kind === "text" ? positionAt(lineStartsOf(content.text), span.start).line : 0;
  for (const suppression of suppressions) {
    const { lines, reason } = suppression;
    if (
      suppression.kind === "assume" ||
      suppression.file !== file ||
      !suppression.rules.includes(finding.ruleId) ||
      reason === undefined
    )
      continue;
    if (lines && (line < lines.first || line > lines.last)) continue;
    suppression.used = true;
    return { reason, file };
  }
  return undefined;
}

function entryFor(finding: Finding, snapshot: WorkspaceSnapshot): { reason: string; file: string } | undefined {
  const entry = snapshot
    .configurationFor(finding.place.file)
    .ignore.find(
      (e) =>
        e.rule === finding.ruleId &&
        e.matches(finding.place.file) &&
        (e.permission === undefined || samePermission(e.permission, finding.permission)),
    );
  return entry && { reason: entry.reason, file: entry.file };
}

/** Full name, or the short one people write. */
function samePermission(written: string, permission: string | null): boolean {
  return permission !== null && (permission === written || permission.endsWith(`/${written}`));
}
