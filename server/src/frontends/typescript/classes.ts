import type { ts } from "ts-morph";
import type { ClassField, ClassMember, ClassSummary, NodeId, NodeRef } from "../../model/summary.ts";
import { decorate } from "./decorators.ts";
import { docOf } from "./docs.ts";
import { expression } from "./expressions.ts";
import type { FunctionHeading } from "../building/function-builder.ts";
import { headingOf, isAmbient, isPropertyModifier, lowerFunction, memberFunction, withOwnName } from "./functions.ts";
import { declareStatements, declareVars } from "./hoisting.ts";
import { hasModifier, isExported } from "./imports.ts";
import { constantKey } from "./keys.ts";
import type { Naming } from "./naming.ts";
import { statements } from "./statements.ts";
import { declareTypeParameters, heritagePath, typePath } from "./types.ts";
import type { Walker } from "./walker.ts";
import {
  SyntaxKind,
  getDecorators,
  isAccessor,
  isClassStaticBlockDeclaration,
  isComputedPropertyName,
  isConstructorDeclaration,
  isDecorator,
  isGetAccessor,
  isIdentifier,
  isMethodDeclaration,
  isPropertyDeclaration,
  isSetAccessor,
} from "./syntax.ts";

type Method = ts.MethodDeclaration | ts.AccessorDeclaration | ts.ConstructorDeclaration;

/** Gives a class its path before anything uses it: types may name it above its declaration. */
export function nameClass(w: Walker, node: ts.ClassLikeDeclaration, segment: string): string {
  const path = w.classPath(w.pathOf(segment));
  w.declaredClasses.set(node, path);
  return path;
}

export function classDeclaration(w: Walker, node: ts.ClassDeclaration): void {
  const isDefault = hasModifier(node, SyntaxKind.DefaultKeyword);
  if (!node.name) {
    if (isDefault)
      w.exports.push({
        kind: "value",
        name: "default",
        value: lowerClass(w, node, nameClass(w, node, "default"), "default", node),
      });
    return;
  }
  const variable = w.declareVariable(node.name.text, false);
  const path = w.declaredClasses.get(node) ?? nameClass(w, node, node.name.text);
  variable.classPath ??= path;
  const ambient = hasModifier(node, SyntaxKind.DeclareKeyword);
  if (ambient) w.ambientDepth++;
  const value = lowerClass(w, node, path, node.name.text, node);
  if (ambient) w.ambientDepth--;
  w.assignVariable(variable, value);
  if (isExported(node)) w.exportLater(isDefault ? "default" : node.name.text, node.name);
}

export function classExpression(w: Walker, node: ts.ClassExpression, naming: Naming | undefined): NodeId {
  const name = node.name?.text ?? naming?.name ?? "<class>";
  const path = nameClass(w, node, node.name?.text ?? naming?.segment ?? "<class>");
  const documented = naming?.documented ?? node;
  return lowerClass(w, node, path, name, documented, node.name?.text);
}

/** `ownName`: the name of a class expression, which only its own body sees. */
function lowerClass(
  w: Walker,
  node: ts.ClassLikeDeclaration,
  path: string,
  name: string,
  documented: ts.Node,
  ownName?: string,
): NodeId {
  const { bases, interfaces } = heritage(w, node);
  const value = w.add({ kind: "class", class: path }, node);
  const members: ClassMember[] = [];
  const fields: ClassField[] = [];
  const decorators = (getDecorators(node) ?? []).map((d) => decorate(w, d, value));
  const doc = docOf(w, documented);
  const summary: ClassSummary = {
    path,
    name,
    parent: w.function.path,
    bases,
    ...(interfaces.length > 0 && { implements: interfaces }),
    members,
    fields,
    ...(decorators.length > 0 && { decorators }),
    ...(doc && { doc }),
  };
  w.classes.push({ summary, span: { start: w.startOf(node), end: node.end } });
  const body = (): void => {
    declareTypeParameters(w, node.typeParameters);
    for (const member of node.members) if (isMethod(member)) method(w, member, path, members, fields);
    for (const member of node.members) if (isPropertyDeclaration(member)) field(w, member, fields);
    initializer(w, node, path, false, members);
    initializer(w, node, path, true, members);
  };
  if (ownName !== undefined) withOwnName(w, ownName, value, body);
  else w.inScope(body);
  return value;
}

function heritage(
  w: Walker,
  node: ts.ClassLikeDeclaration,
): { bases: NodeRef[]; interfaces: NonNullable<ClassSummary["implements"]>[number][] } {
  const bases: NodeRef[] = [];
  const interfaces: NonNullable<ClassSummary["implements"]>[number][] = [];
  for (const clause of node.heritageClauses ?? []) {
    for (const type of clause.types) {
      if (clause.token === SyntaxKind.ExtendsKeyword)
        bases.push({ function: w.function.path, node: expression(w, type.expression) });
      else {
        const path = heritagePath(w, type);
        if (path) interfaces.push(path);
      }
    }
  }
  return { bases, interfaces };
}

function isMethod(member: ts.ClassElement): member is Method {
  return isMethodDeclaration(member) || isAccessor(member) || isConstructorDeclaration(member);
}

function kindOf(member: Method): "method" | "getter" | "setter" | "constructor" {
  if (isConstructorDeclaration(member)) return "constructor";
  return isGetAccessor(member) ? "getter" : isSetAccessor(member) ? "setter" : "method";
}

function method(w: Walker, member: Method, owner: string, members: ClassMember[], fields: ClassField[]): void {
  const kind = kindOf(member);
  const name = kind === "constructor" ? "constructor" : constantKey((member as ts.MethodDeclaration).name);
  if (name === undefined || (!member.body && !isAmbient(w, member))) return;
  const isStatic = hasModifier(member, SyntaxKind.StaticKeyword);
  if (!member.body && members.some((m) => m.name === name && m.kind === kind && (m.static ?? false) === isStatic))
    return;
  const ofParameters = member.parameters.map((parameter) =>
    (parameter.modifiers?.filter(isDecorator) ?? []).map((decorator) => decorate(w, decorator, undefined)),
  );
  if (kind === "constructor") for (const parameter of member.parameters) parameterProperty(w, parameter, fields);
  const path = w.functionPath(`${owner}.${name}`);
  const heading: FunctionHeading = {
    path,
    name,
    kind,
    owner,
    ...(isStatic && { static: true }),
    parent: w.function.path,
    ...headingOf(member),
  };
  const decorators = decoratorsOf(w, member, path);
  const built = lowerFunction(w, member, heading, member);
  if (decorators) built.decorators = decorators;
  for (const [i, asked] of ofParameters.entries())
    if (asked.length > 0 && built.parameters[i]) built.parameters[i] = { ...built.parameters[i], decorators: asked };
  members.push({ name, function: path, kind, ...(isStatic && { static: true }) });
}

function decoratorsOf(w: Walker, member: Method, path: string): NodeRef[] | undefined {
  const decorators = isConstructorDeclaration(member) ? undefined : getDecorators(member);
  if (!decorators) return undefined;
  const target = w.add({ kind: "function", function: path }, member);
  return decorators.map((d) => decorate(w, d, target));
}

function parameterProperty(w: Walker, parameter: ts.ParameterDeclaration, fields: ClassField[]): void {
  if (!parameter.modifiers?.some((m) => isPropertyModifier(m.kind)) || !isIdentifier(parameter.name)) return;
  const type = parameter.type && typePath(w, parameter.type);
  fields.push({ name: parameter.name.text, ...(type && { type }) });
}

function field(w: Walker, member: ts.PropertyDeclaration, fields: ClassField[]): void {
  const decorators = (getDecorators(member) ?? []).map((decorator) => decorate(w, decorator, undefined));
  const name = constantKey(member.name);
  if (name === undefined) return;
  const isStatic = hasModifier(member, SyntaxKind.StaticKeyword);
  const type = member.type && typePath(w, member.type);
  fields.push({
    name,
    ...(isStatic && { static: true }),
    ...(type && { type }),
    ...(decorators.length > 0 && { decorators }),
  });
}

/** The function that gives the fields their initial values, in source order: one for instances, one for the class itself. */
function initializer(
  w: Walker,
  node: ts.ClassLikeDeclaration,
  owner: string,
  isStatic: boolean,
  members: ClassMember[],
): void {
  const parts = node.members.filter((member) => runsInitially(member) && isStaticPart(member) === isStatic);
  const [first, last] = [parts[0], parts[parts.length - 1]];
  if (!first || !last) return;
  const name = isStatic ? "<static>" : "<fields>";
  const path = w.functionPath(`${owner}.${name}`);
  const marked = isStatic ? { static: true } : {};
  members.push({ name, function: path, kind: "initializer", ...marked });
  const heading: FunctionHeading = { path, name, kind: "initializer", owner, ...marked, parent: w.function.path };
  w.inFunction(heading, { start: w.startOf(first), end: last.end }, () => {
    for (const part of parts) initial(w, part);
  });
}

function isStaticPart(member: ts.ClassElement): boolean {
  return isClassStaticBlockDeclaration(member) || hasModifier(member, SyntaxKind.StaticKeyword);
}

function runsInitially(member: ts.ClassElement): boolean {
  if (isClassStaticBlockDeclaration(member)) return true;
  if (isPropertyDeclaration(member)) return member.initializer !== undefined;
  return (
    isMethod(member) &&
    !isConstructorDeclaration(member) &&
    member.body !== undefined &&
    constantKey(member.name) === undefined
  );
}

function initial(w: Walker, part: ts.ClassElement): void {
  if (isClassStaticBlockDeclaration(part)) {
    w.inScope(() => {
      declareVars(w, part.body.statements);
      declareStatements(w, part.body.statements);
      statements(w, part.body.statements);
    });
    return;
  }
  const name = (part as ts.PropertyDeclaration).name;
  const key = constantKey(name);
  const of = w.add({ kind: "receiver" }, name);
  const target =
    key !== undefined
      ? w.add({ kind: "member", of, name: key }, name)
      : w.add({ kind: "index", of, key: isComputedPropertyName(name) ? expression(w, name.expression) : of }, name);
  const value = isPropertyDeclaration(part)
    ? expression(w, part.initializer!, { segment: key ?? "<computed>", name: key ?? "<computed>", documented: part })
    : memberFunction(w, part as Method, "function", undefined);
  w.function.step({ kind: "set", target, value });
}
