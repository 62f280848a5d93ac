import type { Interpreter } from "../interpreter.ts";
import { blurred, piecesOf } from "../pieces.ts";
import type { TextPiece } from "../texts.ts";
import { constantText, isHole, joinPieces } from "../texts.ts";
import type { ValueSet } from "../values.ts";
import { NOTHING, setOf } from "../values.ts";
import { constantsOf, first } from "./native.ts";
import type { Native, NativeCall } from "./native.ts";

/** Functions of `path` and `url` that put paths together and take them apart, on paths of known and unknown pieces. */

type Pieces = readonly TextPiece[];

const SLASH: TextPiece = { text: "/", offset: -1 };
/** Ways to combine what the parts of a path can be. */
const MOST_PATHS = 32;

const join: Native = (trace, call) => combined(trace, call, (parts) => parts.reduce(below));

/** What is absolute starts anew. */
const resolve: Native = (trace, call) =>
  combined(trace, call, (parts) => parts.reduce((left, right) => (isAbsolute(right) ? right : below(left, right))));

function isAbsolute([start]: Pieces): boolean {
  return start !== undefined && !isHole(start) && /^(?:\/|[A-Za-z]:[\\/])/.test(start.text);
}

function combined(trace: Interpreter, { given }: NativeCall, combine: (parts: Pieces[]) => Pieces): ValueSet {
  let ways: Pieces[][] = [[]];
  const sets = given.rest.length > 0 ? [...given.positional, given.rest] : given.positional;
  for (const set of sets) {
    const options = set.map(piecesOf);
    if (ways.length * options.length > MOST_PATHS)
      return [trace.values.text([blurred([...ways.flat(2), ...sets.flat().flatMap(piecesOf)])])];
    ways = ways.flatMap((left) => options.map((right) => [...left, right]));
  }
  return setOf(
    ways.map((parts) => trace.values.text(parts.length === 0 ? [{ text: ".", offset: -1 }] : combine(parts))),
    trace.values,
  );
}

/** `a/` and `./b` → `a/b`. What leads up (`..`) stays as it is written. */
function below(left: Pieces, right: Pieces): Pieces {
  const [start, ...more] = right;
  if (start === undefined) return left;
  if (left.length === 0) return right;
  const relative = isHole(start) ? right : [withoutStart(start, /^(?:\.?\/+)+|^\.$/), ...more];
  const last = left[left.length - 1]!;
  const isFolder = !isHole(last) && last.text.endsWith("/");
  const between = isFolder || relative.every((piece) => !isHole(piece) && piece.text === "") ? [] : [SLASH];
  return joinPieces(joinPieces(left, between), relative);
}

function withoutStart(piece: Exclude<TextPiece, { hole: true }>, start: RegExp): TextPiece {
  const cut = start.exec(piece.text)?.[0].length ?? 0;
  return { ...piece, text: piece.text.slice(cut), offset: piece.offset < 0 ? -1 : piece.offset + cut };
}

/** One path to one path. */
const onPath =
  (change: (pieces: Pieces) => Pieces): Native =>
  (trace, call) =>
    setOf(
      first(call).map((value) => trace.values.text(change(piecesOf(value)))),
      trace.values,
    );

/** Where the last known slash stands, but for one at the very end. */
function lastSlash(pieces: Pieces): { piece: number; at: number } | undefined {
  for (let piece = pieces.length - 1; piece >= 0; piece--) {
    const found = pieces[piece]!;
    const text = isHole(found) ? "" : piece === pieces.length - 1 ? found.text.replace(/\/+$/, "") : found.text;
    const at = text.lastIndexOf("/");
    if (at >= 0) return { piece, at };
  }
  return undefined;
}

/** A hole at the end may hold more folders, and stays. */
function folderOf(pieces: Pieces): Pieces {
  const slash = lastSlash(pieces);
  const last = pieces[pieces.length - 1];
  if (last === undefined || isHole(last)) return pieces;
  if (!slash) return pieces.some(isHole) ? [blurred(pieces)] : [{ text: ".", offset: -1 }];
  const cut = pieces[slash.piece]!;
  const kept = isHole(cut) ? cut : { ...cut, text: cut.text.slice(0, Math.max(slash.at, slash.piece === 0 ? 1 : 0)) };
  return [...pieces.slice(0, slash.piece), kept].filter((piece) => isHole(piece) || piece.text !== "");
}

function nameOf(pieces: Pieces): Pieces {
  const slash = lastSlash(pieces);
  if (!slash) return pieces;
  const cut = pieces[slash.piece]!;
  const kept = isHole(cut) ? cut : { ...cut, text: cut.text.slice(slash.at + 1), offset: -1 };
  return [kept, ...pieces.slice(slash.piece + 1)].filter((piece) => isHole(piece) || piece.text !== "");
}

/** Without the ending that is named. */
const basename: Native = (trace, call, target) => {
  const endings = constantsOf(call.given.positional[1] ?? NOTHING) ?? [];
  return onPath((pieces) => {
    const name = nameOf(pieces);
    const last = name[name.length - 1];
    const ending = endings.find((one) => last !== undefined && !isHole(last) && last.text.endsWith(one) && one !== "");
    if (ending === undefined || last === undefined || isHole(last)) return name;
    return [...name.slice(0, -1), { ...last, text: last.text.slice(0, -ending.length) }];
  })(trace, call, target);
};

function endingOf(pieces: Pieces): Pieces {
  const text = constantText(pieces);
  return text === undefined
    ? [blurred(pieces)]
    : [{ text: /[^/]\.[^./]*$/.exec(text)?.[0].slice(1) ?? "", offset: -1 }];
}

const asItIs = onPath((pieces) => pieces);

/** From one path to another: what the other is made of. */
const relative: Native = (trace, call) =>
  setOf(
    (call.given.positional[1] ?? NOTHING).map((value) => trace.values.text([blurred(piecesOf(value))])),
    trace.values,
  );

const FUNCTIONS: Readonly<Record<string, Native>> = {
  join,
  resolve,
  normalize: asItIs,
  toNamespacedPath: asItIs,
  dirname: onPath(folderOf),
  basename,
  extname: onPath(endingOf),
  relative,
};

/** By the way to them. */
export const PATHS = new Map<string, Native>([
  ...["node:path#", "node:path#posix.", "node:path#win32.", "node:path/posix#", "node:path/win32#"].flatMap((module) =>
    Object.entries(FUNCTIONS).map(([name, native]): [string, Native] => [module + name, native]),
  ),
  ["node:url#fileURLToPath", asItIs],
  ["python:os#path.join", resolve],
  ["python:os#path.dirname", FUNCTIONS["dirname"]!],
  ["python:os#path.basename", onPath(nameOf)],
  ...["abspath", "realpath", "normpath", "expanduser", "expandvars"].map((name): [string, Native] => [
    `python:os#path.${name}`,
    asItIs,
  ]),
]);
