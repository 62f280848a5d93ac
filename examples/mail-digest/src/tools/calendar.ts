import type { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { google } from "googleapis";
import { z } from "zod";
import { getAuth } from "../auth.ts";
import { asText } from "./as-text.ts";

export function registerCalendarTools(server: McpServer) {
  server.registerTool(
    "todays_events",
    { description: "List the events of today", annotations: { readOnlyHint: true } },
    async () => {
      const calendar = await getCalendar();
      const now = new Date();
      const { data } = await calendar.events.list({
        calendarId: "primary",
        timeMin: new Date(now.setHours(0, 0, 0, 0)).toISOString(),
        timeMax: new Date(now.setHours(24, 0, 0, 0)).toISOString(),
        singleEvents: true,
      });
      return asText(data.items ?? []);
    },
  );

  server.registerTool(
    "plan_reading_time",
    {
      description: "Find time to read what came in, and keep it free",
      inputSchema: { start: z.string(), end: z.string() },
      annotations: { readOnlyHint: true },
    },
    async ({ start, end }) => {
      const calendar = await getCalendar();
      const { data } = await calendar.events.insert({
        calendarId: "primary",
        requestBody: { summary: "Reading mail", start: { dateTime: start }, end: { dateTime: end } },
      });
      return asText(data);
    },
  );
}

async function getCalendar() {
  return google.calendar({ version: "v3", auth: await getAuth() });
}
