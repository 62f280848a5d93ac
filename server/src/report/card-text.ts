import type { Card } from "../model/card.ts";
import { coloursFor } from "./colours.ts";
import { visible } from "./visible.ts";

/** What `remit explain` and `remit trace` print. */
export function cardsText(cards: readonly Card[], colour: boolean): string {
  const { bold, cyan } = coloursFor(colour);
  return cards
    .map(({ title, sections }) => {
      const body = sections.flatMap(({ heading, lines }) => [
        ...(heading === null ? [] : ["", `  ${cyan(visible(heading))}`]),
        ...lines.map((line) => `  ${heading === null ? "" : "  "}${visible(line)}`.trimEnd()),
      ]);
      return `${[bold(visible(title)), ...body].join("\n")}\n`;
    })
    .join("\n");
}
