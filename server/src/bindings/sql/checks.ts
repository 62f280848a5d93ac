import type { FunctionSummary, GuardId, NodeId } from "../../model/summary.ts";
import type { ExternalCall } from "../../trace/external-call.ts";
import type { Frame } from "../../trace/frames.ts";

/** How far up the callers a check is looked for. */
const MOST_CALLERS = 4;

/**
 * Whether something is asked before a call, on every way to it: `if (!/^select/i.test(sql)) throw …`. What the check lets
 * through is not proved, so that it excuses nothing; but whoever checks is not accused of running whatever comes.
 */
export function isChecked({ frame, guard }: ExternalCall): boolean {
  return isUnderCheck(frame, guard, 0);
}

function isUnderCheck(frame: Frame, guard: GuardId | undefined, depth: number): boolean {
  for (let at = guard; at !== undefined; at = frame.function.guards[at]!.parent) {
    const one = frame.function.guards[at]!;
    if (one.kind === "if" && asks(frame.function, one.condition)) return true;
  }
  if (depth === MOST_CALLERS || frame.callers.size === 0) return false;
  return [...frame.callers].every(([caller, node]) => isUnderCheck(caller, guardOf(caller, node), depth + 1));
}

/** The condition calls something, itself or by a variable that holds what a call gave. */
function asks({ nodes, variables }: FunctionSummary, condition: NodeId): boolean {
  const pending = [condition];
  const seen = new Set(pending);
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    const node = nodes[id]!;
    if (node.kind === "call") return true;
    const inner = [
      ...("operands" in node ? node.operands : []),
      ...(node.kind === "logical" ? [node.left, node.right] : []),
      ...("of" in node && typeof node.of === "number" ? [node.of] : []),
      ...(node.kind === "variable" && node.function === undefined ? definitionsOf(variables, node.name) : []),
    ];
    for (const next of inner) if (!seen.has(next)) pending.push((seen.add(next), next));
  }
  return false;
}

function definitionsOf(variables: FunctionSummary["variables"], name: string): NodeId[] {
  const variable = variables.find((one) => one.name === name);
  return (variable?.definitions ?? []).filter((one) => one.function === undefined).map(({ value }) => value);
}

/** The guard that a call of a function stands under. */
export function guardOf(frame: Frame, node: NodeId): GuardId | undefined {
  return frame.function.steps.find((step) => step.kind === "call" && step.node === node)?.guard;
}
