import type { ts } from "ts-morph";
import type { Definition, Node, NodeId } from "../../model/summary.ts";
import { expression } from "./expressions.ts";
import type { FunctionBuilder } from "../building/function-builder.ts";
import { constantKey } from "./keys.ts";
import { argumentsOf, callNode } from "./calls.ts";
import type { Walker } from "./walker.ts";
import {
  SyntaxKind,
  isArrayLiteralExpression,
  isArrowFunction,
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isElementAccessExpression,
  isFunctionExpression,
  isIdentifier,
  isMethodDeclaration,
  isNumericLiteral,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isReturnStatement,
  isStringLiteral,
  isStringLiteralLike,
} from "./syntax.ts";

/** What one name of `exports` was set to, and where the file reads it back. */
export interface CommonExport {
  readonly definitions: Definition[];
  readonly reads: { readonly in: FunctionBuilder; readonly node: NodeId }[];
}

type Reader = (w: Walker, call: ts.CallExpression, first: ts.Expression) => NodeId | undefined;

/** Helpers of compilers and bundlers that hand on the module they are given. */
const PASS_ON = [
  "__importDefault",
  "__importStar",
  "__toESM",
  "__toCommonJS",
  "_interopRequireDefault",
  "_interopRequireWildcard",
  "_interopDefault",
  "_interopDefaultLegacy",
  "_interopDefaultCompat",
  "_interopNamespace",
  "_interopNamespaceDefault",
  "_interopNamespaceCompat",
  "_interop_require_default",
  "_interop_require_wildcard",
];

const EXPORT_STAR = ["__exportStar", "__reExport", "__export", "_export_star"];

/** Helpers that build an object of all that they are given. */
const SPREADS = ["__assign", "__spreadValues", "__spreadProps", "_objectSpread", "_objectSpread2", "_extends"];

const SPREAD_LISTS = ["__spreadArray", "__spreadArrays"];

const RESTS = ["__rest", "__objRest"];

/** `__decorate([first, second], Class.prototype, "method", null)`; the others only say what reflection wants to know. */
const DECORATION = ["__decorate", "__metadata", "__param"];

/** Helpers whose own code says nothing about the program. */
const HELPERS = new Set([
  ...PASS_ON,
  ...EXPORT_STAR,
  ...SPREADS,
  ...SPREAD_LISTS,
  ...RESTS,
  "__createBinding",
  "__setModuleDefault",
  "__awaiter",
  "__generator",
  "__async",
  "__copyProps",
  "__defProp",
  "__defProps",
  "__defNormalProp",
  "__getOwnPropNames",
  "__getOwnPropDesc",
  "__getOwnPropDescs",
  "__getOwnPropSymbols",
  "__getProtoOf",
  "__hasOwnProp",
  "__propIsEnum",
  "__name",
  ...DECORATION,
]);

/** How calls by these names are read. */
const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ["require", required],
  ["__require", required],
  ["defineProperty", definedExport],
  [
    "__name",
    (w, call, first) => (isIdentifier(call.expression) ? expression(w, first, nameArgument(call)) : undefined),
  ],
  ["__decorate", decoration],
  ...PASS_ON.map((name): [string, Reader] => [name, (w, _, first) => expression(w, first)]),
  ...EXPORT_STAR.map((name): [string, Reader] => [name, exportStar]),
  ...SPREADS.map((name): [string, Reader] => [name, spreadObject]),
  ...SPREAD_LISTS.map((name): [string, Reader] => [name, spreadLists]),
  ...RESTS.map((name): [string, Reader] => [name, restOf]),
]);

/** Whether a variable of this name and value is a helper that a compiler put there. */
export function isHelper(name: string, value: ts.Expression): boolean {
  return name.startsWith("__") && HELPERS.has(name) && !isCallExpression(value);
}

/** A call that is no call of the program but how a compiler spells an import, an export or a spread. */
export function interopCall(w: Walker, call: ts.CallExpression, name: string | undefined): NodeId | undefined {
  if (call.expression.kind === SyntaxKind.ImportKeyword) return dynamicImport(w, call);
  const reader = name === undefined ? undefined : READERS.get(name);
  const [first] = call.arguments;
  return reader && first ? reader(w, call, first) : undefined;
}

/** `f`, `tslib_1.f`, `(0, tslib_1.f)`. */
export function calleeName(callee: ts.Expression): string | undefined {
  switch (callee.kind) {
    case SyntaxKind.Identifier:
      return (callee as ts.Identifier).text;
    case SyntaxKind.PropertyAccessExpression:
      return (callee as ts.PropertyAccessExpression).name.text;
    case SyntaxKind.ParenthesizedExpression: {
      const inner = (callee as ts.ParenthesizedExpression).expression;
      return isBinaryExpression(inner) && inner.operatorToken.kind === SyntaxKind.CommaToken
        ? calleeName(inner.right)
        : undefined;
    }
    default:
      return undefined;
  }
}

function nameArgument(call: ts.CallExpression): { segment: string; name: string } | undefined {
  const name = call.arguments[1];
  return name && isStringLiteral(name) ? { segment: name.text, name: name.text } : undefined;
}

/** `require("x")` by whatever makes it: the host, a loader's parameter, `createRequire`; but not a function of this file. */
function isRequire(w: Walker, call: ts.CallExpression): boolean {
  if (!isIdentifier(call.expression) || call.arguments.length !== 1 || !isStringLiteralLike(call.arguments[0]!))
    return false;
  const binding = w.scope.find(call.expression.text);
  if (binding?.kind !== "variable") return true;
  const [definition] = binding.definitions;
  return (
    definition === undefined ||
    definition.function !== undefined ||
    binding.owner.nodes[definition.value]?.kind !== "function"
  );
}

function required(w: Walker, call: ts.CallExpression, first: ts.Expression): NodeId | undefined {
  return isRequire(w, call) ? requested(w, call, first as ts.StringLiteralLike, "require") : undefined;
}

function requested(w: Walker, at: ts.Node, specifier: ts.StringLiteralLike, form: "require" | "dynamic"): NodeId {
  const request = w.request({ specifier: specifier.text, form, typeOnly: false }, at);
  return w.add({ kind: "import", request, name: "*" }, at);
}

function dynamicImport(w: Walker, call: ts.CallExpression): NodeId {
  const [first] = call.arguments;
  if (first && isStringLiteralLike(first)) return requested(w, call, first, "dynamic");
  const callee = w.add({ kind: "global", name: "import" }, call.expression);
  return callNode(w, { callee, arguments: argumentsOf(w, call.arguments) }, call);
}

function spreadObject(w: Walker, call: ts.CallExpression): NodeId {
  return w.add(
    { kind: "object", entries: argumentsOf(w, call.arguments).map(({ value }) => ({ spread: value })) },
    call,
  );
}

function spreadLists(w: Walker, call: ts.CallExpression): NodeId {
  const lists = calleeName(call.expression) === "__spreadArray" ? call.arguments.slice(0, 2) : call.arguments;
  return w.add({ kind: "list", items: lists.map((list) => ({ spread: expression(w, list) })) }, call);
}

function decoration(w: Walker, call: ts.CallExpression, first: ts.Expression): NodeId | undefined {
  const [, holder, key] = call.arguments;
  if (!holder || !isArrayLiteralExpression(first)) return undefined;
  const of = expression(w, holder);
  const target = key && isStringLiteralLike(key) ? w.add({ kind: "member", of, name: key.text }, holder) : of;
  let value = target;
  for (const decorator of first.elements.toReversed()) {
    const isReflection = isCallExpression(decorator) && DECORATION.includes(calleeName(decorator.expression) ?? "");
    if (isReflection) continue;
    const callee = expression(w, decorator);
    value = callNode(w, { callee, arguments: [{ value: target }], form: "decorator" }, decorator);
  }
  return value;
}

function restOf(w: Walker, call: ts.CallExpression): NodeId | undefined {
  const [of, names] = call.arguments;
  if (!of || !names || !isArrayLiteralExpression(names)) return undefined;
  const without = names.elements.filter(isStringLiteralLike).map((name) => name.text);
  return w.add({ kind: "rest", of: expression(w, of), without }, call);
}

/** `exports` or `module.exports`, where the file does not declare those names itself. */
function isExportsObject(w: Walker, node: ts.Expression): boolean {
  return (isIdentifier(node) && node.text === "exports" && !w.scope.find("exports")) || isModuleExports(w, node);
}

export function isModuleExports(w: Walker, node: ts.Expression): boolean {
  return (
    isPropertyAccessExpression(node) &&
    node.name.text === "exports" &&
    isIdentifier(node.expression) &&
    node.expression.text === "module" &&
    !w.scope.find("module")
  );
}

/** The name a target of an assignment exports: `exports.a`, `module.exports["a"]`. */
export function commonExportName(w: Walker, target: ts.Expression): string | undefined {
  if (isPropertyAccessExpression(target)) return isExportsObject(w, target.expression) ? target.name.text : undefined;
  if (!isElementAccessExpression(target) || !isStringLiteralLike(target.argumentExpression)) return undefined;
  return isExportsObject(w, target.expression) ? target.argumentExpression.text : undefined;
}

/** `exports = module.exports = …` only renames. */
export function isBareExports(w: Walker, target: ts.Expression): boolean {
  return isIdentifier(target) && target.text === "exports" && !w.scope.find("exports");
}

/** `module.exports = value`. What esbuild makes of `export` is spelt out by its `__export` already. */
export function wholeExport(w: Walker, right: ts.Expression, at: ts.Node): NodeId {
  const esbuild = isCallExpression(right) && calleeName(right.expression) === "__toCommonJS";
  const value = expression(w, right, { segment: "exports", name: "exports", documented: commented(w, at) });
  if (!esbuild) w.exports.push({ kind: "whole", value, ...inFunction(w) });
  return value;
}

/** `exports.a = value`. `exports.a = exports.b = void 0` only announces the names. */
export function exportCommon(w: Walker, name: string, right: ts.Expression, at: ts.Node): NodeId {
  const value = expression(w, right, { segment: name, name, documented: commented(w, at) });
  if (w.function.nodes[value]?.kind === "undefined" || name === "__esModule") return value;
  w.exports.push({ kind: "value", name, value, ...inFunction(w) });
  commonExport(w, name).definitions.push({ value, ...inFunction(w) });
  if (w.function !== w.module) w.function.step({ kind: "assign", name: `exports.${name}`, function: "", value });
  return value;
}

/** The comment before an assignment is that of its statement. */
function commented(w: Walker, assignment: ts.Node): ts.Node {
  return w.statement?.expression === assignment ? w.statement : assignment;
}

function inFunction(w: Walker): { function?: string } {
  return w.function === w.module ? {} : { function: w.function.path };
}

function commonExport(w: Walker, name: string): CommonExport {
  let found = w.commonExports.get(name);
  if (!found) w.commonExports.set(name, (found = { definitions: [], reads: [] }));
  return found;
}

/** A read of `exports.a`: kept in mind until it is known whether the file sets it. */
export function commonExportRead(w: Walker, node: ts.PropertyAccessExpression): NodeId | undefined {
  if (!w.mentionsExports || !isExportsObject(w, node.expression)) return undefined;
  const of = expression(w, node.expression);
  const read = w.add({ kind: "member", of, name: node.name.text }, node);
  commonExport(w, node.name.text).reads.push({ in: w.function, node: read });
  return read;
}

/** Turns what a file sets and reads as `exports.a` into a variable of the module. */
export function settleCommonExports(w: Walker): void {
  for (const [name, { definitions, reads }] of w.commonExports) {
    const shared = definitions.some((d) => d.function !== undefined);
    if (definitions.length === 0 || (reads.length === 0 && !shared)) continue;
    const variable = w.newVariable(`exports.${name}`, false, w.module);
    variable.definitions.push(...definitions);
    for (const { in: reader, node } of reads) {
      reader.nodes[node] = { kind: "variable", name: variable.name, ...(reader !== w.module && { function: "" }) };
    }
  }
}

/** `__exportStar(require("./x"), exports)`; esbuild's `__export(target, { a: () => a })`. */
function exportStar(w: Walker, call: ts.CallExpression): NodeId | undefined {
  const table = call.arguments[1];
  if (table && isObjectLiteralExpression(table) && calleeName(call.expression) === "__export")
    return exportTable(w, call, table);
  const modules = call.arguments
    .filter((argument) => !isIdentifier(argument) || w.scope.find(argument.text) !== undefined)
    .map((argument) => expression(w, argument));
  for (const value of modules) {
    const node = moduleOf(w, value);
    if (node?.kind === "import" && node.name === "*")
      w.exports.push({ kind: "from", name: "*", request: node.request, imported: "*" });
  }
  return w.add({ kind: "undefined" }, call);
}

/** The node itself, or what the constant it uses was given. */
function moduleOf(w: Walker, value: NodeId): Node | undefined {
  const node = w.function.nodes[value];
  if (node?.kind !== "variable" || node.function !== undefined) return node;
  const definition = w.function.variables.find((v) => v.name === node.name)?.definitions[0];
  return definition && w.function.nodes[definition.value];
}

function exportTable(w: Walker, call: ts.CallExpression, table: ts.ObjectLiteralExpression): NodeId {
  for (const property of table.properties) {
    if (!isPropertyAssignment(property)) continue;
    const name = constantKey(property.name);
    const value = getterValue(property.initializer);
    if (name !== undefined && value)
      w.exports.push({ kind: "value", name, value: lateExpression(w, value), ...inFunction(w) });
  }
  return w.add({ kind: "undefined" }, call);
}

/** `Object.defineProperty(exports, "a", { get: function () { return x.a; } })`. */
function definedExport(w: Walker, call: ts.CallExpression): NodeId | undefined {
  const [target, key, descriptor] = call.arguments;
  if (
    !target ||
    !isExportsObject(w, target) ||
    !key ||
    !isStringLiteralLike(key) ||
    !descriptor ||
    !isObjectLiteralExpression(descriptor)
  )
    return undefined;
  for (const property of descriptor.properties) {
    const field = property.name && constantKey(property.name);
    const value =
      isMethodDeclaration(property) && field === "get"
        ? getterValue(property)
        : !isPropertyAssignment(property)
          ? undefined
          : field === "get"
            ? getterValue(property.initializer)
            : field === "value" && key.text !== "__esModule"
              ? property.initializer
              : undefined;
    if (value) w.exports.push({ kind: "value", name: key.text, value: lateExpression(w, value), ...inFunction(w) });
  }
  return w.add({ kind: "undefined" }, call);
}

/** What a getter that does nothing else gives. */
function getterValue(getter: ts.Node): ts.Expression | undefined {
  if (!isArrowFunction(getter) && !isFunctionExpression(getter) && !isMethodDeclaration(getter)) return undefined;
  if (!getter.body || !isBlock(getter.body)) return getter.body;
  const [only, more] = getter.body.statements;
  return only && !more && isReturnStatement(only) ? only.expression : undefined;
}

/** An expression that is evaluated when somebody asks, after everything was assigned. */
function lateExpression(w: Walker, node: ts.Expression): NodeId {
  const outer = w.late;
  w.late = true;
  const value = expression(w, node);
  w.late = outer;
  return value;
}

/** `0 && (module.exports = { a, b })`: esbuild's note to other tools, never run. */
export function isEsbuildAnnotation(node: ts.BinaryExpression): boolean {
  return isNumericLiteral(node.left) && node.left.text === "0";
}
