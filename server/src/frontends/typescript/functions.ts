import type { ts } from "ts-morph";
import type { FunctionSummary, NodeId, Parameter } from "../../model/summary.ts";
import type { ParameterBinding } from "../building/function-builder.ts";
import { docOf } from "./docs.ts";
import { expression } from "./expressions.ts";
import { conditionally } from "../building/flow.ts";
import type { FunctionBuilder, FunctionHeading } from "../building/function-builder.ts";
import { declareName, declareStatements, declareVars } from "./hoisting.ts";
import { hasModifier, isExported } from "./imports.ts";
import { jsdocOf } from "./jsdoc-types.ts";
import type { Naming } from "./naming.ts";
import { bindName } from "./patterns.ts";
import { statements } from "./statements.ts";
import { declareTypeParameters, typePath } from "./types.ts";
import type { Walker } from "./walker.ts";
import { SyntaxKind, isArrowFunction, isBlock, isFunctionExpression, isIdentifier } from "./syntax.ts";

/** Declares a function and defines its variable at once: function declarations are hoisted with their value. */
export function declareFunction(w: Walker, node: ts.FunctionDeclaration): void {
  if (!node.name || (!node.body && !isAmbient(w, node))) return;
  const variable = w.declareVariable(node.name.text, false);
  if (!node.body && variable.definitions.length > 0) return;
  const path = w.functionPath(w.pathOf(node.name.text));
  w.declaredFunctions.set(node, path);
  w.function.define(variable, w.add({ kind: "function", function: path }, node));
}

export function isAmbient(w: Walker, node: ts.Node): boolean {
  return w.ambient || w.ambientDepth > 0 || hasModifier(node, SyntaxKind.DeclareKeyword);
}

/** The body of a declared function, read where it stands. */
export function functionDeclaration(w: Walker, node: ts.FunctionDeclaration): void {
  const isDefault = hasModifier(node, SyntaxKind.DefaultKeyword);
  if (!w.declaredFunctions.has(node)) declareFunction(w, node);
  const known = w.declaredFunctions.get(node);
  if (node.name && known !== undefined) {
    if (isExported(node)) w.exportLater(isDefault ? "default" : node.name.text, node.name);
    lowerFunction(
      w,
      node,
      { ...headingOf(node), path: known, name: node.name.text, kind: "function", parent: w.function.path },
      node,
    );
  } else if (isDefault && !node.name && (node.body || isAmbient(w, node))) {
    w.exports.push({
      kind: "value",
      name: "default",
      value: memberFunction(w, node, "function", { segment: "default", name: "default", documented: node }),
    });
  }
}

export function functionExpression(
  w: Walker,
  node: ts.ArrowFunction | ts.FunctionExpression,
  naming: Naming | undefined,
): NodeId {
  const own = isFunctionExpression(node) ? node.name : undefined;
  const fallback = isArrowFunction(node) ? "<arrow>" : "<function>";
  const segment = own?.text ?? naming?.segment ?? fallback;
  const path = w.functionPath(w.pathOf(segment));
  const value = w.add({ kind: "function", function: path }, node);
  const lower = (): void => {
    const heading = {
      ...headingOf(node),
      path,
      name: own?.text ?? naming?.name ?? fallback,
      kind: "function" as const,
      parent: w.function.path,
    };
    lowerFunction(w, node, heading, naming?.documented ?? node);
  };
  if (own) withOwnName(w, own.text, value, lower);
  else lower();
  return value;
}

/** The name of a function or class expression, which only its own body sees. */
export function withOwnName(w: Walker, name: string, value: NodeId, body: () => void): void {
  w.inScope(() => {
    const variable = w.newVariable(name, true);
    w.scope.declare(name, variable);
    w.function.define(variable, value);
    body();
  });
}

/** A function without a name of its own: a method or accessor of an object, `export default function`. */
export function memberFunction(
  w: Walker,
  node: ts.FunctionLikeDeclaration,
  kind: FunctionSummary["kind"],
  naming: Naming | undefined,
): NodeId {
  const path = w.functionPath(w.pathOf(naming?.segment ?? "<function>"));
  const value = w.add({ kind: "function", function: path }, node);
  const heading = { ...headingOf(node), path, name: naming?.name ?? "<function>", kind, parent: w.function.path };
  lowerFunction(w, node, heading, naming?.documented ?? node);
  return value;
}

export function headingOf(
  node: ts.FunctionLikeDeclaration,
): Pick<FunctionHeading, "async" | "generator" | "lexicalReceiver"> {
  return {
    ...(hasModifier(node, SyntaxKind.AsyncKeyword) && { async: true }),
    ...(node.asteriskToken && { generator: true }),
    ...(isArrowFunction(node) && { lexicalReceiver: true }),
  };
}

/** Reads a function: parameters, defaults, body. `documented`: the declaration whose comment speaks of it. */
export function lowerFunction(
  w: Walker,
  node: ts.FunctionLikeDeclaration,
  heading: FunctionHeading,
  documented: ts.Node,
  awaiter = false,
): FunctionBuilder {
  return w.inFunction(
    heading,
    { start: w.startOf(node), end: node.end },
    (built) => {
      built.doc = docOf(w, documented) ?? (documented === node ? undefined : docOf(w, node));
      declareTypeParameters(w, node.typeParameters);
      const comment = w.javascript ? jsdocOf(w, documented) : undefined;
      const returned = node.type ?? comment?.returns;
      if (returned) built.returnType = typePath(w, returned);
      lowerParameters(w, node, comment?.parameters);
      if (!node.body) return;
      if (!isBlock(node.body)) {
        built.step({ kind: "return", value: expression(w, node.body) });
        return;
      }
      declareVars(w, node.body.statements);
      declareStatements(w, node.body.statements);
      statements(w, node.body.statements);
    },
    awaiter,
  );
}

function lowerParameters(
  w: Walker,
  node: ts.FunctionLikeDeclaration,
  annotated: ReadonlyMap<string, ts.TypeNode> | undefined,
): void {
  const list = node.parameters.filter((p) => !(isIdentifier(p.name) && p.name.text === "this"));
  for (const [index, parameter] of list.entries()) declareParameter(w, parameter, index, annotated);
  const destructured: { readonly parameter: ts.ParameterDeclaration; readonly index: number }[] = [];
  for (const [index, parameter] of list.entries()) {
    if (parameter.initializer) defaultOf(w, parameter.initializer, index, parameter);
    if (!isIdentifier(parameter.name)) destructured.push({ parameter, index });
  }
  for (const { parameter, index } of destructured) {
    bindName(w, parameter.name, w.add({ kind: "parameter", index }, parameter.name), parameter.type);
  }
}

function declareParameter(
  w: Walker,
  parameter: ts.ParameterDeclaration,
  index: number,
  annotated: ReadonlyMap<string, ts.TypeNode> | undefined,
): void {
  const built = w.function;
  const name = isIdentifier(parameter.name) ? parameter.name.text : "";
  const annotation = parameter.type ?? annotated?.get(name);
  const type = annotation && typePath(w, annotation);
  const isField = parameter.modifiers?.some((m) => isPropertyModifier(m.kind)) ?? false;
  const described: Parameter = {
    name,
    ...(parameter.dotDotDotToken && { rest: "list" as const }),
    ...(type && { type }),
    ...(isField && name !== "" && { field: name }),
  };
  built.parameters.push(described);
  built.parameterSpans.push({ start: w.startOf(parameter), end: parameter.end });
  if (name === "") declareName(w, parameter.name, false);
  else {
    const binding: ParameterBinding = { kind: "parameter", owner: built, index, name, uses: [], ...(type && { type }) };
    w.scope.declare(name, binding);
  }
}

export function isPropertyModifier(kind: SyntaxKind): boolean {
  return (
    kind === SyntaxKind.PublicKeyword ||
    kind === SyntaxKind.PrivateKeyword ||
    kind === SyntaxKind.ProtectedKeyword ||
    kind === SyntaxKind.ReadonlyKeyword ||
    kind === SyntaxKind.OverrideKeyword
  );
}

function defaultOf(w: Walker, initializer: ts.Expression, index: number, at: ts.ParameterDeclaration): void {
  const built = w.function;
  const value = w.add({ kind: "parameter", index }, at.name);
  const node = conditionally(w, { kind: "undefined", value }, () => expression(w, initializer));
  built.parameters[index] = { ...built.parameters[index]!, default: node };
}
