import type { NodeId, TypePath } from "../../model/summary.ts";
import { expression } from "./expressions.ts";
import type { Syntax } from "./syntax.ts";
import { childOf, namedChildren } from "./syntax.ts";
import { typePath } from "./types.ts";
import type { Walker } from "./walker.ts";

/** `a = b`, `a: T = b`, `a: T`. The value is that of the right side, for chains `a = b = c`. */
export function assignment(w: Walker, node: Syntax): NodeId | undefined {
  const left = childOf(node, "left");
  const right = childOf(node, "right");
  const annotation = childOf(node, "type");
  const type = annotation && typePath(w, annotation);
  if (!left) return undefined;
  if (!right) {
    if (type && left.type === "identifier") declareType(w, left.text, type);
    return undefined;
  }
  const value = right.type === "assignment" ? assignment(w, right) : expression(w, right);
  if (value === undefined) return undefined;
  const said = type ? w.add({ kind: "typed", of: value, type }, right) : value;
  assignTo(w, left, said, type);
  return value;
}

/** `a += b`. */
export function augmented(w: Walker, node: Syntax): void {
  const left = childOf(node, "left");
  const right = childOf(node, "right");
  if (!left || !right) return;
  const operator = (childOf(node, "operator")?.type ?? "+=").slice(0, -1);
  const operands = [expression(w, left), expression(w, right)];
  assignTo(w, left, w.add({ kind: "operation", operator, operands }, node));
}

function declareType(w: Walker, name: string, type: TypePath): void {
  const binding = w.scope.own(name);
  if (binding?.kind === "variable") binding.type ??= type;
}

/** Gives a target its value: a name, a member, an item, or several in a pattern. */
export function assignTo(w: Walker, target: Syntax, value: NodeId, type?: TypePath): void {
  switch (target.type) {
    case "identifier":
      assignName(w, target, value, type);
      return;
    case "attribute":
    case "subscript": {
      const place = expression(w, target);
      const { kind } = w.function.nodes[place]!;
      if (kind === "member" || kind === "index") w.function.step({ kind: "set", target: place, value });
      return;
    }
    case "pattern_list":
    case "tuple_pattern":
    case "list_pattern":
    case "expression_list":
    case "tuple":
    case "list":
      assignItems(w, target, value);
      return;
    default: {
      const [inner] = namedChildren(target);
      if (inner && target.type !== "call") assignTo(w, inner, value, type);
    }
  }
}

/** In the body of a class a name is an attribute of the class. */
function assignName(w: Walker, target: Syntax, value: NodeId, type: TypePath | undefined): void {
  if (w.scope.kind === "class" && !w.scope.outer.has(target.text)) {
    const of = w.add({ kind: "receiver" }, target);
    const place = w.add({ kind: "member", of, name: target.text }, target);
    w.function.step({ kind: "set", target: place, value });
  }
  w.assign(target.text, value, type);
}

function assignItems(w: Walker, target: Syntax, value: NodeId): void {
  for (const [at, part] of namedChildren(target).entries()) {
    if (part.type === "list_splat_pattern" || part.type === "list_splat") {
      const [inner] = namedChildren(part);
      if (inner) assignTo(w, inner, w.add({ kind: "rest", of: value, without: [], skip: at }, part));
      continue;
    }
    const key = w.add({ kind: "literal", value: at }, part);
    assignTo(w, part, w.add({ kind: "index", of: value, key }, part));
  }
}
