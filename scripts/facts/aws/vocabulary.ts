import type { Effect } from "../../../server/src/model/effect.ts";
import type { PermissionGroup, ServiceVocabulary } from "../../../server/src/model/pack.ts";
import { compareText } from "../../../server/src/model/place.ts";
import { ARGUMENTS, PATTERNS } from "./arguments.ts";
import { effectOfAction } from "./effects.ts";
import type { IamAction, IamService } from "./iam-data.ts";
import type { AwsInput } from "./input.ts";

/** The actions of a service, those alike in one group. */
export function vocabularyOf(
  service: IamService,
  clients: readonly string[],
  input: AwsInput,
  askedBy: ReadonlyMap<string, readonly string[]>,
): ServiceVocabulary {
  const { prefix } = service;
  const types = service.resources.map(([type]) => type);
  const conditions = [...new Set(service.actions.flatMap(({ conditionKeys }) => conditionKeys))].sort(compareText);
  const keepsMeanings = isRead(prefix, input);
  const groups = new Map<string, { about: Omit<PermissionGroup, "names" | "meanings">; actions: IamAction[] }>();
  for (const action of service.actions) {
    const about = groupOf(action, effectOfAction(prefix, action), types, conditions);
    const key = JSON.stringify(about);
    const group = groups.get(key) ?? { about, actions: [] };
    groups.set(key, group);
    group.actions.push(action);
  }
  const elsewhere = service.actions
    .map(({ name }) => [`${prefix}:${name}`, askedBy.get(`${prefix}:${name}`)] as const)
    .filter(([, services]) => services !== undefined);
  return {
    prefix: `${prefix}:`,
    resources: service.resources.map(([type, pattern]) => [type, PATTERNS[pattern]?.pattern ?? pattern]),
    ...(ARGUMENTS[prefix] && { arguments: ARGUMENTS[prefix] }),
    conditions,
    groups: [...groups.values()].map(({ about, actions }) => ({
      ...about,
      names: actions.map(({ name }) => name).join(" "),
      ...(keepsMeanings && { meanings: actions.map((action) => meaningOf(action, service)).join("|") }),
    })),
    ...noOperations(service, clients, input),
    ...(elsewhere.length > 0 && { services: Object.fromEntries(elsewhere) as Record<string, readonly string[]> }),
  };
}

/** Actions that no command is called like, where all clients of the service were read. */
function noOperations(
  { actions }: IamService,
  clients: readonly string[],
  { sdk }: AwsInput,
): Pick<ServiceVocabulary, "noOperations"> {
  const read = clients.map((client) => sdk.clients[client]);
  if (read.length === 0 || read.includes(undefined)) return {};
  const commands = new Set(read.flatMap((client) => client!.commands.toLowerCase().split(" ")));
  const others = actions.map(({ name }) => name).filter((name) => !commands.has(name.toLowerCase()));
  return others.length === 0 ? {} : { noOperations: others.join(" ") };
}

function groupOf(
  { accessLevel, resourceTypes, conditionKeys }: IamAction,
  effect: Effect,
  types: readonly string[],
  conditions: readonly string[],
): Omit<PermissionGroup, "names" | "meanings"> {
  // A type that the reference names and does not describe has no name to build.
  const resources = resourceTypes.map((type) => types.indexOf(type)).filter((ordinal) => ordinal >= 0);
  return {
    level: accessLevel.replace(/, Write$/, ""),
    effect,
    ...(/\bPermissions management\b/.test(accessLevel) && { tier: "admin" as const }),
    ...(resources.length > 0 && { resources }),
    ...(conditionKeys.length > 0 && { conditions: conditionKeys.map((key) => conditions.indexOf(key)) }),
  };
}

/**
 * AWS's line on an action is kept for the services whose clients were read, those that agents use, and where it says more than
 * the action's name. All of them would double the size.
 */
function isRead(prefix: string, { needs, sdk }: AwsInput): boolean {
  return Object.keys(sdk.clients).some((client) => needs.prefixes[client] === prefix);
}

/** “Grants permission to retrieve objects” → `Retrieve objects`; empty where the name says as much. */
function meaningOf({ name, description }: IamAction, { title }: IamService): string {
  const text = description
    .replace(/^(?:Grants?|Controls) permissions? to /, "")
    .replace(/\|/g, "/")
    .trim();
  const said = new Set([...wordsOf(name), ...wordsOf(title)]);
  const news = wordsOf(text).filter((word) => !said.has(word));
  return news.length < 2 ? "" : text[0]!.toUpperCase() + text.slice(1);
}

/** Words that add nothing to a name. */
const FILLERS: ReadonlySet<string> = new Set(
  "a about all amazon an and any are as aws be by can existing for from given in information into is it its more new of on one or permission resource return service specific specified that the their this to use using which with you your".split(
    " ",
  ),
);

/** Words that AWS's lines use for those of the names. */
const SAME: Readonly<Record<string, string>> = {
  add: "creat",
  chang: "updat",
  describ: "get",
  list: "get",
  modify: "updat",
  remov: "delet",
  retriev: "get",
  return: "get",
  view: "get",
};

/** Stems of the words of a name or line. */
function wordsOf(text: string): string[] {
  return text
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word.length > 1 && !FILLERS.has(word))
    .map((word) => word.replace(/ies$/, "y").replace(/(?:ing|ed|es|s|e)$/, ""))
    .map((stem) => SAME[stem] ?? stem);
}
