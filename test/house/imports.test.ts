import { builtinModules } from "node:module";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { ts } from "ts-morph";
import { expect, test } from "vitest";

/*
 * The shape of the house: who may import whom. From low to high; a folder may import its own level and those below.
 */
const LEVELS: readonly (readonly string[])[] = [
  ["model"],
  ["query", "edit"],
  ["frontends", "facts"],
  ["trace", "flow"],
  ["agents", "manifests", "bindings", "libraries"],
  ["match"],
  ["rules"],
  ["workspace"],
  ["service"],
  ["report"],
  ["cli", "lsp"],
];

/** Packages and parts of Node that only some folders may use. */
const RESERVED: Readonly<Record<string, readonly string[]>> = {
  // The command line may write its output to a file; everything else asks the workspace.
  "node:fs": ["workspace", "cli"],
  "node:child_process": [],
  "node:http": [],
  "node:https": [],
  "node:net": [],
  "node:vm": [],
  "ts-morph": ["frontends"],
  vscode: ["client"],
};

/** Descents through a recursive structure, one file for each kind of it: expressions hold functions, which hold statements, … */
const RECURSIONS: readonly string[] = [
  "server/src/frontends/typescript",
  "server/src/frontends/python",
  "server/src/trace",
];

const LONGEST_FILE = 600;

interface SourceFile {
  /** Relative to the root of the project, with `/`. */
  readonly path: string;
  /** Folder below `server/src`, or `client`. */
  readonly folder: string;
  readonly lines: number;
  /** Paths of files of the project. */
  readonly local: readonly string[];
  /** `node:fs` for `node:fs/promises` and `fs` too; `ts-morph`; `@scope/name`. */
  readonly packages: readonly string[];
}

const root = fileURLToPath(new URL("../../", import.meta.url));
const files = ["server/src", "client"].filter((folder) => existsSync(join(root, folder))).flatMap(sourceFiles);
const local = new Map(files.map((file) => [file.path, file.local]));

function sourceFiles(folder: string): SourceFile[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(
      (entry) => entry.isFile() && /\.[cm]?[jt]sx?$/.test(entry.name) && !entry.parentPath.includes("node_modules"),
    )
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort()
    .map(read);
}

function read(path: string): SourceFile {
  const text = readFileSync(join(root, path), "utf8");
  const requests = ts.preProcessFile(text, true, true).importedFiles.map((file) => file.fileName);
  const isLocal = (request: string): boolean => request.startsWith(".");
  return {
    path,
    folder: folderOf(path),
    lines: text.trimEnd().split("\n").length,
    local: requests.filter(isLocal).map((request) => posix.join(posix.dirname(path), request)),
    packages: requests.filter((request) => !isLocal(request)).map(packageOf),
  };
}

function folderOf(path: string): string {
  return path.startsWith("server/src/") ? path.split("/")[2]! : path.split("/")[0]!;
}

function packageOf(request: string): string {
  const parts = request.replace(/^node:/, "").split("/");
  if (builtinModules.includes(parts[0]!)) return `node:${parts[0]}`;
  return request.startsWith("@") ? parts.slice(0, 2).join("/") : parts[0]!;
}

function levelOf(folder: string): number {
  return LEVELS.findIndex((level) => level.includes(folder));
}

/** Every import of a file of the project, as `from → to`, for which `isWrong` holds. */
function wrongImports(isWrong: (from: string, to: string) => boolean): string[] {
  return files.flatMap((file) => file.local.filter((to) => isWrong(file.path, to)).map((to) => `${file.path} → ${to}`));
}

test("the source is found, and its imports are read", () => {
  expect(files.length).toBeGreaterThan(50);
  const database = files.find((file) => file.path === "server/src/query/database.ts");
  expect(database?.local).toContain("server/src/model/result.ts");
  const surroundings = files.find((file) => file.path === "server/src/cli/surroundings.ts");
  expect(surroundings?.local, "dynamic imports count").toContain("server/src/service/service.ts");
});

test("every folder has its level", () => {
  const folders = new Set(files.map((file) => file.folder).filter((folder) => folder !== "client"));
  expect([...folders].filter((folder) => levelOf(folder) < 0)).toEqual([]);
});

test("a lower level never imports a higher one", () => {
  const isServer = (path: string): boolean => path.startsWith("server/src/");
  expect(
    wrongImports((from, to) => isServer(from) && isServer(to) && levelOf(folderOf(to)) > levelOf(folderOf(from))),
  ).toEqual([]);
});

test("nobody imports from the fronts; the client and the server share no code", () => {
  const fronts = ["cli", "lsp"];
  const crossings = wrongImports((from, to) => fronts.includes(folderOf(to)) && folderOf(from) !== folderOf(to));
  expect(crossings, "but for `remit lsp`, which starts the other front").toEqual([
    "server/src/cli/program.ts → server/src/lsp/main.ts",
  ]);
  expect(
    wrongImports((from, to) => from.startsWith("client/") !== to.startsWith("client/") && to !== "package.json"),
  ).toEqual([]);
});

test("the model imports nothing but itself and the hash function", () => {
  const model = files.filter((file) => file.folder === "model");
  expect([...new Set(model.flatMap((file) => file.packages))]).toEqual(["node:crypto"]);
  expect(wrongImports((from, to) => folderOf(from) === "model" && folderOf(to) !== "model")).toEqual([]);
});

test("what only some folders may use is used nowhere else: files, processes, the network, parsers, the editor", () => {
  const wrong = files.flatMap((file) =>
    file.packages
      .filter((name) => Object.hasOwn(RESERVED, name) && !RESERVED[name]!.includes(file.folder))
      .map((name) => `${file.path} → ${name}`),
  );
  expect(wrong).toEqual([]);
});

test("no file imports itself by way of others, types included; but for one recursion written in several files", () => {
  const outside = components().filter((component) => !RECURSIONS.some((folder) => liesIn(folder, component)));
  expect(outside).toEqual([]);
  const needless = RECURSIONS.filter((folder) => !components().some((component) => liesIn(folder, component)));
  expect(needless, "exceptions nobody needs").toEqual([]);
});

function liesIn(folder: string, component: readonly string[]): boolean {
  return component.every((path) => path.startsWith(`${folder}/`));
}

/** Groups of files that import one another, directly or not. */
function components(): string[][] {
  const reached = new Map(files.map((file) => [file.path, reachedFrom(file.path)]));
  const groups = files.map(({ path }) =>
    [...reached.get(path)!].filter((other) => reached.get(other)?.has(path)).sort(),
  );
  return [...new Map(groups.filter((group) => group.length > 0).map((group) => [group.join(), group])).values()];
}

/** Every file that a file imports, by way of others too; itself only if one of them imports it. */
function reachedFrom(path: string): Set<string> {
  const reached = new Set<string>();
  const waiting = [path];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const to of local.get(next) ?? []) {
      if (!reached.has(to)) waiting.push(to);
      reached.add(to);
    }
  }
  return reached;
}

test(`no file is longer than ${LONGEST_FILE} lines`, () => {
  expect(files.filter((file) => file.lines > LONGEST_FILE).map((file) => `${file.path}: ${file.lines}`)).toEqual([]);
});
