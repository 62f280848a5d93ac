import { readFileSync } from "node:fs";
import type { FactSource } from "../../../server/src/model/pack.ts";
import { leftOut, methodAliases } from "../method-aliases.ts";
import { permissionedFacts, table, type NamedOperation } from "../permissioned.ts";
import type { FactProvider } from "../provider.ts";
import { effectOf, effectRows, type EffectException } from "../verbs.ts";
import { spotifyLibraries } from "./libraries.ts";

interface Description {
  readonly provenance: FactSource & { readonly what: string };
  readonly operations: Readonly<Record<string, readonly string[]>>;
}

const HOST = "api.spotify.com";

const EXCEPTIONS: readonly EffectException[] = [
  { operations: /^(?:PUT|POST) \/me\/player/, effect: "update", because: "changes what is played, and keeps nothing" },
];

/** Spotify's Web API. */
export const provider: FactProvider = {
  id: "spotify",
  generate() {
    const api = JSON.parse(
      readFileSync(new URL("../sources/spotify/web-api.json", import.meta.url), "utf8"),
    ) as Description;
    const operations = Object.entries(api.operations).map(([call, scopes]) => operationOf(call, scopes));
    const libraries = spotifyLibraries();
    const methods = methodAliases(libraries, operations);
    return permissionedFacts({
      provider: "spotify",
      title: "Spotify",
      sources: [api.provenance, ...libraries.map(({ source }) => source)],
      packs: [
        {
          id: "spotify/web",
          service: "spotify",
          title: "Spotify Web API",
          spelling: "plain",
          operations,
          aliases: methods.aliases,
        },
      ],
      others: [],
      describe: (name) => ({
        short: name,
        tier: "unknown",
        ...(/-read(?:-|$)|^user-top-read$/.test(name) && { effect: "read" as const }),
      }),
      hosts: { [HOST]: [["/v1/", "spotify/web"]] },
      about: [
        [
          "What an operation needs",
          "Where the description lists several scopes and does not say whether any or all are needed, any one counts as enough, none is said to do in place of another, and nothing is reported as missing.",
        ],
        ["How the effect is derived", table(["effect", "operations"], effectRows(EXCEPTIONS))],
      ],
      unknown: [
        "whether a playlist is public: which of two scopes is needed depends on it",
        "what a scope allows in words",
        ...leftOut(methods),
      ],
    });
  },
};

function operationOf(call: string, scopes: readonly string[]): NamedOperation {
  const [verb, path] = call.split(" ") as [string, string];
  return {
    name: call,
    http: [verb, HOST, `/v1${path}`],
    effect: effectOf(call, EXCEPTIONS),
    requires: { any: scopes.length === 0 ? [[]] : scopes.map((scope) => [scope]) },
    // Which of them serves the call is decided by the playlist: none can stand in for another.
    ...(scopes.length > 1 && { dependsOn: "playlist", enoughIfGranted: { any: scopes } }),
  };
}
