import type { Answer } from "../model/card.ts";
import { cardsText } from "../report/card-text.ts";
import { wantsColour } from "./colour-choice.ts";
import type { ColourChoice } from "./colour-choice.ts";
import type { ExitCode } from "./exit-code.ts";
import type { WorkspaceOptions } from "./open-workspace.ts";
import type { Surroundings } from "./surroundings.ts";

export interface AnswerOptions extends WorkspaceOptions {
  readonly format: "text" | "json";
  readonly color: ColourChoice;
}

/** Prints what a question brought to light. */
export async function printAnswer({ cards }: Answer, options: AnswerOptions, around: Surroundings): Promise<ExitCode> {
  const text =
    options.format === "json"
      ? `${JSON.stringify({ version: 1, cards }, null, 2)}\n`
      : cardsText(cards, wantsColour(options.color, around, around.out));
  await around.out.write(text);
  return 0;
}
