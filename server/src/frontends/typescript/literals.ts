import type { ts } from "ts-morph";
import type { ListItem, NodeId, ObjectEntry } from "../../model/summary.ts";
import { callNode } from "./calls.ts";
import { expression } from "./expressions.ts";
import { memberFunction } from "./functions.ts";
import { constantKey } from "./keys.ts";
import type { Naming } from "./naming.ts";
import { memberNaming } from "./naming.ts";
import type { Walker } from "./walker.ts";
import { SyntaxKind, isComputedPropertyName, isSpreadElement, isTemplateExpression } from "./syntax.ts";

export function objectLiteral(w: Walker, node: ts.ObjectLiteralExpression, naming: Naming | undefined): NodeId {
  const entries: ObjectEntry[] = [];
  const spans: number[] = [];
  for (const property of node.properties) {
    const entry = objectEntry(w, property, naming);
    if (!entry) continue;
    entries.push(entry);
    spans.push(w.startOf(property), property.end);
  }
  const object = w.add({ kind: "object", entries }, node);
  if (spans.length > 0) w.function.entries[object] = spans;
  return object;
}

function objectEntry(
  w: Walker,
  property: ts.ObjectLiteralElementLike,
  naming: Naming | undefined,
): ObjectEntry | undefined {
  switch (property.kind) {
    case SyntaxKind.SpreadAssignment:
      return { spread: expression(w, property.expression) };
    case SyntaxKind.ShorthandPropertyAssignment:
      return { key: property.name.text, value: w.use(property.name.text, property.name) };
    case SyntaxKind.PropertyAssignment:
      return keyed(w, property.name, () =>
        expression(w, property.initializer, memberNaming(naming, property.name, property)),
      );
    case SyntaxKind.MethodDeclaration:
      return keyed(w, property.name, () =>
        memberFunction(w, property, "function", memberNaming(naming, property.name, property)),
      );
    case SyntaxKind.GetAccessor:
    case SyntaxKind.SetAccessor:
      return accessor(w, property, naming);
  }
}

function accessor(w: Walker, property: ts.AccessorDeclaration, naming: Naming | undefined): ObjectEntry | undefined {
  const kind = property.kind === SyntaxKind.GetAccessor ? "get" : "set";
  const value = memberFunction(w, property, `${kind}ter`, memberNaming(naming, property.name, property));
  const key = constantKey(property.name);
  return key === undefined ? undefined : { key, value, accessor: kind };
}

function keyed(w: Walker, name: ts.PropertyName, value: () => NodeId): ObjectEntry {
  const key = constantKey(name);
  if (key !== undefined) return { key, value: value() };
  const computed = isComputedPropertyName(name)
    ? expression(w, name.expression)
    : w.add({ kind: "unknown", reason: "property name" }, name);
  return { computed, value: value() };
}

export function listLiteral(w: Walker, node: ts.ArrayLiteralExpression): NodeId {
  const items: ListItem[] = [];
  const spans: number[] = [];
  for (const element of node.elements) {
    items.push(isSpreadElement(element) ? { spread: expression(w, element.expression) } : expression(w, element));
    spans.push(w.startOf(element), element.end);
  }
  const list = w.add({ kind: "list", items }, node);
  if (spans.length > 0) w.function.entries[list] = spans;
  return list;
}

export function template(w: Walker, node: ts.TemplateExpression): NodeId {
  const parts: (string | NodeId)[] = [];
  if (node.head.text !== "") parts.push(node.head.text);
  for (const span of node.templateSpans) {
    parts.push(expression(w, span.expression));
    if (span.literal.text !== "") parts.push(span.literal.text);
  }
  return w.add({ kind: "template", parts }, node);
}

/** `` tag`a${x}b` `` calls `tag(["a", "b"], x)`. */
export function tagged(w: Walker, node: ts.TaggedTemplateExpression): NodeId {
  const callee = expression(w, node.tag);
  const pieces = isTemplateExpression(node.template)
    ? [node.template.head, ...node.template.templateSpans.map((s) => s.literal)]
    : [node.template];
  const texts = w.add(
    { kind: "list", items: pieces.map((piece) => w.add({ kind: "literal", value: piece.text }, piece)) },
    node.template,
  );
  const values = isTemplateExpression(node.template)
    ? node.template.templateSpans.map((s) => expression(w, s.expression))
    : [];
  return callNode(w, { callee, arguments: [texts, ...values].map((value) => ({ value })), form: "tag" }, node);
}
