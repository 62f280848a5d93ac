import { describe, expect, it } from "vitest";
import type { Position } from "vscode-languageserver/node";
import { escapeMarkdown, markup } from "../../server/src/lsp/convert/markup.ts";
import { AGENT, folder } from "./support/project.ts";
import { PULL, session } from "./support/session.ts";

const SERVER = `import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { google } from "googleapis";

const auth = new google.auth.GoogleAuth({ scopes: ["https://www.googleapis.com/auth/gmail.modify"] });
const gmail = google.gmail({ version: "v1", auth });
const server = new McpServer({ name: "mail", version: "1.0.0" });
server.registerTool("list_mail", { description: "Lists mail", annotations: { readOnlyHint: true } }, async () => {
  await gmail.users.messages.list({ userId: "me" });
  return { content: [] };
});
`;

describe("a hover", () => {
  it("on a scope says what it allows, who needs it, what going without costs, and what was seen", async () => {
    expect(await hovered(AGENT, "src/auth.ts", { line: 5, character: 20 })).toMatchInlineSnapshot(`
      "**drive.readonly** — See and download all your Google Drive files · restricted (security assessment at verification)

      Requested here; needed by 0 of 1 call.

      After the change: sign in again; an old token keeps the scope until it is revoked.

      Certain: every client was followed by imports and constants, and nothing is out of sight.

      *Seen: 1 of 1 call, 0 blind spots · googleapis 188.0.0, 2026-11 · [about unused-permission](<…/docs/rules/unused-permission.md>)*"
    `);
  });

  it("on a scope that is needed says so", async () => {
    expect(await hovered(AGENT, "src/auth.ts", { line: 4, character: 20 })).toMatchInlineSnapshot(`
      "**presentations** — See, edit, create, and delete all your Google Slides presentations

      Requested here; needed by 1 of 1 call.

      *Seen: 1 of 1 call, 0 blind spots · googleapis 188.0.0, 2026-11 · [about unused-permission](<…/docs/rules/unused-permission.md>)*"
    `);
  });

  it("on an event of a manifest says what it needs, and that no call shows it", async () => {
    const files = {
      "package.json": "{}",
      "manifest.yml":
        "display_information:\n  name: app\noauth_config:\n  scopes:\n    bot: [im:history]\nsettings:\n  event_subscriptions:\n    bot_events: [message.im]\n",
    };
    expect(await hovered(files, "manifest.yml", { line: 7, character: 20 })).toMatchInlineSnapshot(`
      "**event message.im** — read · slack

      Needs im:history. Let through by im:history.

      Declared here: no call shows it.

      *Seen: 1 of 1 call, 0 blind spots · slack-ruby/slack-api-ref f4837c0cb6dba1b1122ce66a5b69195ce47213f8, 2026-11 · [about missing-permission](<…/docs/rules/missing-permission.md>)*"
    `);
  });

  it("on a call says what it needs, what lets it through, and who reaches it", async () => {
    const files = { "package.json": "{}", "src/server.ts": SERVER };
    expect(await hovered(files, "src/server.ts", { line: 7, character: 30 })).toMatchInlineSnapshot(`
      "**messages.list** — read · google.gmail

      Needs one of: gmail.metadata, gmail.readonly, gmail.modify, mail.google.com. Let through by gmail.modify.

      Reached from tool list_mail.

      *Seen: 1 of 1 call, 0 blind spots · googleapis 188.0.0, 2026-11 · [about missing-permission](<…/docs/rules/missing-permission.md>)*"
    `);
  });

  it("on a tool says what it declares and what it does", async () => {
    const files = { "package.json": "{}", "src/server.ts": SERVER };
    expect(await hovered(files, "src/server.ts", { line: 6, character: 22 })).toMatchInlineSnapshot(`
      "**list_mail** — tool · mcp

      Declares readOnlyHint: true. It only reads: messages.list (read).

      Least that lets them through: gmail.metadata.

      *Seen: 1 of 1 call, 0 blind spots · googleapis 188.0.0, 2026-11 · [about read-only-tool-writes](<…/docs/rules/read-only-tool-writes.md>)*"
    `);
  });

  it("on a tool is found by its name and by what it says of itself, and on nothing between", async () => {
    const files = {
      "package.json": "{}",
      "src/server.ts": SERVER.replace("registerTool(", "registerTool(\n  ")
        .replace(", async", ",\n  async")
        .replace("  await", '  await gmail.users.messages.trash({ userId: "me", id: "1" });\n  await'),
    };
    const at = (line: number, character: number) => hovered(files, "src/server.ts", { line, character });
    expect(await at(7, 5)).toMatchInlineSnapshot(`
      "**list_mail** — tool · mcp

      Declares readOnlyHint: true. 1 of its 2 calls changes something: messages.trash (update). Hosts may run a tool that is declared read-only without asking.

      Least that lets them through: gmail.modify.

      *Seen: 2 of 2 calls, 0 blind spots · googleapis 188.0.0, 2026-11 · [about read-only-tool-writes](<…/docs/rules/read-only-tool-writes.md>)*"
    `);
    expect(await at(7, SERVER.split("\n")[6]!.indexOf("true") - "server.registerTool(".length + 2)).toBe(
      await at(7, 5),
    );
    expect(await at(7, 20)).toBeNull();
  });

  it("on a function that is a tool says the same", async () => {
    const files = {
      "pyproject.toml": '[project]\nname = "mail"\n',
      "main.py": `from mcp.server.fastmcp import FastMCP
from googleapiclient.discovery import build

gmail = build("gmail", "v1")
mcp = FastMCP("mail")

@mcp.tool()
def list_mail() -> str:
    return str(gmail.users().messages().list(userId="me").execute())
`,
    };
    expect(await hovered(files, "main.py", { line: 7, character: 8 })).toMatchInlineSnapshot(`
      "**list_mail** — tool · mcp-python

      Declares nothing of what it does. It only reads: messages.list (read).

      Least that lets them through: gmail.metadata.

      *Seen: 1 of 1 call, 0 blind spots · googleapis 188.0.0, 2026-11 · [about read-only-tool-writes](<…/docs/rules/read-only-tool-writes.md>)*"
    `);
  });

  it("on what is only possible says what could refute it", async () => {
    const auth = `import { google } from "googleapis";

const auth = new google.auth.GoogleAuth({ scopes: ["https://www.googleapis.com/auth/gmail.modify"] });
const gmail = google.gmail({ version: "v1", auth });
await gmail.users.messages.attachments.get({ userId: "me", messageId: "1", id: "2" });
await (globalThis as any)[process.argv[3]!](gmail);
`;
    const files = { "package.json": "{}", "main.ts": auth };
    expect(await hovered(files, "main.ts", { line: 2, character: 70 })).toMatchInlineSnapshot(`
      "**gmail.modify** — Read, compose, and send emails from your Gmail account · restricted (security assessment at verification)

      Requested here; needed by 1 of 1 call.

      Narrowest for what is seen: gmail.readonly (restricted).

      After the change: sign in again; an old token keeps the scope until it is revoked.

      Blind spot: main.ts:6: a google.gmail client or credential is handed to globalThis[], which is not followed. What it does there could refute this.

      *Seen: 1 call, 1 blind spot · googleapis 188.0.0, 2026-11 · [about broad-permission](<…/docs/rules/broad-permission.md>)*"
    `);
  });

  it("on anything else says nothing", async () => {
    expect(await hovered(AGENT, "src/auth.ts", { line: 0, character: 3 })).toBeNull();
    expect(await hovered(AGENT, "src/auth.ts", { line: 900, character: 900 })).toBeNull();
  });
});

describe("text of the workspace in a hover", () => {
  it("cannot become markup", () => {
    const hostile = "# x\n![y](https://evil/) [z](command:a) <img src=x> `b` **c** \u202e www.evil.com a_b_ &lt;";
    const escaped = escapeMarkdown(hostile);
    expect(escaped).not.toMatch(/\n/);
    expect(escaped.replace(/\\[!-/:-@[-`{-~]/g, "")).not.toMatch(/[!-/:-@[-`{-~\u202e]/);
  });

  it("keeps its place: emphasis and links are only Remit's", () => {
    const paragraphs = [[{ strong: "a*b" }, " _c_"], [{ emphasis: ["d ", { link: "e]", to: "https://x/y>(z" }] }]];
    expect(markup(paragraphs, true).value).toBe("**a\\*b** \\_c\\_\n\n*d [e\\]](<https://x/y%3E(z>)*");
    expect(markup(paragraphs, false).value).toBe("a*b _c_\n\nd e]");
  });
});

async function hovered(
  files: Readonly<Record<string, string>>,
  file: string,
  position: Position,
): Promise<string | null> {
  const project = folder(files);
  const { client } = await session({ capabilities: PULL, folders: [project] });
  const textDocument = { uri: project.at(file) };
  const hover = await client.request<{ contents: { kind: string; value: string } } | null>("textDocument/hover", {
    textDocument,
    position,
  });
  if (hover === null) return null;
  expect(hover.contents.kind).toBe("markdown");
  // Where the page lies is this machine's own affair.
  return hover.contents.value.replace(/\(<[^>]*\/(docs\/rules\/[\w-]+\.md)>\)/, "(<…/$1>)").replaceAll("\\", "");
}
