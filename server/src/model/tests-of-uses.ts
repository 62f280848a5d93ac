import type { Node, NodeId } from "./summary.ts";

/** A use of a variable or parameter of the function it stands in. */
export type Use = Extract<Node, { kind: "variable" | "parameter" }>;

export function isUse(node: Node): node is Use {
  return (node.kind === "variable" || node.kind === "parameter") && node.function === undefined;
}

/** Whether two uses read the same value: of one name, and reached by the same definitions. */
export function sameUse(a: Use, b: Node): boolean {
  if (a.kind === "parameter") return b.kind === "parameter" && b.function === undefined && b.index === a.index;
  if (b.kind !== "variable" || b.function !== undefined || b.name !== a.name) return false;
  // Where any definition may reach, the two need not have been reached by the same.
  if (!a.definitions || !b.definitions) return false;
  return a.definitions.length === b.definitions.length && a.definitions.every((one, i) => one === b.definitions![i]);
}

/** Methods that tell whether a list, set or map holds what they are given. */
export const MEMBERSHIP = new Set(["has", "includes"]);

/** Whether a condition says something of the value that `use` reads: it is compared, looked for, or taken for true. */
export function isTested(use: Use, condition: NodeId, nodes: readonly Node[]): boolean {
  const node = nodes[condition]!;
  if (sameUse(use, node)) return true;
  switch (node.kind) {
    case "logical":
      return isTested(use, node.left, nodes) || isTested(use, node.right, nodes);
    case "operation":
      return node.operands.some((operand) => isTested(use, operand, nodes));
    case "call": {
      const callee = nodes[node.callee]!;
      const [first] = node.arguments;
      return (
        callee.kind === "member" &&
        MEMBERSHIP.has(callee.name) &&
        first !== undefined &&
        isTested(use, first.value, nodes)
      );
    }
    default:
      return false;
  }
}
