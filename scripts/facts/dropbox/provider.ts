import { FACTS_DATE } from "../date.ts";
import { permissionedFacts, table, type NamedOperation } from "../permissioned.ts";
import type { FactProvider } from "../provider.ts";
import { EFFECT_OF_ROUTE, effectOf } from "./effects.ts";
import { PACKAGE, readRoutes, type Route } from "./routes.ts";

/** A scope that no app can ask for. */
const isPrivate = (scope: string): boolean => scope.startsWith("private:");

/** Every app that users link has it. */
const EVERY_APP = "account_info.read";

/** Dropbox's API, version 2. */
export const provider: FactProvider = {
  id: "dropbox",
  generate() {
    const routes = readRoutes();
    const ofTeams = scopesOfTeams(routes);
    const scopes = [
      ...new Set(routes.flatMap(({ scope }) => (scope === undefined || isPrivate(scope) ? [] : [scope]))),
    ];
    return permissionedFacts({
      provider: "dropbox",
      title: "Dropbox",
      sources: [
        {
          what: "routes with their scopes, es/lib/routes.js",
          name: PACKAGE.name,
          version: PACKAGE.version,
          date: FACTS_DATE,
          licence: "MIT",
        },
        {
          what: "names of the methods in Python: dropbox/base.py, dropbox/base_team.py",
          name: "dropbox/dropbox-sdk-python",
          version: "1bc398ce144b3e4a2326cd455c9f6a0b7aa9a6dd",
          date: "2026-08-21",
          licence: "MIT",
        },
        {
          what: "that every app has account_info.read",
          name: "dropbox.tech/developers/customizing-scopes-in-oauth-flow",
          version: "2024-09-13",
          date: FACTS_DATE,
          licence: "read, not copied",
        },
      ],
      packs: [
        {
          id: "dropbox/api",
          service: "dropbox",
          title: "Dropbox API",
          spelling: "plain",
          operations: routes.map((route) => operationOf(route, scopes)),
          aliases: Object.fromEntries(routes.flatMap(aliasesOf)),
        },
      ],
      others: [],
      describe: (name) => ({
        short: name,
        tier: ofTeams.has(name) ? "admin" : "unknown",
        ...((name === "openid" || name === EVERY_APP) && { identity: true }),
      }),
      hosts: Object.fromEntries(
        [...new Set(routes.map(({ host }) => host))].map((host) => [host, [["/2/", "dropbox/api"]]]),
      ),
      about: [
        [
          "What an operation needs",
          "The one scope that the library names for it. Whether another scope of the same family (`files.content.write` beside `files.metadata.read`) lets a call through that only reads no source says: where one is granted, nothing is reported as missing. `account_info.read` is never too much, as every app that users link has it. Scopes all of whose routes take a team's token are counted as an administrator's. Routes that take an app's own key besides a user's token are taken to need what the user's token does.",
        ],
        [
          "How the effect is derived",
          table(
            ["effect", "route and scope", "because"],
            EFFECT_OF_ROUTE.map(({ effect, routes: pattern, because }) => [effect, `\`${pattern.source}\``, because]),
          ),
        ],
      ],
      unknown: [
        "what a scope allows in words",
        "which scopes come with others",
        "the helpers that upload or download in parts (`uploadFile`, `downloadFile`)",
        ...routes
          .filter(({ scope }) => scope !== undefined && isPrivate(scope))
          .map(({ route, scope }) => `what \`${route}\` needs: ${scope} is none that an app can ask for`),
      ],
    });
  },
};

function operationOf({ route, host, scope }: Route, scopes: readonly string[]): NamedOperation {
  const operation = { name: route, http: ["POST", host, `/2/${route}`] as const, effect: effectOf(route, scope) };
  if (scope === undefined) return { ...operation, requires: { any: [[]] } };
  if (isPrivate(scope)) return operation;
  const family = scope.split(".")[0]!;
  const others = scope.endsWith(".read")
    ? scopes.filter((other) => other !== scope && other.startsWith(`${family}.`) && /\.(?:read|write)$/.test(other))
    : [];
  return {
    ...operation,
    requires: { any: [[scope], ...others.map((other) => [other])] },
    ...(others.length > 0 && { enoughIfGranted: { any: others } }),
  };
}

/** Python's library, made from the same description, writes `files_download`, and `files_download_to_file` beside it. */
function aliasesOf({ route, method, download }: Route): [string, string][] {
  const inPython = route.replaceAll("/", "_");
  const names = [inPython, ...(download ? [inPython.replace(/(?:_v2)?$/, "_to_file$&")] : [])];
  return [[`dropbox#${method}`, route], ...names.map((name): [string, string] => [`python:dropbox#${name}`, route])];
}

/** Scopes that only a team's token carries. */
function scopesOfTeams(routes: readonly Route[]): ReadonlySet<string> {
  const scopes = new Set(routes.flatMap(({ scope }) => scope ?? []));
  for (const { scope, auth } of routes) if (scope !== undefined && !auth.includes("team")) scopes.delete(scope);
  return scopes;
}
