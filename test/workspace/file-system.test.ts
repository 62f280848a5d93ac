import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  createDiskFileSystem,
  ignoreFilesAbove,
  placePaths,
  type DiskCalls,
} from "../../server/src/workspace/disk-file-system.ts";
import { describeContent, type FileContent } from "../../server/src/workspace/file-system.ts";
import { createMemoryFileSystem } from "../../server/src/workspace/memory-file-system.ts";
import { createOverlayFileSystem } from "../../server/src/workspace/overlay-file-system.ts";
import { walk } from "../../server/src/workspace/walk.ts";

let root: string;
beforeEach(() => (root = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), "remit-")))));
afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

function put(path: string, content: string | Uint8Array): void {
  fs.mkdirSync(join(root, path, ".."), { recursive: true });
  fs.writeFileSync(join(root, path), content);
}

function line(path: string, content: FileContent): string {
  if (content.kind === "text") throw new Error("this is text");
  return describeContent(path, content);
}

describe("reading from the disk", () => {
  test.each<readonly [string, Uint8Array, Partial<FileContent>]>([
    ["plain", Buffer.from("a = 'é'"), { text: "a = 'é'", bom: false, encoding: "utf-8" }],
    ["UTF-8 with a mark", Buffer.from("\ufeffa"), { text: "a", bom: true, encoding: "utf-8" }],
    ["UTF-16, little end first", Buffer.from("\ufeffaé", "utf16le"), { text: "aé", bom: true, encoding: "utf-16le" }],
    [
      "UTF-16, big end first",
      Buffer.from("\ufeffaé", "utf16le").swap16(),
      { text: "aé", bom: true, encoding: "utf-16be" },
    ],
    ["nothing", Buffer.alloc(0), { text: "", bom: false }],
  ])("%s, and written back as it was", (_, bytes, expected) => {
    put("a.ts", bytes);
    const disk = createDiskFileSystem(root);
    const content = disk.read("a.ts");
    expect(content).toMatchObject(expected);
    if (content.kind !== "text") return;
    expect(disk.write("a.ts", `${content.text}!`, content)).toBeUndefined();
    expect(disk.read("a.ts")).toEqual({ ...content, text: `${content.text}!` });
    expect(fs.readdirSync(root)).toEqual(["a.ts"]);
  });

  test("a binary that calls itself .js", () => {
    put("a.js", Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1]));
    expect(line("a.js", createDiskFileSystem(root).read("a.js"))).toBe("a.js: binary, not text; not analysed");
  });

  test("text in no encoding we know", () => {
    put("a.js", Buffer.from([0x61, 0xe9, 0x61]));
    expect(line("a.js", createDiskFileSystem(root).read("a.js"))).toBe("a.js: not valid UTF-8; not analysed");
  });

  test("a bundle of 20 MB", () => {
    put("dist/bundle.js", "");
    fs.truncateSync(join(root, "dist/bundle.js"), Math.round(20.3 * 1024 * 1024));
    expect(line("dist/bundle.js", createDiskFileSystem(root).read("dist/bundle.js"))).toBe(
      "dist/bundle.js: 20.3 MiB, larger than the 1 MiB limit for source; not analysed",
    );
  });

  test("a directory named x.ts, and nothing at all", () => {
    fs.mkdirSync(join(root, "x.ts"));
    const disk = createDiskFileSystem(root);
    expect(line("x.ts", disk.read("x.ts"))).toBe("x.ts: cannot be read (it is a directory); not analysed");
    expect(line("y.ts", disk.read("y.ts"))).toBe("y.ts: no such file");
  });

  test("a file and a directory that may not be read", () => {
    put("secret/a.ts", "");
    const denied = (): never => {
      throw Object.assign(new Error("EACCES: permission denied"), { code: "EACCES" });
    };
    const disk = createDiskFileSystem(root, {
      calls: { ...fs, readFileSync: denied, readdirSync: denied } as unknown as DiskCalls,
    });
    expect(line("secret/a.ts", disk.read("secret/a.ts"))).toBe(
      "secret/a.ts: cannot be read (permission denied); not analysed",
    );
    expect(disk.list("secret")).toEqual({ kind: "unreadable", why: "permission denied" });
    expect(walk(disk).problems).toEqual([
      { file: "", message: ".: cannot be read (permission denied); nothing in it is analysed" },
    ]);
  });

  test("a pipe does not make us wait", () => {
    execFileSync("mkfifo", [join(root, "pipe.ts")]);
    const disk = createDiskFileSystem(root);
    expect(disk.kind("pipe.ts")).toBe("other");
    expect(line("pipe.ts", disk.read("pipe.ts"))).toBe(
      "pipe.ts: cannot be read (it is not a regular file); not analysed",
    );
    expect(walk(disk).files).toEqual([]);
  });

  test("links: within the root they lead somewhere, out of it nowhere, in a circle nowhere", () => {
    put("src/a.ts", "a");
    const outside = fs.mkdtempSync(join(tmpdir(), "remit-outside-"));
    fs.writeFileSync(join(outside, "b.ts"), "b");
    fs.symlinkSync(outside, join(root, "away"));
    fs.symlinkSync(join(root, "src"), join(root, "near"));
    fs.symlinkSync(root, join(root, "src/up"));
    fs.symlinkSync(join(root, "loop"), join(root, "loop"));
    const disk = createDiskFileSystem(root);
    expect(disk.realPath("near/a.ts")).toBe("src/a.ts");
    expect(disk.realPath("away/b.ts")).toBeUndefined();
    expect(line("away/b.ts", disk.read("away/b.ts"))).toBe(
      "away/b.ts: cannot be read (it is a link out of the workspace); not analysed",
    );
    expect(line("loop", disk.read("loop"))).toBe(
      "loop: cannot be read (it is a link that leads back to itself); not analysed",
    );
    expect(disk.write("away/b.ts", "x", { bom: false, encoding: "utf-8" })).toBe(
      "away/b.ts: cannot be written (it is a link out of the workspace)",
    );
    const found = walk(disk);
    expect(found.files).toEqual(["src/a.ts"]);
    expect([...found.links]).toEqual([
      ["near", "src"],
      ["src/up", ""],
    ]);
    fs.rmSync(outside, { recursive: true });
  });
});

describe("where a run looks", () => {
  test("the working directory, if it holds all named paths", () => {
    put("src/a.ts", "");
    expect(placePaths(root, ["src/a.ts", "src", "."])).toEqual({ root, paths: ["src/a.ts", "src", ""], problems: [] });
  });
  test("else the directory that does", () => {
    put("one/src/a.ts", "");
    put("two/b.ts", "");
    expect(placePaths(join(root, "one"), ["../two/b.ts"])).toEqual({
      root: join(root, "two"),
      paths: ["b.ts"],
      problems: [],
    });
    expect(placePaths(join(root, "one"), ["../two", "src"])).toEqual({ root, paths: ["two", "one/src"], problems: [] });
  });
  test("a path that is not there is a line", () => {
    expect(placePaths(root, ["gone"])).toEqual({ root, paths: [], problems: ["gone: no such file or directory"] });
  });
  test("ignore files of the repository above count, those above the repository do not", () => {
    put(".gitignore", "*.log");
    put("repository/.git/HEAD", "");
    put("repository/.gitignore", "/packages/a/tmp\n");
    put("repository/packages/.gitignore", "*.out.js");
    put("repository/packages/a/tmp/x.ts", "");
    put("repository/packages/a/b.out.js", "");
    put("repository/packages/a/c.log", "");
    const above = ignoreFilesAbove(join(root, "repository/packages/a"));
    expect(above.map(({ prefix }) => prefix)).toEqual(["packages/a", "a"]);
    expect(walk(createDiskFileSystem(join(root, "repository/packages/a")), { ignoreFilesAbove: above }).files).toEqual([
      "c.log",
    ]);
    expect(ignoreFilesAbove(root)).toEqual([]);
  });
});

describe("the overlay", () => {
  const saved = createMemoryFileSystem({
    "a.ts": "saved",
    "b.ts": { kind: "text", text: "b", bom: true, encoding: "utf-8" },
  });

  test("unsaved text lies over saved text until the document is closed", () => {
    const overlay = createOverlayFileSystem(saved);
    overlay.set("a.ts", "unsaved");
    expect(overlay.read("a.ts")).toMatchObject({ text: "unsaved" });
    overlay.remove("a.ts");
    expect(overlay.read("a.ts")).toMatchObject({ text: "saved" });
  });
  test("how the file is written on the disk stays its own matter", () => {
    const overlay = createOverlayFileSystem(saved);
    overlay.set("b.ts", "c");
    expect(overlay.read("b.ts")).toMatchObject({ text: "c", bom: true });
  });
  test("a new document is a file, and its folders are there", () => {
    const overlay = createOverlayFileSystem(saved);
    overlay.set("new/folder/c.ts", "c");
    expect(overlay.kind("new/folder")).toBe("directory");
    expect(walk(overlay).files).toEqual(["a.ts", "b.ts", "new/folder/c.ts"]);
  });
});
