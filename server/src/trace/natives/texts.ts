import type { Interpreter } from "../interpreter.ts";
import type { TextPiece } from "../texts.ts";
import { HOLE, constantText, joinPieces, splitPieces, trimPieces } from "../texts.ts";
import { NOTHING, setOf } from "../values.ts";
import type { Native, NativeCall } from "./native.ts";
import { newList, callAll, first, constantsOf, booleans } from "./native.ts";

function textMethod(
  change: (pieces: readonly TextPiece[], trace: Interpreter, call: NativeCall) => readonly TextPiece[] | undefined,
): Native {
  return (trace, call, receiver) => {
    if (receiver.kind !== "text") return [trace.values.text([HOLE])];
    const changed = change(receiver.pieces, trace, call);
    return [trace.values.text(changed ?? [HOLE])];
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

const constantOnly = (change: (text: string) => string): Native =>
  textMethod((pieces) => {
    const text = constantText(pieces);
    return text === undefined ? undefined : [{ text: change(text), offset: 0 }];
  });

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

const replaceText: Native = (trace, call, receiver) => {
  const [from, to] = [constantsOf(first(call)), constantsOf(call.given.positional[1] ?? NOTHING)];
  const text = receiver.kind === "text" ? constantText(receiver.pieces) : undefined;
  callAll(trace, call, call.given.positional[1] ?? NOTHING, [[trace.values.text([HOLE])]]);
  if (text === undefined || from?.length !== 1 || to?.length !== 1) return [trace.values.text([HOLE])];
  return [trace.values.text([{ text: text.replaceAll(from[0]!, () => to[0]!), offset: 0 }])];
};

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
        (all, set) => joinPieces(all, set.length === 1 && set[0]!.kind === "text" ? set[0]!.pieces : [HOLE]),
        pieces,
      ),
    ),
  ],
  ["replace", replaceText],
  ["replaceAll", replaceText],
  ["toString", (_t, _c, r) => [r]],
  ["valueOf", (_t, _c, r) => [r]],
  ["slice", textMethod(() => undefined)],
  ["substring", textMethod(() => undefined)],
  ["charAt", textMethod(() => undefined)],
  ["match", (t) => [t.values.unknown("a match")]],
  ["matchAll", (t) => [t.values.unknown("matches")]],
]);
