import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { FACTS_DATE } from "../date.ts";
import { withPackage } from "../download.ts";
import type { ClientMethods } from "../method-aliases.ts";
import { recordedMethods } from "../method-aliases.ts";

/** Libraries for Spotify's API, and the request that each of their methods sends. */
export function spotifyLibraries(): ClientMethods[] {
  return [webApiNode(), webApiSdk(), recordedMethods("python:spotipy", "spotify/spotipy.json")];
}

const WEB_API_NODE = {
  name: "spotify-web-api-node",
  version: "5.0.2",
  integrity: "sha512-r82dRWU9PMimHvHEzL0DwEJrzFk+SMCVfq249SLt3I7EFez7R+jeoKQd+M1//QcnjqlXPs2am4DFsGk8/GCsrA==",
} as const;

const WEB_API_SDK = {
  name: "@spotify/web-api-ts-sdk",
  version: "1.2.0",
  integrity: "sha512-JUaebva3Ohwo5I5tuTqyW/FKGOMbb40YevJMySAOINRxP7qQ/AMjBzfJx0zeO6yS+wAPfQSoGNsZaUggHw8vsA==",
} as const;

/** `getTrack: function(trackId) { … .withPath('/v1/tracks/' + trackId) … .execute(HttpManager.get, callback); }` */
function webApiNode(): ClientMethods {
  const text = withPackage(WEB_API_NODE, (folder) => readFileSync(join(folder, "src/spotify-web-api.js"), "utf8"));
  const requests: Record<string, string[]> = {};
  for (const part of text.split(/^ {2}(?=\w+: function\()/m).slice(1)) {
    const name = /^\w+/.exec(part)![0];
    const path = /\.withPath\(([^)]*(?:\([^)]*\)[^)]*)*)\)\n/.exec(part)?.[1];
    const verb = /HttpManager\.(\w+)/.exec(part)?.[1];
    if (path === undefined || verb === undefined) continue;
    const written = path.replace(
      /'([^']*)'|([\w.]+(?:\(\w+\))?)|\s*\+\s*/g,
      (_, literal?: string, variable?: string) => literal ?? (variable === undefined ? "" : "{}"),
    );
    requests[name] = [`${verb === "del" ? "DELETE" : verb.toUpperCase()} ${cleaned(written.replace(/^\/v1/, ""))}`];
  }
  const what = "methods of spotify-web-api-node, with the request that each sends";
  return {
    library: WEB_API_NODE.name,
    source: { what, name: WEB_API_NODE.name, version: WEB_API_NODE.version, date: FACTS_DATE, licence: "MIT" },
    requests,
  };
}

/** `getPlaylist(playlist_id) { … return this.getRequest(`playlists/${playlist_id}${params}`); }`, in a class a part of the API. */
function webApiSdk(): ClientMethods {
  const requests: Record<string, string[]> = {};
  withPackage(WEB_API_SDK, (folder) => {
    const main = readFileSync(join(folder, "dist/mjs/SpotifyApi.js"), "utf8");
    const partOf = new Map(
      [...main.matchAll(/this\.(\w+) = new (\w+Endpoints)\(this\)/g)].map(([, part, of]) => [of!, part!]),
    );
    const endpoints = join(folder, "dist/mjs/endpoints");
    for (const file of readdirSync(endpoints).filter((name) => name.endsWith("Endpoints.js"))) {
      const text = readFileSync(join(endpoints, file), "utf8");
      readClass(text, partOf.get(file.slice(0, -3)), requests);
    }
  });
  const what = "methods of Spotify's SDK for TypeScript, with the request that each sends";
  return {
    library: WEB_API_SDK.name,
    source: { what, name: WEB_API_SDK.name, version: WEB_API_SDK.version, date: FACTS_DATE, licence: "Apache-2.0" },
    requests,
  };
}

function readClass(text: string, part: string | undefined, requests: Record<string, string[]>): void {
  const inner = new Map<string, string>();
  for (const body of text.split(/^ {4}(?=(?:async )?\w+\(.*\) \{$)/m).slice(1)) {
    const [, method] = /^(?:async )?(\w+)/.exec(body)!;
    const sent = [...body.matchAll(/this\.(get|post|put|delete)Request\((?:`([^`]*)`|'([^']*)'|"([^"]*)")/g)].map(
      ([, verb, ...texts]) => `${verb!.toUpperCase()} ${cleaned(`/${texts.find((one) => one !== undefined)!}`)}`,
    );
    // The class for searching is bound to the client under its own name.
    const isSearch = method === "execute";
    if (part === undefined && !isSearch) continue;
    if (sent.length > 0) requests[isSearch ? "search" : `${part}.${method!}`] = [...new Set(sent)];
    else inner.set(`${part}.${method!}`, `${part}.${/return (?:await )?this\.(\w+)\(/.exec(body)?.[1] ?? ""}`);
  }
  for (const [method, of] of inner) if (requests[of]) requests[method] = requests[of];
}

/** Without parameters behind the path, and each part that is not written out as `{}`. */
function cleaned(path: string): string {
  return path
    .replace(/(?<=[\w}])\$\{[^}]*\}$|\?.*$/g, "")
    .replace(/\$\{[^}]*\}/g, "{}")
    .replace(/\/$/, "");
}
