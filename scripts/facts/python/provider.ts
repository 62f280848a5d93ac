import { readFileSync } from "node:fs";
import type { Effect } from "../../../server/src/model/effect.ts";
import type { FactSource } from "../../../server/src/model/pack.ts";
import { effectsOnly, type EffectRow } from "../effects-only.ts";
import type { FactProvider } from "../provider.ts";

interface Library {
  readonly provenance: FactSource & { readonly what: string };
  /** By module and name: what the documentation says, and the effect read off it. */
  readonly functions: Readonly<Record<string, { readonly effect: Effect; readonly says: string }>>;
}

/** What a program in Python does on its own machine, with the standard library. */
export const provider: FactProvider = {
  id: "python",
  generate() {
    const library = JSON.parse(
      readFileSync(new URL("../sources/python/library.json", import.meta.url), "utf8"),
    ) as Library;
    const { name, version, date, licence } = library.provenance;
    const source: FactSource = { name, version, date, licence };
    const rows = Object.entries(library.functions).map(([path, { effect, says }]) => {
      const [module, ...rest] = path.split(".") as [string, ...string[]];
      return { module, row: rowOf(rest.join("."), effect, says, source) };
    });
    return effectsOnly({
      provider: "python",
      title: "Python",
      about: [
        "Files, processes and mail of the standard library. What a file is opened for is said by its mode, and only where that is constant; a command that is run is told by its first words, as for Node.",
      ],
      packs: [...new Set(rows.map(({ module }) => module))].map((module) => ({
        id: `python/${module}`,
        service: `python.${module}`,
        title: module === "builtins" ? "Python" : `Python ${module}`,
        rows: rows.filter((one) => one.module === module).map(({ row }) => row),
      })),
      unknown: ["sockets", "functions that later versions of Python have added"],
    });
  },
};

/** Modes of `open` that only read. */
const READ_MODES = [null, "r", "rb", "rt"];

function rowOf(name: string, effect: Effect, says: string, source: FactSource): EffectRow {
  return {
    name,
    effect,
    because: `“${says}”`,
    source,
    ...(/^(?:Path\.)?open$/.test(name) && {
      when: READ_MODES.map((equals) => ({ argument: "mode", equals, effect: "read" as const })),
    }),
  };
}
