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

/** Methods that tell how a text begins or ends. */
export const ENDS: ReadonlyMap<string, "start" | "end"> = new Map([
  ["startsWith", "start"],
  ["startswith", "start"],
  ["endsWith", "end"],
  ["endswith", "end"],
]);

/** How deep a condition is read: each level may be an operator or a call. */
export const DEEPEST_CONDITION = 16;

/** The uses of whose values a condition says something: they are compared, looked for, or taken for true. */
export function* testedUses(
  condition: NodeId,
  nodes: readonly Node[],
  depth = DEEPEST_CONDITION,
): Generator<{ node: NodeId; use: Use }> {
  const node = nodes[condition]!;
  if (isUse(node)) yield { node: condition, use: node };
  else if (depth > 0) for (const part of partsOf(node, nodes)) yield* testedUses(part, nodes, depth - 1);
}

function partsOf(node: Node, nodes: readonly Node[]): readonly NodeId[] {
  switch (node.kind) {
    case "logical":
      return [node.left, node.right];
    case "operation":
      return node.operands;
    case "call": {
      const callee = nodes[node.callee]!;
      const [first] = node.arguments;
      if (callee.kind !== "member" || first === undefined) return [];
      return MEMBERSHIP.has(callee.name) ? [first.value] : ENDS.has(callee.name) ? [callee.of] : [];
    }
    default:
      return [];
  }
}
