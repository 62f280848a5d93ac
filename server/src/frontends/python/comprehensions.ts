import type { NodeId } from "../../model/summary.ts";
import { guarded } from "../building/flow.ts";
import { assignTo } from "./assignments.ts";
import { expression } from "./expressions.ts";
import { targetNames } from "./scopes.ts";
import type { Syntax } from "./syntax.ts";
import { childOf, namedChildren } from "./syntax.ts";
import type { Walker } from "./walker.ts";

/**
 * `[f(x) for x in y if z]` is read as what the language makes of it: a generator function that is called at once, with the
 * outermost iterable. Its items are what it yields; of a dictionary, the values.
 */
export function comprehension(w: Walker, node: Syntax): NodeId {
  const body = childOf(node, "body");
  const clauses = namedChildren(node).filter((child) => child.field !== "body");
  const [first] = clauses;
  const source = first && childOf(first, "right");
  if (!body || !source) return w.unknown(node.type, node);
  const over = expression(w, source);
  const path = w.functionPath("<comprehension>");
  const heading = {
    path,
    name: "<comprehension>",
    kind: "function" as const,
    parent: w.function.path,
    generator: true,
    lexicalReceiver: true,
  };
  const callee = w.add({ kind: "function", function: path }, node);
  w.inFunction(heading, node, "function", (built) => {
    built.parameters.push({ name: "<source>" });
    built.parameterSpans.push({ start: source.start, end: source.end });
    for (const clause of clauses)
      if (clause.type === "for_in_clause")
        for (const name of targetNames(childOf(clause, "left"))) w.declareVariable(name);
    const iterated = w.add({ kind: "parameter", index: 0 }, source);
    runClauses(w, clauses, iterated, () => yieldBody(w, body));
  });
  const made = w.add({ kind: "call", callee, arguments: [{ value: over }] }, node);
  w.function.step({ kind: "call", node: made });
  return made;
}

function runClauses(w: Walker, clauses: readonly Syntax[], iterated: NodeId | undefined, body: () => void): void {
  const [clause, ...more] = clauses;
  const f = w.function;
  if (!clause) return body();
  if (clause.type === "if_clause") {
    const [test] = namedChildren(clause);
    if (test) f.guard = guarded({ kind: "if", condition: expression(w, test), when: true }, f.guard);
    return runClauses(w, more, undefined, body);
  }
  const [left, right] = [childOf(clause, "left"), childOf(clause, "right")];
  if (!left || !right) return;
  const over = iterated ?? expression(w, right);
  const guard = guarded({ kind: "loop", over }, f.guard);
  f.repeat(() => {
    f.guard = guard;
    assignTo(w, left, w.add({ kind: "element", of: over, loop: f.guardId(guard) }, left));
    runClauses(w, more, undefined, body);
  });
}

function yieldBody(w: Walker, body: Syntax): void {
  const value = body.type === "pair" ? childOf(body, "value") : body;
  const key = body.type === "pair" ? childOf(body, "key") : undefined;
  if (key) expression(w, key);
  if (value) w.function.step({ kind: "yield", value: expression(w, value) });
}
