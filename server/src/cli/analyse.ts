import process from "node:process";
import type { WorkspaceResult } from "../model/result.ts";
import { Locations } from "../report/locations.ts";
import { visible } from "../report/visible.ts";
import { counted } from "../report/words.ts";
import { openWorkspace } from "./open-workspace.ts";
import type { Workspace, WorkspaceOptions } from "./open-workspace.ts";
import { startProgress } from "./progress.ts";
import { Stopwatch } from "./stopwatch.ts";
import type { Surroundings } from "./surroundings.ts";
import { UsageError } from "./usage-error.ts";

export interface AnalysisOptions extends WorkspaceOptions {
  readonly stats?: boolean;
}

export interface Analysed extends Workspace {
  readonly result: WorkspaceResult;
  readonly stopwatch: Stopwatch;
}

/** Analyses what the arguments speak of. What could not be read or understood is said on stderr, one line each. */
export async function analyse(
  given: readonly string[],
  options: AnalysisOptions,
  around: Surroundings,
): Promise<Analysed> {
  const stopwatch = new Stopwatch();
  const progress = await startProgress(around);
  try {
    const workspace = await openWorkspace(given, options, around, (done, total, what) =>
      progress.report(done, total, what),
    );
    stopwatch.lap("open");
    const result = await workspace.engine.analyse();
    stopwatch.lap("analyse");
    progress.stop();
    const locations = new Locations(result, workspace.shownRoot);
    for (const { file, message } of result.errors) {
      await around.err.write(`remit: ${visible(locations.file(file))}: ${visible(message)}\n`);
    }
    if (sawNothing(workspace, result)) throw new UsageError(nothingToAnalyse(given, result));
    return { ...workspace, result, stopwatch };
  } finally {
    progress.stop();
  }
}

/** Times go to stderr and never into a report. */
export async function printStats({ stopwatch, result }: Analysed, around: Surroundings): Promise<void> {
  stopwatch.lap("report");
  const memory = Math.round(process.memoryUsage.rss() / 2 ** 20);
  const laps = stopwatch.laps.map(({ name, milliseconds }) => `${name} ${Math.round(milliseconds)} ms`);
  await around.err.write(`remit: ${counted(result.files, "file")} · ${laps.join(", ")} · ${memory} MB\n`);
}

/** Files are counted for the whole workspace; what the given paths touch shows in the deployables. */
function sawNothing({ paths }: Workspace, result: WorkspaceResult): boolean {
  return result.files === 0 || (paths.length > 0 && result.deployables.length === 0);
}

function nothingToAnalyse(given: readonly string[], result: WorkspaceResult): string {
  const where = given.length === 0 ? "this folder" : given.join(", ");
  const skipped = result.files > 0 ? [] : result.notAnalysed.map(({ reason, files }) => `${files} × ${reason}`);
  const aside = skipped.length === 0 ? "" : ` (not analysed: ${skipped.join(", ")})`;
  return `nothing to analyse in ${where}: no TypeScript or JavaScript source and no manifest Remit reads${aside}`;
}
