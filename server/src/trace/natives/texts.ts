import type { Interpreter } from "../interpreter.ts";
import { blurred, piecesOf } from "../pieces.ts";
import type { TextPiece } from "../texts.ts";
import { HOLE, constantText, isHole, joinPieces, splitPieces, trimPieces } from "../texts.ts";
import type { ValueSet } from "../values.ts";
import { NOTHING, setOf } from "../values.ts";
import type { Native, NativeCall } from "./native.ts";
import { newList, first, constantsOf, booleans } from "./native.ts";
import { matchText } from "./patterns.ts";
import { replaceText } from "./replace.ts";

function textMethod(
  change: (pieces: readonly TextPiece[], trace: Interpreter, call: NativeCall) => readonly TextPiece[] | undefined,
): Native {
  return (trace, call, receiver) => {
    if (receiver.kind !== "text") return [trace.values.text([HOLE])];
    const changed = change(receiver.pieces, trace, call);
    return [trace.values.text(changed ?? [blurred(receiver.pieces)])];
  };
}

function textTest(test: (text: string, argument: string) => boolean): Native {
  return (trace, call, receiver) => {
    const wanted = constantsOf(first(call));
    const text = receiver.kind === "text" ? constantText(receiver.pieces) : undefined;
    if (first(call).length === 0) return NOTHING;
    if (text === undefined || !wanted) return booleans(trace, "maybe");
    return setOf(
      wanted.map((w) => trace.values.literal(test(text, w))),
      trace.values,
    );
  };
}

/** What a known text becomes; any other is a hole. */
export function constantOnly(change: (text: string) => string): Native {
  return textMethod((pieces) => {
    const text = constantText(pieces);
    return text === undefined ? undefined : [{ text: change(text), offset: 0 }];
  });
}

const splitText: Native = (trace, call, receiver) => {
  const list = newList(trace, call, String(receiver.id));
  const separators = constantsOf(first(call));
  if (receiver.kind !== "text") trace.grow(list.rest, [trace.values.text([HOLE])]);
  else
    for (const separator of separators ?? [/[\s,]+/g]) {
      for (const [i, part] of splitPieces(receiver.pieces, separator).entries())
        trace.store(list, String(i), [trace.values.text(part)]);
    }
  return [trace.values.object(list)];
};

/** `slice` and `substring` by constant numbers, as far as they cut known pieces only. */
const cutText =
  (mayCountFromEnd: boolean): Native =>
  (trace, call, receiver) => {
    const [from, to] = [0, 1].map((at) => numberOf(call.given.positional[at]));
    const isKnown = receiver.kind === "text" && from !== null && to !== null;
    const pieces = isKnown ? cutPieces(receiver.pieces, from ?? 0, to, mayCountFromEnd) : undefined;
    return [trace.values.text(pieces ?? [receiver.kind === "text" ? blurred(receiver.pieces) : HOLE])];
  };

/** One character of a text that is known. */
const characterOf: Native = (trace, call, receiver) => {
  const at = numberOf(call.given.positional[0] ?? NOTHING) ?? (first(call).length === 0 ? 0 : null);
  const text = receiver.kind === "text" ? constantText(receiver.pieces) : undefined;
  if (text === undefined || at === null) return [trace.values.text([HOLE])];
  return [trace.values.text(joinPieces([], [{ text: text.at(at) ?? "", offset: -1 }]))];
};

/** Where a text stands in another, both known. */
function positionIn(find: (text: string, part: string) => number): Native {
  return (trace, call, receiver) => {
    const text = receiver.kind === "text" ? constantText(receiver.pieces) : undefined;
    const parts = constantsOf(first(call));
    if (text === undefined || !parts || call.given.positional.length > 1) return [trace.values.unknown("a position")];
    return setOf(
      parts.map((part) => trace.values.literal(find(text, part))),
      trace.values,
    );
  };
}

function cutPieces(
  pieces: readonly TextPiece[],
  from: number,
  to: number | undefined,
  mayCountFromEnd: boolean,
): readonly TextPiece[] | undefined {
  if (!mayCountFromEnd && (from < 0 || (to !== undefined && to < 0))) return undefined;
  const text = constantText(pieces);
  if (text !== undefined) return joinPieces([], [{ text: text.slice(from, to), offset: -1 }]);
  const [head, last] = [pieces[0]!, pieces.at(-1)!];
  if (to === undefined && from >= 0 && !isHole(head) && head.text.length >= from)
    return [{ text: head.text.slice(from), offset: -1 }, ...pieces.slice(1)];
  if (from === 0 && to !== undefined && to < 0 && !isHole(last) && last.text.length >= -to)
    return [...pieces.slice(0, -1), { text: last.text.slice(0, to), offset: -1 }];
  return undefined;
}

/** A constant number, undefined where none is given, null where it is not known. */
function numberOf(values: ValueSet | undefined): number | undefined | null {
  if (values === undefined || values.length === 0) return undefined;
  const [value] = values;
  if (values.length > 1 || value?.kind !== "literal") return null;
  // Python's `name[:4]` gives none for what is left out.
  return typeof value.value === "number" ? value.value : value.value == null ? undefined : null;
}

/** Methods of texts. */
export const TEXT = new Map<string, Native>([
  ["split", splitText],
  ["trim", textMethod((p) => trimPieces(p))],
  ["trimStart", textMethod((p) => trimPieces(p))],
  ["trimEnd", textMethod((p) => trimPieces(p))],
  ["toLowerCase", constantOnly((t) => t.toLowerCase())],
  ["toUpperCase", constantOnly((t) => t.toUpperCase())],
  ["startsWith", textTest((t, a) => t.startsWith(a))],
  ["endsWith", textTest((t, a) => t.endsWith(a))],
  ["includes", textTest((t, a) => t.includes(a))],
  [
    "concat",
    textMethod((pieces, _t, call) =>
      call.given.positional.reduce<readonly TextPiece[]>(
        (all, set) => joinPieces(all, set.length === 1 ? piecesOf(set[0]!) : [blurred(set.flatMap(piecesOf))]),
        pieces,
      ),
    ),
  ],
  ["replace", replaceText(false)],
  ["replaceAll", replaceText(true)],
  ["toString", (_t, _c, r) => [r]],
  ["valueOf", (_t, _c, r) => [r]],
  ["slice", cutText(true)],
  ["substring", cutText(false)],
  ["charAt", characterOf],
  ["at", characterOf],
  ["indexOf", positionIn((text, part) => text.indexOf(part))],
  ["lastIndexOf", positionIn((text, part) => text.lastIndexOf(part))],
  ["match", matchText],
  ["matchAll", (t) => [t.values.unknown("matches")]],
]);
