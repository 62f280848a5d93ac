import type { Confidence } from "../model/analysis.ts";
import { checkText } from "../report/check-text.ts";
import { checkReport, serialiseReport } from "../report/json.ts";
import { select } from "../report/selection.ts";
import type { Selection } from "../report/selection.ts";
import { analyse, printStats } from "./analyse.ts";
import type { AnalysisOptions } from "./analyse.ts";
import { wantsColour } from "./colour-choice.ts";
import type { ColourChoice } from "./colour-choice.ts";
import { exitCodeOf } from "./exit-code.ts";
import type { ExitCode, Thresholds } from "./exit-code.ts";
import { openWorkspace } from "./open-workspace.ts";
import type { Surroundings } from "./surroundings.ts";
import { VERSION } from "./version.ts";

export interface CheckOptions extends AnalysisOptions, Thresholds {
  readonly format: "text" | "json";
  readonly minConfidence?: Confidence;
  readonly all?: boolean;
  readonly quiet?: boolean;
  readonly color: ColourChoice;
  readonly printConfig?: boolean;
}

/** `remit check`: finds what is wrong with what agents are allowed to do. */
export async function check(given: readonly string[], options: CheckOptions, around: Surroundings): Promise<ExitCode> {
  if (options.printConfig === true) return printConfiguration(given, options, around);
  const analysed = await analyse(given, options, around);
  const { result, shownRoot, paths } = analysed;
  const selection: Selection = {
    paths,
    ...(options.minConfidence === undefined ? {} : { minConfidence: options.minConfidence }),
  };
  const text =
    options.format === "json"
      ? serialiseReport(checkReport(result, { ...selection, root: shownRoot, version: VERSION }))
      : checkText(result, {
          ...selection,
          root: shownRoot,
          colour: wantsColour(options.color, around, around.out),
          all: asksForAll(options),
          quiet: options.quiet === true,
        });
  await around.out.write(text);
  if (options.stats === true) await printStats(analysed, around);
  return exitCodeOf(select(result, selection), result, options);
}

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
