import type { NodeId } from "../../model/summary.ts";
import { branch, decide, guarded, here, join, resume } from "../building/flow.ts";
import type { JumpTarget, PendingGuard } from "../building/function-builder.ts";
import { union } from "../building/environment.ts";
import { assignment, assignTo, augmented } from "./assignments.ts";
import { classDefinition } from "./classes.ts";
import { expression } from "./expressions.ts";
import { decorated, functionDefinition } from "./functions.ts";
import { importFrom, importStatement } from "./imports.ts";
import { matchStatement } from "./matches.ts";
import type { Syntax } from "./syntax.ts";
import { childOf, childrenOf, firstOfType, namedChildren } from "./syntax.ts";
import type { Walker } from "./walker.ts";
import { DEEPEST } from "./walker.ts";

/** The statements of a module or a block. */
export function statements(w: Walker, block: Syntax | undefined): void {
  for (const node of block?.children ?? []) if (node.named) statement(w, node);
}

function statement(w: Walker, node: Syntax): void {
  if (w.depth >= DEEPEST) {
    w.unknown("nested too deeply", node);
    return;
  }
  w.depth++;
  (READERS[node.type] ?? pass)(w, node);
  w.depth--;
}

type Reader = (w: Walker, node: Syntax) => void;

const pass: Reader = () => {};
const expressions: Reader = (w, node) => {
  for (const child of namedChildren(node)) expression(w, child);
};

/** How each kind of statement is read. */
const READERS: Readonly<Record<string, Reader>> = {
  expression_statement: expressionStatement,
  return_statement: returnStatement,
  raise_statement: raiseStatement,
  if_statement: ifStatement,
  for_statement: forStatement,
  while_statement: whileStatement,
  try_statement: tryStatement,
  with_statement: withStatement,
  match_statement: matchStatement,
  function_definition: (w, node) => functionDefinition(w, node, []),
  class_definition: (w, node) => classDefinition(w, node, []),
  decorated_definition: decorated,
  import_statement: importStatement,
  import_from_statement: importFrom,
  assert_statement: expressions,
  print_statement: expressions,
  exec_statement: expressions,
  delete_statement: deleteStatement,
  break_statement: (w) => jump(w, "break"),
  continue_statement: (w) => jump(w, "continue"),
  block: (w, node) => statements(w, node),
  // What is left of a text that is half typed.
  ERROR: (w, node) => statements(w, node),
};

function expressionStatement(w: Walker, node: Syntax): void {
  for (const child of namedChildren(node)) {
    if (child.type === "assignment") assignment(w, child);
    else if (child.type === "augmented_assignment") augmented(w, child);
    else if (child.type !== "string") expression(w, child);
  }
}

function returnStatement(w: Walker, node: Syntax): void {
  const [inner] = namedChildren(node);
  const value = inner && expression(w, inner);
  w.function.step({ kind: "return", ...(value !== undefined && { value }) });
  w.function.live = false;
}

function raiseStatement(w: Walker, node: Syntax): void {
  const [inner] = namedChildren(node);
  const value = inner && expression(w, inner);
  w.function.step({ kind: "throw", ...(value !== undefined && { value }) });
  w.function.live = false;
}

function deleteStatement(w: Walker, node: Syntax): void {
  for (const target of namedChildren(node).flatMap((child) =>
    child.type === "expression_list" ? namedChildren(child) : [child],
  )) {
    if (target.type !== "attribute" && target.type !== "subscript") continue;
    w.function.step({ kind: "delete", target: expression(w, target) });
  }
}

// ---- branches

function ifStatement(w: Walker, node: Syntax): void {
  alternatives(w, node, childrenOf(node, "alternative"));
}

/** `if`, then each `elif` as an `if` in the `else` of the one before. */
function alternatives(w: Walker, node: Syntax, rest: readonly Syntax[]): void {
  const test = childOf(node, "condition");
  if (!test) return;
  decide(
    w.function,
    expression(w, test),
    () => statements(w, childOf(node, "consequence")),
    () => {
      const [next, ...more] = rest;
      if (next?.type === "elif_clause") alternatives(w, next, more);
      else if (next) statements(w, childOf(next, "body"));
    },
  );
}

function tryStatement(w: Walker, node: Syntax): void {
  const f = w.function;
  const from = here(f);
  const mark = f.definitionMark;
  const tried = branch(f, from, from.guard, () => {
    statements(w, childOf(node, "body"));
    const otherwise = firstOfType(node, "else_clause");
    if (otherwise) statements(w, childOf(otherwise, "body"));
  });
  const defined = f.definedSince(mark);
  const caught = node.children
    .filter((child) => child.type === "except_clause" || child.type === "except_group_clause")
    .map((clause) =>
      branch(f, from, guarded({ kind: "catch" }, from.guard), () => {
        for (const [variable, ordinals] of defined) f.environment.add(variable, ordinals);
        exceptClause(w, clause);
      }),
    );
  const finallyClause = firstOfType(node, "finally_clause");
  const anywhere = new Map(
    [...(finallyClause ? f.definedSince(mark) : [])].map(([variable, ordinals]) => [
      variable,
      union(from.environment.get(variable), ordinals),
    ]),
  );
  join(f, from, [tried, ...caught]);
  if (!finallyClause) return;
  const after = here(f);
  for (const [variable, ordinals] of anywhere) f.environment.add(variable, ordinals);
  f.guard = from.guard;
  f.live = true;
  statements(w, firstOfType(finallyClause, "block"));
  f.guard = after.guard;
  f.live = f.live && after.live;
}

function exceptClause(w: Walker, clause: Syntax): void {
  const value = childOf(clause, "value");
  const alias = value && childOf(value, "alias");
  if (value && !alias) expression(w, value);
  if (alias) assignTo(w, alias, w.unknown("caught error", alias));
  statements(w, firstOfType(clause, "block"));
}

// ---- loops

function forStatement(w: Walker, node: Syntax): void {
  const [left, right] = [childOf(node, "left"), childOf(node, "right")];
  if (!left || !right) return;
  const over = expression(w, right);
  loop(w, over, false, (guard) => {
    assignTo(w, left, w.add({ kind: "element", of: over, loop: w.function.guardId(guard) }, left));
    statements(w, childOf(node, "body"));
  });
  const otherwise = childOf(node, "alternative");
  if (otherwise) statements(w, childOf(otherwise, "body"));
}

function whileStatement(w: Walker, node: Syntax): void {
  const test = childOf(node, "condition");
  loop(w, undefined, test?.type === "true" || test?.text === "1", () => {
    if (test) expression(w, test);
    statements(w, childOf(node, "body"));
  });
  const otherwise = childOf(node, "alternative");
  if (otherwise) statements(w, childOf(otherwise, "body"));
}

/** Runs `body` under the guard of a loop; what follows stands where the loop stood. `endless`: only a `break` leads out of it. */
function loop(w: Walker, over: NodeId | undefined, endless: boolean, body: (guard: PendingGuard) => void): void {
  const f = w.function;
  const from = here(f);
  const guard = guarded(over === undefined ? { kind: "loop" } : { kind: "loop", over }, from.guard);
  const target: JumpTarget = { labels: [], kind: "loop", base: f.environment, breaks: [], continued: false };
  f.jumps.push(target);
  f.repeat(() => {
    f.guard = guard;
    body(guard);
  });
  f.jumps.pop();
  resume(f, { ...from, live: from.live && (!endless || target.breaks.length > 0) });
}

function jump(w: Walker, kind: "break" | "continue"): void {
  const f = w.function;
  const target = f.jumps.at(-1);
  if (kind === "continue" && target) target.continued = true;
  else target?.breaks.push(f.environment.since(target.base));
  f.live = false;
}

// ---- with

/** `with a as b, c:`: what is entered is what `__enter__` gives. */
function withStatement(w: Walker, node: Syntax): void {
  const clause = firstOfType(node, "with_clause");
  for (const item of clause ? withItems(clause) : []) {
    const value = childOf(item, "value") ?? item;
    const alias = value.type === "as_pattern" ? childOf(value, "alias") : undefined;
    const managed = value.type === "as_pattern" ? namedChildren(value)[0] : value;
    if (!managed) continue;
    const entered = w.add({ kind: "enter", of: expression(w, managed) }, managed);
    if (alias) assignTo(w, alias, entered);
  }
  statements(w, childOf(node, "body"));
}

/** Items in brackets are read as a tuple by the grammar. */
function withItems(clause: Syntax): Syntax[] {
  return namedChildren(clause).flatMap((item) => {
    const value = childOf(item, "value");
    return value?.type === "tuple" ? namedChildren(value) : [item];
  });
}
