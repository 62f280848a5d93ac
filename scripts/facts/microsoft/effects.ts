import type { Effect } from "../../../server/src/model/effect.ts";
import { onlyReads, sends } from "./names.ts";

/** What is looked at to tell what a request does. */
export interface Request {
  readonly verb: string;
  /** Lower case. */
  readonly path: string;
  /** Last segment as Microsoft spells it: `createUploadSession`. */
  readonly last: string;
  /** There are requests for its single items: `/me/messages` with `/me/messages/{}`. */
  readonly isCollection: boolean;
  /** Permissions flagged as least for any kind of credential. */
  readonly least: readonly string[];
}

/**
 * How the effect of a request is derived. The rules are tried from top to bottom; the first that applies decides.
 * `docs/facts/microsoft.md` prints this table.
 *
 *  1. an exception of the table below; never for a GET
 *  2. GET reads, DELETE deletes, PUT and PATCH update; only POST says nothing by itself
 *  3. a POST to `messages` or `replies` whose least permission is one to send, sends
 *  4. the leading word of the path's last segment
 *  5. a POST to a collection creates: there are requests for its items
 *  6. the beginning of a last segment whose words are not told apart
 *  7. a POST to what is in the plural creates
 *  8. a POST whose least permission only reads is a read; not for devices, where it is flagged for what changes them, too
 *  9. any other POST updates
 */
export function effectOf(request: Request): Effect {
  const { verb, path } = request;
  if (verb === "GET") return "read";
  const exception = EFFECT_EXCEPTIONS.find(({ paths }) => paths.test(`${verb} ${path}`));
  if (exception) return exception.effect;
  const byVerb = EFFECT_OF_VERB[verb];
  if (byVerb) return byVerb;
  if (/\/(?:messages|replies)$/.test(path) && request.least.some(sends)) return "send";
  const byWord = effectOfWord(request.last);
  if (byWord) return byWord;
  if (request.isCollection) return "create";
  const byBeginning = effectOfBeginning(request.last);
  if (byBeginning) return byBeginning;
  if (/(?:[a-z]s|children)$/i.test(request.last)) return "create";
  return READ_BY_FLAG.test(path) && request.least.every(onlyReads) ? "read" : "update";
}

export const EFFECT_OF_VERB: Readonly<Record<string, Effect>> = { DELETE: "delete", PUT: "update", PATCH: "update" };

const READ_BY_FLAG = /^\/(?!device(?:app)?management\/)(?!.*\/\$ref$)/;

/** Leading words of actions. Of a segment that is known in lower case only, longer words are looked for at its beginning. */
export const WORDS: Readonly<Partial<Record<Effect, readonly string[]>>> = {
  send: "forward invite notify reply send".split(" "),
  delete: "clear delete permanent purge retire soft wipe".split(" "),
  create: "add clone copy create duplicate import provision register upload".split(" "),
  update:
    "accept activate apply approve archive assign block cancel change checkin checkout close commit complete connect deactivate decline disable discard enable follow hide mark move pause pin promote publish reboot record release remove rename renew reopen reset restart restore resume revoke rotate set shut snooze start stop submit suspend sync tentatively unarchive undo unfollow unhide unset update upgrade".split(
      " ",
    ),
  read: "calculate check classify compare compute count delta discover download estimate evaluate export extract fetch filter find get list lookup parse preview query retrieve search summarize test translate validate verify".split(
    " ",
  ),
};

const EFFECT_BY_WORD: ReadonlyMap<string, Effect> = new Map(
  (Object.entries(WORDS) as [Effect, readonly string[]][]).flatMap(([effect, words]) =>
    words.map((word) => [word, effect] as const),
  ),
);

function effectOfWord(segment: string): Effect | undefined {
  return EFFECT_BY_WORD.get(/^[a-z0-9]+/.exec(actionOf(segment))?.[0] ?? "");
}

function effectOfBeginning(segment: string): Effect | undefined {
  const action = actionOf(segment);
  const word = [...EFFECT_BY_WORD.keys()].find((one) => action.startsWith(one) && (one.length > 3 || one === "get"));
  return word === undefined ? undefined : EFFECT_BY_WORD.get(word);
}

/** `vote` of `microsoft.graph.vote`, `range` of `range(address={})`. */
function actionOf(segment: string): string {
  return segment.replace(/^microsoft\.graph\.(?:\w+\.)*/, "").replace(/\(.*$/, "");
}

export interface EffectException {
  /** Matched against verb and path; never applies to a GET. */
  readonly paths: RegExp;
  readonly effect: Effect;
  readonly because: string;
}

export const EFFECT_EXCEPTIONS: readonly EffectException[] = [
  {
    paths: /\/(?:directoryroles|directoryroletemplates|rolemanagement|roledefinitions|roleassignments)\b/,
    effect: "administer",
    because: "gives or takes administrators' roles, or says what a role allows",
  },
  {
    paths:
      /\/(?:oauth2permissiongrants|approleassignments|approleassignedto|permissiongrants|grantconsent|admingrantpermissions)\b/,
    effect: "administer",
    because: "consents to permissions of an application",
  },
  {
    paths:
      /^\w+ \/(?:applications|serviceprincipals)\b.*\/(?:addkey|addpassword|removekey|removepassword|federatedidentitycredentials|owners)\b/,
    effect: "administer",
    because: "hands out an application's credentials, or says who owns it",
  },
  {
    paths: /^\w+ \/(?:policies|identity\/conditionalaccess|domains|organization|tenantrelationships)\b/,
    effect: "administer",
    because: "changes what holds for the whole organisation",
  },
  {
    paths:
      /\/(?:authentication\/\w*methods|changepassword|resetpassword|revokesigninsessions|invalidateallrefreshtokens)\b/,
    effect: "administer",
    because: "changes how someone signs in",
  },
  {
    paths: /\/(?:calendarpermissions|createlink|invite|permissions|grant|revokegrants|unshare)(?:\/|$)/,
    effect: "administer",
    because: "gives or takes other people's access to a calendar, file or site",
  },
  {
    paths: /^\w+ \/groups\/\{\}\/owners\b/,
    effect: "administer",
    because: "says who owns a group",
  },
  {
    paths:
      /^POST \/(?:me|users\/\{\})\/(?:messages|mailfolders\/\{\}\/messages)\/\{\}\/create(?:forward|reply|replyall)$/,
    effect: "create",
    because: "makes a draft; nothing is sent",
  },
  {
    paths: /^POST .*\/(?:attachments|items\/\{\}|root:\/\{\}:)\/createuploadsession$/,
    effect: "create",
    because: "opens a way to upload a file",
  },
  { paths: /\/presence\//, effect: "update", because: "says where someone is, or no longer" },
  { paths: /^POST .*\/softdelete$/, effect: "delete", because: "takes a message out of everybody's sight" },
  { paths: /^POST .*\/undosoftdelete$/, effect: "update", because: "brings a message back" },
];
