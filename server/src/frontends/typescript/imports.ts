import type { ts } from "ts-morph";
import type { ImportRequest } from "../../model/summary.ts";
import { expression } from "./expressions.ts";
import { exportType } from "./type-declarations.ts";
import type { Walker } from "./walker.ts";
import {
  SyntaxKind,
  isExternalModuleReference,
  isIdentifier,
  isNamedExports,
  isNamedImports,
  isNamespaceExport,
  isNamespaceImport,
  isStringLiteral,
  isStringLiteralLike,
} from "./syntax.ts";

/** `import …  from "x"`: a request, and a binding for every name it brings. */
export function bindImport(w: Walker, declaration: ts.ImportDeclaration): void {
  if (!isStringLiteral(declaration.moduleSpecifier)) return;
  const clause = declaration.importClause;
  const named = clause?.namedBindings;
  const onlyTypes =
    named !== undefined &&
    isNamedImports(named) &&
    named.elements.length > 0 &&
    named.elements.every((e) => e.isTypeOnly);
  const typeOnly =
    clause !== undefined && (clause.phaseModifier === SyntaxKind.TypeKeyword || (!clause.name && onlyTypes));
  const request = w.request({ specifier: declaration.moduleSpecifier.text, form: "import", typeOnly }, declaration);
  if (clause?.name) w.scope.declare(clause.name.text, { kind: "import", request, name: "default" });
  if (!named) return;
  if (isNamespaceImport(named)) {
    w.scope.declare(named.name.text, { kind: "import", request, name: "*" });
    return;
  }
  for (const element of named.elements) {
    w.scope.declare(element.name.text, { kind: "import", request, name: (element.propertyName ?? element.name).text });
  }
}

/** `import x = require("y")` binds a module, `import x = A.B` a variable. */
export function bindImportEquals(w: Walker, declaration: ts.ImportEqualsDeclaration): void {
  const reference = declaration.moduleReference;
  if (!isExternalModuleReference(reference)) {
    w.declareVariable(declaration.name.text, true).typeName = reference;
    return;
  }
  if (!isStringLiteralLike(reference.expression)) return;
  const request = w.request(
    { specifier: reference.expression.text, form: "require", typeOnly: declaration.isTypeOnly },
    declaration,
  );
  w.scope.declare(declaration.name.text, { kind: "import", request, name: "*" });
}

/** `import x = A.B` runs where it stands. */
export function importEquals(w: Walker, declaration: ts.ImportEqualsDeclaration): void {
  const binding = w.scope.find(declaration.name.text);
  if (isExternalModuleReference(declaration.moduleReference)) {
    if (isExported(declaration)) w.exportLater(declaration.name.text, declaration.name);
    return;
  }
  if (binding?.kind !== "variable" || declaration.isTypeOnly) return;
  w.assignVariable(binding, entityName(w, declaration.moduleReference));
  if (isExported(declaration)) w.exportLater(declaration.name.text, declaration.name);
}

function entityName(w: Walker, name: ts.EntityName): number {
  if (isIdentifier(name)) return w.use(name.text, name);
  return w.add({ kind: "member", of: entityName(w, name.left), name: name.right.text }, name);
}

/** `export { a as b }`, `export { a } from "x"`, `export * from "x"`. */
export function exportDeclaration(w: Walker, declaration: ts.ExportDeclaration): void {
  const clause = declaration.exportClause;
  const specifier = declaration.moduleSpecifier;
  if (specifier && isStringLiteral(specifier)) {
    const onlyTypes =
      clause !== undefined &&
      isNamedExports(clause) &&
      clause.elements.length > 0 &&
      clause.elements.every((e) => e.isTypeOnly);
    const asked: ImportRequest = {
      specifier: specifier.text,
      form: "export",
      typeOnly: declaration.isTypeOnly || onlyTypes,
    };
    const request = w.request(asked, declaration);
    if (!clause) w.exports.push({ kind: "from", name: "*", request, imported: "*" });
    else if (isNamespaceExport(clause))
      w.exports.push({ kind: "from", name: clause.name.text, request, imported: "*" });
    else {
      for (const element of clause.elements) {
        w.exports.push({
          kind: "from",
          name: element.name.text,
          request,
          imported: (element.propertyName ?? element.name).text,
        });
      }
    }
    return;
  }
  if (!clause || !isNamedExports(clause)) return;
  for (const element of clause.elements) {
    const local = element.propertyName ?? element.name;
    if (isIdentifier(local)) w.pendingExports.push({ name: element.name.text, local });
  }
}

/** `export default value` and `export = value`. */
export function exportAssignment(w: Walker, assignment: ts.ExportAssignment): void {
  if (assignment.isExportEquals) {
    const value = expression(w, assignment.expression, { segment: "exports", name: "exports", documented: assignment });
    w.exports.push({ kind: "whole", value });
    return;
  }
  if (isIdentifier(assignment.expression)) {
    w.exportLater("default", assignment.expression);
    return;
  }
  const value = expression(w, assignment.expression, { segment: "default", name: "default", documented: assignment });
  w.exports.push({ kind: "value", name: "default", value });
}

/** Answers the exports by name, once every variable of the module is known. */
export function settleExports(w: Walker): void {
  for (const { name, local } of w.pendingExports) {
    const binding = w.scope.find(local.text);
    if (binding?.kind === "import") {
      w.exports.push({ kind: "from", name, request: binding.request, imported: binding.name });
      continue;
    }
    const type = w.scope.ownType(local.text);
    if (type) exportType(w, type, name);
    if (!binding && type) continue;
    const node = w.add({ kind: "global", name: local.text }, local);
    w.exports.push({ kind: "value", name, value: node });
    if (binding?.kind === "variable") {
      const constant = binding.constant && binding.definitions.length === 1;
      w.module.nodes[node] = { kind: "variable", name: binding.name, ...(constant && { definitions: [0] }) };
    }
  }
}

export function isExported(node: ts.Node): boolean {
  return hasModifier(node, SyntaxKind.ExportKeyword);
}

export function hasModifier(node: ts.Node, kind: SyntaxKind): boolean {
  return (node as { modifiers?: ts.NodeArray<ts.ModifierLike> }).modifiers?.some((m) => m.kind === kind) ?? false;
}
