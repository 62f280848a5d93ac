import type { ts } from "ts-morph";
import type { NodeId, TypePath } from "../../model/summary.ts";
import { expression } from "./expressions.ts";
import { namingOf } from "./naming.ts";
import { declaredVariable } from "./hoisting.ts";
import { assignTo } from "./assignments.ts";
import { conditionally } from "../building/flow.ts";
import { constantKey } from "./keys.ts";
import { memberType, typePath } from "./types.ts";
import type { Walker } from "./walker.ts";
import {
  SyntaxKind,
  isArrayBindingPattern,
  isArrayLiteralExpression,
  isBinaryExpression,
  isBindingElement,
  isComputedPropertyName,
  isIdentifier,
  isObjectBindingPattern,
  isOmittedExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isSpreadAssignment,
  isSpreadElement,
} from "./syntax.ts";

/** Gives the names of a declaration their values. */
export function bindName(w: Walker, name: ts.BindingName, value: NodeId, type: ts.TypeNode | undefined): void {
  if (isIdentifier(name)) {
    bindVariable(w, name.text, value, type && typePath(w, type));
    return;
  }
  if (isObjectBindingPattern(name)) bindObject(w, name, value, type);
  else bindList(w, name, value);
}

function bindVariable(w: Walker, name: string, value: NodeId, type: TypePath | undefined): void {
  const variable = declaredVariable(w, name);
  if (!variable) {
    w.assign(name, value);
    return;
  }
  if (type) variable.type ??= type;
  w.assignVariable(variable, value);
}

function bindObject(w: Walker, pattern: ts.ObjectBindingPattern, value: NodeId, type: ts.TypeNode | undefined): void {
  const taken: string[] = [];
  for (const element of pattern.elements) {
    if (element.dotDotDotToken) {
      bindName(w, element.name, w.add({ kind: "rest", of: value, without: [...taken] }, element), undefined);
      continue;
    }
    const key = element.propertyName ?? element.name;
    if (isObjectBindingPattern(key) || isArrayBindingPattern(key)) continue;
    const constant = constantKey(key);
    if (constant !== undefined) taken.push(constant);
    const part = takeMember(w, value, key, element);
    const memberNode = type && constant !== undefined ? memberType(w, type, constant) : undefined;
    bindName(w, element.name, withDefault(w, part, element.initializer, element.name, element), memberNode);
  }
}

function bindList(w: Walker, pattern: ts.ArrayBindingPattern, value: NodeId): void {
  for (const [at, element] of pattern.elements.entries()) {
    if (!isBindingElement(element)) continue;
    const part = element.dotDotDotToken
      ? w.add({ kind: "rest", of: value, without: [], skip: at }, element)
      : takeItem(w, value, at, element);
    bindName(w, element.name, withDefault(w, part, element.initializer, element.name, element), undefined);
  }
}

/** `[a, b.c] = value` and `({ a, b: c.d } = value)`. */
export function assignPattern(
  w: Walker,
  pattern: ts.ObjectLiteralExpression | ts.ArrayLiteralExpression,
  value: NodeId,
): void {
  if (isArrayLiteralExpression(pattern)) {
    for (const [at, element] of pattern.elements.entries()) {
      if (isOmittedExpression(element)) continue;
      if (isSpreadElement(element))
        assignTo(w, element.expression, w.add({ kind: "rest", of: value, without: [], skip: at }, element));
      else assignElement(w, element, takeItem(w, value, at, element));
    }
    return;
  }
  const taken: string[] = [];
  for (const property of pattern.properties) {
    if (isSpreadAssignment(property)) {
      assignTo(w, property.expression, w.add({ kind: "rest", of: value, without: [...taken] }, property));
      continue;
    }
    if (!isShorthandPropertyAssignment(property) && !isPropertyAssignment(property)) continue;
    const key = constantKey(property.name);
    if (key !== undefined) taken.push(key);
    const part = takeMember(w, value, property.name, property);
    if (isPropertyAssignment(property)) assignElement(w, property.initializer, part);
    else
      assignTo(w, property.name, withDefault(w, part, property.objectAssignmentInitializer, property.name, property));
  }
}

function assignElement(w: Walker, target: ts.Expression, part: NodeId): void {
  if (isBinaryExpression(target) && target.operatorToken.kind === SyntaxKind.EqualsToken) {
    assignTo(w, target.left, withDefault(w, part, target.right, target.left, target));
  } else assignTo(w, target, part);
}

function takeMember(w: Walker, of: NodeId, key: ts.PropertyName, at: ts.Node): NodeId {
  const constant = constantKey(key);
  if (constant !== undefined) return w.add({ kind: "member", of, name: constant }, at);
  const computed = isComputedPropertyName(key)
    ? expression(w, key.expression)
    : w.add({ kind: "unknown", reason: "property name" }, key);
  return w.add({ kind: "index", of, key: computed }, at);
}

function takeItem(w: Walker, of: NodeId, at: number, element: ts.Node): NodeId {
  const key = w.add({ kind: "literal", value: at }, element);
  return w.add({ kind: "index", of, key }, element);
}

function withDefault(
  w: Walker,
  value: NodeId,
  initializer: ts.Expression | undefined,
  name: ts.Node,
  at: ts.Node,
): NodeId {
  if (!initializer) return value;
  const right = conditionally(w, { kind: "undefined", value }, () => expression(w, initializer, namingOf(name)));
  return w.add({ kind: "logical", operator: "??", left: value, right, undefinedOnly: true }, at);
}
