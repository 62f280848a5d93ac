import type { ts } from "ts-morph";
import type { Node, NodeId, ObjectEntry } from "../../model/summary.ts";
import type { VariableBinding } from "../building/function-builder.ts";
import { expression } from "./expressions.ts";
import { isAmbient } from "./functions.ts";
import { declareStatements } from "./hoisting.ts";
import { hasModifier, isExported } from "./imports.ts";
import { constantKey } from "./keys.ts";
import { statements } from "./statements.ts";
import type { Walker } from "./walker.ts";
import {
  SyntaxKind,
  isClassDeclaration,
  isEnumDeclaration,
  isFunctionDeclaration,
  isIdentifier,
  isModuleBlock,
  isModuleDeclaration,
  isVariableStatement,
} from "./syntax.ts";

/** An enum is an object of its members' values; members see each other by name. */
export function enumDeclaration(w: Walker, node: ts.EnumDeclaration): void {
  const entries: ObjectEntry[] = [];
  const spans: number[] = [];
  let next: number | undefined = 0;
  w.inScope(() => {
    for (const member of node.members) {
      const value: NodeId = member.initializer
        ? expression(w, member.initializer)
        : w.add(
            next === undefined ? { kind: "unknown", reason: "enum member" } : { kind: "literal", value: next },
            member,
          );
      const constant: Node | undefined = w.function.nodes[value];
      next = constant?.kind === "literal" && typeof constant.value === "number" ? constant.value + 1 : undefined;
      const key = constantKey(member.name);
      if (key === undefined) continue;
      entries.push({ key, value });
      spans.push(w.startOf(member), member.end);
      w.scope.declare(key, { kind: "alias", owner: w.function, node: value });
    }
  });
  finishDeclaration(w, node, node.name, entries, spans);
}

/** A namespace is an object of what it exports; its statements run where it stands. */
export function namespaceDeclaration(w: Walker, node: ts.ModuleDeclaration): void {
  if (!isIdentifier(node.name) || node.name.text === "global" || !node.body) return;
  const entries: ObjectEntry[] = [];
  const spans: number[] = [];
  const ambient = isAmbient(w, node);
  const outer = w.namespace;
  w.namespace = w.pathOf(node.name.text);
  w.namespaceDepth++;
  if (ambient) w.ambientDepth++;
  const binding = w.scope.find(node.name.text);
  w.inScope(() => {
    const list = bodyOf(node.body!);
    if (binding?.kind === "variable")
      for (const name of w.namespaceNames.get(binding) ?? [])
        w.scope.declare(name, { kind: "part", of: binding, name });
    declareStatements(w, list);
    statements(w, list);
    for (const name of exportedNames(list, ambient)) {
      entries.push({ key: name.text, value: w.use(name.text, name) });
      spans.push(w.startOf(name), name.end);
    }
  });
  if (ambient) w.ambientDepth--;
  w.namespaceDepth--;
  w.namespace = outer;
  finishDeclaration(w, node, node.name, entries, spans);
  const names = entries.flatMap((entry) => ("key" in entry ? [entry.key] : []));
  if (binding) w.namespaceNames.set(binding, [...(w.namespaceNames.get(binding) ?? []), ...names]);
}

/** `namespace A.B {}` holds `B` as its only statement, exported. */
function bodyOf(body: ts.NamespaceBody | ts.Identifier | ts.JSDocNamespaceBody): readonly ts.Statement[] {
  if (isModuleBlock(body)) return body.statements;
  return isModuleDeclaration(body) ? [body] : [];
}

function exportedNames(list: readonly ts.Statement[], ambient: boolean): ts.Identifier[] {
  const names: ts.Identifier[] = [];
  for (const statement of list) {
    if (!ambient && !isExported(statement) && !(isModuleDeclaration(statement) && list.length === 1)) continue;
    if (isVariableStatement(statement)) {
      for (const { name } of statement.declarationList.declarations) if (isIdentifier(name)) names.push(name);
    } else if (isFunctionDeclaration(statement) || isClassDeclaration(statement) || isEnumDeclaration(statement)) {
      if (statement.name && !names.some((n) => n.text === statement.name?.text)) names.push(statement.name);
    } else if (isModuleDeclaration(statement) && isIdentifier(statement.name)) names.push(statement.name);
  }
  return names;
}

/** Defines the name; where a function, class or earlier part has it already, the entries are added to that. */
function finishDeclaration(
  w: Walker,
  node: ts.DeclarationStatement,
  name: ts.Identifier,
  entries: readonly ObjectEntry[],
  spans: readonly number[],
): void {
  const binding = w.scope.find(name.text);
  if (binding?.kind !== "variable") return;
  if (binding.definitions.length > 0) extend(w, binding, node, entries);
  else {
    const object = w.add({ kind: "object", entries }, node);
    if (spans.length > 0) w.function.entries[object] = spans;
    w.assignVariable(binding, object);
  }
  if (isExported(node)) w.exportLater(hasModifier(node, SyntaxKind.DefaultKeyword) ? "default" : name.text, name);
}

function extend(w: Walker, binding: VariableBinding, node: ts.Node, entries: readonly ObjectEntry[]): void {
  for (const entry of entries) {
    if (!("key" in entry)) continue;
    const of = w.useVariable(binding, node);
    const target = w.add({ kind: "member", of, name: entry.key }, node);
    w.function.step({ kind: "set", target, value: entry.value });
  }
}
