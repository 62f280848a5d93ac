import type { ModuleSummary, SummaryPositions } from "../model/summary.ts";
import { summariseJson } from "./json/summarise.ts";
import type { GrammarFiles } from "./python/grammar.ts";

export interface Summarised {
  readonly summary: ModuleSummary;
  readonly positions: SummaryPositions;
}

let typescript: ((path: string, text: string) => Summarised) | undefined;
let python: ((text: string) => Summarised) | undefined;

/** Loads the compiler, the heaviest part of the program: only once something is to be read with it. */
export async function loadTypeScript(): Promise<void> {
  typescript ??= (await import("./typescript/summarise.ts")).summariseTypeScript;
}

/** Loads the grammar of Python, likewise. */
export async function loadPython(files: () => GrammarFiles): Promise<void> {
  if (python) return;
  const [{ loadGrammar }, { summarisePython }] = await Promise.all([
    import("./python/grammar.ts"),
    import("./python/summarise.ts"),
  ]);
  await loadGrammar(files());
  python = summarisePython;
}

/** What a file's text says; the front-end of its language must have been loaded. */
export function summarise(path: string, text: string): Summarised {
  if (path.endsWith(".json")) return summariseJson(text);
  if (path.endsWith(".py")) {
    if (!python) throw new Error("the Python front-end is not loaded");
    return python(text);
  }
  if (!typescript) throw new Error("the TypeScript front-end is not loaded");
  return typescript(path, text);
}
