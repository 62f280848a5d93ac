import type { Confidence } from "../../../server/src/model/analysis.ts";
import type { Effect } from "../../../server/src/model/effect.ts";
import type { FactSource } from "../../../server/src/model/pack.ts";
import { effectsOnly, type EffectRow } from "../effects-only.ts";
import type { FactProvider } from "../provider.ts";
import { recorded, sourcesOf, type Quote } from "../recorded.ts";

/** What the documentation says of a function, and the effect read off it. */
interface LibraryQuote extends Quote {
  readonly effect: Effect;
  /** The arguments decide. */
  readonly effectConfidence?: Exclude<Confidence, "certain">;
}

/** What a program in Python does on its own machine, with the standard library. */
export const provider: FactProvider = {
  id: "python",
  generate() {
    const quotes = recorded<LibraryQuote>("python/library.json");
    const sourceOf = sourcesOf(quotes);
    const rows = Object.entries(quotes.rows).map(([path, quote]) => {
      const [module, ...rest] = path.split(".") as [string, ...string[]];
      return { module, row: rowOf(module, rest.join("."), quote, sourceOf(quote)) };
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

/** Modes of `open` that only read; `os.open` has flags and no mode of this kind. */
const READ_MODES = [null, "r", "rb", "rt"];
const WITH_MODE = new Set(["builtins.open", "pathlib.Path.open"]);

function rowOf(
  module: string,
  name: string,
  { effect, effectConfidence, says }: LibraryQuote,
  source: FactSource,
): EffectRow {
  return {
    name,
    effect,
    because: `“${says}”`,
    source,
    ...(effectConfidence && { effectConfidence }),
    ...(WITH_MODE.has(`${module}.${name}`) && {
      when: READ_MODES.map((equals) => ({ argument: "mode", equals, effect: "read" as const })),
    }),
  };
}
