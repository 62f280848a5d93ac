import type { TextPiece } from "./texts.ts";
import { HOLE, isHole, isModels } from "./texts.ts";
import type { Value } from "./values.ts";

/** A value as part of a text: what is no constant is a hole, named by where it comes from. */
export function piecesOf(value: Value): readonly TextPiece[] {
  if (value.kind === "text") return value.pieces;
  if (value.kind === "literal") return [{ text: String(value.value), offset: -1 }];
  return value.kind === "external" ? [{ hole: true, name: value.path }] : [HOLE];
}

/**
 * What is left of pieces that are cut, encoded or mixed in a way nobody follows: a hole that still says if a model filled any
 * of them, or else where one came from that nobody knows, or else the first.
 */
export function blurred(pieces: readonly TextPiece[]): TextPiece {
  const holes = pieces.filter(isHole);
  return holes.find(isModels) ?? holes.find(({ name }) => name === undefined) ?? holes[0] ?? SOME_CONSTANT;
}

/** A text that the program itself holds, which one is not known. */
const SOME_CONSTANT: TextPiece = { hole: true, name: "global#String" };
