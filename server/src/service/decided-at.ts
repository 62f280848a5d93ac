import { Round } from "../trace/frames.ts";
import type { Frame } from "../trace/frames.ts";
import type { Interpreter } from "../trace/interpreter.ts";
import type { LiteralSite } from "../trace/texts.ts";
import { isHole } from "../trace/texts.ts";
import type { Value } from "../trace/values.ts";
import type { Place } from "./reach.ts";

/** A literal, or a value as a whole. */
type Deciding = LiteralSite | Value;

/** How many calls back a text is followed to who wrote it. */
const DEEPEST = 8;
/** A function that more call is nobody's own helper. */
const MOST_CALLERS = 256;

/**
 * Where it is decided what a call does: the call itself or, where the text that names the operation was handed to the function
 * that makes it, the call that hands it. `request("/items")` is the place of a request that `request` sends.
 */
export function decidedAt(trace: Interpreter, call: Place, by: readonly Deciding[]): Place[] {
  const found = new Map<string, Place>();
  const seen = new Set<Frame>();
  const follow = (place: Place, depth: number): void => {
    const callers = depth < DEEPEST ? handedBy(trace, place.frame, by) : [];
    if (callers.length === 0) found.set(`${place.frame.id} ${place.node}`, place);
    for (const caller of callers) {
      if (seen.has(caller.frame)) continue;
      seen.add(caller.frame);
      const onward = [{ frame: place.frame, node: place.node }, ...(place.onward ?? [])];
      follow({ ...caller, onward }, depth + 1);
    }
  };
  follow(call, 0);
  return [...found.values()];
}

/** The calls that hand one of the texts to a function, or to one around it. */
function handedBy(trace: Interpreter, frame: Frame, by: readonly Deciding[]): Place[] {
  for (let at: Frame | null = wholeOf(frame); at; at = at.environment && wholeOf(at.environment)) {
    if (at.function.kind === "module") break;
    if (at.callers.size > MOST_CALLERS) continue;
    const calls = [...at.callers].map(([caller, node]): Place => ({ frame: caller, node }));
    const handing = calls.filter((place) => isHanding(trace, place, by));
    if (handing.length > 0) return handing;
  }
  return [];
}

function wholeOf(frame: Frame): Frame {
  return frame instanceof Round ? frame.whole : frame;
}

function isHanding(trace: Interpreter, { frame, node }: Place, by: readonly Deciding[]): boolean {
  const call = frame.function.nodes[node];
  if (call?.kind !== "call") return false;
  return call.arguments.some(({ value }) => trace.nodeOf(frame, value, frame).some((each) => holds(each, by)));
}

/** Whether a value, or what an object or list holds, is what decides, or was written there. */
function holds(value: Value, by: readonly Deciding[], depth = 1): boolean {
  if (by.some((one) => one === value)) return true;
  if (value.kind === "text")
    return value.pieces.some(
      (piece) => !isHole(piece) && by.some((one) => !("kind" in one) && isSame(piece.site, one)),
    );
  if (value.kind !== "object" || depth === 0 || value.object.kind === "instance" || value.object.kind === "map")
    return false;
  const cells = [...value.object.fields.values(), value.object.rest];
  return cells.some(({ values }) => values.some((each) => holds(each, by, depth - 1)));
}

function isSame(a: LiteralSite | undefined, b: LiteralSite): boolean {
  return a?.file === b.file && a.function === b.function && a.node === b.node && a.entry === b.entry;
}
