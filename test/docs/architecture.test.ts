import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname } from "node:path";
import { describe, expect, test } from "vitest";
import { headings, manifest, projectFiles, read, root } from "./project.ts";

/* `docs/architecture.md` speaks of what is there, and of all of it. */

const page = read("docs/architecture.md");

test("every folder of the server has its section", () => {
  const folders = readdirSync(`${root}server/src`, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  const filled = folders.filter((name) => projectFiles().some((path) => path.startsWith(`server/src/${name}/`)));
  const sections = headings("docs/architecture.md").flatMap((heading) =>
    [...heading.matchAll(/`([a-z]+)\/`/g)].map((match) => match[1]!),
  );
  expect(filled.filter((name) => !sections.includes(name))).toEqual([]);
});

test("every frozen point names the tests that hold it", () => {
  const frozen = page.split("\n## ").find((section) => section.startsWith("What is frozen"))!;
  const points = frozen.split("\n### ").slice(1);
  expect(points).toHaveLength(10);
  expect(points.filter((point) => !/`test\/[^`]+`/.test(point)).map((point) => point.split("\n")[0])).toEqual([]);
});

test("every dependency is explained, and none that is not there", () => {
  const table = page.split("\n## ").find((section) => section.startsWith("Libraries"))!;
  const explained = [...table.matchAll(/^\| ([^|]+) \|/gm)].flatMap((row) =>
    [...row[1]!.matchAll(/`([^`]+)`/g)].map((match) => match[1]!),
  );
  expect(explained.sort()).toEqual(Object.keys(manifest.devDependencies).sort());
});

describe("the project is nobody's machine", () => {
  /** Folders of whoever runs this test; not the root of the file system. */
  const folders = [dirname(root.replace(/[/\\]$/, "")), tmpdir()].filter((folder) => dirname(folder) !== folder);

  test("no file names a folder of this machine", () => {
    const texts = projectFiles().filter((path) => !/\.(?:br|png|ico)$/.test(path) && path !== "package-lock.json");
    const naming = texts.filter((path) => folders.some((folder) => namesFolder(read(path), folder)));
    expect(naming).toEqual([]);
  });
});

/** As an absolute path: `src/tmp/x` does not name `/tmp`. */
function namesFolder(text: string, folder: string): boolean {
  for (let at = text.indexOf(`${folder}/`); at >= 0; at = text.indexOf(`${folder}/`, at + 1)) {
    if (!/[\w.~-]/.test(text[at - 1] ?? " ")) return true;
  }
  return false;
}
