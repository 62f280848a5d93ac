import { describe, expect, it } from "vitest";
import { AGENT, AUTH, folder, SLIDES } from "./support/project.ts";
import { codes, published, PULL, pulled, PUSH, session } from "./support/session.ts";

const ASKED = { ...PULL, workspace: { ...PULL.workspace, configuration: true, diagnostics: { refreshSupport: true } } };
const REFRESHES = { "workspace/diagnostic/refresh": () => null };
const REGISTERS = { "client/registerCapability": () => null, "client/unregisterCapability": () => null };
/** A client of that service goes where nobody can follow: what follows from the calls seen is only possible. */
const UNSURE = {
  ...AGENT,
  "src/slides.ts": `${SLIDES}await (globalThis as any)[process.argv[3]!](google.drive({ version: "v3", auth }));\n`,
};

describe("settings", () => {
  it("are asked for folder by folder, and hold for one folder only", async () => {
    const [on, off] = [folder(AGENT), folder(AGENT)];
    const talk = await session({
      capabilities: ASKED,
      folders: [on, off],
      answers: REFRESHES,
      settings: (uri) => ({ enable: uri !== off.uri }),
    });
    expect(codes((await pulled(talk, on.at("src/auth.ts"))).items)).toEqual(["unused-permission"]);
    expect((await pulled(talk, off.at("src/auth.ts"))).items).toEqual([]);
  });

  it("that change are asked for again, and take back what was said", async () => {
    const project = folder(AGENT);
    let settings: unknown = null;
    const talk = await session({
      capabilities: ASKED,
      folders: [project],
      answers: REFRESHES,
      settings: () => settings,
    });
    talk.open(project.at("src/auth.ts"), AUTH);
    expect(codes((await pulled(talk, project.at("src/auth.ts"))).items)).toEqual(["unused-permission"]);
    settings = { enable: false };
    talk.client.notify("workspace/didChangeConfiguration", { settings: null });
    await talk.client.until(() => talk.client.requests.find(({ method }) => method.endsWith("/refresh")), "a refresh");
    expect((await pulled(talk, project.at("src/auth.ts"))).items).toEqual([]);
    settings = { enable: true };
    talk.client.notify("workspace/didChangeConfiguration", { settings: null });
    expect(codes((await pulled(talk, project.at("src/auth.ts"))).items)).toEqual(["unused-permission"]);
  });

  it("are sent along by a client that cannot be asked", async () => {
    const project = folder(AGENT);
    const talk = await session({ capabilities: PUSH, folders: [project] });
    talk.open(project.at("src/auth.ts"), AUTH);
    await published(talk, project.at("src/auth.ts"), (all) => all.length === 1);
    talk.client.notify("workspace/didChangeConfiguration", { settings: { remit: { enable: false } } });
    await published(talk, project.at("src/auth.ts"), (all) => all.length === 0);
  });

  it("show what is only possible as hints, or not at all", async () => {
    const project = folder(UNSURE);
    let settings: unknown = {};
    const talk = await session({
      capabilities: ASKED,
      folders: [project],
      answers: REFRESHES,
      settings: () => settings,
    });
    const { items } = await pulled(talk, project.at("src/auth.ts"));
    expect(items).toMatchObject([{ severity: 4, message: expect.stringContaining("so this is not certain") }]);
    settings = { possible: "off" };
    talk.client.notify("workspace/didChangeConfiguration", { settings: null });
    expect((await pulled(talk, project.at("src/auth.ts"))).items).toEqual([]);
  });

  it("of nonsense, or none within two seconds, leave the defaults", async () => {
    const project = folder(AGENT);
    const talk = await session({
      capabilities: ASKED,
      folders: [project],
      settings: () => ({ enable: "yes", possible: 7 }),
    });
    expect(codes((await pulled(talk, project.at("src/auth.ts"))).items)).toEqual(["unused-permission"]);
  });
});

describe("remit.yaml", () => {
  it("is told of its mistakes where they stand", async () => {
    const project = folder({ ...AGENT, "remit.yaml": "lint:\n  rules:\n    unused-permision: off\n" });
    const talk = await session({ capabilities: PULL, folders: [project] });
    expect((await pulled(talk, project.at("remit.yaml"))).items).toEqual([
      {
        range: { start: { line: 2, character: 4 }, end: { line: 2, character: 25 } },
        severity: 1,
        code: "configuration",
        source: "remit",
        message: "lint.rules.unused-permision is not a rule; did you mean unused-permission",
      },
    ]);
  });

  it("counts as it is typed", async () => {
    const project = folder({ ...AGENT, "remit.yaml": "" });
    const talk = await session({ capabilities: PULL, folders: [project] });
    talk.open(project.at("remit.yaml"), "lint:\n  rules:\n    unused-permission: off\n");
    expect((await pulled(talk, project.at("src/auth.ts"))).items).toEqual([]);
  });
});

describe("changes on the disk", () => {
  const watches = (more: object) => ({
    ...PULL,
    workspace: { ...PULL.workspace, didChangeWatchedFiles: { dynamicRegistration: true, ...more } },
  });

  it("are watched below each folder, where the client knows such patterns", async () => {
    const project = folder(AGENT);
    const talk = await session({
      capabilities: watches({ relativePatternSupport: true }),
      folders: [project],
      answers: REGISTERS,
    });
    const registration = await talk.client.until(() => talk.client.requests[0], "a registration");
    expect(registration).toMatchObject({
      method: "client/registerCapability",
      params: {
        registrations: [
          {
            method: "workspace/didChangeWatchedFiles",
            registerOptions: {
              watchers: [{ globPattern: { baseUri: project.uri, pattern: expect.stringMatching(/^\*\*\//) } }, {}],
            },
          },
        ],
      },
    });
  });

  it("are watched by absolute patterns elsewhere, and count", async () => {
    const project = folder(AGENT);
    const talk = await session({ capabilities: watches({}), folders: [project], answers: REGISTERS });
    const { params } = await talk.client.until(() => talk.client.requests[0], "a registration");
    expect(JSON.stringify(params)).toContain(`"globPattern":"${project.path}/**/*.{`);
    expect(codes((await pulled(talk, project.at("src/auth.ts"))).items)).toEqual(["unused-permission"]);
    project.write("src/auth.ts", AUTH.replace('    "https://www.googleapis.com/auth/drive.readonly",\n', ""));
    talk.client.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: project.at("src/auth.ts"), type: 2 }] });
    expect((await pulled(talk, project.at("src/auth.ts"))).items).toEqual([]);
  });

  it("are looked for after a save where the client declines to watch", async () => {
    const project = folder(AGENT);
    const declines = {
      "client/registerCapability": () => {
        throw new Error("no");
      },
    };
    const talk = await session({ capabilities: watches({}), folders: [project], answers: declines });
    expect(codes((await pulled(talk, project.at("src/auth.ts"))).items)).toEqual(["unused-permission"]);
    project.write("src/auth.ts", AUTH.replace('    "https://www.googleapis.com/auth/drive.readonly",\n', ""));
    talk.client.notify("textDocument/didSave", { textDocument: { uri: project.at("src/slides.ts") } });
    expect((await pulled(talk, project.at("src/auth.ts"))).items).toEqual([]);
  });

  it("count when they are asked for", async () => {
    const project = folder(AGENT);
    const { client } = await session({ capabilities: PULL, folders: [project] });
    const refresh = () =>
      client.request<{ counts: object }[]>("workspace/executeCommand", { command: "remit.server.refresh" });
    expect(await refresh()).toMatchObject([{ uri: project.uri, counts: { errors: 1 } }]);
    project.write("src/auth.ts", AUTH.replace('    "https://www.googleapis.com/auth/drive.readonly",\n', ""));
    expect(await refresh()).toMatchObject([{ uri: project.uri, counts: { errors: 0 } }]);
  });
});
