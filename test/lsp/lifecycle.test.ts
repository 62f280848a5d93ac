import { fork } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { Client, type Message, SERVER } from "./support/client.ts";
import { AGENT, AUTH, folder } from "./support/project.ts";
import { codes, PULL, pulled, session, type Session } from "./support/session.ts";

const FAKE = "test/lsp/support/fake-server.ts";
const WITH_PROGRESS = { ...PULL, window: { workDoneProgress: true } };
const CREATES = { "window/workDoneProgress/create": () => null };

describe("what comes in is checked", () => {
  it("answers unknown requests, wrong parameters and requests out of turn with the error the protocol has for it", async () => {
    const client = new Client();
    onTestFinished(async () => expect(await client.close()).toEqual([]));
    const code = async (method: string, params: unknown) => (await client.ask(method, params).answer).error?.code;
    for (const method of ["textDocument/hover", "textDocument/nonsense", "shutdown"])
      expect(await code(method, {}), method).toBe(-32002);
    await client.request("initialize", { processId: null, rootUri: null, capabilities: {} });
    expect(await code("initialize", { processId: null, rootUri: null, capabilities: {} })).toBe(-32600);
    expect(await code("textDocument/nonsense", {})).toBe(-32601);
    for (const params of [
      null,
      1,
      "x",
      [],
      {},
      { textDocument: 1 },
      { textDocument: { uri: 1 } },
      { textDocument: { uri: "file:///x.ts" }, position: {} },
    ])
      expect(await code("textDocument/hover", params), JSON.stringify(params)).toBe(-32602);
    expect(await code("workspace/executeCommand", { command: "remit.server.none" })).toBe(-32602);
    expect(await code("workspace/executeCommand", { command: "remit.server.trace", arguments: [1] })).toBe(-32602);
    for (const uri of [
      "",
      "x",
      "file:",
      "file:///%E0%A4%A",
      "file://host/x.ts",
      "untitled:Untitled-1",
      "vscode-vfs://a/b.ts",
    ])
      expect(
        await client.request("textDocument/hover", { textDocument: { uri }, position: { line: 0, character: 0 } }),
      ).toBeNull();
  });

  it("answers nothing but errors once it is shut down", async () => {
    const client = new Client();
    await client.request("initialize", { processId: null, rootUri: null, capabilities: {} });
    await client.request("shutdown", undefined);
    for (const method of [
      "textDocument/hover",
      "textDocument/nonsense",
      "workspace/diagnostic",
      "initialize",
      "shutdown",
    ])
      expect((await client.ask(method, { capabilities: {} }).answer).error?.code, method).toBe(-32600);
    client.notify("exit", undefined);
    expect(await client.exited).toBe(0);
    expect(client.faults).toEqual([]);
  });

  it("hears on after whatever is no message", async () => {
    const client = new Client();
    onTestFinished(async () => expect(await client.close()).toEqual([]));
    await client.request("initialize", { processId: null, rootUri: null, capabilities: {} });
    const alive = { textDocument: { uri: "untitled:x" }, position: { line: 0, character: 0 } };
    for (const nonsense of [
      "",
      "{nonsense",
      "5",
      "null",
      '"x"',
      '[{"jsonrpc":"2.0","id":1000,"method":"shutdown"}]',
      '{"jsonrpc":"2.0"}',
      '{"jsonrpc":"2.0","id":{},"method":"textDocument/hover","params":{}}',
      '{"jsonrpc":"2.0","id":null,"method":"textDocument/hover","params":{}}',
      '{"jsonrpc":"2.0","id":1000,"method":5}',
      '{"jsonrpc":"2.0","id":1000,"result":1}',
      '{"jsonrpc":"2.0","id":1000,"result":1,"error":{"code":1,"message":"x"}}',
      `${"[".repeat(100_000)}${"]".repeat(100_000)}`,
      "\ud800",
    ]) {
      client.write(nonsense);
      expect(await client.request("textDocument/hover", alive), nonsense.slice(0, 80)).toBeNull();
    }
  });

  it.each(["Content-Length: many\r\n\r\n{}", "Content-Type: text/plain\r\n\r\n{}", "not even a header\r\n\r\n"])(
    "leaves when it cannot tell any more where a message begins: %j",
    async (header) => {
      const client = new Client();
      await client.request("initialize", { processId: null, rootUri: null, capabilities: {} });
      client.process.stdin!.write(header);
      expect(await client.exited).toBe(1);
      expect(JSON.stringify(client.notifications)).toContain("a message could not be read");
    },
  );

  it("passes over notifications that make no sense, and goes on", async () => {
    const project = folder(AGENT);
    const talk = await session({ capabilities: PULL, folders: [project] });
    const { client } = talk;
    for (const params of [null, 5, {}, { textDocument: {} }, { textDocument: { uri: "x", version: "1", text: 1 } }]) {
      for (const method of ["didOpen", "didChange", "didSave", "didClose"])
        client.notify(`textDocument/${method}`, params);
      client.notify("workspace/didChangeWatchedFiles", params);
      client.notify("workspace/didChangeWorkspaceFolders", params);
      client.notify("workspace/didChangeConfiguration", params);
    }
    client.notify("$/cancelRequest", { id: 99 });
    client.notify("$/unknown", {});
    client.notify("unknown/method", {});
    const uri = project.at("src/auth.ts");
    talk.open(uri, AUTH);
    const at = { line: 9999, character: 9999 };
    client.notify("textDocument/didChange", {
      textDocument: { uri: project.at("none.ts"), version: 1 },
      contentChanges: [{ text: "" }],
    });
    client.notify("textDocument/didChange", {
      textDocument: { uri, version: 2 },
      contentChanges: [{ range: { start: at, end: { line: -1, character: -1 } }, text: "// end\n" }],
    });
    expect(codes((await pulled(talk, uri)).items)).toEqual(["unused-permission"]);
  });

  it("leaves with the code the protocol demands", async () => {
    const polite = new Client();
    await polite.request("initialize", { processId: null, rootUri: null, capabilities: {} });
    expect(await polite.close()).toEqual([]);
    const rude = new Client();
    await rude.request("initialize", { processId: null, rootUri: null, capabilities: {} });
    rude.notify("exit", undefined);
    expect(await rude.exited).toBe(1);
    const gone = new Client();
    await gone.request("initialize", { processId: null, rootUri: null, capabilities: {} });
    gone.process.stdin!.end();
    expect(await gone.exited).toBe(1);
  });
});

describe("it stays up", () => {
  it("says that the engine failed, and works again when the cause is gone", async () => {
    const project = folder({});
    const talk = await session({
      program: FAKE,
      arguments: ["broken"],
      capabilities: PULL,
      folders: [project],
      expects: ["window/showMessage"],
    });
    const uri = project.at("a.ts");
    talk.open(uri, "break");
    expect((await pulled(talk, uri)).items).toEqual([]);
    expect(await talk.client.notification("window/showMessage")).toMatchObject({
      type: 1,
      message: expect.stringMatching(/^Remit could not analyse .*: a rule is broken$/),
    });
    talk.change(uri, 2, "fine");
    expect((await pulled(talk, uri)).items).toEqual([]);
    const failed = await talk.client.ask("workspace/executeCommand", {
      command: "remit.server.trace",
      arguments: [uri, 1],
    }).answer;
    expect(failed.error).toMatchObject({ code: -32603, message: "workspace/executeCommand: no place" });
    expect(
      await talk.client.request("workspace/executeCommand", { command: "remit.server.explain", arguments: ["x"] }),
    ).toContain("something");
  });

  it("survives an exception that belongs to no request", async () => {
    const project = folder({});
    const talk = await session({
      program: FAKE,
      arguments: ["stray"],
      capabilities: PULL,
      folders: [project],
      expects: ["window/showMessage"],
    });
    talk.open(project.at("a.ts"), "");
    await pulled(talk, project.at("a.ts"));
    await talk.client.notification("window/showMessage");
    expect((await pulled(talk, project.at("a.ts"))).items).toEqual([]);
  });

  it("is killed in the middle of a request, and a new one knows nothing of it", async () => {
    const project = folder(AGENT);
    const first = await session({ capabilities: PULL, folders: [project] });
    first.open(project.at("src/auth.ts"), AUTH);
    void first.client.ask("textDocument/diagnostic", { textDocument: { uri: project.at("src/auth.ts") } });
    await delay(50);
    first.client.process.kill("SIGKILL");
    await first.client.exited;
    const second = await session({ capabilities: PULL, folders: [project] });
    second.open(project.at("src/auth.ts"), AUTH);
    expect(codes((await pulled(second, project.at("src/auth.ts"))).items)).toEqual(["unused-permission"]);
  });
});

describe("long work", () => {
  it("stops when nobody wants its result any more, and answers that it was cancelled", async () => {
    const project = folder({});
    const talk = await session({ program: FAKE, arguments: ["slow"], capabilities: PULL, folders: [project] });
    const { id, answer } = talk.client.ask("textDocument/diagnostic", { textDocument: { uri: project.at("a.ts") } });
    await delay(500);
    talk.client.notify("$/cancelRequest", { id });
    expect((await answer).error).toMatchObject({ code: -32800 });
    const said = await talk.client.until(
      () => /^cancelled after (\d+) parts\n$/.exec(talk.client.errors) ?? undefined,
      "the engine to stop",
    );
    expect(Number(said[1]), "of thirty parts").toBeLessThan(30);
    talk.client.errors = "";
  });

  it("begins anew when a text changes, and answers once, of the new text", async () => {
    const project = folder({});
    const talk = await session({ program: FAKE, arguments: ["slow"], capabilities: PULL, folders: [project] });
    const uri = project.at("a.ts");
    talk.open(uri, "one");
    const answer = pulled(talk, uri);
    await delay(500);
    talk.change(uri, 2, "two");
    expect((await answer).kind).toBe("full");
    expect(talk.client.errors).toMatch(/^cancelled after \d+ parts\n$/);
    talk.client.errors = "";
  });

  it("shows progress under a name of its own once the client agreed, from begin to end", async () => {
    const project = folder({});
    const talk = await session({
      program: FAKE,
      arguments: ["slow"],
      capabilities: WITH_PROGRESS,
      folders: [project],
      answers: CREATES,
    });
    await pulled(talk, project.at("a.ts"));
    expect(talk.client.requests).toMatchObject([
      { method: "window/workDoneProgress/create", params: { token: "remit-1" } },
    ]);
    const values = talk.client.notifications
      .filter(({ method, params }) => method === "$/progress" && (params as { token: string }).token === "remit-1")
      .map(({ params }) => (params as { value: { kind: string } }).value);
    expect(values[0]).toMatchObject({ kind: "begin", title: expect.stringMatching(/^Remit: /) });
    expect(values[1]).toMatchObject({ kind: "report", message: expect.stringMatching(/^part \d+$/) });
    expect(values.at(-1)).toEqual({ kind: "end" });
  });

  it("shows none where the client declines", async () => {
    const project = folder({});
    const declines = {
      "window/workDoneProgress/create": () => {
        throw new Error("no");
      },
    };
    const talk = await session({
      program: FAKE,
      arguments: ["slow"],
      capabilities: WITH_PROGRESS,
      folders: [project],
      answers: declines,
    });
    await pulled(talk, project.at("a.ts"));
    expect(talk.client.notifications.filter(({ method }) => method === "$/progress")).toEqual([]);
  });

  it("tells a client that asked for it how it goes, and no other", async () => {
    const project = folder(AGENT);
    const talk = await session({
      capabilities: PULL,
      folders: [project],
      initializationOptions: { status: true },
      expects: ["remit/status"],
    });
    await pulled(talk, project.at("src/auth.ts"));
    const told = talk.client.notifications
      .filter(({ method }) => method === "remit/status")
      .map(({ params }) => params);
    expect(told).toMatchObject([
      { uri: project.uri, state: "analysing", counts: null },
      {
        uri: project.uri,
        state: "idle",
        milliseconds: expect.any(Number),
        counts: { errors: 1, warnings: 0, infos: 0, possible: 0, suppressed: 0, blindSpots: 0 },
        text: "1 error · 0 tools, 2 scopes, 1 call read · 0 blind spots",
      },
    ]);
  });
});

const MEASURED = new URL("support/measured.mjs", import.meta.url).href;

/** What the server uses in all its threads once garbage is gone. */
async function megabytes({ client }: Session): Promise<number> {
  client.errors = "";
  client.process.kill("SIGUSR2");
  const said = await client.until(() => /^\d+\n/.exec(client.errors)?.[0], "a measurement");
  client.errors = "";
  return Number(said) / 2 ** 20;
}

it("reads and remembers next to nothing of a folder in which nothing can matter", async () => {
  const used = async (files: Readonly<Record<string, string>>): Promise<number> => {
    const project = folder(files);
    const talk = await session({ preload: MEASURED, capabilities: PULL, folders: [project] });
    await talk.client.request("workspace/diagnostic", { previousResultIds: [] });
    return megabytes(talk);
  };
  const plain = { "package.json": "{}", "src/main.ts": 'console.log("nothing of interest");\n' };
  const [without, agent] = [await used(plain), await used(AGENT)];
  expect(without, `against ${Math.round(agent)} MB with a parser and facts`).toBeLessThan(agent / 2);
});

it("opens 500 documents and closes them, and its memory returns", async () => {
  const project = folder(AGENT);
  const talk = await session({ preload: MEASURED, capabilities: PULL, folders: [project] });
  const uri = project.at("src/auth.ts");
  const text = `${AUTH}\n// ${"x".repeat(20_000)}\n`;
  const round = async (name: string): Promise<number> => {
    const uris = Array.from({ length: 500 }, (_, i) => project.at(`src/${name}/file-${i}.ts`));
    for (const each of uris) talk.open(each, text);
    expect(codes((await pulled(talk, uris[0]!)).items)).toEqual(["unused-permission"]);
    const open = await megabytes(talk);
    for (const each of uris) talk.client.notify("textDocument/didClose", { textDocument: { uri: each } });
    // A little is kept for a while, for typing often brings back what it took away.
    for (let i = 0; i < 8; i++) {
      project.write("src/other.ts", `export const count = ${i};\n`);
      talk.client.notify("workspace/didChangeWatchedFiles", {
        changes: [{ uri: project.at("src/other.ts"), type: 2 }],
      });
      expect(codes((await pulled(talk, uri)).items)).toEqual(["unused-permission"]);
    }
    return open;
  };
  await round("first");
  const before = await megabytes(talk);
  const open = await round("second");
  const after = await megabytes(talk);
  // The texts alone are 10 MB, or 20 in wide characters.
  expect(open - before, "what 500 documents take").toBeGreaterThan(10);
  expect(after - before, `of ${Math.round(open - before)} MB taken, what stays`).toBeLessThan((open - before) / 4);
}, 180_000);

it("speaks over the channel of Node as well", async () => {
  const child = fork(SERVER, ["--node-ipc"], { execArgv: [], stdio: "pipe" });
  onTestFinished(() => void child.kill());
  const answers: Message[] = [];
  child.on("message", (message) => answers.push(message as Message));
  child.send({
    jsonrpc: "2.0",
    id: 1,
    method: "initialize",
    params: { processId: null, rootUri: null, capabilities: {} },
  });
  await expect
    .poll(() => answers, { timeout: 20_000 })
    .toMatchObject([{ id: 1, result: { serverInfo: { name: "remit" } } }]);
  child.send({ jsonrpc: "2.0", id: 2, method: "shutdown" });
  await expect.poll(() => answers.length, { timeout: 20_000 }).toBe(2);
  child.send({ jsonrpc: "2.0", method: "exit" });
  expect(await new Promise((resolve) => child.on("exit", resolve))).toBe(0);
});
