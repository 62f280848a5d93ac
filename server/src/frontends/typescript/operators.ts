import type { ts } from "ts-morph";
import type { NodeId } from "../../model/summary.ts";
import { isEsbuildAnnotation } from "./commonjs.ts";
import { expression } from "./expressions.ts";
import { conditionally } from "../building/flow.ts";
import type { Walker } from "./walker.ts";
import { SyntaxKind, isBinaryExpression, tokenToString } from "./syntax.ts";

/** Operators without assignments. A chain leans to the left and can be thousands of terms long: it is unwound in a loop. */
export function operators(w: Walker, node: ts.BinaryExpression): NodeId {
  const chain: ts.BinaryExpression[] = [];
  let first: ts.Expression = node;
  while (isBinaryExpression(first) && !isAssignment(first)) {
    chain.push(first);
    first = first.left;
  }
  let left = expression(w, first);
  for (const binary of chain.reverse()) left = combine(w, binary, left);
  return left;
}

function isAssignment(node: ts.BinaryExpression): boolean {
  const { kind } = node.operatorToken;
  return kind >= SyntaxKind.FirstAssignment && kind <= SyntaxKind.LastAssignment;
}

function combine(w: Walker, node: ts.BinaryExpression, left: NodeId): NodeId {
  switch (node.operatorToken.kind) {
    case SyntaxKind.CommaToken:
      return expression(w, node.right);
    case SyntaxKind.AmpersandAmpersandToken: {
      if (isEsbuildAnnotation(node)) return left;
      const right = conditionally(w, { kind: "if", condition: left, when: true }, () => expression(w, node.right));
      return w.add({ kind: "logical", operator: "&&", left, right }, node);
    }
    case SyntaxKind.BarBarToken: {
      const right = conditionally(w, { kind: "if", condition: left, when: false }, () => expression(w, node.right));
      return w.add({ kind: "logical", operator: "||", left, right }, node);
    }
    case SyntaxKind.QuestionQuestionToken: {
      const right = conditionally(w, { kind: "nothing", value: left }, () => expression(w, node.right));
      return w.add({ kind: "logical", operator: "??", left, right }, node);
    }
    default: {
      const right = expression(w, node.right);
      const operator = tokenToString(node.operatorToken.kind) ?? "?";
      return w.add({ kind: "operation", operator, operands: [left, right] }, node);
    }
  }
}
