import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

/*
 * Each case is a file whose comments say which scopes the text above them must have, and which it must not have. The
 * injections are read from `package.json`, as VS Code reads them; the languages' own grammars are VS Code's, from tm-grammars.
 */

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(dirname(here));
const require = createRequire(import.meta.url);
const tmGrammars = dirname(require.resolve("tm-grammars/grammars/typescript.json"));
const languages = ["typescript", "tsx", "javascript", "json", "jsonc", "yaml", "python"];

describe("permissions and remit comments stand out, look-alikes do not", () => {
  test.each(readdirSync(join(here, "fixtures")))("%s", (name) => {
    const grammars = languages.flatMap((language) => ["-g", join(tmGrammars, `${language}.json`)]);
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [require.resolve("vscode-tmgrammar-test/dist/unit.js"), ...grammars, join("test/syntaxes/fixtures", name)],
      { cwd: root, encoding: "utf8" },
    );
    expect(status, stdout + stderr).toBe(0);
    expect(stdout).toMatch(/run successfuly/); // the tool's spelling
  });
});

test("every grammar is contributed, and named as it is", () => {
  const { contributes } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const contributed = contributes.grammars.map(({ scopeName, path }: Record<string, string>) => [path, scopeName]);
  const present = readdirSync(join(root, "syntaxes")).map((file) => [
    `./syntaxes/${file}`,
    JSON.parse(readFileSync(join(root, "syntaxes", file), "utf8")).scopeName,
  ]);
  expect(Object.fromEntries(contributed)).toEqual(Object.fromEntries(present));
});
