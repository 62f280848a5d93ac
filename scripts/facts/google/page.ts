import { EFFECTS } from "../../../server/src/model/effect.ts";
import type { OperationVariant, Pack, PermissionVocabulary } from "../../../server/src/model/pack.ts";
import { compareText } from "../../../server/src/model/place.ts";
import {
  DEPENDS_ON,
  ENOUGH_WITH_ARGUMENTS,
  NOT_ENOUGH,
  NOT_ENOUGH_WITH_ARGUMENTS,
  READING_IS_ENOUGH,
} from "./corrections.ts";
import { EFFECT_EXCEPTIONS, EFFECT_OF_VERB, SAYS_NOTHING_ABOUT_POWER, WORDS } from "./effects.ts";
import { FACTS_DATE } from "../date.ts";
import { shortName } from "./scopes.ts";
import { SOURCE, type GoogleSources } from "./sources.ts";

/** `docs/facts/google.md`: what the Google facts say, where they come from, how they are derived, what they do not know. */
export function pageOf(packs: readonly Pack[], vocabulary: PermissionVocabulary, sources: GoogleSources): string {
  const sections: readonly (readonly [heading: string, text: string])[] = [
    ["# Google facts", counts(packs, vocabulary)],
    ["## Sources", sourceTable(sources)],
    ["## What an operation needs", needs()],
    ["## How the effect is derived", effects(packs)],
    ["## The vocabulary", vocabularyText()],
    ["## What the facts do not know", unknowns(packs)],
    ["## APIs", apiList(packs)],
  ];
  return `${["<!-- Written by `npm run facts`; do not edit. -->", ...sections.flat()].join("\n\n")}\n`;
}

function counts(packs: readonly Pack[], vocabulary: PermissionVocabulary): string {
  const operations = packs.flatMap((pack) => pack.operations);
  const withVariants = operations.filter((row) => row.when !== undefined).length;
  return [
    `Facts of ${FACTS_DATE}: ${packs.length} packs (one a version of an API), ${operations.length} operations, ${vocabulary.permissions.length} permissions.`,
    `${operations.filter((row) => row.requires !== undefined).length} operations have a requirement, ${withVariants} of them one that depends on arguments.`,
  ].join("\n");
}

function sourceTable(sources: GoogleSources): string {
  const rows = [
    ["methods, scopes, paths", SOURCE.package],
    ["Gmail's message formats", SOURCE.discovery],
    ...sources.provenance.map((source) => [`\`${source.table}.json\`: ${source.what}`, source] as const),
  ] as const;
  return table(
    ["what", "source", "version", "date", "licence"],
    rows.map(([what, source]) => [what, source.name, source.version, source.date, source.licence]),
  );
}

function needs(): string {
  return [
    "Google states, for each method, scopes any one of which is enough. They come from the example in the method's documentation; where the package has none, from `fill.json`. They are named least first: scopes for all resources before those for a part of them, then by effect, tier, number of operations. Where the list says more than the scopes can do, it is corrected:",
    "A scope that by its own name or meaning only reads is taken off an operation that changes something, unless nothing would be left or the operation only makes another way to read:",
    bullets(READING_IS_ENOUGH.map(({ operations, because }) => `${pattern(operations)}: ${because}`)),
    "Never enough:",
    bullets(
      NOT_ENOUGH.map(({ operations, scopes, because }) => `${shorts(scopes)} for ${pattern(operations)}: ${because}`),
    ),
    "Enough only with certain arguments:",
    bullets([
      ...ENOUGH_WITH_ARGUMENTS.map(
        ({ operations, scopes, enoughWhen, because }) =>
          `${shorts(scopes)} for ${pattern(operations)}, only with ${enoughWhen.map(argument).join(" or ")}: ${because}`,
      ),
      ...NOT_ENOUGH_WITH_ARGUMENTS.map(
        ({ operations, scopes, notEnoughWhen, because }) =>
          `${shorts(scopes)} for ${pattern(operations)}, not with ${argument(notEnoughWhen)}: ${because}`,
      ),
    ]),
    "An argument decides, and no source says how; nothing is certain there:",
    bullets(
      DEPENDS_ON.map(({ operations, argument: name, because }) => `${pattern(operations)}, by \`${name}\`: ${because}`),
    ),
  ].join("\n\n");
}

function effects(packs: readonly Pack[]): string {
  const count = (effect: string) =>
    packs.reduce((sum, pack) => sum + pack.operations.filter((row) => row.effect === effect).length, 0);
  return [
    "The first that applies:",
    [
      "1. an exception, below; never for a GET",
      `2. the verb: ${Object.entries(EFFECT_OF_VERB)
        .map(([verb, effect]) => `${verb} ${effect}`)
        .join(", ")}`,
      "3. for a POST, the leading word of the method's last name, without `batch`, `bulk`, `async`",
      "4. a POST that accepts a scope which only reads is a read",
      "5. any other POST is an update",
    ].join("\n"),
    table(
      ["effect", "words", "operations"],
      EFFECTS.map((effect) => [effect, (WORDS[effect] ?? []).join(" "), String(count(effect))]),
    ),
    "Exceptions:",
    bullets(
      EFFECT_EXCEPTIONS.map(({ operations, effect, because }) => `${pattern(operations)}: ${effect}, ${because}`),
    ),
  ].join("\n\n");
}

function vocabularyText(): string {
  return [
    "The effect of a scope is the highest of any operation that accepts it; a scope that by its own name only reads, and one for identity, stay at read. A scope that no operation speaks of takes it from Google's words (delete, send, create or edit). The breadth is the number of operations that accept it, where the versions of one API count once. The tier is known for Gmail and part of Drive only; elsewhere it is unknown, and an unknown tier never counts. What a scope includes is transitively closed.",
    `Left out of the effect: ${SAYS_NOTHING_ABOUT_POWER.map(({ operation, because }) => `\`${operation}\` (${because})`).join(", ")}.`,
  ].join("\n\n");
}

function unknowns(packs: readonly Pack[]): string {
  const without = packs
    .map(
      (pack) =>
        [pack.id.slice("google/".length), pack.operations.filter((row) => row.requires === undefined).length] as const,
    )
    .filter(([, operations]) => operations > 0)
    .sort((a, b) => b[1] - a[1] || compareText(a[0], b[0]));
  const total = without.reduce((sum, [, operations]) => sum + operations, 0);
  const manySegments = packs.reduce(
    (sum, pack) => sum + pack.operations.filter((row) => row.http?.[2].includes("{+}")).length,
    0,
  );
  return [
    bullets([
      `which scopes ${total} operations need: no source lists any (an API key may do). Remit treats them as unknown, not as needing nothing`,
      "IAM roles, API keys, service-account delegation, whether an API is enabled: only OAuth scopes are known",
      "requests of a batch: `presentations.batchUpdate` with a linked chart also needs a scope for the spreadsheet",
      "message and event contents: `events.insert` with guests may send mail, and is a create here",
      `the parts of ${manySegments} paths whose parameter spans several segments and whose documentation gives no example; requests that fit several such operations are left unknown`,
    ]),
    `Operations without a scope list: ${without.map(([name, operations]) => `${name} ${operations}`).join(", ")}.`,
  ].join("\n\n");
}

function apiList(packs: readonly Pack[]): string {
  const byService = new Map<string, { title: string; versions: string[] }>();
  for (const pack of packs) {
    const service = pack.service.slice("google.".length);
    const entry = byService.get(service) ?? { title: pack.title, versions: [] };
    entry.versions.push(`${pack.id.slice(`google/${service}.`.length)} ${pack.operations.length}`);
    byService.set(service, entry);
  }
  return [...byService]
    .map(([service, { title, versions }]) => `${service} (${title}): ${versions.join(", ")}`)
    .join("  \n");
}

const argument = ({ argument: name, equals }: Pick<OperationVariant, "argument" | "equals">): string =>
  equals === null ? `no \`${name}\`` : `\`${name}: ${JSON.stringify(equals)}\``;

const shorts = (scopes: readonly string[]): string => scopes.map((scope) => `\`${shortName(scope)}\``).join(", ");

const pattern = (operations: RegExp): string => `\`${operations.source}\``;

const bullets = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join("\n");

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
