import { spawnSync } from "node:child_process";
import process from "node:process";
import { expect, test } from "vitest";
import { headings, manifest, read, root } from "./project.ts";

/* The first screen shows what the program says today. */

test("the report in the README is what the program prints, but for the lines it leaves out", () => {
  const shown = /^ {4}\$ npm start\n((?: {4}.*\n|\n)+)/m.exec(read("README.md"))?.[1];
  expect(shown, "a block that begins with $ npm start").toBeDefined();
  const lines = shown!
    .trimEnd()
    .split("\n")
    .map((line) => line.replace(/^ {4}/, ""));
  expect(lines.filter((line) => line !== ELLIPSIS).length).toBeGreaterThan(10);
  expect(elided(report(), lines)).toEqual(lines);
});

/** A line of its own that stands for any number of lines. */
const ELLIPSIS = "…";

/** What `npm start` runs, by the source: the example's report. */
function report(): string[] {
  const main = ["--import", import.meta.resolve("tsx"), "server/src/cli/main.ts"];
  const { stdout, stderr, status } = spawnSync(process.execPath, [...main, "check", "examples/mail-digest"], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
  });
  expect({ stderr, status }).toEqual({ stderr: "", status: 1 });
  return stdout.trimEnd().split("\n");
}

/** The lines, with those left out that an ellipsis of `pattern` stands for; all of them where they do not fit. */
function elided(lines: readonly string[], pattern: readonly string[]): string[] {
  const shown: string[] = [];
  let at = 0;
  for (const [index, line] of pattern.entries()) {
    if (line === ELLIPSIS) {
      const next = lines.indexOf(pattern[index + 1] ?? "", at);
      if (next < 0) return [...lines];
      at = next;
      shown.push(ELLIPSIS);
    } else shown.push(lines[at++] ?? "");
  }
  return at === lines.length ? shown : [...lines];
}

test("the two commands are named first, and run what is in this folder", () => {
  const readme = read("README.md");
  expect(readme).toContain("`npm start`");
  expect(readme).toContain("`npm test`");
  expect(manifest.scripts["start"]).toBe("node scripts/start.mjs");
  expect(manifest.scripts["test"]).toBe("node scripts/test.mjs");
  expect(read("scripts/start.mjs")).toContain('"check", EXAMPLE');
  expect(read("scripts/start.mjs")).toContain('"examples/mail-digest"');
});

test("the change log has an entry for this version", () => {
  expect(headings("CHANGELOG.md")).toContainEqual(
    expect.stringMatching(new RegExp(`^\\[${manifest.version.replaceAll(".", "\\.")}\\]`)),
  );
});
