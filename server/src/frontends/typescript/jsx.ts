import type { ts } from "ts-morph";
import type { NodeId } from "../../model/summary.ts";
import { expression } from "./expressions.ts";
import type { Walker } from "./walker.ts";
import { DEEPEST } from "./walker.ts";
import {
  isIdentifier,
  isJsxElement,
  isJsxExpression,
  isJsxFragment,
  isJsxSelfClosingElement,
  isJsxSpreadAttribute,
  isJsxText,
  isPropertyAccessExpression,
  isStringLiteral,
} from "./syntax.ts";

/** An element is not modelled; what goes into it is. */
export function jsx(w: Walker, node: ts.JsxChild): NodeId {
  if (w.depth >= DEEPEST) return w.add({ kind: "unknown", reason: "nested too deeply" }, node);
  w.depth++;
  const of: NodeId[] = [];
  if (isJsxElement(node)) {
    opening(w, node.openingElement, of);
    children(w, node.children, of);
  } else if (isJsxSelfClosingElement(node)) opening(w, node, of);
  else if (isJsxFragment(node)) children(w, node.children, of);
  w.depth--;
  return w.add(
    of.length > 0 ? { kind: "unknown", reason: "JSX element", of } : { kind: "unknown", reason: "JSX element" },
    node,
  );
}

function opening(w: Walker, node: ts.JsxOpeningLikeElement, of: NodeId[]): void {
  const tag = node.tagName;
  if (isPropertyAccessExpression(tag) || (isIdentifier(tag) && !/^[a-z]/.test(tag.text))) of.push(expression(w, tag));
  for (const attribute of node.attributes.properties) {
    if (isJsxSpreadAttribute(attribute)) {
      of.push(expression(w, attribute.expression));
      continue;
    }
    const value = attribute.initializer;
    if (!value || isStringLiteral(value)) continue;
    if (!isJsxExpression(value)) of.push(jsx(w, value));
    else if (value.expression) {
      const name = isIdentifier(attribute.name) ? attribute.name.text : attribute.name.name.text;
      of.push(expression(w, value.expression, { segment: name, name }));
    }
  }
}

function children(w: Walker, list: readonly ts.JsxChild[], of: NodeId[]): void {
  for (const child of list) {
    if (isJsxText(child)) continue;
    if (!isJsxExpression(child)) of.push(jsx(w, child));
    else if (child.expression) of.push(expression(w, child.expression));
  }
}
