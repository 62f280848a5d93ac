import type { ts } from "ts-morph";
import type { NodeId } from "../../model/summary.ts";
import { commonExportName, exportCommon, isBareExports, isModuleExports, wholeExport } from "./commonjs.ts";
import { expression } from "./expressions.ts";
import { conditionally } from "../building/flow.ts";
import { namingOf } from "./naming.ts";
import { assignPattern } from "./patterns.ts";
import type { Walker } from "./walker.ts";
import {
  SyntaxKind,
  isArrayLiteralExpression,
  isAsExpression,
  isElementAccessExpression,
  isIdentifier,
  isNonNullExpression,
  isObjectLiteralExpression,
  isParenthesizedExpression,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isSatisfiesExpression,
  isTypeAssertionExpression,
  tokenToString,
} from "./syntax.ts";

/** `=`, `+=`, `??=` and their kin; the node is that of the value assigned. */
export function assignment(w: Walker, node: ts.BinaryExpression): NodeId {
  const operator = node.operatorToken.kind;
  if (operator === SyntaxKind.EqualsToken) return plainAssignment(w, node);
  const target = unwrap(node.left);
  const place = placeOf(w, target);
  const left = place ?? expression(w, target);
  const value = compound(w, node, left);
  store(w, target, place, value);
  return value;
}

function plainAssignment(w: Walker, node: ts.BinaryExpression): NodeId {
  const target = unwrap(node.left);
  if (isModuleExports(w, target)) return wholeExport(w, node.right, node);
  if (isBareExports(w, target)) return expression(w, node.right);
  const exported = commonExportName(w, target);
  if (exported !== undefined) return exportCommon(w, exported, node.right, node);
  if (isObjectLiteralExpression(target) || isArrayLiteralExpression(target)) {
    const value = expression(w, node.right);
    assignPattern(w, target, value);
    return value;
  }
  const place = placeOf(w, target);
  const value = expression(w, node.right, namingOf(target, node));
  store(w, target, place, value);
  return value;
}

function compound(w: Walker, node: ts.BinaryExpression, left: NodeId): NodeId {
  const read = (): NodeId => expression(w, node.right, namingOf(node.left));
  switch (node.operatorToken.kind) {
    case SyntaxKind.BarBarEqualsToken: {
      const right = conditionally(w, { kind: "if", condition: left, when: false }, read);
      return w.add({ kind: "logical", operator: "||", left, right }, node);
    }
    case SyntaxKind.AmpersandAmpersandEqualsToken: {
      const right = conditionally(w, { kind: "if", condition: left, when: true }, read);
      return w.add({ kind: "logical", operator: "&&", left, right }, node);
    }
    case SyntaxKind.QuestionQuestionEqualsToken: {
      const right = conditionally(w, { kind: "nothing", value: left }, read);
      return w.add({ kind: "logical", operator: "??", left, right }, node);
    }
    default: {
      const operator = (tokenToString(node.operatorToken.kind) ?? "?=").slice(0, -1);
      return w.add({ kind: "operation", operator, operands: [left, read()] }, node);
    }
  }
}

/** `x++` and `--x`. */
export function increment(w: Walker, node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression): NodeId {
  const target = unwrap(node.operand);
  const place = placeOf(w, target);
  const before = place ?? expression(w, target);
  const one = w.add({ kind: "literal", value: 1 }, node);
  const operator = node.operator === SyntaxKind.PlusPlusToken ? "+" : "-";
  const after = w.add({ kind: "operation", operator, operands: [before, one] }, node);
  store(w, target, place, after);
  return isPrefixUnaryExpression(node) ? after : before;
}

/** Assigns a value that is already at hand to a target of a pattern or of a loop. */
export function assignTo(w: Walker, target: ts.Expression, value: NodeId): void {
  const bare = unwrap(target);
  if (isObjectLiteralExpression(bare) || isArrayLiteralExpression(bare)) assignPattern(w, bare, value);
  else store(w, bare, placeOf(w, bare), value);
}

/** The `member` or `index` node of a target that is a place in an object. */
function placeOf(w: Walker, target: ts.Expression): NodeId | undefined {
  if (!isPropertyAccessExpression(target) && !isElementAccessExpression(target)) return undefined;
  const exported = commonExportName(w, target);
  if (exported !== undefined)
    return w.add({ kind: "member", of: expression(w, target.expression), name: exported }, target);
  const place = expression(w, target);
  const { kind } = w.function.nodes[place]!;
  return kind === "member" || kind === "index" ? place : undefined;
}

function store(w: Walker, target: ts.Expression, place: NodeId | undefined, value: NodeId): void {
  if (place !== undefined) w.function.step({ kind: "set", target: place, value });
  else if (isIdentifier(target)) w.assign(target.text, value);
}

function unwrap(node: ts.Expression): ts.Expression {
  let bare = node;
  while (
    isParenthesizedExpression(bare) ||
    isNonNullExpression(bare) ||
    isAsExpression(bare) ||
    isTypeAssertionExpression(bare) ||
    isSatisfiesExpression(bare)
  ) {
    bare = bare.expression;
  }
  return bare;
}
