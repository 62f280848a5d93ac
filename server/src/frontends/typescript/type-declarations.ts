import type { ts } from "ts-morph";
import type { TypeMember, TypePath, TypeSummary } from "../../model/summary.ts";
import type { TypeBinding } from "./bindings.ts";
import { hasModifier, isExported } from "./imports.ts";
import { constantKey } from "./keys.ts";
import { declareTypeParameters, heritagePath, typePath } from "./types.ts";
import type { DeclaredType, Walker } from "./walker.ts";
import {
  SyntaxKind,
  isFunctionTypeNode,
  isInterfaceDeclaration,
  isIntersectionTypeNode,
  isMethodSignature,
  isParenthesizedTypeNode,
  isPropertySignature,
  isTypeLiteralNode,
} from "./syntax.ts";

/** An interface or alias: its name counts from here on, its members are read when every name of the module is known. */
export function declareType(w: Walker, declaration: DeclaredType["declaration"]): void {
  const name = declaration.name.text;
  const known = w.scope.ownType(name);
  // Interfaces of one name in one place are one.
  const path = known && known.kind !== "parameter" ? known.path : w.typePath(w.pathOf(name));
  if (isInterfaceDeclaration(declaration)) w.scope.declareType(name, { kind: "interface", declaration, path });
  else w.scope.declareType(name, { kind: "alias", declaration, path });
  w.declaredTypes.push({ declaration, path, scope: w.scope });
  if (w.function !== w.module || w.namespaceDepth > 0 || !isExported(declaration)) return;
  exportType(w, w.scope.ownType(name)!, hasModifier(declaration, SyntaxKind.DefaultKeyword) ? "default" : name);
}

/** `export { T as name }`. */
export function exportType(w: Walker, type: TypeBinding, name: string): void {
  if (type.kind === "parameter") return;
  const names = w.exportedTypes.get(type.path) ?? new Set();
  w.exportedTypes.set(type.path, names.add(name));
}

/** What the declared types say, now that every name of the module is known. */
export function settleTypes(w: Walker): void {
  const outer = w.scope;
  const parts = new Map<string, Content>();
  for (const { declaration, path, scope } of w.declaredTypes) {
    w.scope = scope;
    w.inScope(() => {
      declareTypeParameters(w, declaration.typeParameters);
      const more = isInterfaceDeclaration(declaration) ? ofInterface(w, declaration) : ofType(w, declaration.type);
      parts.set(path, both(parts.get(path) ?? NOTHING, more));
    });
  }
  w.scope = outer;
  for (const [path, content] of parts) {
    if (!says(content)) continue;
    const exported = w.exportedTypes.get(path);
    w.types.push({ path, ...(exported && { exported: [...exported].sort() }), ...content });
  }
}

/** `{ gmail: Gmail }` where a type is asked for; undefined where it tells nothing. */
export function writtenOutType(w: Walker, node: ts.TypeLiteralNode, depth: number): TypePath | undefined {
  return nameless(w, { members: membersOf(w, node.members, depth), bases: [] });
}

/** `() => Gmail`. */
export function functionType(w: Walker, node: ts.FunctionTypeNode, depth: number): TypePath | undefined {
  return nameless(w, ofFunction(w, node, depth));
}

/** `A & B`: what both say; the first where no more than one of them tells anything. */
export function combinedType(w: Walker, parts: readonly (TypePath | undefined)[]): TypePath | undefined {
  const telling = parts.filter((part) => part !== undefined).filter(decides);
  return telling.length > 1 ? nameless(w, { members: [], bases: telling }) : (telling[0] ?? parts.find(Boolean));
}

function nameless(w: Walker, content: Content): TypePath | undefined {
  if (!says(content)) return undefined;
  const path = w.typePath(w.pathOf("<type>"));
  w.types.push({ path, ...content });
  return { root: { kind: "local", name: path }, path: [] };
}

type Content = Pick<TypeSummary, "members" | "bases" | "returns">;

const NOTHING: Content = { members: [], bases: [] };

function says({ members, bases, returns }: Content): boolean {
  return members.length + bases.length > 0 || returns !== undefined;
}

function both(a: Content, b: Content): Content {
  const returns = a.returns ?? b.returns;
  return { members: [...a.members, ...b.members], bases: [...a.bases, ...b.bases], ...(returns && { returns }) };
}

function ofInterface(w: Walker, declaration: ts.InterfaceDeclaration): Content {
  const bases = (declaration.heritageClauses ?? []).flatMap((clause) =>
    clause.types.flatMap((type) => heritagePath(w, type) ?? []),
  );
  return { members: membersOf(w, declaration.members, 0), bases: bases.filter(decides) };
}

/** What an alias stands for: members written out, functions, other types. */
function ofType(w: Walker, type: ts.TypeNode): Content {
  if (isTypeLiteralNode(type)) return { members: membersOf(w, type.members, 0), bases: [] };
  if (isParenthesizedTypeNode(type)) return ofType(w, type.type);
  if (isIntersectionTypeNode(type)) return type.types.map((part) => ofType(w, part)).reduce(both);
  if (isFunctionTypeNode(type)) return ofFunction(w, type, 0);
  const path = typePath(w, type);
  return { members: [], bases: path && decides(path) ? [path] : [] };
}

function ofFunction(w: Walker, type: ts.FunctionTypeNode, depth: number): Content {
  const returns = typePath(w, type.type, depth);
  return { ...NOTHING, ...(returns && decides(returns) && { returns }) };
}

function membersOf(w: Walker, members: readonly ts.TypeElement[], depth: number): TypeMember[] {
  return members.flatMap((member): TypeMember[] => {
    if (!isPropertySignature(member) && !isMethodSignature(member)) return [];
    const name = constantKey(member.name);
    if (name === undefined || !member.type) return [];
    const isCalled = isMethodSignature(member) || isFunctionTypeNode(member.type);
    const path = typePath(w, isFunctionTypeNode(member.type) ? member.type.type : member.type, depth);
    if (!path || !decides(path)) return [];
    return [isCalled ? { name, returns: path } : { name, type: path }];
  });
}

/** Only what is imported or declared can be a client; a text is none. */
function decides({ root, arguments: held }: TypePath): boolean {
  return root.kind === "import" || root.kind === "class" || root.kind === "local" || (held ?? []).some(decides);
}
