import { ts } from "ts-morph";
import type { NodeId } from "../../model/summary.ts";
import { assignment, increment } from "./assignments.ts";
import { accessChain } from "./calls.ts";
import { classExpression } from "./classes.ts";
import { conditionally } from "./flow.ts";
import { functionExpression } from "./functions.ts";
import { jsx } from "./jsx.ts";
import { listLiteral, objectLiteral, tagged, template } from "./literals.ts";
import type { Naming } from "./naming.ts";
import { operators } from "./operators.ts";
import { typePath } from "./types.ts";
import type { Walker } from "./walker.ts";
import { DEEPEST } from "./walker.ts";

/** The node of an expression, after the steps of all that it does. `naming`: what a function or class standing here is called by. */
export function expression(w: Walker, node: ts.Expression, naming?: Naming): NodeId {
  if (w.depth >= DEEPEST) return w.add({ kind: "unknown", reason: "nested too deeply" }, node);
  w.depth++;
  const result = lower(w, node, naming);
  w.depth--;
  return result;
}

function lower(w: Walker, node: ts.Expression, naming: Naming | undefined): NodeId {
  switch (node.kind) {
    case ts.SyntaxKind.Identifier: {
      const name = (node as ts.Identifier).text;
      return name === "arguments" && !w.scope.find(name) ? w.add({ kind: "unknown", reason: "arguments" }, node) : w.use(name, node);
    }
    case ts.SyntaxKind.StringLiteral:
    case ts.SyntaxKind.NoSubstitutionTemplateLiteral:
      return w.add({ kind: "literal", value: (node as ts.StringLiteral).text }, node);
    case ts.SyntaxKind.NumericLiteral:
      return w.add({ kind: "literal", value: Number((node as ts.NumericLiteral).text) }, node);
    case ts.SyntaxKind.BigIntLiteral:
      return w.add({ kind: "literal", value: Number((node as ts.BigIntLiteral).text.slice(0, -1)) }, node);
    case ts.SyntaxKind.TrueKeyword:
      return w.add({ kind: "literal", value: true }, node);
    case ts.SyntaxKind.FalseKeyword:
      return w.add({ kind: "literal", value: false }, node);
    case ts.SyntaxKind.NullKeyword:
      return w.add({ kind: "literal", value: null }, node);
    case ts.SyntaxKind.RegularExpressionLiteral:
      return w.add({ kind: "pattern", source: (node as ts.RegularExpressionLiteral).text }, node);
    case ts.SyntaxKind.ThisKeyword:
      return w.add({ kind: "receiver" }, node);
    case ts.SyntaxKind.SuperKeyword:
      return w.add({ kind: "base" }, node);
    case ts.SyntaxKind.PropertyAccessExpression:
    case ts.SyntaxKind.ElementAccessExpression:
    case ts.SyntaxKind.CallExpression:
    case ts.SyntaxKind.NewExpression:
    case ts.SyntaxKind.NonNullExpression:
      return accessChain(w, node);
    case ts.SyntaxKind.ParenthesizedExpression:
      return expression(w, (node as ts.ParenthesizedExpression).expression, naming);
    case ts.SyntaxKind.BinaryExpression: {
      const binary = node as ts.BinaryExpression;
      return isAssignment(binary.operatorToken.kind) ? assignment(w, binary) : operators(w, binary);
    }
    case ts.SyntaxKind.ConditionalExpression:
      return conditional(w, node as ts.ConditionalExpression, naming);
    case ts.SyntaxKind.ObjectLiteralExpression:
      return objectLiteral(w, node as ts.ObjectLiteralExpression, naming);
    case ts.SyntaxKind.ArrayLiteralExpression:
      return listLiteral(w, node as ts.ArrayLiteralExpression);
    case ts.SyntaxKind.TemplateExpression:
      return template(w, node as ts.TemplateExpression);
    case ts.SyntaxKind.TaggedTemplateExpression:
      return tagged(w, node as ts.TaggedTemplateExpression);
    case ts.SyntaxKind.ArrowFunction:
    case ts.SyntaxKind.FunctionExpression:
      return functionExpression(w, node as ts.ArrowFunction | ts.FunctionExpression, naming);
    case ts.SyntaxKind.ClassExpression:
      return classExpression(w, node as ts.ClassExpression, naming);
    case ts.SyntaxKind.AwaitExpression:
      return awaited(w, expression(w, (node as ts.AwaitExpression).expression), node);
    case ts.SyntaxKind.YieldExpression:
      return yielded(w, node as ts.YieldExpression);
    case ts.SyntaxKind.AsExpression:
    case ts.SyntaxKind.TypeAssertionExpression:
    case ts.SyntaxKind.SatisfiesExpression: {
      const { expression: inner, type } = node as ts.AsExpression;
      const of = expression(w, inner, naming);
      const path = typePath(w, type);
      return path ? w.add({ kind: "typed", of, type: path }, node) : of;
    }
    case ts.SyntaxKind.ExpressionWithTypeArguments:
      return expression(w, (node as ts.ExpressionWithTypeArguments).expression, naming);
    case ts.SyntaxKind.PrefixUnaryExpression: {
      const { operator, operand } = node as ts.PrefixUnaryExpression;
      if (operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken) return increment(w, node as ts.PrefixUnaryExpression);
      if (operator === ts.SyntaxKind.MinusToken && ts.isNumericLiteral(operand)) return w.add({ kind: "literal", value: -Number(operand.text) }, node);
      return w.add({ kind: "operation", operator: ts.tokenToString(operator) ?? "?", operands: [expression(w, operand)] }, node);
    }
    case ts.SyntaxKind.PostfixUnaryExpression:
      return increment(w, node as ts.PostfixUnaryExpression);
    case ts.SyntaxKind.TypeOfExpression:
      return w.add({ kind: "operation", operator: "typeof", operands: [expression(w, (node as ts.TypeOfExpression).expression)] }, node);
    case ts.SyntaxKind.VoidExpression:
      if (!ts.isNumericLiteral((node as ts.VoidExpression).expression)) expression(w, (node as ts.VoidExpression).expression);
      return w.add({ kind: "undefined" }, node);
    case ts.SyntaxKind.DeleteExpression:
      w.function.step({ kind: "delete", target: expression(w, (node as ts.DeleteExpression).expression) });
      return w.add({ kind: "literal", value: true }, node);
    case ts.SyntaxKind.MetaProperty:
      return metaProperty(w, node as ts.MetaProperty);
    case ts.SyntaxKind.JsxElement:
    case ts.SyntaxKind.JsxSelfClosingElement:
    case ts.SyntaxKind.JsxFragment:
      return jsx(w, node as ts.JsxElement | ts.JsxSelfClosingElement | ts.JsxFragment);
    case ts.SyntaxKind.OmittedExpression:
      return w.add({ kind: "undefined" }, node);
    case ts.SyntaxKind.SpreadElement:
      return expression(w, (node as ts.SpreadElement).expression);
    case ts.SyntaxKind.PrivateIdentifier:
      return w.add({ kind: "literal", value: (node as ts.PrivateIdentifier).text }, node);
    default:
      return w.add({ kind: "unknown", reason: ts.SyntaxKind[node.kind] ?? "expression" }, node);
  }
}

function isAssignment(operator: ts.SyntaxKind): boolean {
  return operator >= ts.SyntaxKind.FirstAssignment && operator <= ts.SyntaxKind.LastAssignment;
}

function conditional(w: Walker, node: ts.ConditionalExpression, naming: Naming | undefined): NodeId {
  const condition = expression(w, node.condition);
  const then = conditionally(w, { kind: "if", condition, when: true }, () => expression(w, node.whenTrue, naming));
  const otherwise = conditionally(w, { kind: "if", condition, when: false }, () => expression(w, node.whenFalse, naming));
  return w.add({ kind: "conditional", condition, then, otherwise }, node);
}

/** `await import("x")` is the module itself. */
export function awaited(w: Walker, of: NodeId, at: ts.Node): NodeId {
  return w.function.nodes[of]?.kind === "import" ? of : w.add({ kind: "await", of }, at);
}

function yielded(w: Walker, node: ts.YieldExpression): NodeId {
  const of = node.expression ? expression(w, node.expression) : w.add({ kind: "undefined" }, node);
  if (w.function.awaiter) return awaited(w, of, node);
  w.function.step({ kind: "yield", value: of });
  return w.add({ kind: "yield", of }, node);
}

function metaProperty(w: Walker, node: ts.MetaProperty): NodeId {
  if (node.keywordToken === ts.SyntaxKind.NewKeyword) return w.add({ kind: "unknown", reason: "new.target" }, node);
  return w.add({ kind: "global", name: "import.meta" }, node);
}
