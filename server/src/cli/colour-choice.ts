import type { Output, Surroundings } from "./surroundings.ts";

export type ColourChoice = "auto" | "always" | "never";

/** The option wins over `NO_COLOR`, that over `FORCE_COLOR`, that over whether a person is looking. */
export function wantsColour(choice: ColourChoice, { environment }: Surroundings, output: Output): boolean {
  if (choice !== "auto") return choice === "always";
  if ((environment["NO_COLOR"] ?? "") !== "") return false;
  const force = environment["FORCE_COLOR"];
  if (force !== undefined) return force !== "0" && force !== "false";
  return output.isTerminal && environment["TERM"] !== "dumb";
}
