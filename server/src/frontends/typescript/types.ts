import type { ts } from "ts-morph";
import type { TypePath } from "../../model/summary.ts";
import type { Binding, Scope, TypeBinding } from "./bindings.ts";
import { constantKey } from "./keys.ts";
import { combinedType, functionType, writtenOutType } from "./type-declarations.ts";
import type { Walker } from "./walker.ts";
import {
  SyntaxKind,
  isFunctionTypeNode,
  isIdentifier,
  isIntersectionTypeNode,
  isLiteralTypeNode,
  isNumericLiteral,
  isParenthesizedTypeNode,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isPropertySignature,
  isQualifiedName,
  isStringLiteral,
  isStringLiteralLike,
  isTypeLiteralNode,
  isTypeReferenceNode,
  isUnionTypeNode,
} from "./syntax.ts";

/** Aliases of aliases are followed this far. */
const LONGEST_ALIAS = 5;

const KEYWORDS: ReadonlyMap<SyntaxKind, string> = new Map([
  [SyntaxKind.StringKeyword, "string"],
  [SyntaxKind.NumberKeyword, "number"],
  [SyntaxKind.BooleanKeyword, "boolean"],
  [SyntaxKind.BigIntKeyword, "bigint"],
  [SyntaxKind.SymbolKeyword, "symbol"],
  [SyntaxKind.ObjectKeyword, "object"],
]);

/** An annotation as a path; undefined where it says nothing a path can say. */
export function typePath(w: Walker, node: ts.TypeNode, depth = 0): TypePath | undefined {
  if (depth > 40) return undefined;
  const inner = (type: ts.TypeNode): TypePath | undefined => typePath(w, type, depth + 1);
  switch (node.kind) {
    case SyntaxKind.ParenthesizedType:
      return inner((node as ts.ParenthesizedTypeNode).type);
    case SyntaxKind.TypeReference: {
      const { typeName, typeArguments } = node as ts.TypeReferenceNode;
      if (isIdentifier(typeName) && typeName.text === "const") return undefined;
      return withArguments(named(w, entityNames(typeName), depth), typeArguments, inner);
    }
    case SyntaxKind.ArrayType: {
      const element = inner((node as ts.ArrayTypeNode).elementType);
      return { root: { kind: "global", name: "Array" }, path: [], ...(element && { arguments: [element] }) };
    }
    case SyntaxKind.TypeOperator:
      return (node as ts.TypeOperatorNode).operator === SyntaxKind.ReadonlyKeyword
        ? inner((node as ts.TypeOperatorNode).type)
        : undefined;
    case SyntaxKind.TypeLiteral:
      return writtenOutType(w, node as ts.TypeLiteralNode, depth + 1);
    case SyntaxKind.FunctionType:
      return functionType(w, node as ts.FunctionTypeNode, depth + 1);
    case SyntaxKind.UnionType:
      return union((node as ts.UnionTypeNode).types, inner);
    case SyntaxKind.IntersectionType:
      return combinedType(w, (node as ts.IntersectionTypeNode).types.map(inner));
    case SyntaxKind.LiteralType: {
      const value = literalValue((node as ts.LiteralTypeNode).literal);
      return value === undefined ? undefined : { root: { kind: "literals", values: [value] }, path: [] };
    }
    case SyntaxKind.ImportType:
      return importType(w, node as ts.ImportTypeNode, inner);
    case SyntaxKind.JSDocNullableType:
    case SyntaxKind.JSDocNonNullableType:
    case SyntaxKind.JSDocOptionalType: {
      const { type } = node as ts.JSDocOptionalType;
      return type && inner(type);
    }
    default: {
      const name = KEYWORDS.get(node.kind);
      return name === undefined ? undefined : { root: { kind: "global", name }, path: [] };
    }
  }
}

/** `implements A.B<C>`. */
export function heritagePath(w: Walker, node: ts.ExpressionWithTypeArguments): TypePath | undefined {
  const names: string[] = [];
  let at: ts.Expression = node.expression;
  while (isPropertyAccessExpression(at)) {
    names.unshift(at.name.text);
    at = at.expression;
  }
  if (!isIdentifier(at)) return undefined;
  return withArguments(named(w, [at.text, ...names], 0), node.typeArguments, (type) => typePath(w, type));
}

function withArguments(
  path: TypePath | undefined,
  list: readonly ts.TypeNode[] | undefined,
  inner: (type: ts.TypeNode) => TypePath | undefined,
): TypePath | undefined {
  if (!path || !list) return path;
  const held = list.map(inner);
  if (held.every((p) => p === undefined)) return path;
  return { ...path, arguments: held.map((p) => p ?? { root: { kind: "global", name: "unknown" }, path: [] }) };
}

/** `X | undefined | null` is X; a union of literals keeps them; of any other union nothing certain can be said. */
function union(
  types: readonly ts.TypeNode[],
  inner: (type: ts.TypeNode) => TypePath | undefined,
): TypePath | undefined {
  const present = types.filter((type) => !isNothing(type));
  const paths = present.map(inner);
  if (paths.length === 1) return paths[0];
  const values: (string | number | boolean | null)[] = [];
  for (const path of paths) {
    if (path?.root.kind !== "literals") return undefined;
    values.push(...path.root.values);
  }
  return values.length > 0 ? { root: { kind: "literals", values }, path: [] } : undefined;
}

function isNothing(type: ts.TypeNode): boolean {
  return (
    type.kind === SyntaxKind.UndefinedKeyword ||
    type.kind === SyntaxKind.VoidKeyword ||
    (isLiteralTypeNode(type) && type.literal.kind === SyntaxKind.NullKeyword)
  );
}

function literalValue(node: ts.LiteralTypeNode["literal"]): string | number | boolean | null | undefined {
  if (isStringLiteralLike(node)) return node.text;
  if (isNumericLiteral(node)) return Number(node.text);
  if (isPrefixUnaryExpression(node) && node.operator === SyntaxKind.MinusToken && isNumericLiteral(node.operand))
    return -Number(node.operand.text);
  switch (node.kind) {
    case SyntaxKind.TrueKeyword:
      return true;
    case SyntaxKind.FalseKeyword:
      return false;
    case SyntaxKind.NullKeyword:
      return null;
    default:
      return undefined;
  }
}

function entityNames(name: ts.EntityName): string[] {
  const names: string[] = [];
  let at = name;
  while (isQualifiedName(at)) {
    names.unshift(at.right.text);
    at = at.left;
  }
  return [at.text, ...names];
}

/** `import("x").A.B`. */
function importType(
  w: Walker,
  node: ts.ImportTypeNode,
  inner: (type: ts.TypeNode) => TypePath | undefined,
): TypePath | undefined {
  if (node.isTypeOf || !isLiteralTypeNode(node.argument) || !isStringLiteral(node.argument.literal)) return undefined;
  const specifier = node.argument.literal.text;
  let request = w.typeRequests.get(specifier);
  if (request === undefined)
    w.typeRequests.set(specifier, (request = w.request({ specifier, form: "import", typeOnly: true }, node)));
  const [name = "*", ...path] = node.qualifier ? entityNames(node.qualifier) : [];
  return withArguments({ root: { kind: "import", request, name }, path }, node.typeArguments, inner);
}

function named(w: Walker, names: readonly string[], depth: number): TypePath | undefined {
  const [first = "", ...path] = names;
  for (let scope: Scope | undefined = w.scope; scope; scope = scope.parent) {
    const type = scope.ownType(first);
    if (type) return declaredType(w, type, path, depth);
    const value = scope.own(first);
    if (value) return valueAsType(w, value, first, path, depth);
  }
  return { root: { kind: "global", name: first }, path };
}

function declaredType(w: Walker, type: TypeBinding, path: readonly string[], depth: number): TypePath | undefined {
  if (type.kind === "parameter") return undefined;
  const isName = type.kind === "alias" && !hasMembers(type.declaration.type);
  if (isName && path.length === 0 && !type.declaration.typeParameters && depth < LONGEST_ALIAS) {
    const meant = typePath(w, type.declaration.type, depth + 1);
    if (meant) return meant;
  }
  return { root: { kind: "local", name: type.path }, path };
}

function hasMembers(type: ts.TypeNode): boolean {
  return isTypeLiteralNode(type) || isIntersectionTypeNode(type) || isFunctionTypeNode(type);
}

function valueAsType(
  w: Walker,
  binding: Binding,
  name: string,
  path: readonly string[],
  depth: number,
): TypePath | undefined {
  switch (binding.kind) {
    case "import":
      return binding.name === "*" && path.length > 0
        ? { root: { kind: "import", request: binding.request, name: path[0]! }, path: path.slice(1) }
        : { root: { kind: "import", request: binding.request, name: binding.name }, path };
    case "variable":
      if (binding.classPath !== undefined) return { root: { kind: "class", class: binding.classPath }, path };
      if (binding.typeName && depth < LONGEST_ALIAS)
        return named(w, [...entityNames(binding.typeName), ...path], depth + 1);
      return { root: { kind: "local", name }, path };
    case "part":
    case "alias":
    case "parameter":
      return undefined;
  }
}

/** The annotation of a member, where a type is written out in this file. */
export function memberType(w: Walker, type: ts.TypeNode, key: string, depth = 0): ts.TypeNode | undefined {
  if (depth > LONGEST_ALIAS) return undefined;
  if (isTypeLiteralNode(type)) return signature(type.members, key);
  if (isParenthesizedTypeNode(type)) return memberType(w, type.type, key, depth + 1);
  if (isIntersectionTypeNode(type) || isUnionTypeNode(type)) {
    return type.types.map((part) => memberType(w, part, key, depth + 1)).find((found) => found !== undefined);
  }
  if (!isTypeReferenceNode(type) || !isIdentifier(type.typeName)) return undefined;
  for (let scope: Scope | undefined = w.scope; scope; scope = scope.parent) {
    const found = scope.ownType(type.typeName.text);
    if (found?.kind === "interface") return signature(found.declaration.members, key);
    if (found?.kind === "alias") return memberType(w, found.declaration.type, key, depth + 1);
  }
  return undefined;
}

function signature(members: readonly ts.TypeElement[], key: string): ts.TypeNode | undefined {
  for (const member of members) {
    if (isPropertySignature(member) && constantKey(member.name) === key) return member.type;
  }
  return undefined;
}

export function declareTypeParameters(w: Walker, parameters: readonly ts.TypeParameterDeclaration[] | undefined): void {
  for (const parameter of parameters ?? []) w.scope.declareType(parameter.name.text, { kind: "parameter" });
}
