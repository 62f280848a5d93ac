import { ts } from "ts-morph";
import type { Files } from "./cases.ts";
import type { Random } from "./random.ts";

/** Ways to write the same program otherwise, line by line in the same places: what is found must stay where it is. */

export const isCode = (path: string): boolean => /\.[cm]?[jt]sx?$/.test(path) && !/\.d\.[cm]?ts$/.test(path);

function eachFile(files: Files, rewrite: (path: string, text: string) => string): Files {
  const rewritten = Object.entries(files).map(([path, text]) => [path, isCode(path) ? rewrite(path, text) : text]);
  return Object.fromEntries(rewritten) as Files;
}

// ---- other names

/** What other names end in, and the names of the files that texts are moved to. */
export const RENAMED = "Renamed";
export const MOVED = "-moved";

/** Every name that only its file knows is another. */
export function withOtherNames(files: Files): Files {
  return eachFile(files, renamed);
}

function renamed(path: string, text: string): string {
  const { source, checker } = checked(path, text);
  const edits: Edit[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && isUseOfLocal(node, checker)) edits.push(renaming(node));
    node.forEachChild(visit);
  };
  visit(source);
  return edited(text, edits);
}

/** Names that other files, other languages or the reader of types see keep theirs. */
function isUseOfLocal(node: ts.Identifier, checker: ts.TypeChecker): boolean {
  const symbol = ts.isShorthandPropertyAssignment(node.parent)
    ? checker.getShorthandAssignmentValueSymbol(node.parent)
    : checker.getSymbolAtLocation(node);
  const declarations = symbol?.declarations ?? [];
  return declarations.length > 0 && declarations.every((declaration) => isLocal(declaration, checker));
}

function isLocal(declaration: ts.Declaration, checker: ts.TypeChecker): boolean {
  if (!DECLARATIONS.has(declaration.kind)) return false;
  if (ts.isParameter(declaration) && isFieldOrReceiver(declaration)) return false;
  if (ts.findAncestor(declaration, isAmbientOrNamespace)) return false;
  const statement = ts.findAncestor(declaration, (node) => node.parent && ts.isSourceFile(node.parent));
  return !statement || !(isDeclaredOut(statement as ts.Statement) || isNamedInExport(declaration, checker));
}

const DECLARATIONS: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.VariableDeclaration,
  ts.SyntaxKind.Parameter,
  ts.SyntaxKind.BindingElement,
  ts.SyntaxKind.FunctionDeclaration,
  ts.SyntaxKind.ClassDeclaration,
  ts.SyntaxKind.ImportSpecifier,
  ts.SyntaxKind.ImportClause,
  ts.SyntaxKind.NamespaceImport,
]);

/** `constructor(private gmail)` declares a field; `this` is no name. */
function isFieldOrReceiver(node: ts.ParameterDeclaration): boolean {
  return (node.modifiers?.length ?? 0) > 0 || (ts.isIdentifier(node.name) && node.name.text === "this");
}

function isAmbientOrNamespace(node: ts.Node): boolean {
  return (
    ts.isModuleDeclaration(node) ||
    ts.isFunctionTypeNode(node) ||
    ts.isTypeElement(node) ||
    (ts.canHaveModifiers(node) &&
      (ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword) ?? false))
  );
}

function isNamedInExport(declaration: ts.NamedDeclaration, checker: ts.TypeChecker): boolean {
  const symbol = declaration.name && checker.getSymbolAtLocation(declaration.name);
  return declaration
    .getSourceFile()
    .statements.some(
      (statement) =>
        ts.isExportDeclaration(statement) &&
        statement.exportClause &&
        ts.isNamedExports(statement.exportClause) &&
        statement.exportClause.elements.some(
          (element) => checker.getExportSpecifierLocalTargetSymbol(element) === symbol,
        ),
    );
}

function renaming(node: ts.Identifier): Edit {
  const name = node.text + RENAMED;
  const { parent } = node;
  if (ts.isImportSpecifier(parent) && !parent.propertyName)
    return { start: node.getStart(), end: node.end, text: `${node.text} as ${name}` };
  const isShort =
    (ts.isShorthandPropertyAssignment(parent) && parent.name === node) ||
    (ts.isBindingElement(parent) &&
      parent.name === node &&
      !parent.propertyName &&
      !parent.dotDotDotToken &&
      ts.isObjectBindingPattern(parent.parent));
  return { start: node.getStart(), end: node.end, text: isShort ? `${node.text}: ${name}` : name };
}

// ---- in functions

/** What a file does, it does in a function that it calls; what variables begin with, functions give. */
export function inFunctions(files: Files, random: Random): Files {
  return eachFile(files, (path, text) => {
    const source = parsed(path, text);
    const whole = wrappedWhole(source, text);
    if (whole !== undefined && random.below(2) === 0) return whole;
    const edits: Edit[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isVariableDeclaration(node) && isWrappable(node) && random.below(2) === 0)
        edits.push(...wrapping(node.initializer!));
      else node.forEachChild(visit);
    };
    visit(source);
    return edited(text, edits);
  });
}

/** The whole of a file that gives nothing out, but for its imports; undefined where that cannot be done. */
function wrappedWhole(source: ts.SourceFile, text: string): string | undefined {
  const imports = source.statements.filter((s) => ts.isImportDeclaration(s) || isPrologue(s));
  const rest = source.statements.slice(imports.length);
  const isPlain = rest.every(
    (s) => !ts.isImportDeclaration(s) && !ts.isExportDeclaration(s) && !ts.isExportAssignment(s) && !isDeclaredOut(s),
  );
  const [first] = rest;
  if (!first || !isPlain || /\bexports\b|\bmodule\.|\bnamespace\b|\bdeclare\b/.test(text)) return undefined;
  const at = first.getFullStart();
  return `${text.slice(0, at).replace(/;$/, "")}; void wrapped(); async function wrapped() {${text.slice(at).trimEnd()} }\n`;
}

function isPrologue(node: ts.Statement): boolean {
  return ts.isExpressionStatement(node) && ts.isStringLiteral(node.expression);
}

function isDeclaredOut(node: ts.Statement): boolean {
  return (
    ts.canHaveModifiers(node) &&
    (ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false)
  );
}

/** Not what is read where it stands: a `require`, and what is a function or class already. */
function isWrappable({ initializer, parent }: ts.VariableDeclaration): boolean {
  // `using` is flagged as both: what it holds is left where it is.
  const { flags } = parent;
  if (!initializer || (flags & ts.NodeFlags.Const) === 0 || (flags & ts.NodeFlags.Using) !== 0) return false;
  let isPlain = true;
  const visit = (node: ts.Node): void => {
    if (ts.isYieldExpression(node) || (ts.isIdentifier(node) && ["arguments", "require"].includes(node.text)))
      isPlain = false;
    else node.forEachChild(visit);
  };
  visit(initializer);
  return isPlain && !ts.isFunctionLike(initializer) && !ts.isClassExpression(initializer);
}

function wrapping(node: ts.Expression): Edit[] {
  const hasAwait = containsAwait(node);
  const before = hasAwait ? "await (async () => (" : "(() => (";
  return [
    { start: node.getStart(), end: node.getStart(), text: before },
    { start: node.end, end: node.end, text: "))()" },
  ];
}

function containsAwait(node: ts.Node): boolean {
  if (ts.isAwaitExpression(node)) return true;
  if (ts.isFunctionLike(node)) return false;
  return node.forEachChild((child) => containsAwait(child) || undefined) ?? false;
}

// ---- in modules of their own

/** The text of each file stands in another beside it, from which the file passes everything on. */
export function inOtherModules(files: Files): Files {
  const rewritten: Record<string, string> = {};
  for (const [path, text] of Object.entries(files)) {
    const passing = isCode(path) && isProduct(path) ? passingOn(path, text) : undefined;
    if (passing === undefined) {
      rewritten[path] = text;
      continue;
    }
    const moved = path.replace(/([^/]+)(\.[cm]?[jt]sx?)$/, `$1${MOVED}$2`);
    rewritten[moved] = text;
    rewritten[path] = passing(`./${moved.slice(moved.lastIndexOf("/") + 1)}`);
  }
  return rewritten;
}

/** Where files lie, and what they are called, says what they are. */
function isProduct(path: string): boolean {
  return !/(?:^|\/)(?:dist|build|out|lib-cov|examples?|tests?|__tests__|node_modules)\/|test|spec|mock|bundle|\.bak/.test(
    path,
  );
}

function passingOn(path: string, text: string): ((from: string) => string) | undefined {
  const source = parsed(path, text);
  const isModule = source.statements.some(
    (s) => ts.isImportDeclaration(s) || ts.isExportDeclaration(s) || ts.isExportAssignment(s) || isDeclaredOut(s),
  );
  const isCommon = /\b(?:require\(|module\.exports|exports\.)/.test(text);
  if (isModule && isCommon) return undefined;
  if (isCommon) return (from) => `module.exports = require("${from}");\n`;
  if (source.statements.some((s) => ts.isExportAssignment(s) && s.isExportEquals)) return undefined;
  const hasDefault = source.statements.some(isDefault);
  return (from) => `export * from "${from}";\n${hasDefault ? `export { default } from "${from}";\n` : ""}`;
}

function isDefault(node: ts.Statement): boolean {
  if (ts.isExportAssignment(node)) return true;
  if (ts.isExportDeclaration(node))
    return node.exportClause !== undefined && ts.isNamedExports(node.exportClause)
      ? node.exportClause.elements.some(({ name }) => name.text === "default")
      : false;
  return (
    ts.canHaveModifiers(node) &&
    (ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword) ?? false)
  );
}

// ---- texts

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function edited(text: string, edits: readonly Edit[]): string {
  const ordered = [...edits].sort((a, b) => b.start - a.start || b.end - a.end);
  return ordered.reduce((result, edit) => result.slice(0, edit.start) + edit.text + result.slice(edit.end), text);
}

function parsed(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
}

/** A file and what its names stand for, alone in the world. */
function checked(path: string, text: string): { source: ts.SourceFile; checker: ts.TypeChecker } {
  const source = parsed(path, text);
  const host: ts.CompilerHost = {
    getSourceFile: (name) => (name === path ? source : undefined),
    getDefaultLibFileName: () => "lib.d.ts",
    writeFile() {},
    getCurrentDirectory: () => "",
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    fileExists: (name) => name === path,
    readFile: () => undefined,
  };
  const options = { noLib: true, noResolve: true, allowJs: true, target: ts.ScriptTarget.Latest };
  const checker = ts.createProgram([path], options, host).getTypeChecker();
  return { source, checker };
}
