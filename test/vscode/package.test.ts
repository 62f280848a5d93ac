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
  const below = ["facts", "docs", "grammars"].flatMap((name) =>
    readdirSync(join(root, "dist", name), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1)),
  );
  return [...below, "dist/remit.schema.json"];
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
    "dist/engine-thread.js",
    ...shown,
    ...grammars,
    ...dataFiles(),
  ];
  expect(names.filter((name) => !chunks.includes(name)).sort()).toEqual(
    ["[Content_Types].xml", "extension.vsixmanifest", ...expected.map((name) => `extension/${name}`)].sort(),
  );
  expect(statSync(vsix).size).toBeLessThan(4 * 1024 * 1024);
});

test("the extension has all that its server loads, and no chunk of the command line alone", () => {
  const at = join(folder, "unpacked");
  unpack(vsix, at);
  const dist = join(at, "extension/dist");
  const bundles = readdirSync(dist).filter((name) => name.endsWith(".js"));
  const named = new Set(bundles.flatMap((name) => importsOf(readFileSync(join(dist, name), "utf8"))));
  expect([...named].filter((name) => !bundles.includes(name))).toEqual([]);
  expect(bundles.filter((name) => !named.has(name)).sort()).toEqual(PROGRAMS);

  // What each of the two loads when it starts: no parser, no validator, no facts.
  for (const program of PROGRAMS) {
    const loaded = new Set([program]);
    for (const name of loaded)
      for (const each of importsOf(readFileSync(join(dist, name), "utf8"), STATIC)) loaded.add(each);
    const size = [...loaded].reduce((sum, name) => sum + statSync(join(dist, name)).size, 0);
    expect(size, [...loaded].join(", ")).toBeLessThan(400 * 1024);
  }
});

/** The server, and the thread in which it analyses. */
const PROGRAMS = ["engine-thread.js", "server.js"];

/** Imports of chunks, as esbuild writes them. */
const STATIC = /(?:from|import)\s*"\.\/([\w-]+\.js)"/g;
const ANY = /(?:from|import|import\()\s*"\.\/([\w-]+\.js)"/g;

function importsOf(code: string, which = ANY): string[] {
  return [...code.matchAll(which)].map(([, name]) => name!);
}

test("the npm package: manifest, pages and the command with its data", () => {
  const names = execFileSync("tar", ["-tzf", tarball], { encoding: "utf8" }).trim().split("\n");
  const chunks = names.filter((name) => CHUNK.test(name.replace(/^package\//, "")));
  const pages = ["LICENSE", "NOTICE", "README.md"].filter((name) => existsSync(join(root, name)));
  expect(names.filter((name) => !chunks.includes(name)).sort()).toEqual(
    ["package.json", ...pages, "dist/cli.js", "dist/engine-thread.js", ...dataFiles()]
      .map((name) => `package/${name}`)
      .sort(),
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
