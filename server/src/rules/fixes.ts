import { changeList, elementText } from "../edit/list.ts";
import type { GrantPlan, ListPlan } from "../match/plan.ts";
import type { Grant, SourceList } from "../model/analysis.ts";
import type { Edit } from "../model/finding.ts";
import { comparePlaces } from "../model/place.ts";
import type { RuleInput } from "./rule.ts";

/** What is to happen to one place of a grant: it goes, or these names take its place. */
export interface Change {
  readonly grant: Grant;
  readonly names: readonly string[];
}

/** Edits that take a permission out of its list, everywhere it stands; undefined where that cannot be done or may not. */
export function removalEdits(input: RuleInput, list: ListPlan, plan: GrantPlan): Edit[] | undefined {
  if (
    list.empties ||
    !isRightForAllReaders(input, plan, (other) => other.verdict === "unused" || other.verdict === "redundant")
  )
    return undefined;
  return editsFor(
    input,
    plan.grants.map((grant) => ({ grant, names: [] })),
  );
}

/** Edits that take out one place of a permission that stands in its list again. */
export function repetitionEdits(input: RuleInput, grant: Grant): Edit[] | undefined {
  return grant.sharedWith.length > 0 ? undefined : editsFor(input, [{ grant, names: [] }]);
}

/** Edits that put narrower permissions in a permission's place; whatever else shares them goes in the same fix. */
export function narrowingEdits(
  input: RuleInput,
  list: ListPlan,
  plan: GrantPlan,
  replacement: readonly string[],
): Edit[] | undefined {
  const together = list.grants.filter(({ permission }) => plan.together.includes(permission.name));
  const isSame = (other: GrantPlan) =>
    other.verdict === "broad" && other.replacement.join() === plan.replacement.join();
  if (![plan, ...together].every((one) => isRightForAllReaders(input, one, isSame))) return undefined;
  const [first, ...repetitions] = plan.grants;
  const leaving = [...repetitions, ...together.flatMap(({ grants }) => grants)];
  return editsFor(input, [{ grant: first!, names: replacement }, ...leaving.map((grant) => ({ grant, names: [] }))]);
}

/** Edits that add permissions to the list that a grant stands in, and take out those of `superseded` that nobody else reads. */
export function additionEdits(
  input: RuleInput,
  grant: Grant,
  names: readonly string[],
  superseded: readonly Grant[],
): Edit[] | undefined {
  const { list } = grant;
  const text = list && input.textOf(list.source.file);
  if (!list || text === undefined) return undefined;
  const { source } = list;
  const own = superseded.filter(
    (one) =>
      one.sharedWith.length === 0 &&
      one.list?.source.file === source.file &&
      one.list.source.span.start === source.span.start,
  );
  const { prefix = "", saysMore } = list;
  if (saysMore || names.some((name) => !name.startsWith(prefix))) return undefined;
  const [first, ...more] = names.map((name) => elementText(source, text, name.slice(prefix.length)));
  const replaced = own[0]?.list!.index;
  const edits = changeList(source, text, {
    replace: new Map(replaced === undefined ? [] : [[replaced, first!]]),
    remove: own.slice(1).map((one) => one.list!.index),
    add: replaced === undefined ? [first!, ...more] : more,
  });
  return edits.length > 0 ? edits : undefined;
}

/** The same text may feed several lists: an edit has to be right for each of them. */
function isRightForAllReaders(input: RuleInput, plan: GrantPlan, isRight: (other: GrantPlan) => boolean): boolean {
  const others = plan.grants.flatMap(({ sharedWith }) => sharedWith);
  return others.every((group) => {
    const reader = input.plans.flatMap(({ lists }) => lists).find((list) => list.group === group);
    const same = reader?.grants.find(({ permission }) => permission.name === plan.permission.name);
    return reader !== undefined && !reader.empties && same !== undefined && isRight(same);
  });
}

/** All changes together, list by list; undefined if one of them cannot be edited here. */
function editsFor(input: RuleInput, changes: readonly Change[]): Edit[] | undefined {
  const bySource = new Map<string, { source: SourceList; changes: Change[] }>();
  for (const change of changes) {
    const source = change.grant.list?.source;
    if (!source) return undefined;
    const key = JSON.stringify([source.file, source.span.start, source.span.end]);
    const known = bySource.get(key);
    if (known) known.changes.push(change);
    else bySource.set(key, { source, changes: [change] });
  }
  const edits = [...bySource.values()].map(({ source, changes: own }) => editsOfList(input, source, own));
  if (edits.some((list) => list === undefined)) return undefined;
  return edits.flatMap((list) => list!).sort(comparePlaces);
}

function editsOfList(input: RuleInput, source: SourceList, changes: readonly Change[]): Edit[] | undefined {
  const text = input.textOf(source.file);
  if (text === undefined) return undefined;
  const remove: number[] = [];
  const replace = new Map<number, string>();
  const add: string[] = [];
  for (const { grant, names } of changes) {
    const { index, prefix = "", saysMore } = grant.list!;
    if ((saysMore && names.length > 0) || names.some((name) => !name.startsWith(prefix))) return undefined;
    const [first, ...more] = names.map((name) => elementText(source, text, name.slice(prefix.length)));
    if (first === undefined) remove.push(index);
    else replace.set(index, first);
    add.push(...more);
  }
  const edits = changeList(source, text, { remove, replace, add });
  return edits.length > 0 ? edits : undefined;
}
