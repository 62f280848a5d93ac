import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { withPackage, type PinnedPackage } from "../download.ts";

/** What the methods of Notion's client send, as its own source says. */

export interface Endpoint {
  /** `blocks.children.append`. */
  readonly method: string;
  readonly verb: string;
  /** `/v1/blocks/{}/children`. */
  readonly path: string;
}

export function readEndpoints(pinned: PinnedPackage): Endpoint[] {
  return withPackage(pinned, (folder) => {
    const source = join(folder, "build/src");
    const parts = join(source, "api-endpoints");
    const files = existsSync(parts)
      ? readdirSync(parts)
          .filter((name) => name.endsWith(".js"))
          .map((name) => join(parts, name))
      : [join(source, "api-endpoints.js")];
    const requests = new Map(files.flatMap((file) => requestsOf(readFileSync(file, "utf8"))));
    return methodsOf(readFileSync(join(source, "Client.js"), "utf8")).map(([method, endpoint]) => {
      const request = requests.get(endpoint);
      if (request === undefined) throw new Error(`${pinned.name}: ${method} sends ${endpoint}, which is not there`);
      return { method, ...request };
    });
  });
}

/** `exports.getPage = { method: "get", …, path: (p) => `pages/${p.page_id}` };` */
function requestsOf(text: string): [string, Omit<Endpoint, "method">][] {
  return [
    ...text.matchAll(/^exports\.(\w+) = \{\n {4}method: "(\w+)",[^]*?path: \(\w*\) => [`"]([^`"]+)[`"],?\n\};/gm),
  ].map(([, name, verb, path]) => [
    name!,
    { verb: verb!.toUpperCase(), path: `/v1/${path!.replace(/\$\{[^}]*\}/g, "{}")}` },
  ]);
}

/** `this.blocks = { children: { append: (args) => { … api_endpoints_1.appendBlockChildren.path(args) … } } }`, by how far lines are set in. */
function methodsOf(text: string): [string, string][] {
  const found: [string, string][] = [];
  let way: string[] = [];
  for (const line of text.split("\n")) {
    const [, indent, name] = /^( {8,})(?:this\.)?(\w+)(?: =|:) (?:\{|\(args\) => \{)$/.exec(line) ?? [];
    const isPart = name !== undefined && (indent!.length > 8 || line.includes("this."));
    if (isPart) way = [...way.slice(0, indent!.length / 4 - 2), name];
    const [, endpoint] = /path: (?:\(0, )?api_endpoints_1\.(\w+)\.path\(/.exec(line) ?? [];
    if (endpoint !== undefined) found.push([way.join("."), endpoint]);
  }
  return found;
}
