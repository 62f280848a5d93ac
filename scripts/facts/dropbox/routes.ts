import { readFileSync } from "node:fs";
import { join } from "node:path";
import { withPackage } from "../download.ts";

/** The routes of Dropbox's API, as its own library for JavaScript calls them. */

export const PACKAGE = {
  name: "dropbox",
  version: "10.47.0",
  integrity: "sha512-I/V7ofG7H7vfA3e4YV5DMIxe0K+1deSsxxagKGTNprwec+X65Y57o4n8a3Zf5+VRmoSsit46xHH2HL0ZGNMcLA==",
} as const;

export interface Route {
  /** `files/upload`. */
  readonly route: string;
  /** `filesUpload`. */
  readonly method: string;
  /** `user`, `team`, `app`, or several. */
  readonly auth: readonly string[];
  /** `api.dropboxapi.com`. */
  readonly host: string;
  /** Gives out a file. */
  readonly download: boolean;
  /** Absent: it needs none. */
  readonly scope?: string;
}

/** `routes.filesUpload = function (arg, options) { return this.request('files/upload', arg, 'user', 'content', 'upload', 'files.content.write', options); }` */
const ROUTE =
  /^routes\.(\w+) = function \(.*\) \{\n {2}return this\.request\('([^']+)', \w+, '([^']+)', '(\w+)', '(\w+)', (?:'([^']+)'|null), options\);/gm;

/** Every route, in the order of the package. */
export function readRoutes(): Route[] {
  const text = withPackage(PACKAGE, (folder) => readFileSync(join(folder, "es/lib/routes.js"), "utf8"));
  const routes = [...text.matchAll(ROUTE)].map(([, method, route, auth, host, style, scope]): Route => ({
    route: route!,
    method: method!,
    auth: auth!.split(", "),
    host: `${host!}.dropboxapi.com`,
    download: style === "download",
    ...(scope !== undefined && { scope }),
  }));
  const written = text.match(/this\.request\(/g)?.length ?? 0;
  if (routes.length !== written) throw new Error(`dropbox: ${routes.length} routes read, ${written} written`);
  return routes;
}
