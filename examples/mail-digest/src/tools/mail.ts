import type { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { google } from "googleapis";
import { z } from "zod";
import { getAuth } from "../auth.ts";
import { asText } from "./as-text.ts";

export function registerMailTools(server: McpServer) {
  server.registerTool(
    "unread_mail",
    { description: "List what came in and was not read yet", annotations: { readOnlyHint: true } },
    async () => {
      const gmail = await getGmail();
      const { data } = await gmail.users.messages.list({ userId: "me", q: "is:unread newer_than:1d" });
      return asText(data.messages ?? []);
    },
  );

  server.registerTool(
    "read_mail",
    { description: "Read one message", inputSchema: { id: z.string() }, annotations: { readOnlyHint: true } },
    async ({ id }) => {
      const gmail = await getGmail();
      const { data } = await gmail.users.messages.get({ userId: "me", id });
      return asText(data);
    },
  );

  server.registerTool(
    "send_digest",
    {
      description: "Send the digest of the day",
      inputSchema: { to: z.string(), text: z.string() },
      annotations: { readOnlyHint: false, destructiveHint: false },
    },
    async ({ to, text }) => {
      const gmail = await getGmail();
      const message = `To: ${to}\r\nSubject: Your day\r\n\r\n${text}`;
      const raw = Buffer.from(message).toString("base64url");
      const { data } = await gmail.users.messages.send({ userId: "me", requestBody: { raw } });
      return asText(data);
    },
  );
}

async function getGmail() {
  return google.gmail({ version: "v1", auth: await getAuth() });
}
