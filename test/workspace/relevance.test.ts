import { describe, expect, test } from "vitest";
import {
  createRelevanceTest,
  createTriggerTest,
  importSpecifiers,
  relevantFiles,
} from "../../server/src/workspace/relevance.ts";

describe("specifiers", () => {
  test.each([
    ["import a from './a';", ["./a"]],
    ['import"./side.js"', ["./side.js"]],
    ["import type { T } from './t'", ["./t"]],
    ["import {\n  a,\n  b,\n} from\n  './multi';", ["./multi"]],
    ["export * from './b'; export{c}from'./c'", ["./b", "./c"]],
    ["import x = require('./d')", ["./d"]],
    ["const e = require ( /* why */ './e' )", ["./e"]],
    ["await import(/* webpackChunkName: \"f\" */\n // now\n './f')", ["./f"]],
    ["import(`./g`)", ["./g"]],
    ["require.resolve('./h')", ["./h"]],
    ["module.require('./i')", ["./i"]],
    ["import j from './\\u006a'", ["./j"]],
    ["import data from './k.json' with { type: 'json' }", ["./k.json"]],
    ["import(`./${name}`)", []],
    ["const importer = 'x'; fromage('y')", []],
  ])("%s", (text, expected) => expect(importSpecifiers(text)).toEqual(expected));

  test("text that looks like a request hides none behind it", () => {
    expect(importSpecifiers('log("taken from " + require("./x"));')).toContain("./x");
    expect(importSpecifiers("// import 'a' from\nimport './y'")).toContain("./y");
  });
  test("an unfinished comment costs no more than a look", () => {
    const started = performance.now();
    importSpecifiers("import /* ".repeat(2_000) + "import " + " ".repeat(50_000));
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe("relevance", () => {
  const files = [
    { path: "gmail.ts", text: "import { google } from 'googleapis'" },
    { path: "helper.ts", text: "export const list = (gmail: any) => gmail.users.messages.list()" },
    { path: "tool.ts", text: "import './gmail'; import { list } from './helper'" },
    { path: "server.ts", text: "import './tool'" },
    { path: "circle-a.ts", text: "import './circle-b'" },
    { path: "circle-b.ts", text: "import './circle-a'; require('./server')" },
    { path: "other.ts", text: "import './helper'" },
  ];
  const resolve = (_: string, specifier: string): string | undefined =>
    specifier.startsWith("./") ? `${specifier.slice(2)}.ts` : undefined;

  test("a trigger, and whatever leads to it; what these import is the tracer's to fetch", () => {
    expect([...relevantFiles(files, resolve, createTriggerTest(["googleapis"]))].sort()).toEqual([
      "circle-a.ts",
      "circle-b.ts",
      "gmail.ts",
      "server.ts",
      "tool.ts",
    ]);
  });
  test("without a trigger nothing is scanned", () => {
    const forbidden = (): never => {
      throw new Error("resolved something");
    };
    expect(relevantFiles(files, forbidden, createTriggerTest(["@slack/web-api"])).size).toBe(0);
    expect(relevantFiles(files, forbidden, createTriggerTest([])).size).toBe(0);
  });
  test("triggers are plain strings", () => {
    expect(createTriggerTest(["a.b", "(x"])("axb")).toBe(false);
    expect(createTriggerTest(["a.b", "(x"])("f(x)")).toBe(true);
  });
  test.each([
    ['import { google } from "googleapis"', true],
    ['import fs from "fs"', true],
    ["import fs from 'node:fs'", true],
    ["const { readFile } = require(`fs/promises`)", true],
    ["await fetch(url)", true],
    ['import fs from "fs-extra"', false],
    ['import fs from "./fs"', false],
    ["the fs module", false],
    ["import fs from 'fs\"", false],
  ])("%s matters: %s", (text, expected) => {
    const matters = createRelevanceTest({ primary: ["googleapis"], secondary: ["fetch("], modules: ["fs", "net"] });
    expect(matters(text)).toBe(expected);
  });
});
