import { readFileSync } from "node:fs";
import type { FactSource } from "../../../server/src/model/pack.ts";
import { compareText } from "../../../server/src/model/place.ts";
import { permissionedFacts, table, type NamedOperation, type NamedRequirement } from "../permissioned.ts";
import type { FactProvider } from "../provider.ts";
import { declaredPack, declaredSources, email, widening } from "./declared.ts";
import { EFFECT_OF_METHOD, OWN_STATE, effectOf } from "./effects.ts";

/** What one kind of token needs: all of `needs`, one of `any`, or the source is `unclear`. */
interface Needs {
  readonly needs?: readonly string[];
  readonly any?: readonly string[];
  readonly unclear?: readonly string[];
}

interface Method {
  readonly bot?: Needs;
  readonly user?: Needs;
  readonly configuration?: Needs;
  readonly nothing?: true;
  readonly deprecated?: true;
}

interface WebApi {
  readonly provenance: readonly (FactSource & { readonly what: string })[];
  readonly implies: Readonly<Record<string, readonly string[]>>;
  readonly methods: Readonly<Record<string, Method>>;
}

/** Kinds of conversation, by the noun that stands for each in scopes and by its name in the argument `types`. */
const TYPES: Readonly<Record<string, string>> = {
  channels: "public_channel",
  groups: "private_channel",
  mpim: "mpim",
  im: "im",
};

/** Methods whose argument `types` says which conversations are meant; without it, public channels. */
const BY_TYPES = /^(?:conversations\.list|users\.conversations)$/;

/** Slack's Web API. */
export const provider: FactProvider = {
  id: "slack",
  generate() {
    const api = JSON.parse(readFileSync(new URL("../sources/slack/web-api.json", import.meta.url), "utf8")) as WebApi;
    const operations = Object.entries(api.methods).map(([name, method]) => operationOf(name, method));
    return permissionedFacts({
      provider: "slack",
      title: "Slack",
      sources: [...api.provenance, ...declaredSources].map(({ what, name, version, date, licence }) => ({
        what,
        name,
        version,
        date,
        licence,
      })),
      packs: [
        { id: "slack/web", service: "slack", title: "Slack Web API", spelling: "plain", operations },
        declaredPack,
      ],
      others: widening,
      describe: (name) => ({
        short: name,
        ...(widening.includes(name) && { unlisted: true }),
        tier: name === "admin" || name.startsWith("admin.") ? "admin" : "unknown",
        ...(onlyReads(name) && { effect: "read" as const }),
        ...(name.startsWith("identity.") && { identity: true }),
        ...(api.implies[name] && { implies: [...api.implies[name]].sort(compareText) }),
      }),
      hosts: { "slack.com": [["/api/", "slack/web"]] },
      about: [
        [
          "What a method needs",
          "By kind of token: `bot`, `user`, `configuration`. A kind that is not listed cannot call the method. Where the source lists one scope a type of conversation, any one is enough, which of them the conversation decides, and none is said to do in place of another: no call of such a method is reported as not covered, unless an argument `types` says which are meant. Without one `conversations.list` lists public channels.",
        ],
        [
          "What events and features need",
          "No call shows it: a manifest that subscribes to `message.im` needs `im:history`, and one with slash commands needs `commands`. Such a scope is needed as if a call needed it.",
        ],
        [
          "How the effect is derived",
          table(
            ["effect", "because"],
            EFFECT_OF_METHOD.map(({ effect, because }) => [effect, because]),
          ),
        ],
      ],
      unknown: [
        "which scopes an event needs that comes from several kinds of conversation: those that the source names are never excess, and none is missing",
        "what Slack calls a scope in words: the source names them only",
        ...Object.entries(api.methods)
          .filter(([, { bot, user }]) => bot?.unclear !== undefined || user?.unclear !== undefined)
          .map(([name]) => `whether \`${name}\` needs all of its scopes or any: the source does not say`),
      ],
    });
  },
};

function onlyReads(scope: string): boolean {
  return /:(?:read|history)$/.test(scope) || scope.startsWith("search:read");
}

function operationOf(name: string, method: Method): NamedOperation {
  const base = {
    name,
    http: ["ANY", "slack.com", `/api/${name}`] as const,
    effect: effectOf(name),
    ...(OWN_STATE.test(name) && { ownState: true }),
    ...(email.methods.includes(name) && { mayNeed: [email.scope] }),
  };
  if (method.nothing) return { ...base, requires: { any: [[]] } };
  const kinds = (["bot", "user", "configuration"] as const).filter((kind) => method[kind] !== undefined);
  const requires = Object.fromEntries(
    kinds.flatMap((kind) => {
      const { needs, any } = method[kind]!;
      if (needs) return [[kind, [needs]]];
      return any ? [[kind, publicFirst(any).map((scope) => [scope])]] : [];
    }),
  );
  if (Object.keys(requires).length === 0) return base;
  const chosen = Object.fromEntries(kinds.flatMap((kind) => (method[kind]!.any ? [[kind, method[kind]!.any]] : [])));
  if (Object.keys(chosen).length === 0) return { ...base, requires };
  // Which of them a call needs is decided by the conversation: none can stand in for another.
  const some = { ...base, requires, enoughIfGranted: chosen };
  return BY_TYPES.test(name)
    ? { ...some, when: whenTypes(requires), dependsOn: "types" }
    : { ...some, dependsOn: "channel" };
}

/** Scopes for public channels are the least. */
function publicFirst(scopes: readonly string[]): string[] {
  const order = Object.keys(TYPES);
  const rank = (scope: string): number => order.indexOf(scope.split(":")[0]!);
  return [...scopes].sort((a, b) => rank(a) - rank(b) || compareText(a, b));
}

/** Every set of types, in the order in which they are usually written and with or without a space; none is public channels. */
function whenTypes(requires: NamedRequirement): NonNullable<NamedOperation["when"]> {
  const nouns = Object.keys(TYPES);
  const subsets: string[][] = [[]];
  for (const noun of nouns) subsets.push(...subsets.map((set) => [...set, noun]));
  subsets.shift();
  const scoped = (set: readonly string[]): NamedRequirement =>
    Object.fromEntries(
      Object.entries(requires).map(([kind, alternatives]) => [
        kind,
        [alternatives.flat().filter((scope) => set.includes(scope.split(":")[0]!))],
      ]),
    );
  return [
    { argument: "types", equals: null, requires: scoped(["channels"]), enoughIfGranted: {} },
    ...subsets.flatMap((set) =>
      [...new Set([",", ", "].map((comma) => set.map((noun) => TYPES[noun]!).join(comma)))].map((equals) => ({
        argument: "types",
        equals,
        requires: scoped(set),
        enoughIfGranted: {},
      })),
    ),
  ];
}
