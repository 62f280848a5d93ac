import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createDiskFileSystem } from "../../server/src/workspace/disk-file-system.ts";
import { createMemoryFileSystem } from "../../server/src/workspace/memory-file-system.ts";
import { notAnalysed, Workspace, type WorkspaceSnapshot } from "../../server/src/workspace/workspace.ts";

/** All a snapshot says, to compare two. */
function everything(snapshot: WorkspaceSnapshot): unknown {
  return {
    files: snapshot.files,
    deployables: snapshot.deployables,
    problems: snapshot.problems,
    texts: snapshot.files.map(({ path }) => snapshot.read(path)),
  };
}

test("what cannot be analysed is counted and named, the rest is analysed", async () => {
  const workspace = new Workspace(
    createMemoryFileSystem({
      "a.ts": "",
      "b.go": "",
      "c.go": "",
      "d.js": { kind: "binary" },
      "dist/bundle.js": { kind: "too-large", size: 20_300_000, limit: 1_048_576 },
      "test/e.js": { kind: "binary" },
      "tsconfig.json": '{ "extends": "./tsconfig.json" }',
      "package.json": "{ oops",
    }),
  );
  const { snapshot } = await workspace.refresh();
  expect(notAnalysed(snapshot)).toEqual({
    counts: [
      { reason: "Go", files: 2 },
      { reason: "binary", files: 1 },
      { reason: "too large", files: 1 },
    ],
    problems: [
      { file: "d.js", message: "d.js: binary, not text; not analysed" },
      {
        file: "dist/bundle.js",
        message: "dist/bundle.js: 19.4 MiB, larger than the 1 MiB limit for source; not analysed",
      },
    ],
  });
  expect(snapshot.problems.map(({ message }) => message)).toEqual([
    "package.json: line 1: invalid symbol; read as far as it goes",
    'tsconfig.json: extends itself; remove one "extends" of the circle',
  ]);
});

test("configuration that cannot be read is said", async () => {
  const { snapshot } = await new Workspace(
    createMemoryFileSystem({ "remit.yaml": { kind: "unreadable", why: "permission denied" } }),
  ).refresh();
  expect(snapshot.problems).toEqual([
    { file: "remit.yaml", message: "remit.yaml: cannot be read (permission denied); not analysed" },
  ]);
});

test("files left out by configuration are not considered, but an import leads to them", async () => {
  const { snapshot } = await new Workspace(
    createMemoryFileSystem({ "remit.yaml": "lint:\n  exclude: legacy\n", "legacy/a.ts": "", "b.ts": "" }),
  ).refresh();
  expect(snapshot.files.map(({ path }) => path)).toEqual(["b.ts", "remit.yaml"]);
  expect(snapshot.resolver.resolve("b.ts", "./legacy/a", "import")).toEqual({ kind: "file", file: "legacy/a.ts" });
});

test("an edit changes one text; a new file, a manifest or a setting changes more", async () => {
  const files = { "package.json": '{ "name": "a" }', "src/a.ts": "1", "dist/b.js": "", ".gitignore": "private" };
  const workspace = new Workspace(createMemoryFileSystem(files));
  const first = await workspace.refresh();
  expect([first.structural, [...first.changed].sort()]).toEqual([
    true,
    [".gitignore", "dist/b.js", "package.json", "src/a.ts"],
  ]);

  const edit = async (path: string, text: string): Promise<readonly [boolean, ...string[]]> => {
    workspace.setDocument(path, text);
    const { structural, changed } = await workspace.refresh();
    return [structural, ...changed];
  };
  expect(await edit("src/a.ts", "2")).toEqual([false, "src/a.ts"]);
  expect(await edit("src/new.ts", "")).toEqual([true, "src/new.ts"]);
  expect(await edit("src/new.ts", "x")).toEqual([false, "src/new.ts"]);
  expect(await edit("package.json", '{ "name": "b" }')).toEqual([true, "package.json"]);
  expect(await edit("dist/b.js", "x")).toEqual([true, "dist/b.js"]);
  expect(await edit("private/note.ts", "1")).toEqual([true, "private/note.ts"]);
  expect(await edit("private/note.ts", "2")).toEqual([false, "private/note.ts"]);
  expect(await edit(".gitignore", "src")).toEqual([true, ".gitignore", "src/a.ts", "src/new.ts", "private/note.ts"]);

  workspace.closeDocument(".gitignore");
  workspace.closeDocument("package.json");
  workspace.closeDocument("src/new.ts");
  workspace.closeDocument("private/note.ts");
  workspace.closeDocument("dist/b.js");
  workspace.closeDocument("src/a.ts");
  const last = await workspace.refresh();
  expect(everything(last.snapshot)).toEqual(everything(first.snapshot));
});

test("files that change on the disk", async () => {
  const root = fs.mkdtempSync(join(tmpdir(), "remit-"));
  fs.mkdirSync(join(root, "shared"));
  fs.mkdirSync(join(root, "app"));
  fs.writeFileSync(join(root, "shared/mail.ts"), "1");
  fs.writeFileSync(join(root, "app/a.ts"), "import './shared/mail'");
  fs.symlinkSync("../shared", join(root, "app/shared"));
  const workspace = new Workspace(createDiskFileSystem(root));
  const { snapshot } = await workspace.refresh();
  expect(snapshot.files.map(({ path }) => path)).toEqual(["app/a.ts", "shared/mail.ts"]);
  expect(snapshot.resolver.resolve("app/a.ts", "./shared/mail", "import")).toEqual({
    kind: "file",
    file: "shared/mail.ts",
  });

  expect(snapshot.read("shared/mail.ts")).toMatchObject({ text: "1" });
  fs.writeFileSync(join(root, "shared/mail.ts"), "2");
  expect(snapshot.read("shared/mail.ts")).toMatchObject({ text: "1" });
  workspace.filesChanged(["shared/mail.ts"]);
  const edited = await workspace.refresh();
  expect([edited.structural, [...edited.changed]]).toEqual([false, ["shared/mail.ts"]]);
  expect(edited.snapshot.read("shared/mail.ts")).toMatchObject({ text: "2" });

  fs.rmSync(join(root, "shared/mail.ts"));
  workspace.filesChanged();
  const emptied = await workspace.refresh();
  expect(emptied.snapshot.files.map(({ path }) => path)).toEqual(["app/a.ts"]);
  expect([...emptied.changed].sort()).toEqual(["app/a.ts", "shared/mail.ts"]);
  fs.rmSync(root, { recursive: true });
});

test("the order in which files are found changes nothing", async () => {
  const files: [string, string][] = [
    ["package.json", '{ "name": "a", "workspaces": ["p/*"] }'],
    ["p/x/package.json", '{ "name": "x" }'],
    ["p/x/src/index.ts", ""],
    ["p/y/package.json", '{ "name": "y", "dependencies": { "x": "*" } }'],
    ["p/y/src/index.ts", ""],
  ];
  const one = await new Workspace(createMemoryFileSystem(files)).refresh();
  const other = await new Workspace(createMemoryFileSystem([...files].reverse())).refresh();
  expect(everything(other.snapshot)).toEqual(everything(one.snapshot));
});
