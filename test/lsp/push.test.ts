import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { AGENT, AUTH, folder, SLIDES } from "./support/project.ts";
import { codes, published, PUSH, pulled, session } from "./support/session.ts";

/** Changes of the disk are told by the client, which was asked to watch. */
const WATCHES = { ...PUSH, workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } };
const REGISTERS = { "client/registerCapability": () => null, "client/unregisterCapability": () => null };

describe("a client that cannot pull", () => {
  it("is told of the whole folder once a file that matters is open, with versions", async () => {
    const project = folder(AGENT);
    const talk = await session({ capabilities: PUSH, folders: [project] });
    expect(talk.initialized.capabilities.diagnosticProvider).toBeUndefined();
    talk.open(project.at("src/slides.ts"), SLIDES, 7);
    const closed = await published(talk, project.at("src/auth.ts"));
    expect(codes(closed.diagnostics)).toEqual(["unused-permission"]);
    expect(closed.version).toBeUndefined();
    talk.open(project.at("src/auth.ts"), `\n${AUTH}`, 3);
    const open = await published(talk, project.at("src/auth.ts"), ([first]) => first?.range.start.line === 6);
    expect(open.version).toBe(3);
  });

  it("is told once of several quick changes, and only of what changed", async () => {
    const project = folder(AGENT);
    const talk = await session({ capabilities: PUSH, folders: [project] });
    const uri = project.at("src/auth.ts");
    talk.open(uri, AUTH);
    await published(talk, uri);
    const before = talk.client.notifications.length;
    for (let version = 2; version <= 10; version++) talk.change(uri, version, "\n".repeat(version) + AUTH);
    await published(talk, uri, ([first]) => first?.range.start.line === 15);
    talk.change(uri, 11, `${"\n".repeat(10)}${AUTH}// nothing that matters\n`);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const told = talk.client.notifications.slice(before).filter(({ method }) => method.endsWith("publishDiagnostics"));
    expect(told).toHaveLength(1);
  });

  it("gets nothing for a pull: nothing is shown twice", async () => {
    const project = folder(AGENT);
    const talk = await session({ capabilities: PUSH, folders: [project] });
    talk.open(project.at("src/auth.ts"), AUTH);
    await published(talk, project.at("src/auth.ts"));
    expect(await pulled(talk, project.at("src/auth.ts"))).toEqual({ kind: "full", items: [] });
    expect(await talk.client.request("workspace/diagnostic", { previousResultIds: [] })).toEqual({ items: [] });
  });

  it("sees a file cleared that was deleted, and the finding where it was renamed to", async () => {
    const project = folder({
      ...AGENT,
      "src/auth.ts": `${AUTH}${SLIDES.split("\n").slice(3).join("\n")}`,
      "src/slides.ts": "export {};\n",
      "package.json": '{ "name": "agent" }',
    });
    const talk = await session({ capabilities: WATCHES, folders: [project], answers: REGISTERS });
    talk.open(project.at("src/slides.ts"), "export {};\n");
    await published(talk, project.at("src/auth.ts"), (all) => all.length === 1);
    project.write("src/renamed.ts", `${AUTH}${SLIDES.split("\n").slice(3).join("\n")}`);
    rmSync(join(project.path, "src/auth.ts"));
    talk.client.notify("workspace/didChangeWatchedFiles", {
      changes: [
        { uri: project.at("src/auth.ts"), type: 3 },
        { uri: project.at("src/renamed.ts"), type: 1 },
      ],
    });
    await published(talk, project.at("src/auth.ts"), (all) => all.length === 0);
    await published(talk, project.at("src/renamed.ts"), (all) => all.length === 1);
  });

  it("sees what changed on the disk after a save, where nobody watches", async () => {
    const project = folder(AGENT);
    const talk = await session({ capabilities: PUSH, folders: [project] });
    talk.open(project.at("src/slides.ts"), SLIDES);
    await published(talk, project.at("src/auth.ts"), (all) => all.length === 1);
    project.write("src/auth.ts", AUTH.replace('    "https://www.googleapis.com/auth/drive.readonly",\n', ""));
    talk.client.notify("textDocument/didSave", { textDocument: { uri: project.at("src/slides.ts") } });
    await published(talk, project.at("src/auth.ts"), (all) => all.length === 0);
  });

  it("that announces nothing at all gets plain diagnostics and nothing it did not ask for", async () => {
    const project = folder(AGENT);
    const talk = await session({ capabilities: {}, folders: [project] });
    expect(Object.keys(talk.initialized.capabilities).sort()).toEqual([
      "executeCommandProvider",
      "hoverProvider",
      "positionEncoding",
      "textDocumentSync",
      "workspace",
    ]);
    talk.open(project.at("src/auth.ts"), AUTH);
    const { diagnostics } = await published(talk, project.at("src/auth.ts"));
    expect(Object.keys(diagnostics[0]!).sort()).toEqual(["code", "message", "range", "severity", "source"]);
    const hover = await talk.client.request<{ contents: { kind: string; value: string } }>("textDocument/hover", {
      textDocument: { uri: project.at("src/auth.ts") },
      position: { line: 5, character: 10 },
    });
    expect(hover.contents.kind).toBe("plaintext");
    expect(talk.client.requests).toEqual([]);
  });
});
