import type { ExternalCall } from "../trace/external-call.ts";
import type { Reading } from "../trace/reading.ts";
import type { TextPiece } from "../trace/texts.ts";
import { HOLE, joinPieces } from "../trace/texts.ts";

/** The text of a tagged template, with a hole for each value: what the tag makes of them is its own business. */
export function taggedTexts(call: ExternalCall, reading: Reading): (readonly TextPiece[])[] {
  return reading.objects(call.argument(0)).map((list) => {
    const { items } = reading.items([list]);
    return items.reduce<readonly TextPiece[]>((text, item, at) => {
      const [piece] = reading.texts(item);
      const known = piece ? piece.pieces : item.length > 0 ? [HOLE] : [];
      return joinPieces(at === 0 ? text : joinPieces(text, [HOLE]), known);
    }, []);
  });
}
