import type { GuardId } from "../../model/summary.ts";
import type { ExternalCall } from "../../trace/external-call.ts";
import type { Frame } from "../../trace/frames.ts";
import type { Interpreter } from "../../trace/interpreter.ts";
import type { Reading } from "../../trace/reading.ts";
import type { ExternalValue } from "../../trace/values.ts";
import { guardOf } from "./checks.ts";
import { patternText } from "../../trace/texts.ts";
import { clientOf, textsSent } from "./sent.ts";

/** How far up the callers a transaction is looked for. */
const MOST_CALLERS = 4;

/** Each statement of a pool goes over whatever connection is free. */
const POOL = /Pool(?:\.new)?\(\)$/;

/** What a call does to the transaction of its connection. */
type Control = "read-only" | "begin" | "read-write" | "commit" | "rollback";

/**
 * Whether nothing that a statement changes can stay: it is sent in a read-only transaction of the same connection, or in one
 * that is rolled back and never committed. What comes before and after is read in the function of the call, and in those
 * that call it.
 */
export function leavesNothing(call: ExternalCall, reading: Reading): boolean {
  const connection = call.callee.parent;
  return (
    connection !== null &&
    !POOL.test(connection.path) &&
    isWithin(call.frame, call.node, call.guard, connection, reading, 0)
  );
}

function isWithin(
  frame: Frame,
  node: number,
  guard: GuardId | undefined,
  connection: ExternalValue,
  reading: Reading,
  depth: number,
): boolean {
  const controls = controlsIn(frame, connection, reading);
  const before = controls.filter((control) => control.node < node && isAround(frame, control.guard, guard));
  const after = controls.filter((control) => control.node > node);
  let isReadOnly = false;
  let isOpen = false;
  for (const { control } of before) {
    if (control === "read-only") isReadOnly = true;
    else if (control === "read-write") isReadOnly = false;
    if (control === "begin") isOpen = true;
    else if (control === "commit" || control === "rollback") isOpen = false;
  }
  if (isReadOnly) return true;
  const all = [...before, ...after];
  if (isOpen && all.some(({ control }) => control === "commit")) return false;
  if (isOpen && after.some((one) => one.control === "rollback" && !isInCatch(frame, one.guard))) return true;
  if (depth === MOST_CALLERS || frame.callers.size === 0) return false;
  return [...frame.callers].every(([caller, at]) =>
    isWithin(caller, at, guardOf(caller, at), connection, reading, depth + 1),
  );
}

interface ControlCall {
  readonly node: number;
  readonly guard: GuardId | undefined;
  readonly control: Control;
}

/** Calls of one frame, found once a settled trace. */
const callsOfFrames = new WeakMap<Interpreter, Map<Frame, ExternalCall[]>>();

function callsIn(frame: Frame, { trace }: Reading): readonly ExternalCall[] {
  let calls = callsOfFrames.get(trace);
  if (!calls) {
    calls = new Map();
    for (const call of trace.calls) {
      if (!clientOf(call.callee)) continue;
      const known = calls.get(call.frame);
      if (known) known.push(call);
      else calls.set(call.frame, [call]);
    }
    callsOfFrames.set(trace, calls);
  }
  return calls.get(frame) ?? [];
}

function controlsIn(frame: Frame, connection: ExternalValue, reading: Reading): ControlCall[] {
  return callsIn(frame, reading)
    .filter(({ callee }) => callee.parent === connection)
    .flatMap((call) => {
      const control = controlOf(call, reading);
      return control.map((one) => ({ node: call.node, guard: call.guard, control: one }));
    })
    .sort((a, b) => a.node - b.node);
}

function controlOf(call: ExternalCall, reading: Reading): Control[] {
  const client = clientOf(call.callee)!;
  const name = call.callee.step?.kind === "member" ? call.callee.step.name : "";
  if (client.begins?.includes(name)) return ["begin"];
  if (client.commits?.includes(name)) return ["commit"];
  if (client.undoes?.includes(name)) return ["rollback"];
  const [text, ...others] = (textsSent(call, client, reading) ?? []).map(patternText);
  if (text === undefined || others.length > 0) return [];
  if (/^\s*(?:set\s+(?:session\s+)?transaction|set\s+session\s+characteristics\s+as\s+transaction)\b/i.test(text))
    return /\bread\s+only\b/i.test(text) ? ["read-only"] : /\bread\s+write\b/i.test(text) ? ["read-write"] : [];
  if (/^\s*(?:begin|start\s+transaction)\b/i.test(text))
    return /\bread\s+only\b/i.test(text) ? ["begin", "read-only"] : ["begin"];
  if (/^\s*(?:commit|end)\b/i.test(text)) return ["commit"];
  return /^\s*rollback\s*(?:;|$|work|transaction)/i.test(text) ? ["rollback"] : [];
}

/** Whether what runs under `inner` has always run what stands under `outer` before it. */
function isAround(frame: Frame, outer: GuardId | undefined, inner: GuardId | undefined): boolean {
  for (let at = inner; ; at = frame.function.guards[at]!.parent) {
    if (at === outer) return true;
    if (at === undefined) return false;
  }
}

function isInCatch(frame: Frame, guard: GuardId | undefined): boolean {
  for (let at = guard; at !== undefined; at = frame.function.guards[at]!.parent)
    if (frame.function.guards[at]!.kind === "catch") return true;
  return false;
}
