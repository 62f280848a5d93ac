import type { ts } from "ts-morph";
import type { NodeId } from "../../model/summary.ts";
import { assignTo } from "./assignments.ts";
import { expression } from "./expressions.ts";
import { guarded, here, resume } from "../building/flow.ts";
import type { Environment } from "../building/environment.ts";
import type { JumpTarget, PendingGuard } from "../building/function-builder.ts";
import { declareList } from "./hoisting.ts";
import { bindName } from "./patterns.ts";
import { headerList, statement } from "./statements.ts";
import type { Walker } from "./walker.ts";
import {
  NodeFlags,
  SyntaxKind,
  isBinaryExpression,
  isForOfStatement,
  isIdentifier,
  isNumericLiteral,
  isPostfixUnaryExpression,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isVariableDeclarationList,
} from "./syntax.ts";

interface LoopKind {
  /** What it iterates, by keys or positions. */
  readonly over?: NodeId;
  readonly keys?: boolean;
  /** Only a jump leads out of it. */
  readonly endless?: boolean;
  readonly atLeastOnce?: boolean;
}

/** Runs `body` under the guard of a loop; what follows stands where the loop stood. */
function loop(w: Walker, labels: readonly string[], kind: LoopKind, body: (guard: PendingGuard) => void): void {
  const f = w.function;
  const { over } = kind;
  const from = here(f);
  const shape = {
    kind: "loop" as const,
    ...(over !== undefined && { over }),
    ...(kind.keys && { keys: true as const }),
  };
  const guard = guarded(shape, from.guard);
  const target: JumpTarget = { labels, kind: "loop", base: f.environment, breaks: [], continued: false };
  f.jumps.push(target);
  let end: Environment | undefined;
  f.repeat(() => {
    f.guard = guard;
    body(guard);
    end = f.environment;
  }, guard);
  f.jumps.pop();
  if (end && kind.atLeastOnce && target.breaks.length === 0 && !target.continued)
    from.environment.merge([end.since(from.environment)]);
  resume(f, { ...from, live: from.live && (!kind.endless || target.breaks.length > 0) });
}

export function forEachLoop(w: Walker, node: ts.ForOfStatement | ts.ForInStatement, labels: readonly string[]): void {
  const of = expression(w, node.expression);
  w.inScope(() =>
    loop(w, labels, { over: of, keys: !isForOfStatement(node) }, (guard) => {
      const id = w.function.guardId(guard);
      const inOrder = isForOfStatement(node) ? {} : { keys: true };
      let element = w.add({ kind: "element", of, loop: id, ...inOrder }, node.initializer);
      if (isForOfStatement(node) && node.awaitModifier)
        element = w.add({ kind: "await", of: element }, node.initializer);
      bindHeader(w, node.initializer, element);
      statement(w, node.statement);
    }),
  );
}

function bindHeader(w: Walker, header: ts.ForInitializer, element: NodeId): void {
  if (!isVariableDeclarationList(header)) {
    assignTo(w, header, element);
    return;
  }
  if (header.flags & NodeFlags.BlockScoped) declareList(w, header);
  const [declaration] = header.declarations;
  if (declaration) bindName(w, declaration.name, element, declaration.type);
}

export function forLoop(w: Walker, node: ts.ForStatement, labels: readonly string[]): void {
  w.inScope(() => {
    const counted = countedList(node);
    if (node.initializer && isVariableDeclarationList(node.initializer))
      headerList(w, node.initializer, counted?.counter);
    else if (node.initializer) expression(w, node.initializer);
    const over = counted && expression(w, counted.list);
    loop(w, labels, { endless: !node.condition, ...(over !== undefined && { over, keys: true }) }, (guard) => {
      if (counted && over !== undefined) countThrough(w, counted, over, guard);
      if (node.condition) expression(w, node.condition);
      statement(w, node.statement);
      w.function.guard = guard;
      if (node.incrementor && !counted) expression(w, node.incrementor);
    });
  });
}

interface Counted {
  readonly counter: ts.VariableDeclaration;
  readonly list: ts.Expression;
  /** Each round has a counter of its own: `let`. */
  readonly isAfresh: boolean;
}

/** `for (let i = 0; i < list.length; i++)` goes through the positions of a list, as `for … in` goes through keys. */
function countedList(node: ts.ForStatement): Counted | undefined {
  const { initializer, condition, incrementor } = node;
  if (!condition || !isBinaryExpression(condition) || condition.operatorToken.kind !== SyntaxKind.LessThanToken)
    return undefined;
  const { left, right } = condition;
  if (!isIdentifier(left) || !isPropertyAccessExpression(right) || right.name.text !== "length") return undefined;
  const counter =
    initializer && isVariableDeclarationList(initializer)
      ? initializer.declarations.find(({ name }) => isIdentifier(name) && name.text === left.text)
      : undefined;
  const isFromStart = counter?.initializer && isNumericLiteral(counter.initializer) && counter.initializer.text === "0";
  const isStep =
    incrementor &&
    (isPostfixUnaryExpression(incrementor) || isPrefixUnaryExpression(incrementor)) &&
    incrementor.operator === SyntaxKind.PlusPlusToken &&
    isIdentifier(incrementor.operand) &&
    incrementor.operand.text === left.text;
  if (!isFromStart || !isStep || !isPath(right.expression)) return undefined;
  return { counter, list: right.expression, isAfresh: (initializer!.flags & NodeFlags.BlockScoped) !== 0 };
}

/** Names and dots only: to read it twice does nothing. */
function isPath(node: ts.Expression): boolean {
  return (
    isIdentifier(node) ||
    node.kind === SyntaxKind.ThisKeyword ||
    (isPropertyAccessExpression(node) && isPath(node.expression))
  );
}

function countThrough(w: Walker, { counter, isAfresh }: Counted, over: NodeId, guard: PendingGuard): void {
  const id = w.function.guardId(guard);
  bindName(w, counter.name, w.add({ kind: "element", of: over, loop: id, keys: true }, counter), undefined);
  const binding = w.scope.find((counter.name as ts.Identifier).text);
  if (binding?.kind === "variable" && binding.owner === w.function && isAfresh) binding.loop ??= id;
}

export function whileLoop(w: Walker, node: ts.WhileStatement, labels: readonly string[]): void {
  loop(w, labels, { endless: isTrue(node.expression) }, () => {
    expression(w, node.expression);
    statement(w, node.statement);
  });
}

/** The body runs at least once: its definitions replace those before it, where nothing jumps out of it. */
export function doLoop(w: Walker, node: ts.DoStatement, labels: readonly string[]): void {
  loop(w, labels, { endless: isTrue(node.expression), atLeastOnce: true }, (guard) => {
    statement(w, node.statement);
    w.function.guard = guard;
    expression(w, node.expression);
  });
}

function isTrue(node: ts.Expression): boolean {
  return node.kind === SyntaxKind.TrueKeyword || (isNumericLiteral(node) && node.text !== "0");
}
