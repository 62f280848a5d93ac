import type { Pack, PackIndex } from "../../../server/src/model/pack.ts";
import { compareText } from "../../../server/src/model/place.ts";

/** Host → path prefixes of the packs that answer there, longest first, so that the first that fits is the closest. */
export function hostsOf(packs: readonly Pack[], oldPrefixes: ReadonlyMap<string, string>): PackIndex["hosts"] {
  const hosts = new Map<string, [prefix: string, pack: string][]>();
  const add = (host: string, prefix: string, pack: string) =>
    hosts.set(host, [...(hosts.get(host) ?? []), [prefix, pack]]);
  for (const pack of packs) {
    const paths = new Map<string, string[]>();
    for (const { http } of pack.operations) paths.set(http![1], [...(paths.get(http![1]) ?? []), http![2]]);
    for (const [host, all] of paths) add(host, literalPrefix(all), pack.id);
    const old = oldPrefixes.get(pack.id.slice("google/".length));
    if (old !== undefined) add("www.googleapis.com", old, pack.id);
  }
  const sorted = [...hosts].sort((a, b) => compareText(a[0], b[0]));
  return Object.fromEntries(
    sorted.map(([host, all]) => [
      host,
      all.sort((a, b) => b[0].length - a[0].length || compareText(a[0], b[0]) || compareText(a[1], b[1])),
    ]),
  );
}

/** The folders all paths have in common, up to the first parameter: `/gmail/v1/users/`. */
function literalPrefix(paths: readonly string[]): string {
  const folders = (path: string) => path.slice(0, path.search(/\{|$/)).split("/").slice(0, -1);
  const [first, ...rest] = paths.map(folders);
  const differs = first!.findIndex((folder, at) => rest.some((other) => other[at] !== folder));
  return `${(differs === -1 ? first! : first!.slice(0, differs)).join("/")}/`;
}
