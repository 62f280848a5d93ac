import { Evaluation } from "../trace/evaluation.ts";
import type { Frame } from "../trace/frames.ts";
import type { Interpreter } from "../trace/interpreter.ts";
import type { Site, TracedReach } from "./traced.ts";

/** From the start of the root down to the call: the calls on the shortest way, the call itself last. */
export function shortestPath(frame: Frame, node: number): TracedReach["path"] {
  const back = new Map<Frame, { from: Frame; node: number } | null>([[frame, null]]);
  const queue = [frame];
  let start = frame;
  for (const at of queue) {
    start = at;
    const callers = [...at.callers].filter(([caller]) => caller.context.root === at.context.root || caller.context.root.name === at.context.root.name);
    if (callers.length === 0) break;
    for (const [caller, call] of callers) {
      if (back.has(caller)) continue;
      back.set(caller, { from: at, node: call });
      queue.push(caller);
    }
  }
  const path: (Site & { label: string })[] = [];
  for (let at: Frame | undefined = start; at; ) {
    const step = back.get(at);
    path.push({ file: at.file, function: at.function.path, node: step ? step.node : node, label: at.function.name || "module" });
    at = step?.from;
  }
  return path;
}

/** The conditions around a node that may go either way. */
export function openConditions(trace: Interpreter, frame: Frame, node: number): TracedReach["conditions"] {
  const step = frame.function.steps.find((s) => s.kind === "call" && s.node === node);
  const conditions: (Site & { when: boolean })[] = [];
  const evaluation = new Evaluation(trace, frame);
  for (let id = step?.guard; id !== undefined; ) {
    const guard: (typeof frame.function.guards)[number] = frame.function.guards[id]!;
    if (guard.kind === "if" && evaluation.truth(guard.condition) === "maybe") {
      conditions.unshift({ file: frame.file, function: frame.function.path, node: guard.condition, when: guard.when });
    }
    id = guard.parent;
  }
  return conditions;
}
