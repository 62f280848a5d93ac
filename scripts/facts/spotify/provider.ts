import { readFileSync } from "node:fs";
import type { FactSource } from "../../../server/src/model/pack.ts";
import { withPackage } from "../download.ts";
import { leftOut, methodAliases } from "../method-aliases.ts";
import { permissionedFacts, table, type NamedOperation } from "../permissioned.ts";
import type { FactProvider } from "../provider.ts";
import { checkQuotes } from "../quoted.ts";
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

/** Has Spotify's own words for each scope, which the description has not. */
const WORDS = {
  name: "spotify-api.js",
  version: "9.2.5",
  integrity: "sha512-Q+196XA6zUDvqQ5mMNgPN4l5j8vDF18DVqlwFnn0TX0MqLfOhrKfoeMR5OYNhpa99LVjEvwNF/WPaTAy0MqBJQ==",
} as const;

/** What decides, without an error, how much an operation gives. */
const MAY_NEED: Readonly<Record<string, { readonly scope: string; readonly because: string }>> = {
  "GET /me/playlists": {
    scope: "playlist-read-collaborative",
    because: "“Include collaborative playlists when requesting a user's playlists.”",
  },
};

/** Spotify's Web API. */
export const provider: FactProvider = {
  id: "spotify",
  generate() {
    const api = JSON.parse(
      readFileSync(new URL("../sources/spotify/web-api.json", import.meta.url), "utf8"),
    ) as Description;
    const operations = Object.entries(api.operations).map(([call, scopes]) => operationOf(call, scopes));
    checkWords();
    const libraries = spotifyLibraries();
    const methods = methodAliases(libraries, operations);
    return permissionedFacts({
      provider: "spotify",
      title: "Spotify",
      sources: [
        api.provenance,
        {
          what: "what a scope is for",
          name: WORDS.name,
          version: WORDS.version,
          date: "2026-11-27",
          licence: "MIT",
        },
        ...libraries.map(({ source }) => source),
      ],
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
        [
          "What an operation may need besides",
          `Never missing, never excess: ${Object.entries(MAY_NEED)
            .map(([call, { scope, because }]) => `\`${call}\` \`${scope}\`, ${because}`)
            .join("; ")}`,
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
    ...(MAY_NEED[call] && { mayNeed: [MAY_NEED[call].scope] }),
    // Which of them serves the call is decided by the playlist: none can stand in for another.
    ...(scopes.length > 1 && { dependsOn: "playlist", enoughIfGranted: { any: scopes } }),
  };
}

function checkWords(): void {
  const text = withPackage(WORDS, (folder) => readFileSync(`${folder}/dist/Interface.d.ts`, "utf8"));
  checkQuotes(
    Object.values(MAY_NEED).map(({ because }) => because),
    [text],
    WORDS.name,
  );
}
