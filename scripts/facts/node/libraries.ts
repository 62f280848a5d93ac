import { readFileSync } from "node:fs";
import type { Effect } from "../../../server/src/model/effect.ts";
import { PACK_FORMAT, type FactSource, type OperationRow, type Pack } from "../../../server/src/model/pack.ts";
import { compareText } from "../../../server/src/model/place.ts";
import { FACTS_DATE } from "../date.ts";
import type { NodeSources } from "./sources.ts";

/** Packages that do what Node's modules do: `scripts/facts/sources/node/libraries.json`. */

export interface Library {
  readonly package: string;
  readonly version: string;
  readonly licence: string;
  /** Files of the package that were read. */
  readonly source: string;
  /** Functions and permissions parted by spaces. */
  readonly functions: readonly { readonly effect: Effect; readonly takes: string; readonly names: string }[];
}

export function readLibraries(): readonly Library[] {
  const text = readFileSync(new URL("../sources/node/libraries.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { libraries: Library[] }).libraries;
}

export function libraryPack(library: Library, { permissions }: NodeSources): Pack {
  const taken = (takes: string) => takes.split(" ").map((capability) => permissions[capability]!.node!);
  const names = [...new Set(library.functions.flatMap(({ takes }) => taken(takes)))];
  return {
    format: PACK_FORMAT,
    id: `node/${library.package}`,
    provider: "node",
    service: `node.${library.package}`,
    title: library.package,
    sources: [sourceOf(library)],
    permissions: names,
    operations: library.functions
      .flatMap(({ effect, takes, names: functions }) =>
        functions.split(" ").map((name): OperationRow => {
          const requires = { any: [taken(takes).map((permission) => names.indexOf(permission))] };
          return { name, effect, requires, source: 0 };
        }),
      )
      .sort((a, b) => compareText(a.name, b.name)),
  };
}

function sourceOf({ package: name, version, licence }: Library): FactSource {
  return { name, version, date: FACTS_DATE, licence };
}
