import { spawn } from "node:child_process";
import { cpSync, readFileSync } from "node:fs";
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
    expect(out).toMatch(/\n2 errors, 1 warning · 5 tools, 4 scopes, 7 calls read · 0 blind spots\n$/);
  });

  it("prints the example as SARIF, without a word on stderr", async () => {
    const { code, out, err } = await start(["check", "examples/mail-digest", "--format", "sarif"], project);
    expect({ code, err }).toEqual({ code: 1, err: "" });
    const { runs } = JSON.parse(out) as { runs: [{ results: { ruleId: string; codeFlows: object[] }[] }] };
    expect(runs[0].results.map(({ ruleId, codeFlows }) => [ruleId, codeFlows.length])).toEqual([
      ["broad-permission", 2],
      ["unused-permission", 5],
      ["read-only-tool-writes", 1],
    ]);
  });

  it("fixes a copy of the example, and finds nothing any more", async () => {
    const root = folder({});
    cpSync(path.join(project, "examples/mail-digest"), root, { recursive: true });
    const { code, out, err } = await start(["check", "--fix"], root);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toBe("3 fixed, 0 findings · 5 tools, 3 scopes, 7 calls read · 0 blind spots\n");
    expect(await start(["check", "--diff"], root)).toEqual({ code: 0, out: "", err: "remit: nothing to fix\n" });
  });

  it.each(["--stdio", "--node-ipc"])("serves an editor: lsp %s", async (transport) => {
    const isIpc = transport === "--node-ipc";
    const child = spawn(process.execPath, ["--import", import.meta.resolve("tsx"), main, "lsp", transport], {
      cwd: folder({}),
      stdio: ["pipe", "pipe", "inherit", ...(isIpc ? (["ipc"] as const) : [])],
    });
    const send = (message: object) => {
      const body = JSON.stringify({ jsonrpc: "2.0", ...message });
      if (isIpc) child.send(JSON.parse(body) as object);
      else child.stdin!.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    };
    const ended = new Promise((settle) => child.on("close", settle));
    const answer = new Promise<string>((settle) => {
      let received = "";
      child.on("message", (message) => settle(JSON.stringify(message)));
      child.stdout!.on("data", (chunk: Buffer) => {
        received += chunk.toString();
        if (received.includes('"id":1')) settle(received);
      });
    });
    send({ id: 1, method: "initialize", params: { processId: null, rootUri: null, capabilities: {} } });
    expect(await answer).toContain('"positionEncoding":"utf-16"');
    send({ id: 2, method: "shutdown" });
    send({ method: "exit" });
    expect(await ended).toBe(0);
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
