import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { ts } from "ts-morph";
import { describe, expect, it } from "vitest";
import type { ModuleSummary, SummaryPositions } from "../../server/src/model/summary.ts";
import { canonicalise, parseSummary } from "../../server/src/frontends/canonical.ts";
import { summariseTypeScript } from "../../server/src/frontends/typescript/summarise.ts";

/** Packages as they are published: ESM, CommonJS, compiled, bundled, typed by hand and by JSDoc. */
const SOURCES = [
  "commander/lib",
  "yaml/dist",
  "ts-morph/dist/ts-morph.js",
  "vitest/dist",
  "zod/v4",
  "ajv/dist",
  "chai/index.js",
  "picomatch",
  "fast-check/lib",
];

/** Calls that are how a compiler spells an import, an export or a spread: read as those, not as calls. */
const READ_OTHERWISE = new Set([
  "__decorate",
  "require",
  "__require",
  "__toESM",
  "__toCommonJS",
  "__importDefault",
  "__importStar",
  "__exportStar",
  "__reExport",
  "__export",
  "__name",
  "__spreadArray",
  "__rest",
  "__assign",
  "_objectSpread",
  "_extends",
  "_interopRequireDefault",
  "_interopDefaultCompat",
  "_interopNamespaceDefault",
  "_asyncToGenerator",
]);

function filesUnder(path: string): string[] {
  if (/\.[mc]?[jt]s$/.test(path)) return [path];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    const inner = join(path, entry.name);
    return entry.isDirectory() ? filesUnder(inner) : /\.[mc]?[jt]sx?$/.test(entry.name) ? [inner] : [];
  });
}

describe.each(SOURCES)("the installed package %s", (name) => {
  const read = filesUnder(join("node_modules", name)).map((file) => {
    const text = readFileSync(file, "utf8");
    return { file, text, ...summariseTypeScript(file, text) };
  });

  it("is read without problems", () => {
    expect(read.filter((r) => r.summary.problems.length > 0).map((r) => [r.file, r.summary.problems])).toEqual([]);
    expect(read.length).toBeGreaterThan(0);
  });

  it("has exactly one call step for every call", () => {
    for (const { file, text, summary, positions } of read) {
      expect(differences(callsWritten(file, text), callsStepped(summary, positions)), file).toEqual({
        missing: [],
        added: [],
      });
    }
  });

  it("gives well-formed tables", () => {
    for (const { file, summary, positions } of read) expect(flaws(summary, positions), file).toEqual([]);
  });

  it("survives being written and read back", () => {
    for (const { file, summary } of read) {
      const text = canonicalise(summary);
      const back = parseSummary(text);
      expect(back && canonicalise(back) === text, file).toBe(true);
    }
  });
});

/** Spans of all calls of a text that the front-end means to show as calls. */
function callsWritten(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return;
    if (ts.isVariableDeclaration(node) && isHelperDeclaration(node)) return;
    if (
      (ts.isCallExpression(node) && !isReadOtherwise(node)) ||
      ts.isNewExpression(node) ||
      ts.isTaggedTemplateExpression(node)
    ) {
      found.push(`${node.getStart(source)}:${node.end}`);
    }
    if (!isEsbuildNote(node)) ts.forEachChild(node, visit);
  };
  visit(source);
  return found.sort();
}

function isHelperDeclaration(node: ts.VariableDeclaration): boolean {
  return (
    ts.isIdentifier(node.name) &&
    node.name.text.startsWith("__") &&
    node.initializer !== undefined &&
    !ts.isCallExpression(node.initializer) &&
    HELPER.test(node.name.text)
  );
}

const HELPER =
  /^__(importDefault|importStar|exportStar|createBinding|setModuleDefault|awaiter|generator|async|rest|objRest|assign|spreadArrays?|spreadValues|spreadProps|export|reExport|toESM|toCommonJS|copyProps|defProp|defProps|defNormalProp|getOwnProp\w+|getProtoOf|hasOwnProp|propIsEnum|name|decorate|metadata|param)$/;

function isEsbuildNote(node: ts.Node): boolean {
  return (
    ts.isBinaryExpression(node) &&
    ts.isNumericLiteral(node.left) &&
    node.left.text === "0" &&
    node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken
  );
}

function isReadOtherwise(node: ts.CallExpression): boolean {
  const [first] = node.arguments;
  if (node.expression.kind === ts.SyntaxKind.ImportKeyword) return first !== undefined && ts.isStringLiteralLike(first);
  const name = nameOf(node.expression);
  if (name === "defineProperty")
    return (
      first !== undefined && /^(module\.)?exports$/.test(first.getText()) && ts.isStringLiteralLike(node.arguments[1]!)
    );
  if (name === "require" || name === "__require")
    return (
      ts.isIdentifier(node.expression) &&
      node.arguments.length === 1 &&
      first !== undefined &&
      ts.isStringLiteralLike(first)
    );
  return name !== undefined && READ_OTHERWISE.has(name) && first !== undefined;
}

function nameOf(callee: ts.Expression): string | undefined {
  if (ts.isIdentifier(callee)) return callee.text;
  if (ts.isPropertyAccessExpression(callee)) return callee.name.text;
  return ts.isParenthesizedExpression(callee) && ts.isBinaryExpression(callee.expression)
    ? nameOf(callee.expression.right)
    : undefined;
}

/** Spans of all call steps, but for decorators, which are no calls in the text. */
function callsStepped(summary: ModuleSummary, positions: SummaryPositions): string[] {
  const found: string[] = [];
  for (const [at, f] of summary.functions.entries()) {
    for (const step of f.steps) {
      if (step.kind !== "call") continue;
      const node = f.nodes[step.node]!;
      if (node.kind !== "call" || node.form === "decorator") continue;
      const spans = positions.functions[at]!.nodes;
      found.push(`${spans[step.node * 2]}:${spans[step.node * 2 + 1]}`);
    }
  }
  return found.sort();
}

function differences(written: readonly string[], stepped: readonly string[]): { missing: string[]; added: string[] } {
  const left = new Map<string, number>();
  for (const span of written) left.set(span, (left.get(span) ?? 0) + 1);
  for (const span of stepped) left.set(span, (left.get(span) ?? 0) - 1);
  return {
    missing: [...left].filter(([, n]) => n > 0).map(([s]) => s),
    added: [...left].filter(([, n]) => n < 0).map(([s]) => s),
  };
}

/** What is wrong with a summary by the words of its contract. */
function flaws(summary: ModuleSummary, positions: SummaryPositions): string[] {
  const found: string[] = [];
  const paths = new Set(summary.functions.map((f) => f.path));
  if (paths.size !== summary.functions.length) found.push("function paths are not unique");
  if (new Set(summary.classes.map((c) => c.path)).size !== summary.classes.length)
    found.push("class paths are not unique");
  if (positions.functions.length !== summary.functions.length) found.push("positions do not match functions");
  for (const [at, f] of summary.functions.entries()) {
    if (positions.functions[at]!.nodes.length !== f.nodes.length * 2) found.push(`${f.path}: node positions`);
    const calls = f.steps.filter((s) => s.kind === "call").map((s) => s.node);
    const callNodes = f.nodes.flatMap((n, i) => (n.kind === "call" ? [i] : []));
    if (new Set(calls).size !== calls.length || calls.length !== callNodes.length)
      found.push(`${f.path}: calls and steps differ`);
    for (const [i, node] of f.nodes.entries()) {
      if (operandsOf(node).some((n) => n >= i)) found.push(`${f.path}: node ${i} refers to a later one`);
      if (node.kind === "function" && !paths.has(node.function)) found.push(`${f.path}: no function ${node.function}`);
      if (node.kind === "variable") {
        const owner = node.function === undefined ? f : summary.functions.find((g) => g.path === node.function);
        const variable = owner?.variables.find((v) => v.name === node.name);
        if (!variable) found.push(`${f.path}: no variable ${node.name}`);
        else if (node.definitions?.some((d) => d >= variable.definitions.length))
          found.push(`${f.path}: ${node.name} has no such definition`);
      }
      const entries = node.kind === "object" ? node.entries.length : node.kind === "list" ? node.items.length : 0;
      if (entries > 0 && positions.functions[at]!.entries[i]?.length !== entries * 2) {
        const isSpelt = entries > 0 && positions.functions[at]!.entries[i] === undefined;
        if (!isSpelt) found.push(`${f.path}: entry positions of node ${i}`);
      }
    }
    for (const step of f.steps) {
      if (step.guard !== undefined && !f.guards[step.guard]) found.push(`${f.path}: no guard ${step.guard}`);
      if (step.kind === "set" && !["member", "index"].includes(f.nodes[step.target]!.kind))
        found.push(`${f.path}: set of a ${f.nodes[step.target]!.kind}`);
    }
    for (const [i, guard] of f.guards.entries())
      if (guard.parent !== undefined && guard.parent >= i) found.push(`${f.path}: guard ${i} stands under a later one`);
  }
  return found;
}

function operandsOf(node: ModuleSummary["functions"][number]["nodes"][number]): number[] {
  switch (node.kind) {
    case "template":
      return node.parts.filter((p) => typeof p === "number");
    case "operation":
      return [...node.operands];
    case "conditional":
      return [node.condition, node.then, node.otherwise];
    case "logical":
      return [node.left, node.right];
    case "index":
      return [node.of, node.key];
    case "member":
    case "element":
    case "rest":
    case "await":
    case "yield":
    case "enter":
    case "typed":
      return [node.of];
    case "object":
      return node.entries.flatMap((e) => ("spread" in e ? [e.spread] : "key" in e ? [e.value] : [e.computed, e.value]));
    case "list":
      return node.items.map((i) => (typeof i === "number" ? i : i.spread));
    case "call":
      return [node.callee, ...node.arguments.map((a) => a.value)];
    case "unknown":
      return [...(node.of ?? [])];
    default:
      return [];
  }
}
