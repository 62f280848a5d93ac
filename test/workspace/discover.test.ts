import { describe, expect, test } from "vitest";
import { createMemoryFileSystem } from "../../server/src/workspace/memory-file-system.ts";
import { walk } from "../../server/src/workspace/walk.ts";
import { Workspace, type WorkspaceOptions } from "../../server/src/workspace/workspace.ts";

/** Roles by path; files that are left out are not in it. */
async function rolesOf(
  files: Readonly<Record<string, string>>,
  options?: WorkspaceOptions,
): Promise<Record<string, string>> {
  const { snapshot } = await new Workspace(createMemoryFileSystem(files), options).refresh();
  return Object.fromEntries(snapshot.files.map(({ path, role }) => [path, role]));
}

describe("ignored files", () => {
  test("nested ignore files, the deeper one decides", () => {
    const files = {
      ".gitignore": "*.log\n/dist\ntmp/\n",
      "a.log": "",
      "dist/x.js": "",
      "src/dist/y.js": "",
      "src/.gitignore": "!keep.log",
      "src/keep.log": "",
      "src/b.log": "",
      "src/tmp/z.ts": "",
    };
    expect(walk(createMemoryFileSystem(files)).files).toEqual([
      ".gitignore",
      "src/.gitignore",
      "src/dist/y.js",
      "src/keep.log",
    ]);
  });
  test("what is installed is never entered, ignore file or not", () => {
    expect(
      walk(
        createMemoryFileSystem({
          "node_modules/x/index.js": "",
          "src/node_modules/y.js": "",
          ".git/config": "",
          ".venv/lib/z.py": "",
          "a.ts": "",
        }),
      ).files,
    ).toEqual(["a.ts"]);
  });
  test("a path that is named is entered although it is ignored", () => {
    const files = {
      ".gitignore": "scratch",
      "scratch/a.ts": "",
      "scratch/node_modules/b.js": "",
      "node_modules/server/index.js": "",
    };
    expect(walk(createMemoryFileSystem(files), { paths: ["scratch", "node_modules/server"] }).files).toEqual([
      ".gitignore",
      "node_modules/server/index.js",
      "scratch/a.ts",
    ]);
  });
  test("an empty folder and a path that is not there", () => {
    expect(walk(createMemoryFileSystem({}))).toMatchObject({ files: [], problems: [] });
    expect(walk(createMemoryFileSystem({ "a.ts": "" }), { paths: ["gone"] }).problems).toEqual([
      { file: "gone", message: "gone: no such file or directory" },
    ]);
  });
});

describe("roles by path", () => {
  test.each([
    ["src/index.ts", "product"],
    ["src/index.test.ts", "test"],
    ["src/__tests__/a.ts", "test"],
    ["src/__mocks__/a.ts", "test"],
    ["test/a.ts", "test"],
    ["tests/fixtures/server.ts", "test"],
    ["e2e/a.spec.ts", "test"],
    ["spec/a.ts", "test"],
    ["test-auth.js", "test"],
    ["vitest.config.ts", "test"],
    ["src/tools/run-test.ts", "product"],
    ["src/tools/docs/create.ts", "product"],
    ["src/spec/parse.ts", "product"],
    ["docs/snippet.ts", "example"],
    ["examples/quick.ts", "example"],
    ["src/demo/a.ts", "example"],
    ["vendor/lib.js", "vendored"],
    ["third_party/lib.js", "vendored"],
    ["src/generated/client.ts", "generated"],
    ["src/api.gen.ts", "generated"],
  ])("%s is %s", async (path, role) =>
    expect((await rolesOf({ "package.json": '{ "name": "a" }', [path]: "" }))[path]).toBe(role),
  );

  test("old copies are left out", async () => {
    const files = {
      "src/a.ts": "",
      "src/a.bak.ts": "",
      "src/a.ts~": "",
      "src/old.orig.js": "",
      "server.bak/b.ts": "",
      "backup/c.ts": "",
    };
    expect(Object.keys(await rolesOf(files))).toEqual(["backup/c.ts", "src/a.ts"]);
  });

  test("an example that is its own package is a product", async () => {
    const roles = await rolesOf({
      "package.json": '{ "name": "a" }',
      "examples/a.ts": "",
      "examples/bot/package.json": '{ "name": "bot" }',
      "examples/bot/index.ts": "",
      "examples/bot/test/x.ts": "",
    });
    expect(roles).toMatchObject({
      "examples/a.ts": "example",
      "examples/bot/index.ts": "product",
      "examples/bot/test/x.ts": "test",
    });
  });

  test("who names a folder of examples or tests wants them", async () => {
    const files = { "examples/a.ts": "", "test/fixtures/server/index.ts": "", "test/other.ts": "" };
    expect(await rolesOf(files, { paths: ["examples", "test/fixtures/server"] })).toEqual({
      "examples/a.ts": "product",
      "test/fixtures/server/index.ts": "product",
      "test/other.ts": "test",
    });
    expect(await rolesOf(files, { paths: ["test/other.ts"] })).toMatchObject({
      "test/other.ts": "product",
      "examples/a.ts": "example",
    });
  });
});

describe("built files", () => {
  const manifest = { "package.json": '{ "name": "a", "main": "dist/index.js" }' };

  test("are skipped where their source is: by folder, by outDir, beside it", async () => {
    const roles = await rolesOf({
      ...manifest,
      "tsconfig.json": '{ "compilerOptions": { "outDir": "./compiled", "rootDir": "./source" } }',
      "source/index.ts": "",
      "compiled/index.js": "",
      "compiled/index.d.ts": "",
      "dist/index.js": "",
      "src/index.ts": "",
      "src/beside.ts": "",
      "src/beside.js": "",
      "src/plain.js": "",
    });
    expect(roles).toMatchObject({
      "compiled/index.js": "output",
      "dist/index.js": "output",
      "src/beside.js": "output",
      "src/plain.js": "product",
      "source/index.ts": "product",
    });
  });

  test("are analysed where it is not: that is how packages are published", async () => {
    expect(await rolesOf({ ...manifest, "dist/index.js": "", "dist/index.d.ts": "" })).toMatchObject({
      "dist/index.js": "product",
    });
  });

  test("a source map tells, in the file and beside it", async () => {
    const map = JSON.stringify({ version: 3, sources: ["../server/start.ts"] });
    const inline = `//# sourceMappingURL=data:application/json;base64,${Buffer.from(map).toString("base64")}`;
    const files = {
      ...manifest,
      "dist/a.js": inline,
      "dist/b.js": "x\n//# sourceMappingURL=b.js.map\n",
      "dist/b.js.map": map,
      "dist/c.js": "",
    };
    expect(await rolesOf({ ...files, "server/start.ts": "" })).toMatchObject({
      "dist/a.js": "output",
      "dist/b.js": "output",
      "dist/c.js": "product",
    });
    expect(await rolesOf(files)).toMatchObject({ "dist/a.js": "product", "dist/b.js": "product" });
  });

  test("a bundle whose package has other code is built from that", async () => {
    const bundle = 'var x = __webpack_require__("./a.js");';
    expect(await rolesOf({ ...manifest, "server/start.ts": "", "dist/index.js": bundle })).toMatchObject({
      "dist/index.js": "output",
    });
    expect(await rolesOf({ ...manifest, "dist/index.js": bundle })).toMatchObject({ "dist/index.js": "product" });
  });

  test("lib may be written by hand", async () => {
    const files = {
      "package.json": '{ "name": "a" }',
      "lib/a.js": "",
      "src/a.js": "",
      "lib/b.js": 'Object.defineProperty(exports, "__esModule", { value: true });',
      "src/b.js": "",
      "lib/c.js": "",
      "src/c.ts": "",
    };
    expect(await rolesOf(files)).toMatchObject({ "lib/a.js": "product", "lib/b.js": "output", "lib/c.js": "output" });
  });
});

test("languages: what is code, what declares, what is only counted", async () => {
  const { snapshot } = await new Workspace(
    createMemoryFileSystem({
      "a.tsx": "",
      "b.cjs": "",
      "c.d.ts": "",
      "d.py": "",
      "e.go": "",
      "f.json": "{}",
      "g.png": "",
      "h.module.d.mts": "",
    }),
  ).refresh();
  expect(snapshot.files.map(({ language }) => language)).toEqual([
    "typescript",
    "javascript",
    "declaration",
    "python",
    "foreign",
    "json",
    "other",
    "declaration",
  ]);
});
