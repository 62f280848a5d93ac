import type { Access, BlindSpot } from "../model/analysis.ts";
import type { PermissionRow } from "../model/pack.ts";
import type { Place } from "../model/place.ts";
import { compareText, lineStartsOf, positionAt } from "../model/place.ts";
import type { RuleInput } from "./rule.ts";

/** What people call a provider, and its word for a permission. */
const PROVIDERS: Readonly<Record<string, { readonly title: string; readonly noun: string }>> = {
  google: { title: "Google", noun: "scope" },
  slack: { title: "Slack", noun: "scope" },
  aws: { title: "AWS", noun: "action" },
  spotify: { title: "Spotify", noun: "scope" },
  x: { title: "X", noun: "scope" },
  atlassian: { title: "Atlassian", noun: "scope" },
  dropbox: { title: "Dropbox", noun: "scope" },
  github: { title: "GitHub", noun: "permission" },
  microsoft: { title: "Microsoft Graph", noun: "permission" },
};

export function providerTitle(provider: string): string {
  return Object.hasOwn(PROVIDERS, provider) ? PROVIDERS[provider]!.title : capitalised(provider);
}

export function permissionNoun(provider: string): string {
  return Object.hasOwn(PROVIDERS, provider) ? PROVIDERS[provider]!.noun : "permission";
}

/** Providers whose services go by what people do not say: `dynamodb`, `cognito-idp`. */
const NAMED_BY_CODE: ReadonlySet<string> = new Set(["aws"]);

/** `Gmail` if all calls are of that service, else the provider: `Google`. */
export function serviceTitle(services: readonly string[], provider: string): string {
  const [service, ...others] = [...new Set(services)];
  if (service === undefined || others.length > 0 || NAMED_BY_CODE.has(provider)) return providerTitle(provider);
  const name = service.slice(service.indexOf(".") + 1);
  return name === "" || name === provider ? providerTitle(provider) : capitalised(name);
}

export function shortName(input: RuleInput, provider: string, name: string): string {
  return input.knowledge.permission(provider, name)?.short ?? name;
}

/** `gmail.users.messages.list` is `messages.list`; `GET /me/messages` stays. */
export function shortOperation(operation: string): string {
  return operation.includes(" ") ? operation : operation.split(".").slice(-2).join(".");
}

/** `1 call`, `3 calls`. */
export function counted(count: number, noun: string): string {
  return `${count} ${count === 1 ? noun : `${noun}s`}`;
}

/** What needs permissions, by what people call it: calls first, then what manifests declare. */
function byNoun(uses: readonly Access[]): [noun: string, count: number][] {
  const counts = new Map<string, number>();
  for (const { declared = "call" } of uses) counts.set(declared, (counts.get(declared) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => Number(b === "call") - Number(a === "call") || compareText(a, b));
}

function all(count: number, noun: string): string {
  if (count === 1) return `the one ${noun}`;
  return count === 2 ? `both ${noun}s` : `all ${count} ${noun}s`;
}

/** `all 5 Google calls`, `both Google calls`, `the one Slack call and all 3 events`. */
export function allCalls(uses: readonly Access[], title: string): string {
  return joined(byNoun(uses).map(([noun, count]) => all(count, noun === "call" ? `${title} call` : noun)));
}

/** `5 Google calls`, `1 Slack call and 3 events`. */
export function countedCalls(uses: readonly Access[], title: string): string {
  return joined(byNoun(uses).map(([noun, count]) => counted(count, noun === "call" ? `${title} call` : noun)));
}

/** What a fix promises: `all 5 calls stay covered`. */
export function callsStayCovered(uses: readonly Access[]): string {
  if (uses.length === 0) return "no call needs it";
  return `${joined(byNoun(uses).map(([noun, count]) => all(count, noun)))} ${verb(uses, "stays", "stay")} covered`;
}

/** `a`, `a and b`, `a, b and c`. */
export function joined(words: readonly string[], last: "and" | "or" = "and"): string {
  return words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)!}`;
}

/** The same for lists that may be long: `a, b and 12 others`. */
export function listed(words: readonly string[]): string {
  return words.length > 4 ? `${words.slice(0, 2).join(", ")} and ${words.length - 2} others` : joined(words);
}

export function verb(subjects: readonly unknown[], one: string, several: string): string {
  return subjects.length === 1 ? one : several;
}

/** Words that open the provider's own line as a command: "View your email messages". */
const COMMANDS = new Set(
  (
    "access add administer administrate apply compose convert copy create delete deliver edit enable export flag get have import initiate " +
    "insert interact invite join make manage modify move perform process publish read receive register revoke run search see send submit " +
    "translate trigger turn update upload use verify view write"
  ).split(" "),
);

/** The provider's line on a permission as a sentence about it, for a third person; `undefined` where there is none that can be turned. */
export function meaningSentence(row: PermissionRow | undefined): string | undefined {
  const line = row?.meaning?.trim().replace(/\.+$/, "");
  const first = line?.split(/[\s,]/, 1)[0]?.toLowerCase();
  if (!line || !first || !COMMANDS.has(first)) return undefined;
  return `It can ${thirdPerson(line[0]!.toLowerCase() + line.slice(1))}.`;
}

function thirdPerson(line: string): string {
  return line
    .replace(/\b(all|any) of your\b/g, "$1 of the user's")
    .replace(/\b(all|any) your\b/g, "$1 of the user's")
    .replace(/\byour\b/g, "the user's")
    .replace(/\byou[’']ve\b/g, "the user has")
    .replace(/\byou[’']re\b/g, "the user is")
    .replace(/\byou (own|use|open|manage|interact)\b/g, "the user $1s")
    .replace(/\byou have\b/g, "the user has")
    .replace(/\byou are\b/g, "the user is")
    .replace(/\byou\b/g, "the user");
}

export function lineOf(input: RuleInput, place: Place): number | undefined {
  const text = input.textOf(place.file);
  return text === undefined ? undefined : positionAt(lineStartsOf(text), place.span.start).line;
}

/** `src/plugins.ts:31`. */
export function at(input: RuleInput, place: Place): string {
  const line = lineOf(input, place);
  return line === undefined ? place.file : `${place.file}:${line}`;
}

/** `src/plugins.ts:31 could hide another, so this is not certain`. */
export function couldHideAnother(input: RuleInput, blindSpots: readonly BlindSpot[], reason: string): string {
  const [first, ...more] = blindSpots;
  if (!first) return `${reason}, so this is not certain`;
  const places =
    more.length === 0 ? at(input, first.place) : `${at(input, first.place)} and ${counted(more.length, "other place")}`;
  return `${places} could hide another, so this is not certain`;
}

/** A condition of the source as an English one: a bare name is "given". */
export function whenClause(guard: string | null): string {
  if (guard === null || guard === "") return "";
  const clauses = guard
    .replace(/^when /, "")
    .split(" and ")
    .map((clause) => {
      const negated = /^not ([\w.$]+)$/.exec(clause)?.[1];
      if (negated !== undefined) return `${lastName(negated)} is not given`;
      return /^[\w.$]+$/.test(clause) ? `${lastName(clause)} is given` : clause;
    });
  return ` when ${joined(clauses)}`;
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

export function capitalised(text: string): string {
  return text === "" ? text : text[0]!.toUpperCase() + text.slice(1);
}
