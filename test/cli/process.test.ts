import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { folder } from "./support.ts";

const main = fileURLToPath(new URL("../../server/src/cli/main.ts", import.meta.url));
const project = fileURLToPath(new URL("../..", import.meta.url));

/** Runs the real program. `read`: stop reading after so many bytes, as `| head` does. */
function start(
  argv: readonly string[],
  cwd: string,
  read = Infinity,
): Promise<{ code: number | null; out: string; err: string }> {
  const loader = import.meta.resolve("tsx");
  const child = spawn(process.execPath, ["--import", loader, main, ...argv], {
    cwd,
    env: { ...process.env, NO_COLOR: "1" },
  });
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk: Buffer) => {
    out += chunk.toString();
    if (out.length >= read) child.stdout.destroy();
  });
  child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
  return new Promise((settle) => child.on("close", (code) => settle({ code, out, err })));
}

/** Enough calls for a report that fills any pipe. */
function largeProject(): string {
  const calls = Array.from(
    { length: 400 },
    (_, index) => `await gmail.users.messages.get({ userId: "me", id: "${index}" });\n`,
  );
  const head =
    'import { google } from "googleapis";\nconst gmail = google.gmail({ version: "v1", auth: new google.auth.OAuth2() });\n';
  return folder({ "main.ts": head + calls.join("") });
}

describe("the program itself", () => {
  it("delivers all of a large report through a pipe before it leaves", async () => {
    const { code, out, err } = await start(["inventory", "--format", "json"], largeProject());
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out.length).toBeGreaterThan(200_000);
    expect((JSON.parse(out) as { accesses: unknown[] }).accesses).toHaveLength(400);
  });

  it("stops without a word when nobody reads any more", async () => {
    expect(await start(["inventory", "--format", "json"], largeProject(), 100)).toMatchObject({ code: 0, err: "" });
  });

  it("says in one line that a folder is empty", async () => {
    expect(await start([], folder({}))).toEqual({
      code: 2,
      out: "",
      err: "remit: nothing to analyse in this folder: no TypeScript or JavaScript source and no manifest Remit reads\n",
    });
  });

  it("shows three findings on the bundled example and leaves with 0 if told to", async () => {
    const { code, out, err } = await start(["check", "examples/mail-digest", "--fail-on", "never"], project);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(
      /auth\.ts:7 {2}warning {2}broad-permission[^]*auth\.ts:8 {2}error {2}unused-permission[^]*read-only-tool-writes/,
    );
    expect(out).toMatch(/\n2 errors, 1 warning · 5 tools, 4 scopes, 5 calls read · 0 blind spots\n$/);
  });

  it("loads no engine to print its version or help", () => {
    const cli = path.dirname(main);
    expect([...staticImports(main)].map((file) => path.relative(cli, file).split(path.sep).join("/")).sort()).toEqual([
      "../report/visible.ts",
      "main.ts",
      "program.ts",
      "run.ts",
      "surroundings.ts",
      "usage-error.ts",
      "version.ts",
    ]);
  });
});

/** Source files that a file loads when it is loaded; types and what is imported on demand left out. */
function staticImports(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  const text = readFileSync(file, "utf8");
  for (const [, specifier] of text.matchAll(/^import (?!type\b)[^;]*?from "(\.[^"]+\.ts)"/gm)) {
    staticImports(path.resolve(path.dirname(file), specifier!), found);
  }
  return found;
}
