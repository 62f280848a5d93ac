import { chmodSync, mkdirSync, symlinkSync } from "node:fs";
import { execFileSync } from "node:child_process";
import path from "node:path";
import process from "node:process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AGENT, FINDING, bundledProgram } from "./program.ts";
import type { Program, Ran } from "./program.ts";

let program: Program;
beforeAll(async () => void (program = await bundledProgram()), 60_000);
afterAll(() => program.remove());

const check = (files: Readonly<Record<string, string | Uint8Array>>, ...argv: string[]): Promise<Ran> =>
  program.run(["check", ...argv], program.folder(files));

/** One line each, in any order, and nothing else. */
function expectLines(err: string, lines: readonly string[]): void {
  expect(
    err
      .split("\n")
      .filter((line) => line !== "")
      .sort(),
  ).toEqual(lines.map((line) => `remit: ${line}`).sort());
}

describe("a file that cannot be analysed is one line on stderr, and the rest is analysed", () => {
  const each: [what: string, files: Record<string, string | Uint8Array>, lines: string[]][] = [
    [
      "syntax errors",
      { "bad.ts": 'import "googleapis";\nfunction ( {{{ ]] \n"unterminated\n' },
      ["bad.ts: syntax error: Identifier expected; read as far as it can be understood"],
    ],
    [
      "typed halfway",
      { "half.ts": 'import { google } from "googleapis";\nconst gmail = google.gmail({ auth: \ngmail.users.' },
      ["half.ts: syntax error: Identifier expected; read as far as it can be understood"],
    ],
    [
      "a bundle of 20 MB",
      { "bundle.js": `import "googleapis";\n${"var a=function(x){return x+1};".repeat(700_000)}` },
      ["bundle.js: 20.0 MiB, larger than the 1 MiB limit for source; not analysed"],
    ],
    [
      "binary named .js",
      { "image.js": Uint8Array.from({ length: 4096 }, (_, i) => i) },
      ["image.js: binary, not text; not analysed"],
    ],
    ["a NUL at the start", { "nul.ts": `\0${AGENT}` }, ["nul.ts: binary, not text; not analysed"]],
    [
      "a NUL far in",
      { "nul.ts": `import "googleapis";\n//${"x".repeat(10_000)}\n\0const a = "b\0c";` },
      ["nul.ts: syntax error: Invalid character; read as far as it can be understood"],
    ],
    [
      "half of a surrogate pair in bytes",
      { "lone.ts": Uint8Array.of(0x22, 0xed, 0xa0, 0x80, 0x22) },
      ["lone.ts: not valid UTF-8; not analysed"],
    ],
    [
      "brackets 5,000 deep",
      { "deep.ts": `import "googleapis"; export const a = ${"[".repeat(5000)}${"]".repeat(5000)};` },
      ["deep.ts: syntax error: nested too deeply to be read; read as far as it can be understood"],
    ],
    [
      "a name that would write on the terminal",
      { "\u001b[31m\u202e.ts": 'import "googleapis";\nfunction (' },
      ["\\x1b[31m\\u{202e}.ts: syntax error: Identifier expected; read as far as it can be understood"],
    ],
    [
      "a tsconfig that extends itself",
      { "tsconfig.json": '{ "extends": "./tsconfig.json", "compilerOptions": { "paths": { "@/*": ["./*"] } } }' },
      ['tsconfig.json: extends itself; remove one "extends" of the circle'],
    ],
    [
      "tsconfigs that extend each other",
      {
        "tsconfig.json": '{ "extends": ["./a.json"] }',
        "a.json": '{ "extends": "./b.json" }',
        "b.json": '{ "extends": "./a.json" }',
      },
      ['a.json: extends itself through b.json; remove one "extends" of the circle'],
    ],
    [
      "manifests that are cut off",
      {
        "package.json": '{ "name": 3, "bin": [1], "exports": 5, "workspaces": "x"',
        "tsconfig.json": '{ "extends": 12, "include": {',
      },
      [
        "package.json: line 1: close brace expected; read as far as it goes",
        "tsconfig.json: line 1: close brace expected; read as far as it goes",
      ],
    ],
    [
      "a remit.yaml that is no YAML",
      { "remit.yaml": "lint: [\n  x: :" },
      ["remit.yaml: line 2: Unexpected : in flow sequence; nothing in it counts until it is valid YAML"],
    ],
    [
      "a remit.yaml with wrong settings",
      {
        "remit.yaml":
          "lint:\n  rulez: {}\n  rules:\n    no-such-rule: error\n    constructor: off\n    unused-permission: fatal\n__proto__: {}\n",
      },
      [
        "remit.yaml: line 2: lint.rulez is not a setting; did you mean rules",
        "remit.yaml: line 4: lint.rules.no-such-rule is not a rule",
        "remit.yaml: line 5: lint.rules.constructor is not a rule",
        "remit.yaml: line 6: lint.rules.unused-permission is fatal; it must be one of error, warning, info, off",
        "remit.yaml: line 7: __proto__ is not a setting",
      ],
    ],
    [
      "a remit.yaml that contains itself",
      { "remit.yaml": "lint: &a [*a, *a]\n" },
      ["remit.yaml: line 1: lint must be a table of settings"],
    ],
    [
      "a remit.yaml that grows when it is read",
      {
        "remit.yaml": `a: &a [${Array(9).fill("x").join()}]\n${Array.from("bcdefghi", (name, i) => `${name}: &${name} [${Array(9).fill(`*${"abcdefgh"[i]}`).join()}]\n`).join("")}`,
      },
      ["remit.yaml: line 1: uses its anchors too often; write the values out"],
    ],
  ];

  // All in one run, each in a folder of its own: none may spoil another.
  const folderOf = (what: string): string => what.replaceAll(/\W+/g, "-");
  let ran: Ran;
  beforeAll(async () => {
    const files = each.flatMap(([what, bad]) =>
      Object.entries({ "agent.ts": AGENT, ...bad }).map(([name, content]) => [`${folderOf(what)}/${name}`, content]),
    );
    ran = await check(Object.fromEntries(files) as Record<string, string | Uint8Array>);
  }, 60_000);

  it.each(each)("%s", (what, _, lines) => {
    const folder = `${folderOf(what)}/`;
    const said = ran.err.split("\n").filter((line) => line.includes(folder));
    expectLines(said.join("\n").replaceAll(folder, ""), lines);
    expect(ran.out).toContain(folder + FINDING);
  });

  it("and nothing else is said", () => {
    expect(ran.err.trimEnd().split("\n")).toHaveLength(each.flatMap(([, , lines]) => lines).length);
    expect(ran.code).toBe(1);
  });

  it("is an error of its own under --strict", async () => {
    const bad = { "image.js": Uint8Array.of(0, 1, 2), "a.ts": "export {};\n" };
    expect(await check(bad)).toMatchObject({ code: 0, err: "remit: image.js: binary, not text; not analysed\n" });
    expect(await check(bad, "--strict")).toMatchObject({ code: 2 });
  });
});

describe("what only a disk can hold", () => {
  it("links in circles, to nowhere and to the folder above are not followed twice", async () => {
    const folder = program.folder({ "agent.ts": AGENT, "sub/b.ts": "export {};\n" });
    const links = { loop: ".", x: "y", y: "x", "nowhere.ts": "missing.ts", "sub/up": "..", "sub/out": "/" };
    for (const [name, target] of Object.entries(links)) symlinkSync(target, path.join(folder, name));
    const { code, out, err } = await program.run(["check"], folder);
    expect({ code, err }).toEqual({ code: 1, err: "" });
    expect(out).toContain("2 scopes, 1 call read");
  });

  it.skipIf(process.platform === "win32")("a pipe named .ts is not waited for", async () => {
    const folder = program.folder({ "agent.ts": AGENT });
    execFileSync("mkfifo", [path.join(folder, "pipe.ts")]);
    expect(await program.run(["check"], folder)).toMatchObject({ code: 1, err: "" });
  });

  it.skipIf(process.platform === "win32")("files and folders that must not be read are named", async () => {
    const folder = program.folder({ "agent.ts": AGENT, "secret.ts": AGENT, "closed/c.ts": "export {};\n" });
    mkdirSync(path.join(folder, "empty"));
    chmodSync(path.join(folder, "secret.ts"), 0);
    chmodSync(path.join(folder, "closed"), 0);
    // Root may read everything: then somebody runs it who may not.
    const nobody = process.getuid?.() === 0 ? 65_534 : undefined;
    const { code, out, err } = await program.run(["check"], folder, nobody);
    chmodSync(path.join(folder, "closed"), 0o755);
    expectLines(err, [
      "closed: cannot be read (permission denied); nothing in it is analysed",
      "secret.ts: cannot be read (permission denied); not analysed",
    ]);
    expect(out).toContain(FINDING);
    expect(code).toBe(1);
  });
});

describe("nothing to analyse is bad usage", () => {
  it("an empty folder", async () => {
    expect(await check({})).toEqual({
      code: 2,
      out: "",
      err: "remit: nothing to analyse in this folder: no TypeScript or JavaScript source and no manifest Remit reads\n",
    });
  });

  it("only files that cannot be read", async () => {
    const { code, err } = await check({ "a.js": Uint8Array.of(0) });
    expect(code).toBe(2);
    expectLines(err, [
      "a.js: binary, not text; not analysed",
      "nothing to analyse in this folder: no TypeScript or JavaScript source and no manifest Remit reads (not analysed: 1 × binary)",
    ]);
  });

  it("a path that is not there", async () => {
    expect(await check({ "agent.ts": AGENT }, "missing")).toEqual({
      code: 2,
      out: "",
      err: "remit: missing: no such file or folder\n",
    });
  });
});

describe("texts that are right, only unusual", () => {
  const ends: [string, (text: string) => string | Uint8Array][] = [
    ["CRLF", (text) => text.replaceAll("\n", "\r\n")],
    ["lone CR", (text) => text.replaceAll("\n", "\r")],
    ["a byte order mark", (text) => `\ufeff${text}`],
    ["UTF-16", (text) => Buffer.from(`\ufeff${text}`, "utf16le")],
  ];
  it.concurrent.each(ends)("%s: same finding, same line", async (_, written) => {
    const { code, out, err } = await check({ "agent.ts": written(AGENT) });
    expect({ code, err }).toEqual({ code: 1, err: "" });
    expect(out).toContain(FINDING);
  });

  it("a line of nearly a million columns is shown in part", async () => {
    const long = `/*${"x".repeat(900_000)}*/ ${AGENT.replaceAll("\n", " ")}`;
    const { code, out, err } = await check({ "agent.ts": long });
    expect({ code, err }).toEqual({ code: 1, err: "" });
    expect(out).toContain("agent.ts:1  error  unused-permission");
    expect(Math.max(...out.split("\n").map((line) => line.length))).toBeLessThan(250);
  });

  it("lone surrogates and NULs in texts are neither lost nor written to a terminal", async () => {
    const odd = `${AGENT}auth.generateAuthUrl({ scope: ["\\ud800", "a\\0b", "\\u202e"] });\n`;
    const text = await check({ "agent.ts": odd }, "--all");
    expect(text).toMatchObject({ code: 1, err: "" });
    expect(text.out).toContain('"a\\x00b" is no Google scope');
    expect(text.out).not.toMatch(/[\0\u202e\ud800]/);
    const { out } = await check({ "agent.ts": odd }, "--format", "json");
    expect(out).toContain(String.raw`"permission": "\ud800"`);
    expect(() => JSON.parse(out) as unknown).not.toThrow();
  });
});

it("what lies outside of the folders asked about is not looked at", async () => {
  const folder = program.folder({
    "asked/package.json": '{ "name": "asked" }',
    "asked/index.ts": "export const nothing = 1;\n",
    "other/package.json": '{ "name": "other" }',
    "other/agent.ts": `${AGENT}// remit-ignore unused-permission\nfunction (`,
  });
  expect(await program.run(["check", "asked"], folder)).toEqual({
    code: 0,
    out: "0 findings · 0 tools, 0 permissions, 0 calls read · 0 blind spots\n",
    err: "",
  });
});
