import type { ts } from "ts-morph";
import type { NodeId } from "../../model/summary.ts";
import { assignment, increment } from "./assignments.ts";
import { accessChain } from "./calls.ts";
import { classExpression } from "./classes.ts";
import { conditionally } from "../building/flow.ts";
import { functionExpression } from "./functions.ts";
import { jsx } from "./jsx.ts";
import { listLiteral, objectLiteral, tagged, template } from "./literals.ts";
import type { Naming } from "./naming.ts";
import { operators } from "./operators.ts";
import { typePath } from "./types.ts";
import type { Walker } from "./walker.ts";
import { DEEPEST } from "./walker.ts";
import { SyntaxKind, isNumericLiteral, tokenToString } from "./syntax.ts";

/** The node of an expression, after the steps of all that it does. `naming`: what a function or class standing here is called by. */
export function expression(w: Walker, node: ts.Expression, naming?: Naming): NodeId {
  if (w.depth >= DEEPEST) return w.add({ kind: "unknown", reason: "nested too deeply" }, node);
  const read = READERS[node.kind];
  if (!read) return w.add({ kind: "unknown", reason: SyntaxKind[node.kind] ?? "expression" }, node);
  w.depth++;
  const result = read(w, node, naming);
  w.depth--;
  return result;
}

// Each reader is given nodes of its own kind only, which the table cannot say in types.
// oxlint-disable-next-line typescript/no-explicit-any
type Reader = (w: Walker, node: any, naming: Naming | undefined) => NodeId;

const text: Reader = (w, node: ts.StringLiteral) => w.add({ kind: "literal", value: node.text }, node);
const inner: Reader = (w, node: ts.ParenthesizedExpression, naming) => expression(w, node.expression, naming);
const chain: Reader = (w, node: ts.Expression) => accessChain(w, node);
const element: Reader = (w, node: ts.JsxElement | ts.JsxSelfClosingElement | ts.JsxFragment) => jsx(w, node);
const constant =
  (value: boolean | null): Reader =>
  (w, node: ts.Expression) =>
    w.add({ kind: "literal", value }, node);

/** How each kind of expression is read, by syntax kind. */
const READERS = readers([
  [SyntaxKind.Identifier, identifier],
  [SyntaxKind.StringLiteral, text],
  [SyntaxKind.NoSubstitutionTemplateLiteral, text],
  [SyntaxKind.PrivateIdentifier, text],
  [
    SyntaxKind.NumericLiteral,
    (w, node: ts.NumericLiteral) => w.add({ kind: "literal", value: Number(node.text) }, node),
  ],
  [
    SyntaxKind.BigIntLiteral,
    (w, node: ts.BigIntLiteral) => w.add({ kind: "literal", value: Number(node.text.slice(0, -1)) }, node),
  ],
  [SyntaxKind.TrueKeyword, constant(true)],
  [SyntaxKind.FalseKeyword, constant(false)],
  [SyntaxKind.NullKeyword, constant(null)],
  [
    SyntaxKind.RegularExpressionLiteral,
    (w, node: ts.RegularExpressionLiteral) => w.add({ kind: "pattern", source: node.text }, node),
  ],
  [SyntaxKind.ThisKeyword, (w, node) => w.add({ kind: "receiver" }, node)],
  [SyntaxKind.SuperKeyword, (w, node) => w.add({ kind: "base" }, node)],
  [SyntaxKind.PropertyAccessExpression, chain],
  [SyntaxKind.ElementAccessExpression, chain],
  [SyntaxKind.CallExpression, chain],
  [SyntaxKind.NewExpression, chain],
  [SyntaxKind.NonNullExpression, chain],
  [SyntaxKind.ParenthesizedExpression, inner],
  [SyntaxKind.ExpressionWithTypeArguments, inner],
  [SyntaxKind.SpreadElement, inner],
  [
    SyntaxKind.BinaryExpression,
    (w, node: ts.BinaryExpression) =>
      isAssignment(node.operatorToken.kind) ? assignment(w, node) : operators(w, node),
  ],
  [SyntaxKind.ConditionalExpression, conditional],
  [SyntaxKind.ObjectLiteralExpression, objectLiteral],
  [SyntaxKind.ArrayLiteralExpression, listLiteral],
  [SyntaxKind.TemplateExpression, template],
  [SyntaxKind.TaggedTemplateExpression, tagged],
  [SyntaxKind.ArrowFunction, functionExpression],
  [SyntaxKind.FunctionExpression, functionExpression],
  [SyntaxKind.ClassExpression, classExpression],
  [SyntaxKind.AwaitExpression, (w, node: ts.AwaitExpression) => awaited(w, expression(w, node.expression), node)],
  [SyntaxKind.YieldExpression, yielded],
  [SyntaxKind.AsExpression, typed],
  [SyntaxKind.TypeAssertionExpression, typed],
  [SyntaxKind.SatisfiesExpression, typed],
  [SyntaxKind.PrefixUnaryExpression, prefix],
  [SyntaxKind.PostfixUnaryExpression, (w, node: ts.PostfixUnaryExpression) => increment(w, node)],
  [
    SyntaxKind.TypeOfExpression,
    (w, node: ts.TypeOfExpression) =>
      w.add({ kind: "operation", operator: "typeof", operands: [expression(w, node.expression)] }, node),
  ],
  [SyntaxKind.VoidExpression, voided],
  [SyntaxKind.DeleteExpression, deleted],
  [SyntaxKind.MetaProperty, metaProperty],
  [SyntaxKind.JsxElement, element],
  [SyntaxKind.JsxSelfClosingElement, element],
  [SyntaxKind.JsxFragment, element],
  [SyntaxKind.OmittedExpression, (w, node) => w.add({ kind: "undefined" }, node)],
]);

function readers(list: readonly (readonly [SyntaxKind, Reader])[]): readonly (Reader | undefined)[] {
  const table: (Reader | undefined)[] = Array.from({ length: SyntaxKind.Count }, () => undefined);
  for (const [kind, reader] of list) table[kind] = reader;
  return table;
}

function identifier(w: Walker, node: ts.Identifier): NodeId {
  const name = node.text;
  return name === "arguments" && !w.scope.find(name) ? w.add({ kind: "arguments" }, node) : w.use(name, node);
}

function typed(
  w: Walker,
  node: ts.AsExpression | ts.TypeAssertion | ts.SatisfiesExpression,
  naming: Naming | undefined,
): NodeId {
  const of = expression(w, node.expression, naming);
  const path = typePath(w, node.type);
  return path ? w.add({ kind: "typed", of, type: path }, node) : of;
}

function prefix(w: Walker, node: ts.PrefixUnaryExpression): NodeId {
  const { operator, operand } = node;
  if (operator === SyntaxKind.PlusPlusToken || operator === SyntaxKind.MinusMinusToken) return increment(w, node);
  if (operator === SyntaxKind.MinusToken && isNumericLiteral(operand))
    return w.add({ kind: "literal", value: -Number(operand.text) }, node);
  return w.add(
    { kind: "operation", operator: tokenToString(operator) ?? "?", operands: [expression(w, operand)] },
    node,
  );
}

function voided(w: Walker, node: ts.VoidExpression): NodeId {
  if (!isNumericLiteral(node.expression)) expression(w, node.expression);
  return w.add({ kind: "undefined" }, node);
}

function deleted(w: Walker, node: ts.DeleteExpression): NodeId {
  w.function.step({ kind: "delete", target: expression(w, node.expression) });
  return w.add({ kind: "literal", value: true }, node);
}

function isAssignment(operator: SyntaxKind): boolean {
  return operator >= SyntaxKind.FirstAssignment && operator <= SyntaxKind.LastAssignment;
}

function conditional(w: Walker, node: ts.ConditionalExpression, naming: Naming | undefined): NodeId {
  const condition = expression(w, node.condition);
  const then = conditionally(w, { kind: "if", condition, when: true }, () => expression(w, node.whenTrue, naming));
  const otherwise = conditionally(w, { kind: "if", condition, when: false }, () =>
    expression(w, node.whenFalse, naming),
  );
  return w.add({ kind: "conditional", condition, then, otherwise }, node);
}

/** `await import("x")` is the module itself. */
export function awaited(w: Walker, of: NodeId, at: ts.Node): NodeId {
  return w.function.nodes[of]?.kind === "import" ? of : w.add({ kind: "await", of }, at);
}

function yielded(w: Walker, node: ts.YieldExpression): NodeId {
  const of = node.expression ? expression(w, node.expression) : w.add({ kind: "undefined" }, node);
  if (w.function.awaiter) return awaited(w, of, node);
  const given = node.asteriskToken ? w.add({ kind: "element", of }, node) : of;
  w.function.step({ kind: "yield", value: given });
  return w.add({ kind: "yield", of: given }, node);
}

function metaProperty(w: Walker, node: ts.MetaProperty): NodeId {
  if (node.keywordToken === SyntaxKind.NewKeyword) return w.add({ kind: "unknown", reason: "new.target" }, node);
  return w.add({ kind: "global", name: "import.meta" }, node);
}
