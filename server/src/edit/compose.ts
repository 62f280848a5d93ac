import type { SourceList } from "../model/analysis.ts";
import type { Edit, Fix, ListChange } from "../model/finding.ts";
import { structuralId } from "../model/hash.ts";
import { comparePlaces, compareText, type Place, type Span } from "../model/place.ts";
import { applyEdits, sortEdits } from "./apply.ts";
import { changeList, type ListEdit } from "./list.ts";

export interface ComposeOptions {
  /** `contentHash` of the files when the fixes were computed. A fix that touches a file that is another by now is skipped. */
  readonly expectedHash?: ReadonlyMap<string, string>;
}

export interface Composition {
  readonly applied: readonly Fix[];
  readonly skipped: readonly { readonly fix: Fix; readonly reason: string }[];
  /** New text of every file that changes. */
  readonly texts: ReadonlyMap<string, string>;
}

/** What `expectedHash` compares. */
export function contentHash(text: string): string {
  return structuralId(text);
}

/** What fixes do to one file; edits that only follow from list changes are left out, they are derived for all fixes together. */
interface FilePlan {
  readonly edits: readonly Edit[];
  readonly changes: readonly ListChange[];
}

/**
 * Applies as many of the fixes as go together: a fix whole or not at all, in the order of their places. Fixes may say the same,
 * and may change the same list; one that overlaps another that came first is skipped, for a second round to see.
 */
export function composeFixes(
  fixes: readonly Fix[],
  textOf: (file: string) => string | undefined,
  { expectedHash }: ComposeOptions = {},
): Composition {
  const applied: Fix[] = [];
  const skipped: { fix: Fix; reason: string }[] = [];
  const plans = new Map<string, FilePlan>();
  const texts = new Map<string, string>();
  for (const fix of inOrder(fixes)) {
    const attempt = tryFix(fix, plans, textOf, expectedHash);
    if (typeof attempt === "string") {
      skipped.push({ fix, reason: attempt });
      continue;
    }
    applied.push(fix);
    for (const { file, plan, newText } of attempt) {
      plans.set(file, plan);
      texts.set(file, newText);
    }
  }
  return { applied, skipped, texts: new Map([...texts].sort(([a], [b]) => compareText(a, b))) };
}

/** What the files would become with this fix besides those already planned, or why it cannot be. */
function tryFix(
  fix: Fix,
  plans: ReadonlyMap<string, FilePlan>,
  textOf: (file: string) => string | undefined,
  expectedHash: ComposeOptions["expectedHash"],
): { file: string; plan: FilePlan; newText: string }[] | string {
  const own = planOf(fix);
  const files = new Set([...own.edits.map((edit) => edit.file), ...own.changes.map(({ list }) => list.file)]);
  if (files.size === 0) return "it changes nothing";
  const attempt: { file: string; plan: FilePlan; newText: string }[] = [];
  for (const file of files) {
    const text = textOf(file);
    const expected = expectedHash?.get(file);
    if (text === undefined) return `${file} cannot be read`;
    if (expected !== undefined && expected !== contentHash(text))
      return `${file} has changed since the fix was computed`;
    const before = plans.get(file);
    const plan = {
      edits: [...(before?.edits ?? []), ...own.edits.filter((edit) => edit.file === file)],
      changes: [...(before?.changes ?? []), ...own.changes.filter(({ list }) => list.file === file)],
    };
    const edits = editsOf(file, text, plan);
    if (typeof edits === "string") return edits;
    attempt.push({ file, plan, newText: applyEdits(text, edits) });
  }
  return attempt;
}

function planOf(fix: Fix): FilePlan {
  const changes = fix.listChanges ?? [];
  const isOfList = (edit: Edit): boolean =>
    changes.some(
      ({ list }) => list.file === edit.file && list.span.start <= edit.span.start && edit.span.end <= list.span.end,
    );
  return { edits: fix.edits.filter((edit) => !isOfList(edit)), changes };
}

/** All edits of one file, or why they do not go together. */
function editsOf(file: string, text: string, plan: FilePlan): Edit[] | string {
  const edits = [...plan.edits];
  const lists: SourceList[] = [];
  for (const changes of groupByList(plan.changes)) {
    const { list } = changes[0]!;
    const together = listEditOf(changes);
    if (!together) return `another fix changes the same element in ${file}`;
    const derived = changeList(list, text, together);
    if (derived.length === 0) return `the list in ${file} cannot be edited`;
    // Within a list that is derived as a whole, nobody else may edit.
    if ([...plan.edits, ...lists].some((other) => overlaps(other.span, list.span))) return overlapIn(file);
    lists.push(list);
    edits.push(...derived);
  }
  const unique = new Map(edits.map((edit) => [JSON.stringify([edit.span.start, edit.span.end, edit.newText]), edit]));
  const sorted = sortEdits([...unique.values()]);
  const isDisjoint = sorted.every((edit, i) => i === 0 || !overlaps(sorted[i - 1]!.span, edit.span));
  return isDisjoint ? sorted : overlapIn(file);
}

/** All changes of one list in one; undefined if two of them want different things of one element. */
function listEditOf(changes: readonly ListChange[]): ListEdit | undefined {
  const remove = new Set<number>();
  const replace = new Map<number, string>();
  const add = new Set<string>();
  for (const change of changes) {
    if (change.kind === "add") add.add(change.newText);
    else if (change.kind === "remove") remove.add(change.index);
    else if ((replace.get(change.index) ?? change.newText) !== change.newText) return undefined;
    else replace.set(change.index, change.newText);
  }
  if ([...replace.keys()].some((index) => remove.has(index))) return undefined;
  return { remove: [...remove], replace, add: [...add].sort(compareText) };
}

function groupByList(changes: readonly ListChange[]): Iterable<ListChange[]> {
  const groups = new Map<string, ListChange[]>();
  for (const change of changes) {
    const key = JSON.stringify([change.list.span.start, change.list.span.end]);
    const group = groups.get(key);
    if (group) group.push(change);
    else groups.set(key, [change]);
  }
  return groups.values();
}

/** Two insertions at one place overlap as well: nothing says which comes first. */
function overlaps(a: Span, b: Span): boolean {
  const isSameInsertion = a.start === a.end && b.start === b.end && a.start === b.start;
  return isSameInsertion || (a.start < b.end && b.start < a.end);
}

function overlapIn(file: string): string {
  return `it overlaps another fix in ${file}`;
}

/** By place and title, whatever order they were found in. */
function inOrder(fixes: readonly Fix[]): Fix[] {
  const keyed = fixes.map((fix) => ({ fix, first: firstPlace(fix), key: JSON.stringify([fix.title, fix.edits]) }));
  keyed.sort((a, b) => comparePlaces(a.first, b.first) || compareText(a.key, b.key));
  return keyed.map(({ fix }) => fix);
}

function firstPlace(fix: Fix): Place {
  const places: Place[] = [...fix.edits, ...(fix.listChanges ?? []).map(({ list }) => list)];
  return places.sort(comparePlaces)[0] ?? { file: "", span: { start: 0, end: 0 } };
}
