import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Effect } from "../../../server/src/model/effect.ts";
import { FACTS_DATE } from "../date.ts";
import { withPackage } from "../download.ts";
import type { NamedOperation, NamedPack } from "../permissioned.ts";

/** Where a Forge app keeps its data: the methods of `@forge/kvs`, which `storage` of older versions has too. */

const PACKAGE = {
  name: "@forge/kvs",
  version: "1.6.5",
  integrity: "sha512-WLpXlfxF2LtVulj5SGANFQlF1SdvW/DfI+nLvGShZCIpyqo2EOUp3UjbK63JXErs+xTmcNGIMNSJnBAstS5bTQ==",
} as const;

export const STORAGE_SOURCES = [
  {
    what: "Forge: methods of its storage",
    name: PACKAGE.name,
    version: PACKAGE.version,
    date: FACTS_DATE,
    licence: "Atlassian Developer Terms (names only)",
  },
  {
    what: "Forge: what the scope storage:app enables",
    name: "developer.atlassian.com/platform/forge/manifest-reference/scopes-forge",
    version: "2025-10-20",
    date: FACTS_DATE,
    licence: "read, not copied",
  },
] as const;

export const STORAGE_SCOPE = "storage:app";

/** By how a method's name begins. */
export const STORAGE_EFFECTS: readonly (readonly [name: RegExp, effect: Effect])[] = [
  [/^(?:get|batchGet|query)/, "read"],
  [/^(?:set|batchSet)/, "update"],
  [/^(?:delete|batchDelete)/, "delete"],
];

/** `get(key, options) { return this.storageApi.get({ key, options }); }`; a query is sent when its results are asked for. */
const METHOD = /^ {4}(\w+)\(\w[^)]*\) \{\n {8}return (?:this\.storageApi\.|new query_1\.)/gm;

export function storagePack(): NamedPack {
  const text = withPackage(PACKAGE, (folder) => readFileSync(join(folder, "out/kvs.js"), "utf8"));
  return {
    id: "atlassian/forge-storage",
    service: "atlassian.forge",
    title: "Forge storage",
    spelling: "plain",
    operations: [...text.matchAll(METHOD)].map(([, method]) => operationOf(method!)),
  };
}

function operationOf(method: string): NamedOperation {
  const effect = STORAGE_EFFECTS.find(([name]) => name.test(method))?.[1];
  if (effect === undefined) throw new Error(`${PACKAGE.name}: nothing says what ${method} does`);
  return { name: `storage.${method}`, effect, requires: { any: [[STORAGE_SCOPE]] }, source: STORAGE_SOURCES[0] };
}
