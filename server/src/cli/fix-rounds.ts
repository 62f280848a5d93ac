import { composeFixes } from "../edit/compose.ts";
import type { Finding, Fix, FixKind } from "../model/finding.ts";
import { compareText } from "../model/place.ts";
import type { WorkspaceResult } from "../model/result.ts";
import { select } from "../report/selection.ts";
import type { Selection } from "../report/selection.ts";
import type { Engine } from "./engine.ts";

/** What becomes of one file. */
export interface Change {
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

export interface Fixed {
  /** What is left, with the changes. */
  readonly result: WorkspaceResult;
  /** How many findings were fixed. */
  readonly count: number;
  /** By file. Nothing of it is written anywhere. */
  readonly changes: readonly Change[];
}

export interface FixOptions {
  readonly selection: Selection;
  readonly mayEdit: (file: string) => boolean;
}

/** What may be done unasked: never what adds power. */
const UNASKED: ReadonlySet<FixKind> = new Set<FixKind>(["narrows", "declares", "tidies"]);

/** One fix may lead to the next, and those that overlap wait for their turn; more turns than this nobody needs. */
const MOST_ROUNDS = 20;

/**
 * Applies all fixes that may be applied unasked, again and again until nothing is left to fix, in documents that only the
 * engine sees. Each round is analysed: what makes matters worse is taken back.
 */
export async function fixInRounds(engine: Engine, first: WorkspaceResult, options: FixOptions): Promise<Fixed> {
  const originals = new Map<string, string>();
  const texts = new Map<string, string>();
  let result = first;
  let count = 0;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const step = await nextStep(engine, result, fixesFor(result, options));
    if (step === undefined) break;
    for (const { file, before, after } of step.changes) {
      if (!originals.has(file)) originals.set(file, before);
      texts.set(file, after);
    }
    count += step.count;
    result = step.result;
  }
  const changes = [...texts]
    .map(([file, after]) => ({ file, before: originals.get(file)!, after }))
    .filter(({ before, after }) => before !== after)
    .sort((a, b) => compareText(a.file, b.file));
  return { result, count, changes };
}

/** One for each finding that has one. */
function fixesFor(result: WorkspaceResult, { selection, mayEdit }: FixOptions): Fix[] {
  const mayApply = ({ kind, safe, edits }: Fix): boolean =>
    safe && UNASKED.has(kind) && edits.length > 0 && edits.every(({ file }) => mayEdit(file));
  return select(result, selection).findings.flatMap(({ fixes }) => fixes.find(mayApply) ?? []);
}

/** As many fixes as go together; if that turns out badly, the first that does well alone. */
async function nextStep(engine: Engine, result: WorkspaceResult, fixes: readonly Fix[]): Promise<Fixed | undefined> {
  const together = await tryFixes(engine, result, fixes);
  if (together !== undefined || fixes.length < 2) return together;
  for (const fix of fixes) {
    const alone = await tryFixes(engine, result, [fix]);
    if (alone !== undefined) return alone;
  }
  return undefined;
}

/** Undefined if nothing changes, or for the worse; the documents are then as they were. */
async function tryFixes(engine: Engine, now: WorkspaceResult, fixes: readonly Fix[]): Promise<Fixed | undefined> {
  const { applied, texts } = composeFixes(fixes, (file) => now.textOf(file));
  const changes = [...texts].map(([file, after]) => ({ file, before: now.textOf(file)!, after }));
  if (changes.length === 0) return undefined;
  for (const { file, after } of changes) engine.workspace.setDocument(file, after);
  const result = await engine.analyse();
  if (!isWorse(result, now)) return { result, count: applied.length, changes };
  for (const { file, before } of changes) engine.workspace.setDocument(file, before);
  return undefined;
}

/** More to object to of any kind, or a file that is no longer understood. */
function isWorse(after: WorkspaceResult, before: WorkspaceResult): boolean {
  const known = countByKind(before.findings);
  return (
    after.errors.length > before.errors.length ||
    [...countByKind(after.findings)].some(([kind, count]) => count > (known.get(kind) ?? 0))
  );
}

function countByKind(findings: readonly Finding[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { ruleId, permission, place } of findings) {
    const kind = JSON.stringify([ruleId, permission, place.file]);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}
