import type { ExternalCall } from "../../trace/external-call.ts";
import { blurred, piecesOf } from "../../trace/pieces.ts";
import type { TextPiece } from "../../trace/texts.ts";
import type { ExternalValue } from "../../trace/values.ts";
import { externalChain } from "../../trace/values.ts";

/** What the path of a `pathlib.Path` is made of, read off the calls that made it. */

type Pieces = readonly TextPiece[];

const CONSTRUCTOR = /^python:pathlib#(?:Pure)?(?:Posix|Windows)?Path\(\)$/;
const FOLDER = /^python:pathlib#Path\.(?:home|cwd)\(\)$/;
const SAME = /^(?:absolute|resolve|expanduser)$/;
const GROWS = /^(?:joinpath|__truediv__)$/;
/** They give a path that has something of the one before, and nobody follows what. */
const OF_IT = /^(?:with_name|with_suffix|with_stem|relative_to|iterdir|glob|rglob|rename|replace)$/;

/** Undefined for what is no path, be it a part of one that is text: `Path("a").name`. */
export function pathOf(value: ExternalValue | null): Pieces | undefined {
  if (!value?.path.startsWith("python:pathlib#")) return undefined;
  let path: Pieces | undefined;
  let method: string | undefined;
  for (const { step, path: way } of externalChain(value)) {
    if (!step) continue;
    const called = step.kind === "call" ? method : undefined;
    const before: Pieces | undefined = path;
    if (step.kind === "member" && step.name !== "parent" && step.name !== "parents") {
      method = step.name;
      continue;
    }
    method = undefined;
    if (step.kind === "call" && CONSTRUCTOR.test(way)) path = joined([], step.call);
    else if (FOLDER.test(way)) path = [{ hole: true, name: way }];
    else if (!before) continue;
    else if (called === undefined) path = [blurred(before)];
    else if (GROWS.test(called) && step.kind === "call") path = joined(before, step.call);
    else if (!SAME.test(called)) path = OF_IT.test(called) ? [blurred(before)] : undefined;
  }
  return method === undefined ? path : undefined;
}

/** The path with a call's arguments below it; what one of several may be is nobody's question. */
function joined(path: Pieces, call: ExternalCall | null): Pieces {
  return (call?.arguments ?? []).reduce((before: Pieces, values) => {
    const [only] = values;
    const piece = only && values.length === 1 ? piecesOf(only) : [blurred(values.flatMap(piecesOf))];
    return before.length === 0 ? piece : before.concat({ text: "/", offset: -1 }, piece);
  }, path);
}
