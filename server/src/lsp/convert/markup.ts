import type { MarkupContent } from "vscode-languageserver/node";
import { MarkupKind } from "vscode-languageserver/node";
import { visible } from "../../report/visible.ts";

/** A piece of a line. Plain strings are text of the workspace or of Remit; either way nothing in them is markup. */
export type Piece =
  | string
  | { readonly strong: string }
  | { readonly emphasis: readonly Piece[] }
  | { readonly link: string; readonly to: string };

export type Paragraph = readonly Piece[];

/** Renders paragraphs for a client that shows Markdown, or plain text for one that does not. */
export function markup(paragraphs: readonly Paragraph[], isMarkdown: boolean): MarkupContent {
  const render = isMarkdown ? markdownPiece : plainPiece;
  return {
    kind: isMarkdown ? MarkupKind.Markdown : MarkupKind.PlainText,
    value: paragraphs.map((pieces) => pieces.map(render).join("")).join("\n\n"),
  };
}

function markdownPiece(piece: Piece): string {
  if (typeof piece === "string") return escapeMarkdown(piece);
  if ("strong" in piece) return `**${escapeMarkdown(piece.strong)}**`;
  if ("emphasis" in piece) return `*${piece.emphasis.map(markdownPiece).join("")}*`;
  return `[${escapeMarkdown(piece.link)}](<${piece.to.replace(/[<>\s\\]/g, encodeURIComponent)}>)`;
}

function plainPiece(piece: Piece): string {
  if (typeof piece === "string") return oneLine(piece);
  if ("strong" in piece) return oneLine(piece.strong);
  if ("emphasis" in piece) return piece.emphasis.map(plainPiece).join("");
  return oneLine(piece.link);
}

/** Text of the workspace is anybody's: it must not become a heading, an image, a command link or HTML. All ASCII punctuation is escaped. */
export function escapeMarkdown(text: string): string {
  return oneLine(text).replace(/[!-/:-@[-`{-~]/g, "\\$&");
}

function oneLine(text: string): string {
  return visible(text.replace(/\s+/g, " "));
}
