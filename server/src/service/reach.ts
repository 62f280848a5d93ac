import { Evaluation } from "../trace/evaluation.ts";
import type { Frame, Root } from "../trace/frames.ts";
import type { Interpreter } from "../trace/interpreter.ts";
import { piecesOf } from "../trace/pieces.ts";
import { isModels as isModelsPiece } from "../trace/texts.ts";
import type { OpenCondition, Site, TracedReach } from "./traced.ts";

export interface Way {
  readonly root: Root;
  /** From the start of the root down to the call: the calls on the shortest way, the call itself last. */
  readonly path: TracedReach["path"];
  /** Some function on the way stands for several of its uses: the way may be that of another. */
  readonly merged: boolean;
}

/** All roots from which a call of a frame is reached, each with the shortest way. */
export function waysTo(frame: Frame, node: number): Way[] {
  const next = new Map<Frame, { readonly to: Frame; readonly node: number } | null>([[frame, null]]);
  const ways = new Map<Root, Way>();
  for (const at of next.keys()) {
    for (const root of at.starts) if (!ways.has(root)) ways.set(root, { root, ...pathFrom(at, next, node) });
    for (const [caller, call] of at.callers) if (!next.has(caller)) next.set(caller, { to: at, node: call });
  }
  return [...ways.values()];
}

function pathFrom(
  start: Frame,
  next: ReadonlyMap<Frame, { readonly to: Frame; readonly node: number } | null>,
  node: number,
): Pick<Way, "path" | "merged"> {
  const path: (Site & { label: string })[] = [];
  let merged = false;
  for (let at: Frame | undefined = start; at;) {
    merged ||= at.merged;
    const step = next.get(at);
    path.push({
      file: at.file,
      function: at.function.path,
      node: step ? step.node : node,
      label: at.function.name || "module",
    });
    at = step?.to;
  }
  return { path, merged };
}

/** How many calls back the conditions of a registration are looked for. */
const DEEPEST = 4;

/** The conditions around the call that registers a tool, and around the calls that lead to it as long as there is one way. */
export function conditionsOfRegistration(trace: Interpreter, frame: Frame, node: number): TracedReach["conditions"] {
  const conditions = [...openConditions(trace, frame, node)];
  let at = frame;
  for (let depth = 0; depth < DEEPEST && at.callers.size === 1; depth++) {
    const [caller, call] = [...at.callers][0]!;
    conditions.unshift(...openConditions(trace, caller, call));
    at = caller;
  }
  return conditions;
}

/** The conditions around a node that may go either way. */
export function openConditions(trace: Interpreter, frame: Frame, node: number): TracedReach["conditions"] {
  const step = frame.function.steps.find((s) => s.kind === "call" && s.node === node);
  const conditions: OpenCondition[] = [];
  const evaluation = new Evaluation(trace, frame);
  for (let id = step?.guard; id !== undefined;) {
    const guard: (typeof frame.function.guards)[number] = frame.function.guards[id]!;
    if (guard.kind === "if" && evaluation.truth(guard.condition) === "maybe") {
      conditions.unshift({
        file: frame.file,
        function: frame.function.path,
        node: guard.condition,
        when: guard.when,
        byModel: isModels(evaluation, guard.condition),
      });
    }
    id = guard.parent;
  }
  return conditions;
}

/** Whether a model's input has a part in what an expression gives. */
function isModels(evaluation: Evaluation, id: number): boolean {
  const node = evaluation.frame.function.nodes[id]!;
  const parts = node.kind === "operation" ? node.operands : node.kind === "logical" ? [node.left, node.right] : [];
  if (parts.length > 0) return parts.some((part) => isModels(evaluation, part));
  return evaluation.value(id).some((value) => piecesOf(value).some(isModelsPiece));
}
