import type { WorkspaceDiagnosticReport } from "vscode-languageserver/node";
import { describe, expect, it } from "vitest";
import { AGENT, AUTH, folder, SLIDES } from "./support/project.ts";
import { codes, PULL, pulled, session } from "./support/session.ts";

const WITH_REFRESH = { ...PULL, workspace: { ...PULL.workspace, diagnostics: { refreshSupport: true } } };
const WITH_RELATED = {
  ...PULL,
  textDocument: { ...PULL.textDocument, diagnostic: { ...PULL.textDocument.diagnostic, relatedDocumentSupport: true } },
};

/** The same calls, and one for which the other scope is needed. */
const SLIDES_AND_DRIVE = `${SLIDES}const drive = google.drive({ version: "v3", auth });\nawait drive.files.export({ fileId: "1", mimeType: "text/plain" });\n`;

describe("a document is asked about", () => {
  it("tells the finding with everything an editor can show", async () => {
    const project = folder(AGENT);
    const talk = await session({ capabilities: PULL, folders: [project] });
    talk.open(project.at("src/auth.ts"), AUTH);
    const { kind, items } = await pulled(talk, project.at("src/auth.ts"));
    expect(kind).toBe("full");
    expect(items).toHaveLength(1);
    expect(items![0]).toMatchObject({
      range: { start: { line: 5, character: 4 }, end: { line: 5, character: 52 } },
      severity: 1,
      code: "unused-permission",
      codeDescription: { href: expect.stringMatching(/docs\/rules\/unused-permission\.md$/) },
      source: "remit",
      message: expect.stringContaining("No call needs drive.readonly"),
      tags: [1],
      relatedInformation: [
        { location: { uri: project.at("src/slides.ts"), range: { start: { line: 4, character: 6 } } } },
      ],
      data: { fixes: [{ kind: "narrows", safe: true, edits: [{ uri: project.at("src/auth.ts"), newText: "" }] }] },
    });
  });

  it("says when nothing is different from the last time", async () => {
    const project = folder(AGENT);
    const talk = await session({ capabilities: PULL, folders: [project] });
    const first = await pulled(talk, project.at("src/auth.ts"));
    const second = await pulled(talk, project.at("src/auth.ts"), first.resultId);
    expect(second).toEqual({ kind: "unchanged", resultId: first.resultId });
  });

  it("reads the unsaved text of every open file", async () => {
    const project = folder(AGENT);
    const talk = await session({ capabilities: PULL, folders: [project] });
    talk.open(project.at("src/auth.ts"), AUTH);
    talk.open(project.at("src/slides.ts"), SLIDES);
    expect(codes((await pulled(talk, project.at("src/auth.ts"))).items)).toEqual(["unused-permission"]);
    talk.change(project.at("src/slides.ts"), 2, SLIDES_AND_DRIVE);
    expect(codes((await pulled(talk, project.at("src/auth.ts"))).items)).toEqual([]);
    talk.client.notify("textDocument/didClose", { textDocument: { uri: project.at("src/slides.ts") } });
    expect(codes((await pulled(talk, project.at("src/auth.ts"))).items)).toEqual(["unused-permission"]);
  });

  it("applies incremental changes in their order, in UTF-16 units, over every kind of line end", async () => {
    const project = folder(AGENT);
    const talk = await session({ capabilities: PULL, folders: [project] });
    const uri = project.at("src/auth.ts");
    talk.open(uri, `const astral = "🙂";\r\n${AUTH.replaceAll("\n", "\r\n")}`);
    const at = (line: number, character: number) => ({ line, character });
    talk.client.notify("textDocument/didChange", {
      textDocument: { uri, version: 2 },
      contentChanges: [
        // After the emoji, two units long; then past the end of a line, which means its end.
        { range: { start: at(0, 18), end: at(0, 18) }, text: "🙂" },
        { range: { start: at(0, 999), end: at(0, 999) }, text: " // one line more\r" },
      ],
    });
    const { items } = await pulled(talk, uri);
    expect(items![0]!.range).toEqual({ start: at(7, 4), end: at(7, 52) });
  });

  it("gives the changed reports on other files where the client takes them", async () => {
    const project = folder(AGENT);
    const talk = await session({ capabilities: WITH_RELATED, folders: [project] });
    const [auth, slides] = [project.at("src/auth.ts"), project.at("src/slides.ts")];
    talk.open(slides, SLIDES);
    const first = await pulled(talk, slides);
    expect(codes(first.relatedDocuments?.[auth]?.items)).toEqual(["unused-permission"]);
    expect((await pulled(talk, slides)).relatedDocuments).toBeUndefined();
    talk.change(slides, 2, SLIDES_AND_DRIVE);
    expect((await pulled(talk, slides)).relatedDocuments?.[auth]?.items).toEqual([]);
  });

  it("asks for another pull when an answer no longer holds", async () => {
    const project = folder(AGENT);
    const talk = await session({
      capabilities: WITH_REFRESH,
      folders: [project],
      answers: { "workspace/diagnostic/refresh": () => null },
    });
    talk.open(project.at("src/auth.ts"), AUTH);
    talk.open(project.at("src/slides.ts"), SLIDES);
    await pulled(talk, project.at("src/auth.ts"));
    talk.change(project.at("src/slides.ts"), 2, SLIDES_AND_DRIVE);
    await talk.client.until(() => talk.client.requests.find(({ method }) => method.endsWith("/refresh")), "a refresh");
    expect(codes((await pulled(talk, project.at("src/auth.ts"))).items)).toEqual([]);
  });

  it("loads nothing for a document that cannot matter", async () => {
    const project = folder({ ...AGENT, "readme.md": "# Agent\n" });
    const talk = await session({ capabilities: PULL, folders: [project], initializationOptions: { status: true } });
    talk.open(project.at("readme.md"), "# Agent\n");
    expect(await pulled(talk, project.at("readme.md"))).toEqual({ kind: "full", items: [] });
    expect(talk.client.notifications.filter(({ method }) => method === "remit/status")).toEqual([]);
  });
});

describe("the workspace is asked about", () => {
  const ask = (previousResultIds: { uri: string; value: string }[], more: object = {}) => ({
    identifier: "remit",
    previousResultIds,
    ...more,
  });

  it("tells of files nobody opened, and holds the next request until something changes", async () => {
    const project = folder(AGENT);
    const { client, open, change } = await session({ capabilities: PULL, folders: [project] });
    const { items } = await client.request<WorkspaceDiagnosticReport>("workspace/diagnostic", ask([]));
    expect(items).toMatchObject([{ kind: "full", uri: project.at("src/auth.ts"), version: null }]);
    const known = items.map(({ uri, resultId }) => ({ uri, value: resultId! }));

    let isAnswered = false;
    const { answer } = client.ask("workspace/diagnostic", ask(known));
    void answer.then(() => (isAnswered = true));
    open(project.at("src/slides.ts"), SLIDES);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(isAnswered).toBe(false);

    change(project.at("src/slides.ts"), 2, SLIDES_AND_DRIVE);
    expect((await answer).result).toMatchObject({
      items: [{ kind: "full", uri: project.at("src/auth.ts"), items: [] }],
    });
  });

  it("answers in portions where the client takes them", async () => {
    const many = Object.fromEntries(
      Array.from({ length: 60 }, (_, i) => [
        `packages/p${i}/src/auth.ts`,
        `${AUTH}${SLIDES.split("\n").slice(3).join("\n")}`,
      ]),
    );
    const manifests = Object.fromEntries(
      Array.from({ length: 60 }, (_, i) => [
        `packages/p${i}/package.json`,
        `{ "name": "p${i}", "main": "src/auth.ts" }`,
      ]),
    );
    const project = folder({ ...many, ...manifests });
    const { client } = await session({ capabilities: PULL, folders: [project] });
    const result = await client.request("workspace/diagnostic", ask([], { partialResultToken: "part" }));
    expect(result).toEqual({ items: [] });
    const parts = client.notifications
      .filter(({ method, params }) => method === "$/progress" && (params as { token: string }).token === "part")
      .map(({ params }) => (params as { value: WorkspaceDiagnosticReport }).value.items);
    expect(parts.map((items) => items.length)).toEqual([50, 10]);
  });

  it("lets a newer request take the place of a held one, and both are answered", async () => {
    const project = folder({ "package.json": "{}" });
    const { client } = await session({ capabilities: PULL, folders: [project] });
    await client.request("workspace/diagnostic", ask([]));
    const older = client.ask("workspace/diagnostic", ask([]));
    const newer = client.ask("workspace/diagnostic", ask([]));
    expect((await older.answer).result).toEqual({ items: [] });
    client.notify("$/cancelRequest", { id: newer.id });
    expect((await newer.answer).error).toMatchObject({ code: -32800 });
  });

  it("answers what is held when it is shut down", async () => {
    const project = folder({ "package.json": "{}" });
    const { client } = await session({ capabilities: PULL, folders: [project] });
    await client.request("workspace/diagnostic", ask([]));
    const held = client.ask("workspace/diagnostic", ask([]));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await client.close()).toEqual([]);
    expect((await held.answer).result).toEqual({ items: [] });
  });
});
