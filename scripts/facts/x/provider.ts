import { readFileSync } from "node:fs";
import type { FactSource } from "../../../server/src/model/pack.ts";
import { leftOut, methodAliases } from "../method-aliases.ts";
import { permissionedFacts, table, type NamedOperation } from "../permissioned.ts";
import type { FactProvider } from "../provider.ts";
import { effectOf, effectRows, type EffectException } from "../verbs.ts";
import { xLibraries } from "./libraries.ts";

type Call = readonly [id: string, user: readonly (readonly string[])[], others: readonly string[]];

interface Description {
  readonly provenance: FactSource & { readonly what: string };
  readonly operations: Readonly<Record<string, Call>>;
}

const HOST = "api.x.com";
const OLD_HOST = "api.twitter.com";

const EXCEPTIONS: readonly EffectException[] = [
  {
    operations: /^POST \/2\/(?:tweets|dm_conversations.*|users\/\{\}\/retweets)$/,
    effect: "send",
    because: "is shown to people",
  },
  { operations: /^POST \/2\/.*\/(?:search|validate)/, effect: "read", because: "looks something up" },
];

/** The API of X, version 2. */
export const provider: FactProvider = {
  id: "x",
  generate() {
    const api = JSON.parse(readFileSync(new URL("../sources/x/api.json", import.meta.url), "utf8")) as Description;
    const operations = Object.entries(api.operations).map(([call, row]) => operationOf(call, row));
    const libraries = xLibraries();
    const methods = methodAliases(libraries, operations);
    return permissionedFacts({
      provider: "x",
      title: "X",
      sources: [api.provenance, ...libraries.map(({ source }) => source)],
      packs: [{ id: "x/api", service: "x", title: "X API", spelling: "plain", operations, aliases: methods.aliases }],
      others: ["offline.access"],
      describe: (name) => ({
        short: name,
        tier: "unknown",
        ...(name.endsWith(".read") && { effect: "read" as const }),
        ...(name === "offline.access" && { identity: true }),
      }),
      hosts: { [HOST]: [["/2/", "x/api"]], [OLD_HOST]: [["/2/", "x/api"]] },
      about: [
        [
          "What an operation needs",
          "By kind of credential: `user` are the scopes of an OAuth 2 user token, all of a set. `app` stands for the token of an app and for OAuth 1, which carry no scopes.",
        ],
        ["How the effect is derived", table(["effect", "operations"], effectRows(EXCEPTIONS))],
      ],
      unknown: ["version 1.1 of the API", "what a scope allows in words", ...leftOut(methods)],
    });
  },
};

function operationOf(call: string, [, user, others]: Call): NamedOperation {
  const [verb, path] = call.split(" ") as [string, string];
  const requires = { ...(user.length > 0 && { user }), ...(others.length > 0 && { app: [[]] }) };
  return {
    name: call,
    http: [verb, HOST, path],
    effect: effectOf(call, EXCEPTIONS),
    ...(Object.keys(requires).length > 0 && { requires }),
  };
}
