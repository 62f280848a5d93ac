import type { Confidence } from "../model/analysis.ts";
import type { WorkspaceResult } from "../model/result.ts";
import { checkText } from "../report/check-text.ts";
import { githubAnnotations } from "../report/github.ts";
import { checkReport, serialiseReport } from "../report/json.ts";
import { sarifLog } from "../report/sarif/log.ts";
import { select } from "../report/selection.ts";
import type { Selection } from "../report/selection.ts";
import { counted } from "../report/words.ts";
import { analyse, printStats } from "./analyse.ts";
import type { AnalysisOptions } from "./analyse.ts";
import { wantsColour } from "./colour-choice.ts";
import type { ColourChoice } from "./colour-choice.ts";
import { exitCodeOf } from "./exit-code.ts";
import type { ExitCode, Thresholds } from "./exit-code.ts";
import { openWorkspace } from "./open-workspace.ts";
import type { Surroundings } from "./surroundings.ts";
import { UsageError } from "./usage-error.ts";
import { VERSION } from "./version.ts";

export interface CheckOptions extends AnalysisOptions, Thresholds {
  readonly format: CheckFormat;
  readonly fix?: boolean;
  readonly diff?: boolean;
  readonly minConfidence?: Confidence;
  readonly all?: boolean;
  readonly quiet?: boolean;
  readonly color: ColourChoice;
  readonly printConfig?: boolean;
}

/** `remit check`: finds what is wrong with what agents are allowed to do. */
export async function check(given: readonly string[], options: CheckOptions, around: Surroundings): Promise<ExitCode> {
  if (options.printConfig === true) return printConfiguration(given, options, around);
  if (options.diff === true && options.format !== "text")
    throw new UsageError("--diff prints a diff and no report: leave out --format");
  const analysed = await analyse(given, options, around);
  const selection: Selection = {
    paths: analysed.paths,
    ...(options.minConfidence === undefined ? {} : { minConfidence: options.minConfidence }),
  };
  if (options.diff === true) {
    const { showDiff } = await import("./fix.ts");
    const code = await showDiff(analysed, selection, wantsColour(options.color, around, around.out), around);
    if (options.stats === true) await printStats(analysed, around);
    return options.strict === true && analysed.result.errors.length > 0 ? 2 : code;
  }

  const fixed = options.fix === true ? await applyFixes() : undefined;
  const result = fixed?.result ?? analysed.result;
  // Standard output holds the fixed text, where that was asked for.
  const output = fixed !== undefined && analysed.input !== undefined ? around.err : around.out;
  const text = FORMATS[options.format](result, {
    ...selection,
    root: analysed.shownRoot,
    version: VERSION,
    colour: wantsColour(options.color, around, output),
    all: asksForAll(options),
    quiet: options.quiet === true,
    fixed: fixed?.count,
  });
  await output.write(text);
  if (fixed !== undefined && options.format !== "text") {
    await around.err.write(
      `remit: fixed ${counted(fixed.count, "finding")} in ${counted(fixed.changes.length, "file")}\n`,
    );
  }
  if (options.stats === true) await printStats({ ...analysed, result }, around);
  return exitCodeOf(select(result, selection), result, options);

  async function applyFixes() {
    const { fixFiles, fixInput } = await import("./fix.ts");
    const done = await (analysed.input === undefined ? fixFiles : fixInput)(analysed, selection, around);
    analysed.stopwatch.lap("fix");
    return done;
  }
}

type RenderOptions = Parameters<typeof checkText>[1] & Parameters<typeof checkReport>[1];

/** How `--format` prints. */
const FORMATS = {
  text: checkText,
  json: (result, options) => serialiseReport(checkReport(result, options)),
  sarif: (result, options) => serialiseReport(sarifLog(result, options)),
  github: githubAnnotations,
} satisfies Record<string, (result: WorkspaceResult, options: RenderOptions) => string>;

type CheckFormat = keyof typeof FORMATS;

/** Whoever names the least says that he wants to see it. */
function asksForAll({ all, failOn, minConfidence }: CheckOptions): boolean {
  return all === true || failOn === "info" || minConfidence === "possible";
}

async function printConfiguration(
  given: readonly string[],
  options: CheckOptions,
  around: Surroundings,
): Promise<ExitCode> {
  const { engine } = await openWorkspace(given, options, around);
  const text = await engine.describeConfiguration();
  await around.out.write(text.endsWith("\n") ? text : `${text}\n`);
  return 0;
}
