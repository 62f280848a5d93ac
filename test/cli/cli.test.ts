import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { Finding } from "../../server/src/model/finding.ts";
import { mailServer } from "../report/support.ts";
import { folder, remit } from "./support.ts";

const { build, result, unused } = mailServer();
const clean = build.result({ ...result, findings: [] });
const withFinding = (change: Partial<Finding>) => build.result({ ...result, findings: [{ ...unused, ...change }] });

describe("exit code", () => {
  it("is 0 without findings, 1 with an error", async () => {
    expect((await remit([], { result: clean })).code).toBe(0);
    expect((await remit([], { result })).code).toBe(1);
    expect((await remit(["check"], { result })).code).toBe(1);
  });

  it("follows --fail-on", async () => {
    const warned = withFinding({ severity: "warning" });
    expect((await remit(["check"], { result: warned })).code).toBe(0);
    expect((await remit(["check", "--fail-on", "warning"], { result: warned })).code).toBe(1);
    expect((await remit(["check", "--fail-on", "never"], { result })).code).toBe(0);
    expect((await remit(["check", "--fail-on", "info"], { result: withFinding({ severity: "info" }) })).code).toBe(1);
  });

  it("is never 1 for what is only possible", async () => {
    const possible = withFinding({ confidence: "possible" });
    expect((await remit(["check", "--fail-on", "info", "--max-warnings", "0"], { result: possible })).code).toBe(0);
  });

  it("is 1 over --max-warnings", async () => {
    const warned = withFinding({ severity: "warning" });
    expect((await remit(["--max-warnings", "1"], { result: warned })).code).toBe(0);
    expect((await remit(["--max-warnings", "0"], { result: warned })).code).toBe(1);
  });

  it("looks only at findings that --min-confidence lets through", async () => {
    const likely = withFinding({ confidence: "likely" });
    expect((await remit(["--min-confidence", "likely"], { result: likely })).code).toBe(1);
    expect((await remit(["--min-confidence", "certain"], { result: likely })).code).toBe(0);
  });

  it("is 2 under --strict where a file could not be read", async () => {
    const broken = build.result({
      ...clean,
      errors: [{ file: "src/odd.ts", message: "cannot be read: permission denied" }],
    });
    const lenient = await remit([], { result: broken });
    expect(lenient).toMatchObject({ code: 0, err: "remit: src/odd.ts: cannot be read: permission denied\n" });
    expect((await remit(["--strict"], { result: broken })).code).toBe(2);
    expect((await remit(["inventory", "--strict"], { result: broken })).code).toBe(2);
  });
});

describe("bad usage is one clear line and exit code 2", () => {
  it.each([
    [["nowhere"], "remit: nowhere: no such file or folder\n"],
    [["check", "--config", "none.yaml"], "remit: none.yaml: no such file or folder\n"],
    [["check", "--config", "src"], "remit: src: is a folder; --config takes a file\n"],
    [["check", "--fromat", "json"], "remit: unknown option '--fromat'\n(Did you mean --format?)\n"],
    [["trace", "src/auth.ts"], "remit: src/auth.ts: expected FILE:LINE, such as src/mail.ts:12\n"],
    [["check", "--stdin-filename", "../outside.ts"], "remit: ../outside.ts: not a file of the workspace\n"],
    [["explain"], "remit: missing required argument 'rule|permission|operation'\n"],
  ])("remit %j", async (argv, line) => {
    expect(await remit(argv, { result: clean })).toMatchObject({ code: 2, out: "", err: line });
  });

  it.each([
    ["--max-warnings", "few"],
    ["--format", "xml"],
    ["--fail-on", "fatal"],
    ["--min-confidence", "0.5"],
    ["--color", "mauve"],
  ])("%s %s", async (option, value) => {
    const { code, err } = await remit(["check", option, value], { result: clean });
    expect(code).toBe(2);
    expect(err).toMatch(new RegExp(`^remit: option '.*${option} <.*>' argument '${value}' is invalid\\.`));
    expect(err.trimEnd().split("\n")).toHaveLength(1);
  });

  it("nothing to analyse", async () => {
    const nothing = build.result({ files: 0, notAnalysed: [{ reason: "Python", files: 14 }] });
    expect(await remit(["src"], { result: nothing })).toMatchObject({
      code: 2,
      out: "",
      err: "remit: nothing to analyse in src: no TypeScript or JavaScript source and no manifest Remit reads (not analysed: 14 × Python)\n",
    });
  });

  it("paths that touch nothing", async () => {
    const elsewhere = build.result({ ...result, deployables: [], findings: [] });
    expect(await remit(["src"], { result: elsewhere })).toMatchObject({
      code: 2,
      err: "remit: nothing to analyse in src: no TypeScript or JavaScript source and no manifest Remit reads\n",
    });
  });

  it("a fault of Remit shows no stack trace", async () => {
    expect(await remit([], { failure: new Error("lost the thread") })).toMatchObject({
      code: 2,
      err: "remit: this is a fault in Remit, please report it: lost the thread\n",
    });
  });
});

describe("what is asked of the engine", () => {
  it("the working directory is the root, and paths limit the report", async () => {
    const workingDirectory = folder({ "src/auth.ts": "", "docs/a.md": "" });
    const { asked, code, out } = await remit(["docs", "--format", "json"], { result, workingDirectory });
    expect(asked).toMatchObject([{ root: workingDirectory, paths: ["docs"] }]);
    expect({ code, findings: (JSON.parse(out) as { findings: unknown[] }).findings }).toEqual({
      code: 0,
      findings: [],
    });
  });

  it("a path that leads out of the working directory moves the root, and files stay relative to the directory", async () => {
    const top = folder({ "mail/src/auth.ts": "", "here/x.ts": "" });
    const { asked, out } = await remit(["../mail", "--format", "json"], {
      result,
      workingDirectory: path.join(top, "here"),
    });
    expect(asked).toMatchObject([{ root: path.join(top, "mail"), paths: [] }]);
    expect(JSON.parse(out)).toMatchObject({ root: "../mail", findings: [{ file: "../mail/src/auth.ts" }] });
  });

  it("text from stdin stands in for the file it is said to be", async () => {
    const { asked } = await remit(["--stdin-filename", "src/auth.ts"], { result, input: "const edited = 1;" });
    expect(asked).toMatchObject([{ paths: ["src/auth.ts"], overlay: { "src/auth.ts": "const edited = 1;" } }]);
  });

  it("--config names the configuration file", async () => {
    const workingDirectory = folder({ "strict.yaml": "", "src/auth.ts": "" });
    const { asked } = await remit(["--config", "strict.yaml"], { result, workingDirectory });
    expect(asked).toMatchObject([{ configurationFile: path.join(workingDirectory, "strict.yaml") }]);
  });
});

describe("output", () => {
  it("text on a terminal is coloured, unless one says otherwise", async () => {
    const isColoured = async (argv: string[], environment: Record<string, string>, isTerminal: boolean) =>
      (await remit(argv, { result, environment, isTerminal })).out.includes("\u001b[");
    expect(await isColoured([], {}, true)).toBe(true);
    expect(await isColoured([], {}, false)).toBe(false);
    expect(await isColoured([], { NO_COLOR: "1" }, true)).toBe(false);
    expect(await isColoured([], { FORCE_COLOR: "1" }, false)).toBe(true);
    expect(await isColoured([], { NO_COLOR: "1", FORCE_COLOR: "1" }, false)).toBe(false);
    expect(await isColoured(["--color", "always"], { NO_COLOR: "1" }, false)).toBe(true);
    expect(await isColoured(["--color", "never"], { FORCE_COLOR: "1" }, true)).toBe(false);
  });

  it("json goes to stdout alone, times to stderr alone", async () => {
    const { out, err } = await remit(["--format", "json", "--stats"], { result });
    expect(JSON.parse(out)).toMatchObject({ version: 1, tool: { name: "remit", facts: "2026-11" } });
    expect(err).toMatch(/^remit: 2 files · open \d+ ms, analyse \d+ ms, report \d+ ms · \d+ MB\n$/);
    expect(out).not.toMatch(/ ms/);
  });

  it("whoever asks for infos or possible findings is shown them", async () => {
    const possible = withFinding({ severity: "info", confidence: "possible" });
    expect((await remit([], { result: possible })).out).toMatch(/^0 findings \(1 possible not shown\)/);
    for (const argv of [["--all"], ["--min-confidence", "possible"], ["--fail-on", "info"]]) {
      expect((await remit(argv, { result: possible })).out).toMatch(/^src\/auth.ts:3 {2}info \(possible\)/);
    }
  });

  it("--print-config prints and analyses nothing", async () => {
    expect(await remit(["--print-config"], {})).toMatchObject({ code: 0, out: "lint: {}\n", err: "" });
  });

  it("inventory lists what was seen and never fails", async () => {
    expect(await remit(["inventory"], { result })).toMatchObject({ code: 0, err: "" });
    const { out } = await remit(["inventory", "--format", "json"], { result });
    expect(JSON.parse(out)).toMatchObject({ grants: [{}, {}], accesses: [{}, {}, {}, {}] });
  });

  it("explain and trace print cards, or say what was perhaps meant", async () => {
    const answer = {
      cards: [{ title: "gmail.modify", sections: [{ heading: null, lines: ["Read and send."] }] }],
      near: [],
    };
    expect(await remit(["explain", "gmail.modify"], { answer })).toMatchObject({
      code: 0,
      out: "gmail.modify\n  Read and send.\n",
    });
    expect(await remit(["trace", "src/auth.ts:3"], { answer })).toMatchObject({ code: 0 });
    expect(await remit(["explain", "gmail.modfy"], { answer: { cards: [], near: ["gmail.modify"] } })).toMatchObject({
      code: 2,
      err: "remit: gmail.modfy: no rule, permission or operation of that name; did you mean gmail.modify?\n",
    });
  });
});

describe("help", () => {
  it("states the version of the package", async () => {
    const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
      version: string;
    };
    expect(await remit(["--version"])).toMatchObject({ code: 0, out: `${manifest.version}\n` });
  });

  it.each([
    ["--help"],
    ["check", "--help"],
    ["inventory", "--help"],
    ["explain", "--help"],
    ["trace", "--help"],
    ["lsp", "--help"],
    ["help", "check"],
  ])("has examples: remit %s %s", async (...argv) => {
    const { code, out, err } = await remit(argv.filter((word) => word !== undefined));
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^Usage: remit[^]*\nExamples:\n {2}remit/);
  });
});
