import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { DOCUMENTS } from "../../client/src/documents.ts";
import { languageOf, isAnalysedCode, READ_EXTENSIONS } from "../../server/src/workspace/languages.ts";

/* What the engine reads, the editor hears of: a language that is added there is missing nowhere here. */

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly yamlValidation: readonly { readonly fileMatch: string; readonly url: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when: string }[]>>;
  };
}

const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;

/** VS Code's names of the languages whose code is followed. */
const VSCODE_LANGUAGES: Readonly<Record<string, readonly string[]>> = {
  typescript: ["typescript", "typescriptreact"],
  javascript: ["javascript", "javascriptreact"],
  python: ["python"],
};

const followed = [...new Set(READ_EXTENSIONS.map((extension) => languageOf(`x.${extension}`)).filter(isAnalysedCode))];
const languages = followed.flatMap((language) => VSCODE_LANGUAGES[language] ?? [`(${language}: unknown here)`]).sort();

test("every file that is read is sent as it is typed", () => {
  const extensions = DOCUMENTS.flatMap(({ pattern }) => /^\*\*\/\*\.\{(.*)\}$/.exec(pattern)![1]!.split(","));
  expect(extensions.sort()).toEqual([...READ_EXTENSIONS].sort());
});

test("every language that is followed wakes the extension, and offers to trace a line", () => {
  const waking = manifest.activationEvents.flatMap((event) => /^onLanguage:(.*)$/.exec(event)?.[1] ?? []);
  expect(waking.sort()).toEqual(languages);
  for (const { command, when } of Object.values(manifest.contributes.menus).flat()) {
    if (command !== "remit.traceHere") continue;
    const pattern = new RegExp(/editorLangId =~ \/(.*)\/$/.exec(when)![1]!);
    expect(languages.filter((language) => !pattern.test(language))).toEqual([]);
    expect(pattern.test("json")).toBe(false);
  }
});

test("remit.yaml is completed and checked as it is typed, where an extension does that by a schema", () => {
  const [{ fileMatch, url } = { fileMatch: "", url: "" }] = manifest.contributes.yamlValidation;
  expect(fileMatch).toBe("remit.yaml");
  expect(readFileSync(url, "utf8")).toBe(readFileSync("server/src/workspace/configuration.schema.json", "utf8"));
});
