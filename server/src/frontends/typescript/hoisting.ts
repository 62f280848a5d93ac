import type { ts } from "ts-morph";
import type { VariableBinding } from "../building/function-builder.ts";
import { bindImport, bindImportEquals } from "./imports.ts";
import { nameClass } from "./classes.ts";
import { declareFunction } from "./functions.ts";
import { declareType } from "./type-declarations.ts";
import type { Walker } from "./walker.ts";
import { DEEPEST } from "./walker.ts";
import { NodeFlags, SyntaxKind, isBindingElement, isFunctionDeclaration, isIdentifier } from "./syntax.ts";

/** Declares what a block's own statements declare, before any of them is read: names may be used above their declaration. */
export function declareStatements(w: Walker, statements: readonly ts.Statement[]): void {
  for (const statement of statements) declareStatement(w, statement);
  for (const statement of statements) {
    if (isFunctionDeclaration(statement)) declareFunction(w, statement);
  }
}

function declareStatement(w: Walker, statement: ts.Statement): void {
  switch (statement.kind) {
    case SyntaxKind.VariableStatement: {
      const list = (statement as ts.VariableStatement).declarationList;
      if (list.flags & NodeFlags.BlockScoped) declareList(w, list);
      break;
    }
    case SyntaxKind.ClassDeclaration: {
      const declaration = statement as ts.ClassDeclaration;
      if (!declaration.name) break;
      const variable = w.declareVariable(declaration.name.text, false);
      variable.classPath ??= nameClass(w, declaration, declaration.name.text);
      break;
    }
    case SyntaxKind.EnumDeclaration:
      w.declareVariable((statement as ts.EnumDeclaration).name.text, false);
      break;
    case SyntaxKind.ModuleDeclaration: {
      const { name } = statement as ts.ModuleDeclaration;
      if (isIdentifier(name) && name.text !== "global") w.declareVariable(name.text, false);
      break;
    }
    case SyntaxKind.InterfaceDeclaration:
    case SyntaxKind.TypeAliasDeclaration:
      declareType(w, statement as ts.InterfaceDeclaration | ts.TypeAliasDeclaration);
      break;
    case SyntaxKind.ImportDeclaration:
      bindImport(w, statement as ts.ImportDeclaration);
      break;
    case SyntaxKind.ImportEqualsDeclaration:
      bindImportEquals(w, statement as ts.ImportEqualsDeclaration);
      break;
    case SyntaxKind.LabeledStatement:
      declareStatement(w, (statement as ts.LabeledStatement).statement);
      break;
  }
}

export function declareList(w: Walker, list: ts.VariableDeclarationList): void {
  const constant = (list.flags & NodeFlags.Const) !== 0;
  for (const declaration of list.declarations) declareName(w, declaration.name, constant);
}

export function declareName(w: Walker, name: ts.BindingName, constant: boolean): void {
  if (isIdentifier(name)) {
    w.declareVariable(name.text, constant);
    return;
  }
  for (const element of name.elements) {
    if (isBindingElement(element)) declareName(w, element.name, constant);
  }
}

/** Declares the `var`s of a function body, however deep in its blocks; a parameter of the same name stays what it is. */
export function declareVars(w: Walker, statements: readonly ts.Statement[], depth = 0): void {
  for (const statement of statements) declareVarsOf(w, statement, depth);
}

function declareVarsOf(w: Walker, node: ts.Node | undefined, depth: number): void {
  if (!node || depth > DEEPEST) return;
  const within = (child: ts.Node | undefined): void => declareVarsOf(w, child, depth + 1);
  switch (node.kind) {
    case SyntaxKind.VariableStatement:
      return within((node as ts.VariableStatement).declarationList);
    case SyntaxKind.VariableDeclarationList: {
      const list = node as ts.VariableDeclarationList;
      if (list.flags & NodeFlags.BlockScoped) return;
      for (const declaration of list.declarations) declareVarName(w, declaration.name);
      return;
    }
    case SyntaxKind.Block:
      return declareVars(w, (node as ts.Block).statements, depth + 1);
    case SyntaxKind.IfStatement:
      within((node as ts.IfStatement).thenStatement);
      return within((node as ts.IfStatement).elseStatement);
    case SyntaxKind.ForStatement:
    case SyntaxKind.ForOfStatement:
    case SyntaxKind.ForInStatement:
      within((node as ts.ForStatement).initializer);
      return within((node as ts.ForStatement).statement);
    case SyntaxKind.WhileStatement:
    case SyntaxKind.DoStatement:
    case SyntaxKind.WithStatement:
    case SyntaxKind.LabeledStatement:
      return within((node as ts.WhileStatement).statement);
    case SyntaxKind.SwitchStatement:
      for (const clause of (node as ts.SwitchStatement).caseBlock.clauses) declareVars(w, clause.statements, depth + 1);
      return;
    case SyntaxKind.TryStatement: {
      const attempt = node as ts.TryStatement;
      within(attempt.tryBlock);
      within(attempt.catchClause?.block);
      return within(attempt.finallyBlock);
    }
  }
}

function declareVarName(w: Walker, name: ts.BindingName): void {
  if (isIdentifier(name)) {
    if (!w.scope.own(name.text)) w.declareVariable(name.text, false);
    return;
  }
  for (const element of name.elements) {
    if (isBindingElement(element)) declareVarName(w, element.name);
  }
}

/** The variable a declaration gives its value to. A `var` may find a parameter or an import of that name. */
export function declaredVariable(w: Walker, name: string): VariableBinding | undefined {
  const found = w.scope.find(name);
  return found?.kind === "variable" ? found : undefined;
}
