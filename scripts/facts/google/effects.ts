import type { Effect } from "../../../server/src/model/effect.ts";

/**
 * How the effect of a Google method is derived. The rules are tried from top to bottom; the first that applies decides.
 * `docs/facts/google.md` prints this table.
 *
 *  1. an exception of the table below
 *  2. GET reads, DELETE deletes, PUT and PATCH update; only POST says nothing by itself
 *  3. the leading word of the method's last name, without `batch`, `bulk` or `async`
 *  4. a POST that accepts a scope which only reads is a read: Google lets holders of such a scope call it
 *  5. any other POST updates: it is a method of its own that acts on something there is
 */
export function effectOf(
  pack: string,
  method: { name: string; verb: string; scopes?: readonly string[] },
  onlyReads: (scope: string) => boolean,
): Effect {
  const operation = `${pack.split(".")[0]}:${method.name}`;
  const exception = EFFECT_EXCEPTIONS.find(
    ({ operations }) => operations.test(operation) && writesOrSends(method.verb),
  );
  if (exception !== undefined) return exception.effect;
  const byVerb = EFFECT_OF_VERB[method.verb];
  if (byVerb !== undefined) return byVerb;
  const last = method.name.split(".").at(-1)!;
  const byWord = EFFECT_OF_WORD.get(last) ?? EFFECT_OF_WORD.get(leadingWord(last));
  if (byWord !== undefined) return byWord;
  return method.scopes?.some(onlyReads) ? "read" : "update";
}

const writesOrSends = (verb: string) => verb !== "GET";

/** `batchGetByDataFilter` → `get`. */
function leadingWord(name: string): string {
  const rest = name.replace(/^(?:batch|bulk|async)(?=[A-Z])/, "");
  return /^[A-Z]?[a-z0-9]+/.exec(rest)?.[0].toLowerCase() ?? rest;
}

export const EFFECT_OF_VERB: Readonly<Record<string, Effect>> = {
  GET: "read",
  DELETE: "delete",
  PUT: "update",
  PATCH: "update",
};

/** Only words that mean the same in every Google API. `run`, `start`, `analyze`, `verify`, `watch`, `stop` do not. */
export const WORDS: Readonly<Partial<Record<Effect, readonly string[]>>> = {
  read: [
    ..."calculate check classify compare compute count describe estimate explain fetch find get inspect lint list listen lookup moderate predict preview query rank read retrieve search troubleshoot validate wait".split(
      " ",
    ),
    ..."partitionQuery partitionRead runAggregationQuery runQuery runReport testIamPermissions".split(" "),
  ],
  create:
    "add addmessage allocate append clone compose copy create duplicate export import insert provision quickAdd register submit subscribe upload upsert".split(
      " ",
    ),
  update:
    "activate approve attach cancel change configure deactivate detach disable edit enable hide mark modify move mutate patch pause publish remove rename replace reset resize resume restore set suspend touch trash undelete unhide unpublish untrash update upgrade write".split(
      " ",
    ),
  delete: "clear delete destroy drop empty expunge obliterate purge truncate wipe".split(" "),
  send: ["send"],
  execute: "call execute invoke".split(" "),
  administer: ["setIamPolicy"],
};

const EFFECT_OF_WORD: ReadonlyMap<string, Effect> = new Map(
  (Object.entries(WORDS) as [Effect, readonly string[]][]).flatMap(([effect, words]) =>
    words.map((word) => [word, effect] as const),
  ),
);

export interface EffectException {
  /** Matched against `<api>:<operation>`; never applies to a GET. */
  readonly operations: RegExp;
  readonly effect: Effect;
  readonly because: string;
}

export const EFFECT_EXCEPTIONS: readonly EffectException[] = [
  {
    operations: /^script:scripts\.run$/,
    effect: "execute",
    because: "runs a function of the user's script, which does whatever the script does",
  },
  {
    operations: /^bigquery:jobs\.(?:query|insert)$/,
    effect: "execute",
    because: "runs any SQL statement the caller writes, reading or not",
  },
  {
    operations: /^aiplatform:.*\breasoningEngines\.(?:async|stream)?[qQ]uery$/,
    effect: "execute",
    because: "runs the deployed agent",
  },
  { operations: /^(?:run|cloudscheduler):.*\bjobs\.run$/, effect: "execute", because: "runs a job" },
  { operations: /^cloudbuild:.*\btriggers\.run$/, effect: "execute", because: "runs a build" },
  { operations: /^cloudtasks:.*\btasks\.run$/, effect: "execute", because: "runs a task" },
  {
    operations: /^compute:instances\.sendDiagnosticInterrupt$/,
    effect: "update",
    because: "interrupts a machine; nothing leaves the organisation",
  },
  {
    operations: /^cloudbilling:message\.(?:send|stream)$/,
    effect: "read",
    because: "asks Google's own assistant; accepts a scope that only reads",
  },
  {
    operations:
      /^(?:language:documents\.\w+|vision:.*\b(?:files|images)\.annotate|speech:speech\.recognize|texttospeech:text\.synthesize)$/,
    effect: "read",
    because: "answers about the text, image or sound that is sent along; nothing is kept",
  },
  {
    operations:
      /^translate:(?:translations\.translate|detections\.detect|projects\..*(?:translateText|translateDocument|detectLanguage|romanizeText))$/i,
    effect: "read",
    because: "answers about the text that is sent along; nothing is kept",
  },
  {
    operations: /^dlp:.*\b(?:content|image)\.(?:inspect|deidentify|reidentify|redact)$/,
    effect: "read",
    because: "answers about the content that is sent along",
  },
  {
    operations: /^securitycenter:.*\b(?:assets|findings)\.group$/,
    effect: "read",
    because: "“Filters … and groups them by their specified properties”",
  },
  { operations: /^tasks:tasks\.clear$/, effect: "update", because: "“marked as 'hidden'”: nothing is lost" },
  {
    operations: /^chat:spaces\.messages\.create$/,
    effect: "send",
    because: "“Creates a message in a Google Chat space”: it reaches the people of the space",
  },
  {
    operations: /^drive:permissions\.(?:create|insert|update|patch|delete)$/,
    effect: "administer",
    because: "gives or takes other people's access to a file or shared drive",
  },
  {
    operations: /^calendar:acl\.(?:insert|update|patch|delete)$/,
    effect: "administer",
    because: "gives or takes other people's access to a calendar",
  },
  {
    operations:
      /^gmail:users\.settings\.(?:delegates\.(?:create|delete)|forwardingAddresses\.create|updateAutoForwarding)$/,
    effect: "administer",
    because: "lets another account read the mailbox, or sends its mail on",
  },
  {
    operations:
      /^storage:(?:bucketAccessControls|defaultObjectAccessControls|objectAccessControls)\.(?:insert|update|patch|delete)$/,
    effect: "administer",
    because: "gives or takes access to a bucket or object",
  },
  {
    operations: /^admin:(?:roles|roleAssignments|privileges)\.(?:insert|update|patch|delete)$|^admin:users\.makeAdmin$/,
    effect: "administer",
    because: "makes or unmakes administrators of the organisation",
  },
  {
    operations: /^iam:.*\b(?:roles\.(?:create|patch|delete|undelete)|serviceAccounts\.keys\.(?:create|upload|delete))$/,
    effect: "administer",
    because: "changes what a role allows, or hands out a service account's key",
  },
];

/** Acceptance by these says nothing about what a scope can do by itself, so they do not count for a scope's effect. */
export const SAYS_NOTHING_ABOUT_POWER: readonly { readonly operation: string; readonly because: string }[] = [
  { operation: "script:scripts.run", because: "accepts every scope that a script may itself ask for" },
];
