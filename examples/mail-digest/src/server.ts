import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { registerCalendarTools } from "./tools/calendar.ts";
import { registerMailTools } from "./tools/mail.ts";

const server = new McpServer({ name: "mail-digest", version: "1.0.0" });
registerMailTools(server);
registerCalendarTools(server);
await server.connect(new StdioServerTransport());
