import type { ExternalCall } from "../trace/external-call.ts";
import type { Frame } from "../trace/frames.ts";
import type { Interpreter } from "../trace/interpreter.ts";
import type { Value } from "../trace/values.ts";
import type { Site } from "./traced.ts";

/** Under which condition one of several lists is in force. */
export interface ModeCondition extends Site {
  readonly when: boolean;
}

interface Located {
  readonly frame: Frame;
  readonly node: number;
}

/** How far an expression is followed back to where it branches. */
const DEEPEST = 12;

/**
 * The condition that chooses `list` where an argument of an auth call is `condition ? one : other`, written there or in the
 * constant it names. Undefined: it is not chosen by a condition of that form.
 */
export function modeOf(trace: Interpreter, call: ExternalCall, list: Value): ModeCondition | undefined {
  const node = call.frame.function.nodes[call.node];
  if (node?.kind !== "call") return undefined;
  for (const argument of node.arguments) {
    const branch = branchIn(trace, { frame: call.frame, node: argument.value }, DEEPEST);
    const choice = branch && branch.frame.function.nodes[branch.node];
    if (!branch || choice?.kind !== "conditional") continue;
    const holds = trace.nodeOf(branch.frame, choice.then, call.frame).includes(list);
    const fails = trace.nodeOf(branch.frame, choice.otherwise, call.frame).includes(list);
    if (holds !== fails)
      return { file: branch.frame.file, function: branch.frame.function.path, node: choice.condition, when: holds };
  }
  return undefined;
}

/** The first conditional expression on the way back from a node: through objects, constants and imports. */
function branchIn(trace: Interpreter, at: Located, depth: number): Located | undefined {
  const node = at.frame.function.nodes[at.node];
  if (!node || depth === 0) return undefined;
  const next = (id: number, frame = at.frame): Located | undefined => branchIn(trace, { frame, node: id }, depth - 1);
  switch (node.kind) {
    case "conditional":
      return at;
    case "object":
      for (const entry of node.entries) {
        const found = "key" in entry && next(entry.value);
        if (found) return found;
      }
      return undefined;
    case "typed":
    case "await":
    case "member":
      return next(node.of);
    case "variable": {
      const owner = node.function === undefined ? at.frame : trace.enclosing(at.frame, node.function);
      const definitions = owner?.function.variables.find((v) => v.name === node.name)?.definitions ?? [];
      return owner && definitions.length === 1 && definitions[0]!.function === undefined
        ? next(definitions[0]!.value, owner)
        : undefined;
    }
    case "import": {
      const target = trace.program.resolve(at.frame.file, node.request);
      const exported = target.kind === "file" ? trace.program.export(target.file, node.name) : undefined;
      const frame =
        exported?.kind === "node" && exported.function === "" ? trace.moduleFrame(exported.file) : undefined;
      return frame && exported?.kind === "node" ? next(exported.node, frame) : undefined;
    }
    case "call":
      return node.callee === undefined ? undefined : next(node.callee);
    default:
      return undefined;
  }
}
