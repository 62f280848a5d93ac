import type { ts } from "ts-morph";
import type { Argument, Node, NodeId } from "../../model/summary.ts";
import { calleeName, commonExportRead, interopCall } from "./commonjs.ts";
import { expression } from "./expressions.ts";
import { downLevelledAsync, machineCall } from "./down-levelled.ts";
import type { Walker } from "./walker.ts";
import {
  NodeFlags,
  SyntaxKind,
  isCallExpression,
  isPropertyAccessExpression,
  isSpreadElement,
  isStringLiteralLike,
} from "./syntax.ts";

type Link =
  | ts.PropertyAccessExpression
  | ts.ElementAccessExpression
  | ts.CallExpression
  | ts.NewExpression
  | ts.NonNullExpression;

/** `a.b(c)[d].e()`: a chain leans to the left and can be long, so it is unwound in a loop. */
export function accessChain(w: Walker, node: ts.Expression): NodeId {
  const links: Link[] = [];
  let at: ts.Expression = node;
  let value: NodeId | undefined;
  while (isLink(at)) {
    value = isCallExpression(at) ? notReallyCall(w, at) : undefined;
    value ??= isPropertyAccessExpression(at) ? commonExportRead(w, at) : undefined;
    if (value !== undefined) break;
    links.push(at);
    at = at.expression;
  }
  value ??= expression(w, at);
  for (let i = links.length - 1; i >= 0; i--) value = follow(w, links[i]!, value);
  return value;
}

/** What is written as a call and means something else. */
function notReallyCall(w: Walker, call: ts.CallExpression): NodeId | undefined {
  const name = calleeName(call.expression);
  return interopCall(w, call, name) ?? downLevelledAsync(w, call, name) ?? machineCall(w, call);
}

function isLink(node: ts.Expression): node is Link {
  switch (node.kind) {
    case SyntaxKind.PropertyAccessExpression:
    case SyntaxKind.ElementAccessExpression:
    case SyntaxKind.CallExpression:
    case SyntaxKind.NewExpression:
    case SyntaxKind.NonNullExpression:
      return true;
    default:
      return false;
  }
}

function follow(w: Walker, link: Link, of: NodeId): NodeId {
  switch (link.kind) {
    case SyntaxKind.NonNullExpression:
      return of;
    case SyntaxKind.PropertyAccessExpression:
      return w.add({ kind: "member", of, name: link.name.text }, link);
    case SyntaxKind.ElementAccessExpression: {
      const key = link.argumentExpression;
      if (isStringLiteralLike(key)) return w.add({ kind: "member", of, name: key.text }, link);
      return w.add({ kind: "index", of, key: expression(w, key) }, link);
    }
    case SyntaxKind.CallExpression: {
      const optional = (link.flags & NodeFlags.OptionalChain) !== 0;
      return callNode(
        w,
        { callee: of, arguments: argumentsOf(w, link.arguments), ...(optional && { optional }) },
        link,
      );
    }
    case SyntaxKind.NewExpression:
      return callNode(w, { callee: of, arguments: argumentsOf(w, link.arguments ?? []), form: "new" }, link);
  }
}

export function argumentsOf(w: Walker, list: readonly ts.Expression[]): Argument[] {
  const found: Argument[] = [];
  for (const argument of list) {
    if (isSpreadElement(argument)) found.push({ value: expression(w, argument.expression), spread: "list" });
    else found.push({ value: expression(w, argument) });
  }
  return found;
}

/** A call and the step that makes it. */
export function callNode(w: Walker, call: Omit<Extract<Node, { kind: "call" }>, "kind">, at: ts.Node): NodeId {
  const node = w.add({ kind: "call", ...call }, at);
  w.function.step({ kind: "call", node });
  return node;
}
