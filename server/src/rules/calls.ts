import type { GrantPlan, ListPlan } from "../match/plan.ts";
import { meets } from "../match/sufficiency.ts";
import type { Access, BlindSpot } from "../model/analysis.ts";
import type { Evidence, RelatedPlace } from "../model/finding.ts";
import { compareText } from "../model/place.ts";
import type { RuleInput } from "./rule.ts";
import { lineOf, shortName, shortOperation } from "./wording.ts";

export function accessesOf(input: RuleInput, ids: readonly string[]): Access[] {
  const wanted = new Set(ids);
  const { accesses, below } = input.analysis;
  return [...accesses, ...(below?.accesses ?? [])].filter(({ id }) => wanted.has(id));
}

export function blindSpotsOf(input: RuleInput, ids: readonly string[]): BlindSpot[] {
  const wanted = new Set(ids);
  const { blindSpots, below } = input.analysis;
  return [...blindSpots, ...(below?.blindSpots ?? [])].filter(({ id }) => wanted.has(id));
}

/** Tools and agents through which a model reaches these calls. */
export function reachedFrom(accesses: readonly Access[]): { agents: string[]; tools: string[] } {
  const reaches = accesses.flatMap(({ reachedBy }) => reachedBy);
  return { agents: distinct(reaches.map(({ agent }) => agent)), tools: distinct(reaches.map(({ tool }) => tool)) };
}

function distinct(ids: readonly (string | null)[]): string[] {
  return [...new Set(ids.filter((id) => id !== null))].sort(compareText);
}

/** One place a call: `presentations.batchUpdate → presentations (line 27)`, with the granted permission of `names` that serves it. */
export function relatedCalls(
  input: RuleInput,
  list: ListPlan,
  accesses: readonly Access[],
  names: readonly string[],
): RelatedPlace[] {
  return accesses.map((access) => {
    const operation = shortOperation(access.operation);
    const serving = names.find((name) => serves(input, access, name));
    if (serving === undefined) return { place: access.place, message: operation };
    const grant = list.grants.find(({ permission }) => permission.name === serving)?.grants[0];
    const line = grant && lineOf(input, grant.place);
    return {
      place: access.place,
      message: `${operation} → ${shortName(input, access.requirement.provider, serving)}${line === undefined ? "" : ` (line ${line})`}`,
    };
  });
}

/** `names`, and those of the permissions that stay beside them without which some of the calls would not be covered. */
export function withHelpers(
  input: RuleInput,
  list: ListPlan,
  accesses: readonly Access[],
  names: readonly string[],
): readonly string[] {
  const all = [...names];
  for (const access of accesses) {
    if (all.some((name) => serves(input, access, name))) continue;
    const helper = list.target.find((name) => serves(input, access, name));
    if (helper !== undefined) all.push(helper);
  }
  return all;
}

/** Which of `names` serve any of the calls, and which are only kept because a call may need them besides. */
export function dividedByUse(
  input: RuleInput,
  accesses: readonly Access[],
  names: readonly string[],
): { readonly serving: readonly string[]; readonly besides: readonly string[] } {
  const serving = names.filter((name) => accesses.some((access) => serves(input, access, name)));
  return { serving, besides: names.filter((name) => !serving.includes(name)) };
}

function serves(input: RuleInput, access: Access, name: string): boolean {
  const granted = { provider: access.requirement.provider, name };
  return access.requires.some((set) =>
    set.some(
      (asked) => meets(granted, asked, access.requirement, access.credentialKind, input.knowledge) !== undefined,
    ),
  );
}

export function relatedBlindSpots(blindSpots: readonly BlindSpot[]): RelatedPlace[] {
  return blindSpots.map(({ place, reason }) => ({ place, message: reason }));
}

/** The facts that the calls rest on, each once. */
export function factsOf(accesses: readonly Access[]): Evidence["facts"] {
  const facts = new Map(accesses.map(({ fact }) => [JSON.stringify([fact.operation, fact.source, fact.date]), fact]));
  return [...facts]
    .sort(([a], [b]) => compareText(a, b))
    .map(([, { operation, source, date }]) => ({ operation, source, date }));
}

/** What a change of a grant costs those who hold one already. */
export function costOf({ grants }: GrantPlan, noun: string): string | null {
  return grants[0]!.verb === "requested" ? `sign in again; an old token keeps the ${noun} until it is revoked` : null;
}
