import type { CodeAction, Diagnostic, TextDocumentEdit, WorkspaceEdit } from "vscode-languageserver/node";
import { describe, expect, it } from "vitest";
import { applyEdits } from "../../server/src/edit/apply.ts";
import { protocolSpan } from "../../server/src/lsp/convert/range.ts";
import { AGENT, AUTH, folder, SLIDES } from "./support/project.ts";
import { PULL, pulled, session, type Session, type SessionOptions } from "./support/session.ts";

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

  it("leaves the question for the reason to a client that has a command for it, and writes down the answer", async () => {
    const { talk, uri, diagnostic, edits } = await opened(AUTH, "unused-permission", ASKS);
    const ignore = (await actions(talk, uri, diagnostic.range, [diagnostic], ["quickfix"])).at(-1)!;
    expect(ignore.edit).toBeUndefined();
    expect(ignore.title).toBe("Ignore unused-permission here, with a reason…");
    expect(ignore.command!.command).toBe("remit.ignoreWithReason");
    const answer = (reason: string) =>
      talk.client.request("workspace/executeCommand", {
        command: "remit.server.ignore",
        arguments: [...ignore.command!.arguments!, reason],
      });
    await expect(answer(" ")).rejects.toThrow("-32602");
    expect(await answer("the importer\n  needs it")).toBe(true);
    const text = applied(AUTH, edits[0]!);
    expect(text).toContain("    // remit-ignore unused-permission -- the importer needs it\n");
    // Meanwhile the finding has gone: there is nothing to ignore.
    talk.change(uri, 2, text);
    expect(await answer("again")).toBe(false);
    expect(edits).toHaveLength(1);
  });

  it("fixes manifests, and ignores in YAML by a comment", async () => {
    const bolt =
      'import { App } from "@slack/bolt";\nnew App({}).message("hi", async ({ say }) => void (await say("hi")));\n';
    const yaml =
      "display_information:\n  name: app\noauth_config:\n  scopes:\n    bot:\n      - chat:write\n      - channels:join\n";
    const json = JSON.stringify({
      display_information: {},
      oauth_config: { scopes: { bot: ["chat:write", "channels:join"] } },
    });
    const inYaml = await opened({ "package.json": "{}", "app.ts": bolt, "manifest.yml": yaml });
    const [fix] = await actions(inYaml.talk, inYaml.uri, inYaml.diagnostic.range, [inYaml.diagnostic], ["quickfix"]);
    expect(applied(yaml, fix!.edit!)).toBe(yaml.replace("      - channels:join\n", ""));
    const ignore = (
      await actions(inYaml.talk, inYaml.uri, inYaml.diagnostic.range, [inYaml.diagnostic], ["quickfix"])
    ).at(-1)!;
    const text = applied(yaml, ignore.edit!);
    expect(text).toContain("      # remit-ignore unused-permission -- reason\n      - channels:join\n");
    inYaml.talk.change(inYaml.uri, 2, text);
    expect((await pulled(inYaml.talk, inYaml.uri)).items).toEqual([]);

    const inJson = await opened({ "package.json": "{}", "app.ts": bolt, "manifest.json": json });
    const titles = (
      await actions(inJson.talk, inJson.uri, inJson.diagnostic.range, [inJson.diagnostic], ["quickfix"])
    ).map(({ title }) => title);
    expect(titles[0]).toBe("Stop requesting channels:join (the one call stays covered)");
  });

  it("ignores in remit.yaml what stands where a comment would be text", async () => {
    // The line above is inside a template.
    const text = `${SLIDES.split("\n").slice(0, 1).join("\n")}
const auth = new google.auth.GoogleAuth({ scopes: \`
https://www.googleapis.com/auth/presentations
https://www.googleapis.com/auth/drive.readonly\`.trim().split("\\n") });
const slides = google.slides({ version: "v1", auth });
await slides.presentations.batchUpdate({ presentationId: process.argv[2]!, requestBody: { requests: [] } });
`;
    const { talk, uri, diagnostic, edits } = await opened(text, "unused-permission", ASKS);
    const ignore = (await actions(talk, uri, diagnostic.range, [diagnostic], ["quickfix"])).at(-1)!;
    expect(ignore.title).toBe("Ignore unused-permission in remit.yaml, with a reason…");
    const given = [...ignore.command!.arguments!, 'they call it "Drive"'];
    await talk.client.request("workspace/executeCommand", { command: "remit.server.ignore", arguments: given });
    const [create, change] = edits[0]!.documentChanges as [object, TextDocumentEdit];
    const file = uri.replace("src/auth.ts", "remit.yaml");
    expect(create).toEqual({ kind: "create", uri: file });
    expect(change.textDocument).toEqual({ uri: file, version: null });
    const written = applied("", { documentChanges: [change] });
    expect(written).toBe(`lint:
  ignore:
    - path: src/auth.ts
      rule: unused-permission
      permission: https://www.googleapis.com/auth/drive.readonly
      reason: "they call it \\"Drive\\""
`);
    talk.open(file, written);
    expect((await pulled(talk, uri)).items).toEqual([]);
  });

  it("ignores with the comments of the language", async () => {
    const text = `from googleapiclient.discovery import build
from google.oauth2 import service_account

SCOPES = [
    "https://www.googleapis.com/auth/presentations.readonly",
    "https://www.googleapis.com/auth/drive",
]
creds = service_account.Credentials.from_service_account_file("key.json", scopes=SCOPES)
slides = build("slides", "v1", credentials=creds)
slides.presentations().get(presentationId="1").execute()
`;
    const { talk, uri, diagnostic } = await opened({ "requirements.txt": "", "main.py": text }, "unused-permission");
    const ignore = (await actions(talk, uri, diagnostic.range, [diagnostic], ["quickfix"])).at(-1)!;
    const after = applied(text, ignore.edit!);
    expect(after).toContain(
      '    # remit-ignore unused-permission -- reason\n    "https://www.googleapis.com/auth/drive"',
    );
    talk.change(uri, 2, after);
    expect((await pulled(talk, uri)).items).toEqual([]);
  });

  it("leads from what is only possible to the place that makes it so", async () => {
    const text = `${AUTH}${SLIDES.split("\n").slice(3).join("\n")}await (globalThis as any)[process.argv[3]!](google.drive({ version: "v3", auth }));\n`;
    const shown: object[] = [];
    const { talk, uri, diagnostic } = await opened(text, "unused-permission", {
      capabilities: { ...PULL, window: { showDocument: { support: true } } },
      answers: { "window/showDocument": (params: object) => (shown.push(params), { success: true }) },
    });
    const [way] = await actions(talk, uri, diagnostic.range, [diagnostic], ["quickfix"]);
    expect(way!.title).toBe("Go to the blind spot (src/auth.ts:11)");
    await talk.client.request("workspace/executeCommand", way!.command);
    expect(shown).toMatchObject([{ uri, selection: { start: { line: 10 } }, takeFocus: true }]);
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

/** Has a command that asks for a reason, applies edits and can make files. */
const ASKS = {
  initializationOptions: { ignoreCommand: true },
  capabilities: {
    ...PULL,
    workspace: {
      ...PULL.workspace,
      applyEdit: true,
      workspaceEdit: { documentChanges: true, resourceOperations: ["create"] },
    },
  },
};

/** A project with a document open in it: `src/auth.ts`, or the last of the files that are given. */
async function opened(
  given: string | Readonly<Record<string, string>>,
  rule = "unused-permission",
  options: Partial<SessionOptions> = {},
) {
  const base = given === MISSING || given === AUTH || given === TWO ? AGENT : { "package.json": "{}" };
  const files =
    typeof given === "string"
      ? { ...(given === MISSING ? { "package.json": "{}" } : base), "src/auth.ts": given }
      : given;
  const file = typeof given === "string" ? "src/auth.ts" : Object.keys(given).at(-1)!;
  const project = folder(files);
  const edits: WorkspaceEdit[] = [];
  const talk = await session({
    capabilities: PULL,
    folders: [project],
    ...options,
    answers: {
      "workspace/applyEdit": ({ edit }: { edit: WorkspaceEdit }) => (edits.push(edit), { applied: true }),
      ...options.answers,
    },
  });
  const uri = project.at(file);
  talk.open(uri, files[file]!);
  const { items } = await pulled(talk, uri);
  const diagnostic = items?.find(({ code }) => code === rule);
  if (!diagnostic) throw new Error(`no ${rule} in ${JSON.stringify(items)}`);
  return { talk, uri, diagnostic, edits };
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
