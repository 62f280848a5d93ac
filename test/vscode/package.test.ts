import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { afterAll, beforeAll, expect, test } from "vitest";
import { packageInto, root } from "./support/packaged.ts";
import { readZip, unpack } from "./support/zip.ts";

/* What users get: the extension and the npm package hold what they need to run, and nothing else. */

let folder: string;
let vsix: string;
let tarball: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "remit-package-"));
  ({ vsix, tarball } = packageInto(folder));
}, 180_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The data beside the bundles, as the build put it there. */
function dataFiles(): string[] {
  return ["facts", "docs", "grammars"].flatMap((name) =>
    readdirSync(join(root, "dist", name), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1)),
  );
}

/** Chunks have a hash in their names. */
const CHUNK = /^dist\/[\w-]+-[A-Z0-9]{8}\.js$/;

test("the extension: manifest, pages, icon, grammars, client, server and its data", () => {
  const names = [...readZip(vsix).keys()];
  const chunks = names.filter((name) => CHUNK.test(name.replace(/^extension\//, "")));
  const grammars = readdirSync(join(root, "syntaxes")).map((name) => `syntaxes/${name}`);
  // vsce renames the pages that VS Code shows.
  const pages = {
    "LICENSE.txt": "LICENSE",
    NOTICE: "NOTICE",
    "readme.md": "README.md",
    "changelog.md": "CHANGELOG.md",
  };
  const shown = Object.entries(pages).flatMap(([name, source]) => (existsSync(join(root, source)) ? [name] : []));
  const expected = [
    "package.json",
    "icon.png",
    "dist/extension.cjs",
    "dist/server.js",
    ...shown,
    ...grammars,
    ...dataFiles(),
  ];
  expect(names.filter((name) => !chunks.includes(name)).sort()).toEqual(
    ["[Content_Types].xml", "extension.vsixmanifest", ...expected.map((name) => `extension/${name}`)].sort(),
  );
  expect(statSync(vsix).size).toBeLessThan(6 * 1024 * 1024);
});

test("the extension has all that its server loads, and no chunk of the command line alone", () => {
  const at = join(folder, "unpacked");
  unpack(vsix, at);
  const dist = join(at, "extension/dist");
  const bundles = readdirSync(dist).filter((name) => name.endsWith(".js"));
  const named = new Set(bundles.flatMap((name) => importsOf(readFileSync(join(dist, name), "utf8"))));
  expect([...named].filter((name) => !bundles.includes(name))).toEqual([]);
  expect(bundles.filter((name) => !named.has(name))).toEqual(["server.js"]);
});

/** Static and dynamic imports of chunks, as esbuild writes them. */
function importsOf(code: string): string[] {
  return [...code.matchAll(/(?:from|import|import\()\s*"\.\/([\w-]+\.js)"/g)].map(([, name]) => name!);
}

test("the npm package: manifest, pages and the command with its data", () => {
  const names = execFileSync("tar", ["-tzf", tarball], { encoding: "utf8" }).trim().split("\n");
  const chunks = names.filter((name) => CHUNK.test(name.replace(/^package\//, "")));
  const pages = ["LICENSE", "NOTICE", "README.md"].filter((name) => existsSync(join(root, name)));
  expect(names.filter((name) => !chunks.includes(name)).sort()).toEqual(
    ["package.json", ...pages, "dist/cli.js", ...dataFiles()].map((name) => `package/${name}`).sort(),
  );
  expect(statSync(tarball).size).toBeLessThan(4 * 1024 * 1024);
});

test("the npm package installs into an empty project and brings the command", () => {
  const project = mkdtempSync(join(folder, "project-"));
  const shell = process.platform === "win32";
  execFileSync("npm", ["install", "--offline", "--no-audit", "--no-fund", "--prefix", project, tarball], { shell });
  expect(readdirSync(join(project, "node_modules")).filter((name) => !name.startsWith("."))).toEqual(["remit-lint"]);
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const command = join(project, "node_modules/.bin/remit");
  const { stdout, stderr } = spawnSync(command, ["--version"], { encoding: "utf8", shell });
  expect(stdout + stderr).toContain(version);
});
