import type { CodeAction, Diagnostic, TextDocumentEdit, WorkspaceEdit } from "vscode-languageserver/node";
import { describe, expect, it } from "vitest";
import { applyEdits } from "../../server/src/edit/apply.ts";
import { protocolSpan } from "../../server/src/lsp/convert/range.ts";
import { AGENT, AUTH, folder } from "./support/project.ts";
import { PULL, pulled, session, type Session } from "./support/session.ts";

const RESOLVES = {
  ...PULL,
  textDocument: {
    ...PULL.textDocument,
    codeAction: { ...PULL.textDocument.codeAction, dataSupport: true, resolveSupport: { properties: ["edit"] } },
  },
};
const NARROWED = AUTH.replace('    "https://www.googleapis.com/auth/drive.readonly",\n', "");
const ANYWHERE = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
/** Two superfluous scopes; asks for one of them twice. */
const TWO = AUTH.replace("  ],", '    "https://www.googleapis.com/auth/tasks",\n  ],');
/** Needs another scope than it has. */
const MISSING = `import { google } from "googleapis";

const auth = new google.auth.GoogleAuth({
  scopes: ["https://www.googleapis.com/auth/gmail.readonly"],
});
const gmail = google.gmail({ version: "v1", auth });
await gmail.users.messages.attachments.get({ userId: "me", messageId: "1", id: "2" });
await gmail.users.messages.send({ userId: "me", requestBody: {} });
`;

describe("actions for a finding", () => {
  it("offers its fix, preferred, on the version of the text that is open", async () => {
    const { talk, uri, diagnostic } = await opened(AUTH);
    const [fix] = await actions(talk, uri, diagnostic.range, [diagnostic], ["quickfix"]);
    expect(fix).toMatchObject({
      title: "Stop requesting drive.readonly (the one call stays covered)",
      kind: "quickfix",
      isPreferred: true,
      diagnostics: [{ code: "unused-permission" }],
      edit: { documentChanges: [{ textDocument: { uri, version: 1 } }] },
    });
    expect(applied(AUTH, fix!.edit!)).toBe(NARROWED);
  });

  it("makes the same fix from what the diagnostic carries, and none that was carried for another text", async () => {
    const { talk, uri, diagnostic } = await opened(AUTH);
    const asked = async (text: string, version: number) => {
      talk.change(uri, version, text);
      return (await actions(talk, uri, ANYWHERE, [diagnostic], ["quickfix"])).map(({ title }) => title);
    };
    expect(await asked(AUTH, 2)).toEqual(["Stop requesting drive.readonly (the one call stays covered)"]);
    expect(await asked(`// new\n${AUTH}`, 3)).toEqual([]);
  });

  it("takes nothing on trust that a client sends back", async () => {
    const { talk, uri, diagnostic } = await opened(AUTH);
    for (const data of [
      null,
      7,
      "x",
      [],
      { fingerprint: 1 },
      { fingerprint: "x", fixes: [{ title: 1 }] },
      { fixes: {} },
    ]) {
      const [fix] = await actions(talk, uri, diagnostic.range, [{ ...diagnostic, data }], ["quickfix"]);
      expect(fix?.title, JSON.stringify(data)).toContain("Stop requesting drive.readonly");
    }
  });

  it("says of a fix that gives more that it does, and prefers it never", async () => {
    const { talk, uri, diagnostic } = await opened(MISSING, "missing-permission");
    const [fix] = await actions(talk, uri, diagnostic.range, [diagnostic], ["quickfix"]);
    expect(fix!.title).toMatch(/^Widen: /);
    expect(fix!.isPreferred).toBeUndefined();
  });

  it("offers to ignore it with a comment that lacks only the reason", async () => {
    const { talk, uri, diagnostic } = await opened(AUTH);
    const ignore = (await actions(talk, uri, diagnostic.range, [diagnostic], ["quickfix"])).at(-1)!;
    expect(ignore.title).toBe("Ignore unused-permission here (write the reason into the comment)");
    const text = applied(AUTH, ignore.edit!);
    expect(text).toContain(
      '    // remit-ignore unused-permission -- reason\n    "https://www.googleapis.com/auth/drive.readonly",',
    );
    talk.change(uri, 2, text);
    expect((await pulled(talk, uri)).items).toEqual([]);
  });

  it("leaves the question for the reason to a client that has a command for it", async () => {
    const { talk, uri, diagnostic } = await opened(AUTH, "unused-permission", {
      initializationOptions: { ignoreCommand: true },
    });
    const ignore = (await actions(talk, uri, diagnostic.range, [diagnostic], ["quickfix"])).at(-1)!;
    expect(ignore.edit).toBeUndefined();
    expect(ignore.command).toEqual({
      title: "Ignore unused-permission here, with a reason…",
      command: "remit.ignoreWithReason",
      arguments: [
        {
          uri,
          version: 1,
          position: { line: 5, character: 0 },
          ruleId: "unused-permission",
          before: "    // remit-ignore unused-permission -- ",
          after: "\n",
        },
      ],
    });
  });
});

describe("all safe fixes of a file", () => {
  it("are one edit, and only where such actions are asked for", async () => {
    const { talk, uri } = await opened(TWO);
    for (const only of [["source"], ["source.fixAll"], ["source.fixAll.remit"]]) {
      const [all, ...others] = await actions(talk, uri, ANYWHERE, [], only);
      expect(others).toEqual([]);
      expect(all).toMatchObject({ title: "Apply all safe Remit fixes of this file", kind: "source.fixAll.remit" });
      expect(applied(TWO, all!.edit!)).toBe(NARROWED);
    }
    expect(await actions(talk, uri, ANYWHERE, [], ["refactor"])).toEqual([]);
  });

  it("never widen", async () => {
    const { talk, uri } = await opened(MISSING, "missing-permission");
    expect(await actions(talk, uri, ANYWHERE, [], ["source.fixAll"])).toEqual([]);
  });

  it("get their edit when they are chosen, where the client asks for it then", async () => {
    const { talk, uri } = await opened(TWO, "unused-permission", { capabilities: RESOLVES });
    const [offered] = await actions(talk, uri, ANYWHERE, [], ["source.fixAll"]);
    expect(offered!.edit).toBeUndefined();
    const resolved = await talk.client.request<CodeAction>("codeAction/resolve", offered);
    expect(applied(TWO, resolved.edit!)).toBe(NARROWED);
    const foreign = { title: "of somebody else", data: { fixAll: 3 } };
    expect(await talk.client.request("codeAction/resolve", foreign)).toEqual(foreign);
  });
});

// ---- helpers

async function opened(text: string, rule = "unused-permission", options: object = {}) {
  const files: Record<string, string> =
    text === MISSING ? { "package.json": "{}", "src/auth.ts": text } : { ...AGENT, "src/auth.ts": text };
  const project = folder(files);
  const talk = await session({ capabilities: PULL, folders: [project], ...options });
  const uri = project.at("src/auth.ts");
  talk.open(uri, text);
  const { items } = await pulled(talk, uri);
  const diagnostic = items?.find(({ code }) => code === rule);
  if (!diagnostic) throw new Error(`no ${rule} in ${JSON.stringify(items)}`);
  return { talk, uri, diagnostic };
}

function actions({ client }: Session, uri: string, range: object, diagnostics: readonly Diagnostic[], only: string[]) {
  return client.request<CodeAction[]>("textDocument/codeAction", {
    textDocument: { uri },
    range,
    context: { diagnostics, only },
  });
}

function applied(text: string, edit: WorkspaceEdit): string {
  const [change, ...others] = edit.documentChanges as TextDocumentEdit[];
  expect(others).toEqual([]);
  const edits = change!.edits as { range: Diagnostic["range"]; newText: string }[];
  return applyEdits(
    text,
    edits.map(({ range, newText }) => ({ span: protocolSpan(text, range), newText })),
  );
}
