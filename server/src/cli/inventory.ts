import { inventoryText } from "../report/inventory-text.ts";
import { inventoryReport, serialiseReport } from "../report/json.ts";
import { analyse, printStats } from "./analyse.ts";
import type { AnalysisOptions } from "./analyse.ts";
import { wantsColour } from "./colour-choice.ts";
import type { ColourChoice } from "./colour-choice.ts";
import type { ExitCode } from "./exit-code.ts";
import type { Surroundings } from "./surroundings.ts";
import { VERSION } from "./version.ts";

export interface InventoryOptions extends AnalysisOptions {
  readonly format: "text" | "json";
  readonly color: ColourChoice;
  readonly strict?: boolean;
}

/** `remit inventory`: everything seen, whether or not it is worth a finding. */
export async function inventory(
  given: readonly string[],
  options: InventoryOptions,
  around: Surroundings,
): Promise<ExitCode> {
  const analysed = await analyse(given, options, around);
  const { result, shownRoot: root, paths } = analysed;
  const text =
    options.format === "json"
      ? serialiseReport(inventoryReport(result, { root, paths, version: VERSION }))
      : inventoryText(result, { root, paths, colour: wantsColour(options.color, around, around.out) });
  await around.out.write(text);
  if (options.stats === true) await printStats(analysed, around);
  return options.strict === true && result.errors.length > 0 ? 2 : 0;
}
