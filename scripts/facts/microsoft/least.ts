import type { Effect } from "../../../server/src/model/effect.ts";
import { familyOf, isBasic, isPartial, onlyReads } from "./names.ts";
import type { Accepted, Kind, MicrosoftSources, RuleColumn } from "./sources.ts";

/**
 * Which of the permissions that a request accepts it really asks for. The source flags one or more as least privileged;
 * some flags are slips. And what is accepted besides is often the permission of a neighbour that happens to include the
 * data, or one that gives part of it: such a one is enough where it was granted, and no advice.
 */

/** The column of one kind of credential, as it goes into the pack. */
export interface Needs {
  /** What is flagged as least and believed first. */
  readonly alternatives: readonly (readonly string[])[];
  readonly enoughIfGranted: readonly string[];
  /** Perhaps needed besides. */
  readonly also: readonly string[];
  /** Flags that were not believed. */
  readonly vetoes: readonly Veto[];
}

export interface Veto {
  readonly rule: VetoRule;
  readonly flagged: string;
  readonly instead: string;
}

export type VetoRule = keyof typeof VETO_RULES;

/** `docs/facts/microsoft.md` prints these. */
export const VETO_RULES = {
  verb: "flagged for a request that only reads, although it writes and a permission of the same family that only reads is accepted; or flagged for one that writes, although it only reads and another is accepted",
  family:
    "flagged for a path that names nothing of its family, although a permission of a family that the path names is accepted",
  level:
    "flagged for all resources, below `/me`, although the same one for the user's own is accepted and has a lower privilege level",
} as const;

export interface Context {
  readonly verb: string;
  readonly path: string;
  readonly effect: Effect;
  readonly kind: Kind;
  readonly sources: MicrosoftSources;
  /** Order of power among those that are equal otherwise. */
  readonly compare: (a: string, b: string) => number;
}

export function needsOf(column: RuleColumn, context: Context): Needs {
  const any = column.any.filter((accepted) => !isOnlyACompanion(accepted, column, context));
  const least = column.any.slice(0, column.least).filter((accepted) => any.includes(accepted));
  const stated = [...new Set(any.map((accepted) => firstOf(accepted, context)))];
  const named = wider(stated, context);
  const names = [...stated, ...named];
  const flagged = [...new Set(least.map((accepted) => firstOf(accepted, context)))];
  const vetoes = flagged.flatMap((name) => vetoOf(name, stated, context) ?? []);
  const believed = flagged.filter((name) => !vetoes.some((veto) => veto.flagged === name));
  const left = believed.length > 0 ? believed : [...new Set(vetoes.map(({ instead }) => instead))];
  const notAsked = new Set([...enoughIfGranted(stated, left, context), ...named]);
  // What is asked for together with another is asked for.
  const stillAsked = any.filter((accepted) => !notAsked.has(firstOf(accepted, context)));
  const together = new Set(stillAsked.flatMap((accepted) => setsOf(accepted, context)).flat());
  const reluctant = new Set([...notAsked].filter((name) => !together.has(name)));
  const rank = (name: string): number[] => [
    Number(!left.includes(name)),
    Number(reluctant.has(name)),
    Number(isPartial(name)),
    Number((context.effect === "read") !== onlyReads(name)),
    levelOf(name, context),
  ];
  const order = (a: string, b: string) => compareRanks(rank(a), rank(b)) || context.compare(a, b);
  const alternatives = [...any.flatMap((accepted) => setsOf(accepted, context)), ...named.map((name) => [name])];
  const unique = [...new Map(alternatives.reverse().map((set) => [[...set].sort().join(), set])).values()].reverse();
  // Where no page says “both”, one that reads may be flagged beside one that writes because the request looks at what it writes.
  const isBesides = (veto: Veto) =>
    veto.rule === "verb" && context.effect !== "read" && !stated.includes(writing(veto.flagged));
  return {
    alternatives: unique.sort((a, b) => order(a[0]!, b[0]!) || order(a.at(-1)!, b.at(-1)!)),
    enoughIfGranted: names.filter((name) => reluctant.has(name)).sort(context.compare),
    also: vetoes.filter(isBesides).map((veto) => veto.flagged),
    vetoes,
  };
}

/** `Policy.ReadWrite.All` of `Policy.Read.All`. */
function writing(name: string): string {
  return name.replace(/\.Read(?:Basic)?(?=\.|$)/, ".ReadWrite");
}

/** The source lists what another permission requires besides as if it were enough alone; where it only reads, and the request writes, it is not. */
function isOnlyACompanion(accepted: Accepted, { any }: RuleColumn, { effect, sources }: Context): boolean {
  if (typeof accepted !== "number" || effect === "read" || !onlyReads(sources.names[accepted]!)) return false;
  return any.some((other) => typeof other !== "number" && other.includes(accepted));
}

// ---- flags that are not believed

function vetoOf(name: string, names: readonly string[], context: Context): Veto | undefined {
  const isRelated = (other: string) => familyOf(other) === familyOf(name);
  const others = names
    .filter((other) => other !== name && !isPartial(other))
    .sort((a, b) => Number(isRelated(b)) - Number(isRelated(a)) || leastFirst(context)(a, b));
  for (const [rule, isBetter] of RULES) {
    const instead = others.find((other) => isBetter(other, name, context));
    if (instead !== undefined) return { rule, flagged: name, instead };
  }
  return undefined;
}

const RULES: readonly (readonly [VetoRule, (other: string, flagged: string, context: Context) => boolean])[] = [
  [
    "verb",
    (other, flagged, { effect }) =>
      effect === "read"
        ? !onlyReads(flagged) && onlyReads(other) && familyOf(other) === familyOf(flagged)
        : onlyReads(flagged) && !onlyReads(other),
  ],
  [
    "family",
    (other, flagged, { path }) =>
      pathNames(path, familyOf(flagged)) === false && pathNames(path, familyOf(other)) === true,
  ],
  [
    "level",
    (other, flagged, context) =>
      flagged === `${other}.All` && isOwn(context.path) && levelOf(other, context) < levelOf(flagged, context),
  ],
];

/** Words of a path that name a family's resources, for families that are flagged for each other's paths. */
export const FAMILY_WORDS: Readonly<Record<string, readonly string[]>> = {
  Mail: ["messages", "mailfolders", "sendmail", "inferenceclassification"],
  Calendars: ["calendar", "calendars", "calendarview", "calendargroups", "events", "findmeetingtimes"],
  Contacts: ["contacts", "contactfolders"],
  Files: ["drive", "drives", "driveitem", "items", "analytics", "activities", "workbook", "shares"],
  Sites: ["sites"],
  Application: ["applications", "serviceprincipals"],
  Device: ["devices"],
  User: ["users", "me"],
  Group: ["groups"],
  AgentIdUser: ["users", "me"],
  Bookings: ["bookingbusinesses"],
};

/** Undefined: nothing is known of the family. */
function pathNames(path: string, family: string): boolean | undefined {
  const words = FAMILY_WORDS[family];
  return words && path.split(/[^a-z]+/).some((word) => words.includes(word));
}

// ---- what is enough, and yet not what is asked for

/** `docs/facts/microsoft.md` prints these. */
export const RELUCTANT_RULES = {
  basic: "it reads basic properties only, and another permission of the family reads all",
  own: "without `.All` it reaches the signed-in user's own, and the path is not below `/me`: “When undeclared, the default constraint is limited to data that's owned by the signed-in user” (Microsoft on the naming of permissions)",
  reads: "it only reads, and the request writes",
  family: "it belongs to another family of resources than those that are flagged as least",
  name: "the source does not name it, but a permission that it includes by its name: “`Read` for read operations only, or `ReadWrite` for read, create, update, and delete operations” (ibid.), and `.All` for all resources of the kind",
  argument: "which of the permissions is needed depends on the body of the request, and no source says how",
} as const;

/** Requests of which the body decides. */
export const DEPENDS_ON: readonly { readonly paths: RegExp; readonly argument: string; readonly because: string }[] = [
  {
    paths: /^POST \/search\/(?:microsoft\.graph\.)?query$/,
    argument: "requests",
    because: "one permission a kind of entity",
  },
];

export function dependsOn(verb: string, path: string): string | undefined {
  return DEPENDS_ON.find(({ paths }) => paths.test(`${verb} ${path}`))?.argument;
}

function enoughIfGranted(names: readonly string[], least: readonly string[], context: Context): ReadonlySet<string> {
  if (dependsOn(context.verb, context.path) !== undefined) return new Set(names);
  const whole = names.filter((name) => !isPartial(name));
  const first = least.filter((name) => !isPartial(name));
  const families = new Set((first.length > 0 ? first : lowest(whole, context)).map(familyOf));
  const kept = whole.filter((name) => !isReluctant(name, names, families, context));
  const neighbours = names.filter((name) => isPartial(name) && !families.has(familyOf(name)));
  if (kept.length > 0) return new Set([...whole.filter((name) => !kept.includes(name)), ...neighbours]);
  // All have something against them: what is flagged counts then.
  const flagged = first.length > 0 ? first : whole;
  return new Set(whole.filter((name) => !flagged.includes(name)));
}

function isReluctant(
  name: string,
  names: readonly string[],
  families: ReadonlySet<string>,
  { path, effect, kind, sources }: Context,
): boolean {
  const family = familyOf(name);
  if (!families.has(family)) return true;
  const isOwnOnly = (one: string) =>
    kind !== "application" && !isOwn(path) && sources.permissions.get(`${one}.All`)?.[kind] !== undefined;
  const readsAll = (other: string) => familyOf(other) === family && !isBasic(other) && !isOwnOnly(other);
  if (isBasic(name) && names.some(readsAll)) return true;
  if (effect !== "read" && onlyReads(name) && names.some((other) => !onlyReads(other))) return true;
  return isOwnOnly(name);
}

/** Below the signed-in user. */
function isOwn(path: string): boolean {
  return /^\/me(?:\/|$)/.test(path);
}

/** Those that can do it with the lowest privilege level. */
function lowest(names: readonly string[], context: Context): string[] {
  const able = names.filter((name) => (context.effect === "read") === onlyReads(name));
  const some = able.length > 0 ? able : names;
  const least = Math.min(...some.map((name) => levelOf(name, context)));
  return some.filter((name) => levelOf(name, context) === least);
}

/** Those that include an accepted one by their names, and that the source forgot. */
function wider(names: readonly string[], { kind, sources }: Context): string[] {
  const all = names.flatMap((name) => {
    const reading = name.replace(/\.ReadBasic(?=\.|$)/, ".Read");
    return [writing(name), reading].flatMap((one) => (one.endsWith(".All") ? [one] : [one, `${one}.All`]));
  });
  return [...new Set(all)].filter(
    (name) => !names.includes(name) && sources.permissions.get(name)?.[kind] !== undefined,
  );
}

// ---- order

/** Privilege level for this kind of credential; where the source gives none, above those it gives. */
function levelOf(name: string, { kind, sources }: Context): number {
  return sources.permissions.get(name)?.[kind]?.level || 9;
}

function leastFirst(context: Context): (a: string, b: string) => number {
  return (a, b) => levelOf(a, context) - levelOf(b, context) || context.compare(a, b);
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  const differs = a.findIndex((value, at) => value !== b[at]);
  return differs === -1 ? 0 : a[differs]! - b[differs]!;
}

function firstOf(accepted: Accepted, { sources }: Context): string {
  return sources.names[typeof accepted === "number" ? accepted : accepted[0]!]!;
}

/** A permission that needs another beside it: one set for each that will do. */
function setsOf(accepted: Accepted, { sources }: Context): readonly (readonly string[])[] {
  if (typeof accepted === "number") return [[sources.names[accepted]!]];
  const [first, ...others] = accepted;
  return others.map((other) => [sources.names[first!]!, sources.names[other]!]);
}
