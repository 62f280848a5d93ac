import { effectRank, type Effect } from "../model/effect.ts";
import type { FactLookup, OperationRow, OperationVariant, Pack, RequirementRow } from "../model/pack.ts";
import type { Alternatives } from "../model/permission.ts";
import { compareText } from "../model/place.ts";

/** What stands at a dotted path of the call's first argument: `undefined` is unknown, `null` is known to be absent. */
export type ArgumentReader = (path: string) => string | number | boolean | null | undefined;

/** What an operation needs with these arguments. */
export interface Requirements extends FactLookup {
  readonly argumentUnknown: boolean;
}

/** The part of a row that arguments change. */
interface Case {
  readonly effect: Effect;
  readonly requires: Readonly<Record<string, Alternatives>> | undefined;
  readonly enoughIfGranted: Readonly<Record<string, readonly string[]>> | undefined;
  readonly source: number;
}

export function requirementsOf(pack: Pack, row: OperationRow, read: ArgumentReader): Requirements {
  const base: Case = {
    effect: row.effect,
    requires: named(pack, row.requires),
    enoughIfGranted: namedKinds(pack, row.enoughIfGranted),
    source: row.source,
  };
  const possible = possibleCases(pack, row, base, read);
  // From the row itself backwards, so that its order of alternatives counts.
  const merged = possible.reduceRight(bothCases);
  const argumentUnknown = row.dependsOn !== undefined || possible.some((one) => !sameNeeds(one, possible[0]!));
  const mayDoLess = possible.some(({ effect }) => effectRank(effect) < effectRank(merged.effect));
  const effectConfidence = mayDoLess ? "possible" : row.effectConfidence;
  return {
    effect: merged.effect,
    ...(effectConfidence && { effectConfidence }),
    requires: merged.requires,
    ...(merged.enoughIfGranted && { enoughIfGranted: merged.enoughIfGranted }),
    ...((row.also ?? pack.also) && { mayNeed: mayNeed(pack, row, read) }),
    source: pack.sources[merged.source]!,
    operation: row.name,
    service: pack.service,
    ...(pack.spelling && { spelling: pack.spelling }),
    ownState: row.ownState ?? false,
    argumentUnknown,
  };
}

/** Left out is what only an argument calls for that is known not to be given. */
function mayNeed(pack: Pack, row: OperationRow, read: ArgumentReader): readonly string[] {
  const called = (row.also ?? []).filter(([, argument]) => argument === undefined || read(argument) !== null);
  const sets = Object.values(row.requires ?? {}).flat();
  const isSure = (ordinal: number) => sets.length > 0 && sets.every((set) => set.includes(ordinal));
  const ordinals = [...called.map(([ordinal]) => ordinal), ...(pack.also ?? [])].filter((one) => !isSure(one));
  return [...new Set(namesOf(pack, ordinals))].sort(compareText);
}

/** The first variant that surely matches ends the list; those before it that may match stay possible. */
function possibleCases(pack: Pack, row: OperationRow, base: Case, read: ArgumentReader): Case[] {
  const possible: Case[] = [];
  for (const variant of row.when ?? []) {
    const matches = matchesArguments(variant, read);
    if (matches === "no") continue;
    possible.push(caseOf(pack, base, variant));
    if (matches === "yes") return possible;
  }
  return [...possible, base];
}

type Match = "yes" | "no" | "maybe";

/** The worst of what is asked of the arguments. */
function matchesArguments(variant: OperationVariant, read: ArgumentReader): Match {
  const matches = [
    matchesArgument(variant, read(variant.argument)),
    ...(variant.without ?? []).map((argument) => isAbsent(read(argument))),
  ];
  return matches.includes("no") ? "no" : matches.includes("maybe") ? "maybe" : "yes";
}

function matchesArgument({ equals, within }: OperationVariant, value: ReturnType<ArgumentReader>): Match {
  if (value === undefined) return "maybe";
  if (within === undefined) return value === equals ? "yes" : "no";
  if (typeof value !== "string") return "no";
  const known = new Set(within.map((name) => name.toLowerCase()));
  return value.split(",").every((name) => known.has(name.trim().toLowerCase())) ? "yes" : "no";
}

function isAbsent(value: ReturnType<ArgumentReader>): Match {
  return value === undefined ? "maybe" : value === null ? "yes" : "no";
}

function caseOf(pack: Pack, base: Case, variant: OperationVariant): Case {
  return {
    effect: variant.effect ?? base.effect,
    requires: variant.requires === undefined ? base.requires : named(pack, variant.requires),
    enoughIfGranted:
      variant.enoughIfGranted === undefined ? base.enoughIfGranted : namedKinds(pack, variant.enoughIfGranted),
    source: variant.source,
  };
}

/** What is enough in both cases. */
function bothCases(a: Case, b: Case): Case {
  return {
    effect: effectRank(a.effect) >= effectRank(b.effect) ? a.effect : b.effect,
    requires: a.requires && b.requires && bothRequirements(a.requires, b.requires),
    enoughIfGranted: eitherKinds(a.enoughIfGranted, b.enoughIfGranted),
    source: a.source,
  };
}

/** What is only enough if granted changes no accusation, so that not knowing it leaves nothing undecided. */
function sameNeeds(a: Case, b: Case): boolean {
  const needs = ({ effect, requires }: Case) => [
    effect,
    ...Object.entries(requires ?? { none: [] }).map(([kind, alternatives]) => [
      kind,
      ...alternatives.map((set) => set.join(" ")).sort(compareText),
    ]),
  ];
  return JSON.stringify(needs(a)) === JSON.stringify(needs(b));
}

function eitherKinds(a: Case["enoughIfGranted"], b: Case["enoughIfGranted"]): Case["enoughIfGranted"] {
  if (a === undefined || b === undefined) return a ?? b;
  const kinds = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return Object.fromEntries(kinds.map((kind) => [kind, [...new Set([...(a[kind] ?? []), ...(b[kind] ?? [])])]]));
}

function bothRequirements(
  a: Readonly<Record<string, Alternatives>>,
  b: Readonly<Record<string, Alternatives>>,
): Readonly<Record<string, Alternatives>> {
  const kinds = Object.keys(a).filter((kind) => Object.hasOwn(b, kind));
  return Object.fromEntries(kinds.map((kind) => [kind, bothAlternatives(a[kind]!, b[kind]!)]));
}

/** Alternatives that satisfy both lists; where no single one does, every pair of one from each. */
function bothAlternatives(a: Alternatives, b: Alternatives): Alternatives {
  const satisfies = (names: readonly string[], alternatives: Alternatives) =>
    alternatives.some((alternative) => alternative.every((name) => names.includes(name)));
  const enough = a.filter((names) => satisfies(names, b));
  if (enough.length > 0) return enough;
  return a.flatMap((left) => b.map((right) => [...new Set([...left, ...right])]));
}

function named(pack: Pack, requires: RequirementRow | undefined): Readonly<Record<string, Alternatives>> | undefined {
  if (requires === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(requires).map(([kind, alternatives]) => [kind, alternatives.map((set) => namesOf(pack, set))]),
  );
}

function namedKinds(
  pack: Pack,
  kinds: Readonly<Record<string, readonly number[]>> | undefined,
): Readonly<Record<string, readonly string[]>> | undefined {
  if (kinds === undefined) return undefined;
  return Object.fromEntries(Object.entries(kinds).map(([kind, ordinals]) => [kind, namesOf(pack, ordinals)]));
}

function namesOf(pack: Pack, ordinals: readonly number[]): readonly string[] {
  return ordinals.map((ordinal) => pack.permissions[ordinal]!);
}
