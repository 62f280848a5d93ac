import type { NodeId } from "../model/summary.ts";

/** A literal of the source, by name: never by offset. */
export interface LiteralSite {
  readonly file: string;
  readonly function: string;
  readonly node: NodeId;
  /** For the keys of an object literal: which entry. */
  readonly entry?: number;
}

/** Part of a text: known, with the literal it was cut from, or a hole. */
export type TextPiece =
  | {
      readonly text: string;
      readonly site?: LiteralSite;
      /** Where in the literal's value it starts. */ readonly offset: number;
      /** Taken from a table by a key that is not known: one of many, and not certain to be taken at all. */
      readonly chosen?: true;
    }
  | { readonly hole: true; /** What fills it, where it has a name: `process.env.HOST`. */ readonly name?: string };

export const HOLE: TextPiece = { hole: true };
/** Texts of more pieces are not followed: two that are joined again and again double each time. */
const MOST_PIECES = 1000;
/** One expression becomes texts of at most so many pieces in all, if it can be more than one. */
export const MOST_PIECES_OF_TEXTS = 512;

export function isHole(piece: TextPiece): piece is { readonly hole: true; readonly name?: string } {
  return "hole" in piece;
}

/** Filled by a model: a hole tells so by the name of what fills it. */
export function isModels(piece: TextPiece): boolean {
  return isHole(piece) && piece.name !== undefined && /^model\b/.test(piece.name);
}

/** What tells a piece from others, whatever object it is. */
export function pieceKey(piece: TextPiece): string {
  if (isHole(piece)) return `?${piece.name ?? ""}`;
  const { text, site, offset, chosen } = piece;
  const from = site ? `${site.file}\u0000${site.function}\u0000${site.node}\u0000${site.entry ?? ""}` : "";
  return `${JSON.stringify(text)}@${from}:${offset}${chosen ? "?" : ""}`;
}

/** The whole text if every piece is known. */
export function constantText(pieces: readonly TextPiece[]): string | undefined {
  let text = "";
  for (const piece of pieces) {
    if (isHole(piece)) return undefined;
    text += piece.text;
  }
  return text;
}

/** Where the known parts are written. */
export function literalsOf(pieces: readonly TextPiece[]): LiteralSite[] {
  return pieces.flatMap((piece) => (isHole(piece) ? [] : (piece.site ?? [])));
}

/** The text with `{}` for each hole. */
export function patternText(pieces: readonly TextPiece[]): string {
  return pieces.map((p) => (isHole(p) ? "{}" : p.text)).join("");
}

export function joinPieces(left: readonly TextPiece[], right: readonly TextPiece[]): readonly TextPiece[] {
  if (left.length + right.length > MOST_PIECES) return [HOLE];
  const last = left[left.length - 1];
  const first = right[0];
  if (last && first && isHole(last) && isHole(first))
    return isModels(first) ? [...left.slice(0, -1), ...right] : [...left, ...right.slice(1)];
  return left.concat(right.some(isEmpty) ? right.filter((piece) => !isEmpty(piece)) : right);
}

function isEmpty(piece: TextPiece): boolean {
  return !isHole(piece) && piece.text === "";
}

/** Cuts at every match of a separator in the known pieces. */
export function splitPieces(pieces: readonly TextPiece[], separator: string | RegExp): (readonly TextPiece[])[] {
  const parts: TextPiece[][] = [[]];
  for (const piece of pieces) {
    if (isHole(piece)) {
      parts[parts.length - 1]!.push(piece);
      continue;
    }
    let from = 0;
    for (const [at, length] of separatorsIn(piece.text, separator)) {
      push(parts, piece, from, at);
      parts.push([]);
      from = at + length;
    }
    push(parts, piece, from, piece.text.length);
  }
  return parts;
}

function push(parts: TextPiece[][], piece: Exclude<TextPiece, { hole: true }>, from: number, to: number): void {
  if (to > from)
    parts[parts.length - 1]!.push({ ...piece, text: piece.text.slice(from, to), offset: piece.offset + from });
}

function* separatorsIn(text: string, separator: string | RegExp): Iterable<[at: number, length: number]> {
  if (typeof separator === "string") {
    if (separator === "") return;
    for (let at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, at + separator.length))
      yield [at, separator.length];
    return;
  }
  for (const match of text.matchAll(separator)) if (match[0].length > 0) yield [match.index, match[0].length];
}

/** The words of a list in a text: parted by white space or commas. */
export function wordsOf(pieces: readonly TextPiece[]): (readonly TextPiece[])[] {
  return splitPieces(pieces, /[\s,]+/g).filter((word) => word.length > 0);
}

/** Without white space at both ends. */
export function trimPieces(pieces: readonly TextPiece[]): readonly TextPiece[] {
  const trimmed = [...pieces];
  const first = trimmed[0];
  if (first && !isHole(first)) {
    const cut = first.text.length - first.text.trimStart().length;
    trimmed[0] = { ...first, text: first.text.slice(cut), offset: first.offset + cut };
  }
  const last = trimmed[trimmed.length - 1];
  if (last && !isHole(last)) trimmed[trimmed.length - 1] = { ...last, text: last.text.trimEnd() };
  return trimmed.filter((p) => isHole(p) || p.text !== "");
}

export function isChosen(piece: TextPiece): boolean {
  return !isHole(piece) && piece.chosen === true;
}

/** The same text, as one that a key chose which is not known. */
export function chosenPieces(pieces: readonly TextPiece[]): readonly TextPiece[] {
  return pieces.map((piece) => (isHole(piece) ? piece : { ...piece, chosen: true as const }));
}
