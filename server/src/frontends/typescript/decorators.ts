import type { ts } from "ts-morph";
import type { NodeId, NodeRef } from "../../model/summary.ts";
import { callNode } from "./calls.ts";
import { expression } from "./expressions.ts";
import type { Walker } from "./walker.ts";

/** `@tool({…})` calls `tool({…})` and then what that gives, with what it decorates. */
export function decorate(w: Walker, decorator: ts.Decorator, target: NodeId | undefined): NodeRef {
  const callee = expression(w, decorator.expression);
  const node = callNode(
    w,
    { callee, arguments: target === undefined ? [] : [{ value: target }], form: "decorator" },
    decorator,
  );
  return { function: w.function.path, node };
}
