import type { ModuleSummary, SummaryPositions } from "../model/summary.ts";
import { summariseJson } from "./json/summarise.ts";

export interface Summarised {
  readonly summary: ModuleSummary;
  readonly positions: SummaryPositions;
}

type Summarise = (path: string, text: string) => Summarised;

let typescript: Summarise | undefined;

/** Loads the compiler, the heaviest part of the program: only once something is to be read with it. */
export async function loadFrontends(): Promise<void> {
  typescript ??= (await import("./typescript/summarise.ts")).summariseTypeScript;
}

/** What a file's text says; `loadFrontends` must have been waited for. */
export function summarise(path: string, text: string): Summarised {
  if (path.endsWith(".json")) return summariseJson(text);
  if (!typescript) throw new Error("the front-ends are not loaded");
  return typescript(path, text);
}
