import { blurred, piecesOf } from "../pieces.ts";
import type { TextPiece } from "../texts.ts";
import { HOLE, constantText, isHole, joinPieces } from "../texts.ts";
import type { Value, ValueSet } from "../values.ts";
import { NOTHING, setOf } from "../values.ts";
import type { Native } from "./native.ts";
import { callAll, first } from "./native.ts";
import { replacedByFunction } from "./patterns.ts";

type Pieces = readonly TextPiece[];

/** `text.replace(what, with)` and `replaceAll`, as far as it can be said what comes out; anything else is a hole. */
export function replaceText(all: boolean): Native {
  return (trace, call, receiver) => {
    const [wanted, given] = [first(call), call.given.positional[1] ?? NOTHING];
    const [pattern] = wanted;
    const made = pattern && wanted.length === 1 ? replacedByFunction(trace, call, receiver, pattern, given) : undefined;
    if (made) return made;
    callAll(trace, call, given, [[trace.values.text([HOLE])]]);
    if (wanted.length === 0 || given.length === 0) return NOTHING;
    const pieces = receiver.kind === "text" ? receiver.pieces : undefined;
    const what = wanted.length === 1 ? searched(wanted[0]!, all) : undefined;
    if (pieces === undefined || what === undefined)
      return [trace.values.text([blurred([...piecesOf(receiver), ...given.flatMap(piecesOf)])])];
    return setOf(
      replacements(given).map((text) => trace.values.text(replaced(pieces, what, text))),
      trace.values,
    );
  };
}

/** What stands in the place of a match: texts, or a hole for what is not known. `$1` and the like are not read. */
function replacements(given: ValueSet): Pieces[] {
  return given.map((value): Pieces => {
    const pieces = piecesOf(value);
    return constantText(pieces)?.includes("$") ? [HOLE] : pieces;
  });
}

interface Searched {
  readonly pattern: RegExp;
  /** At the beginning or the end of the text only. */
  readonly anchor?: "start" | "end";
}

function searched(value: Value, all: boolean): Searched | undefined {
  if (value.kind === "pattern") return readPattern(value.source);
  const text = value.kind === "text" ? constantText(value.pieces) : undefined;
  return text === undefined || text === ""
    ? undefined
    : { pattern: new RegExp(text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"), all ? "g" : "") };
}

/** One character or class, or a plain text; at most one `+` or `*`: nothing that takes long on any text. */
const SIMPLE =
  /^\/(?<start>\^?)(?<body>(?:\\[/.\-_:$?{}sdw]|[\w:@#%&=,;~ -]|\[(?:\\.|[^\\\]])+\])+[+*]?)(?<end>\$?)\/(?<flags>[gi]*)$/;

/** `/{(.*?)}/g` and `/:(\w+)/g`: the parameters of a path. */
const PARAMETERS: readonly (readonly [pattern: RegExp, same: RegExp])[] = [
  [/^\/\\?\{\(?(?:\.[*+]\??|\[\^[^\]]+\][*+]|\\w[*+])\)?\\?\}\/g$/, /\{[^{}]*\}/g],
  [/^\/:\(?(?:\\w\+|\[[\w\\-]+\]\+)\)?\/g$/, /:[\w-]+/g],
];

function readPattern(source: string): Searched | undefined {
  const parameters = PARAMETERS.find(([pattern]) => pattern.test(source))?.[1];
  if (parameters) return { pattern: parameters };
  const { start, body, end, flags } = SIMPLE.exec(source)?.groups ?? {};
  if (body === undefined || (start !== "" && end !== "")) return undefined;
  return {
    pattern: new RegExp(`${start}${body}${end}`, flags),
    ...(start !== "" ? { anchor: "start" as const } : end !== "" ? { anchor: "end" as const } : {}),
  };
}

/** The known pieces with each match replaced; what is cut does not keep its place in the source. */
function replaced(pieces: Pieces, { pattern, anchor }: Searched, by: Pieces): Pieces {
  const last = pieces.length - 1;
  let found = false;
  let result: Pieces = [];
  for (const [at, piece] of pieces.entries()) {
    const applies =
      !isHole(piece) && (anchor === undefined || at === (anchor === "start" ? 0 : last)) && (pattern.global || !found);
    if (!applies || isHole(piece)) {
      result = joinPieces(result, [piece]);
      continue;
    }
    const parts = partedAtMatches(piece.text, pattern);
    found ||= parts.length > 1;
    if (parts.length === 1) result = joinPieces(result, [piece]);
    else
      for (const [i, text] of parts.entries())
        result = joinPieces(i === 0 ? result : joinPieces(result, by), [{ text, offset: -1 }]);
  }
  return result;
}

function partedAtMatches(text: string, pattern: RegExp): string[] {
  const matches = pattern.global ? [...text.matchAll(pattern)] : [pattern.exec(text)];
  const parts: string[] = [];
  let from = 0;
  for (const match of matches) {
    if (!match || match[0] === "") continue;
    parts.push(text.slice(from, match.index));
    from = match.index + match[0].length;
  }
  return [...parts, text.slice(from)];
}
