import type { Answer, Card } from "../../model/card.ts";
import { escapeMarkdown } from "./markup.ts";

/** An answer as a page of Markdown. Pages of Remit's own are Markdown already; what speaks of the workspace is escaped. */
export function answerMarkdown({ cards, near }: Answer, subject: string, origin: "remit" | "workspace"): string {
  if (cards.length === 0) return nothingKnown(subject, near);
  const text = origin === "remit" ? (line: string): string => line : escapeMarkdown;
  return cards.map((card) => cardMarkdown(card, text)).join("\n\n---\n\n") + "\n";
}

function cardMarkdown({ title, sections }: Card, text: (line: string) => string): string {
  const parts = sections.map(({ heading, lines }) => {
    if (heading === null) return lines.map(text).join(lines.some((line) => line === "") ? "\n" : "  \n");
    return [`## ${escapeMarkdown(heading)}`, "", ...lines.map((line) => `- ${text(line)}`)].join("\n");
  });
  return [`# ${escapeMarkdown(title)}`, ...parts].join("\n\n");
}

function nothingKnown(subject: string, near: readonly string[]): string {
  const meant =
    near.length === 0 ? [] : ["", "Perhaps you mean:", "", ...near.map((name) => `- ${escapeMarkdown(name)}`)];
  return [`Nothing is known about ${escapeMarkdown(subject)}.`, ...meant, ""].join("\n");
}
