import type { ts } from "ts-morph";
import type { VariableBinding } from "../building/function-builder.ts";
import { classDeclaration } from "./classes.ts";
import { isHelper } from "./commonjs.ts";
import { machineReturn, machineSwitch } from "./down-levelled.ts";
import { enumDeclaration, namespaceDeclaration } from "./enums-namespaces.ts";
import { expression } from "./expressions.ts";
import { union } from "../building/environment.ts";
import type { Way } from "../building/flow.ts";
import { branch, decide, guarded, here, join } from "../building/flow.ts";
import type { FunctionBuilder, JumpTarget, PendingGuard } from "../building/function-builder.ts";
import { functionDeclaration } from "./functions.ts";
import { declareList, declareName, declareStatements } from "./hoisting.ts";
import { exportAssignment, exportDeclaration, hasModifier, importEquals, isExported } from "./imports.ts";
import { jsdocOf } from "./jsdoc-types.ts";
import { doLoop, forEachLoop, forLoop, whileLoop } from "./loops.ts";
import { namingOf } from "./naming.ts";
import { bindName } from "./patterns.ts";
import { switchStatement } from "./switches.ts";
import { typePath } from "./types.ts";
import type { Walker } from "./walker.ts";
import { DEEPEST } from "./walker.ts";
import { NodeFlags, SyntaxKind, isBindingElement, isIdentifier, isStringLiteral } from "./syntax.ts";

/** Statements whose names are declared already. */
export function statements(w: Walker, list: readonly ts.Statement[]): void {
  for (const node of list) statement(w, node);
}

/** A block in a scope of its own. */
export function block(w: Walker, list: readonly ts.Statement[]): void {
  if (list.length === 0) return;
  w.inScope(() => {
    declareStatements(w, list);
    statements(w, list);
  });
}

export function statement(w: Walker, node: ts.Statement, labels: readonly string[] = []): void {
  if (w.depth >= DEEPEST) {
    w.add({ kind: "unknown", reason: "nested too deeply" }, node);
    return;
  }
  w.depth++;
  lower(w, node, labels);
  w.depth--;
}

function lower(w: Walker, node: ts.Statement, labels: readonly string[]): void {
  const f = w.function;
  switch (node.kind) {
    case SyntaxKind.ExpressionStatement: {
      const { expression: inner } = (w.statement = node as ts.ExpressionStatement);
      if (!isStringLiteral(inner)) expression(w, inner);
      break;
    }
    case SyntaxKind.VariableStatement:
      variableStatement(w, node as ts.VariableStatement);
      break;
    case SyntaxKind.Block:
      if (labels.length > 0) leavable(w, labels, "block", () => block(w, (node as ts.Block).statements));
      else block(w, (node as ts.Block).statements);
      break;
    case SyntaxKind.IfStatement:
      ifStatement(w, node as ts.IfStatement);
      break;
    case SyntaxKind.ReturnStatement: {
      if (machineReturn(w, node as ts.ReturnStatement)) break;
      const { expression: inner } = node as ts.ReturnStatement;
      const value = inner && expression(w, inner);
      f.step({ kind: "return", ...(value !== undefined && { value }) });
      f.live = false;
      break;
    }
    case SyntaxKind.ThrowStatement:
      f.step({ kind: "throw", value: expression(w, (node as ts.ThrowStatement).expression) });
      f.live = false;
      break;
    case SyntaxKind.BreakStatement:
      jump(w, "break", (node as ts.BreakStatement).label?.text);
      break;
    case SyntaxKind.ContinueStatement:
      jump(w, "continue", (node as ts.ContinueStatement).label?.text);
      break;
    case SyntaxKind.ForOfStatement:
    case SyntaxKind.ForInStatement:
      forEachLoop(w, node as ts.ForOfStatement | ts.ForInStatement, labels);
      break;
    case SyntaxKind.ForStatement:
      forLoop(w, node as ts.ForStatement, labels);
      break;
    case SyntaxKind.WhileStatement:
      whileLoop(w, node as ts.WhileStatement, labels);
      break;
    case SyntaxKind.DoStatement:
      doLoop(w, node as ts.DoStatement, labels);
      break;
    case SyntaxKind.SwitchStatement:
      if (!machineSwitch(w, node as ts.SwitchStatement)) switchStatement(w, node as ts.SwitchStatement, labels);
      break;
    case SyntaxKind.TryStatement:
      tryStatement(w, node as ts.TryStatement);
      break;
    case SyntaxKind.LabeledStatement: {
      const { label, statement: inner } = node as ts.LabeledStatement;
      statement(w, inner, [...labels, label.text]);
      break;
    }
    case SyntaxKind.FunctionDeclaration:
      functionDeclaration(w, node as ts.FunctionDeclaration);
      break;
    case SyntaxKind.ClassDeclaration:
      classDeclaration(w, node as ts.ClassDeclaration);
      break;
    case SyntaxKind.EnumDeclaration:
      enumDeclaration(w, node as ts.EnumDeclaration);
      break;
    case SyntaxKind.ModuleDeclaration:
      namespaceDeclaration(w, node as ts.ModuleDeclaration);
      break;
    case SyntaxKind.ImportEqualsDeclaration:
      importEquals(w, node as ts.ImportEqualsDeclaration);
      break;
    case SyntaxKind.ExportDeclaration:
      exportDeclaration(w, node as ts.ExportDeclaration);
      break;
    case SyntaxKind.ExportAssignment:
      exportAssignment(w, node as ts.ExportAssignment);
      break;
    case SyntaxKind.WithStatement:
      expression(w, (node as ts.WithStatement).expression);
      statement(w, (node as ts.WithStatement).statement);
      break;
  }
}

function variableStatement(w: Walker, node: ts.VariableStatement): void {
  const comment = w.javascript ? jsdocOf(w, node) : undefined;
  const ambient = w.ambient || w.ambientDepth > 0 || hasModifier(node, SyntaxKind.DeclareKeyword);
  variableList(w, node.declarationList, { documented: node, annotation: comment?.type, ambient });
  if (isExported(node)) for (const declaration of node.declarationList.declarations) exportNames(w, declaration.name);
}

function exportNames(w: Walker, name: ts.BindingName): void {
  if (isIdentifier(name)) w.exportLater(name.text, name);
  else for (const element of name.elements) if (isBindingElement(element)) exportNames(w, element.name);
}

/** `using` and `await using` are the highest of the flags that tell declarations apart. */
const USING: number = NodeFlags.Using;

interface ListContext {
  readonly documented?: ts.Node;
  readonly annotation?: ts.TypeNode;
  readonly ambient?: boolean;
  /** Is given its values elsewhere. */
  readonly except?: ts.VariableDeclaration;
}

/** The declarations of `const`, `let`, `var` and `using`. */
export function variableList(w: Walker, list: ts.VariableDeclarationList, context: ListContext = {}): void {
  const flavour: number = list.flags & NodeFlags.BlockScoped;
  const using = flavour >= USING;
  const isVar = flavour === 0;
  for (const declaration of list.declarations) {
    if (declaration === context.except) continue;
    const type = declaration.type ?? context.annotation;
    if (declaration.initializer) {
      let value =
        isIdentifier(declaration.name) && isHelper(declaration.name.text, declaration.initializer)
          ? w.add({ kind: "unknown", reason: "compiler helper" }, declaration)
          : expression(w, declaration.initializer, namingOf(declaration.name, context.documented));
      if (using) value = w.add({ kind: "enter", of: value }, declaration.initializer);
      bindName(w, declaration.name, value, type);
    } else if (isIdentifier(declaration.name)) withoutValue(w, declaration.name, type, isVar, context.ambient ?? false);
  }
}

/** `let x;` is undefined until assigned; a `var` keeps what it has; `declare const x` is a global with a type. */
function withoutValue(
  w: Walker,
  name: ts.Identifier,
  annotation: ts.TypeNode | undefined,
  isVar: boolean,
  ambient: boolean,
): void {
  const binding = w.scope.find(name.text);
  if (binding?.kind !== "variable") return;
  const type = annotation && typePath(w, annotation);
  if (type) binding.type ??= type;
  if (ambient) w.assignVariable(binding, w.add({ kind: "global", name: name.text }, name));
  else if (!isVar) w.assignVariable(binding, w.add({ kind: "undefined" }, name));
  else if (binding.owner === w.function && binding.definitions.length === 0) {
    const before = w.function.environment.get(binding);
    w.function.define(binding, w.add({ kind: "undefined" }, name));
    w.function.environment.add(binding, before);
  }
}

/** Declares and binds the header of a loop or the like: `let i = 0`. */
export function headerList(w: Walker, list: ts.VariableDeclarationList, except?: ts.VariableDeclaration): void {
  if (list.flags & NodeFlags.BlockScoped) declareList(w, list);
  variableList(w, list, except ? { except } : {});
}

function ifStatement(w: Walker, node: ts.IfStatement): void {
  decide(
    w.function,
    expression(w, node.expression),
    () => statement(w, node.thenStatement),
    () => {
      if (node.elseStatement) statement(w, node.elseStatement);
    },
  );
}

function tryStatement(w: Walker, node: ts.TryStatement): void {
  const f = w.function;
  const from = here(f);
  const mark = f.definitionMark;
  const ways = [branch(f, from, from.guard, () => block(w, node.tryBlock.statements))];
  const clause = node.catchClause;
  if (clause) {
    const defined = f.definedSince(mark);
    ways.push(
      branch(f, from, guarded({ kind: "catch" }, from.guard), () => {
        for (const [variable, ordinals] of defined) f.environment.add(variable, ordinals);
        w.inScope(() => {
          catchVariable(w, clause.variableDeclaration);
          declareStatements(w, clause.block.statements);
          statements(w, clause.block.statements);
        });
      }),
    );
  }
  const anywhere = node.finallyBlock && reachingAnywhere(f, from, mark);
  join(f, from, ways);
  if (node.finallyBlock && anywhere) finallyBlock(w, node.finallyBlock, anywhere, from.guard);
}

function catchVariable(w: Walker, declaration: ts.VariableDeclaration | undefined): void {
  if (!declaration) return;
  declareName(w, declaration.name, false);
  const caught = w.add({ kind: "unknown", reason: "caught error" }, declaration);
  bindName(w, declaration.name, caught, undefined);
}

/** For each variable that a `try` or its `catch` defines: what it may be at any point of them. */
function reachingAnywhere(f: FunctionBuilder, from: Way, mark: number): Map<VariableBinding, readonly number[]> {
  const reaching = new Map<VariableBinding, readonly number[]>();
  for (const [variable, ordinals] of f.definedSince(mark))
    reaching.set(variable, union(from.environment.get(variable), ordinals));
  return reaching;
}

/** Runs whatever happened before: any definition of the other blocks may reach it. */
function finallyBlock(
  w: Walker,
  node: ts.Block,
  defined: ReadonlyMap<VariableBinding, readonly number[]>,
  guard: PendingGuard | undefined,
): void {
  const f = w.function;
  const after = here(f);
  for (const [variable, ordinals] of defined) f.environment.add(variable, ordinals);
  f.guard = guard;
  f.live = true;
  block(w, node.statements);
  f.guard = after.guard;
  f.live = f.live && after.live;
}

/** Runs `body` as something that `break` leaves. What follows may come from any of the breaks. */
export function leavable(w: Walker, labels: readonly string[], kind: JumpTarget["kind"], body: () => void): JumpTarget {
  const f = w.function;
  const target: JumpTarget = { labels, kind, base: f.environment, breaks: [], continued: false };
  const from = here(f);
  f.jumps.push(target);
  const way = branch(f, from, from.guard, body);
  f.jumps.pop();
  const breaks = target.breaks.map((environment) => ({ environment, guard: from.guard, live: from.live }));
  join(f, from, [way, ...breaks]);
  return target;
}

function jump(w: Walker, kind: "break" | "continue", label: string | undefined): void {
  const f = w.function;
  const target = f.jumps.findLast((t) =>
    label !== undefined ? t.labels.includes(label) : t.kind === "loop" || (kind === "break" && t.kind === "switch"),
  );
  if (kind === "continue") for (const passed of f.jumps) passed.continued = true;
  else target?.breaks.push(f.environment.since(target.base));
  f.live = false;
}
