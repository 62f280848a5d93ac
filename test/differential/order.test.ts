import { expect, it } from "vitest";
import { Service } from "../../server/src/service/service.ts";
import { CASES, coldReport, reportOf } from "./cases.ts";
import type { Files } from "./cases.ts";
import { Random } from "./random.ts";

/** What is installed is never read; that it lies there changes nothing. */
const INSTALLED: Files = {
  ".gitignore": "node_modules\n",
  "node_modules/googleapis/package.json": '{ "name": "googleapis", "version": "1.0.0", "main": "index.js" }',
  "node_modules/googleapis/index.js": "exports.google = { gmail: () => ({ users: {} }), auth: {} };\n",
  "node_modules/@modelcontextprotocol/sdk/package.json":
    '{ "name": "@modelcontextprotocol/sdk", "exports": { "./*": "./*" } }',
  "node_modules/@modelcontextprotocol/sdk/server/mcp.js":
    'import { google } from "googleapis";\nexport class McpServer { tool() { google.drive("v3").files.delete({}); } }\n',
};

it.each(CASES)("$name: the same in any order", async ({ files }) => {
  const random = new Random(1);
  const shuffled = Object.fromEntries(random.shuffled(Object.entries(files)));
  const service = await Service.create({ root: "/", files: shuffled });
  // Questions about single places, from the back to the front, before anybody asks for all.
  for (const file of random.shuffled(Object.keys(files))) await service.describePlace(file, 1 + random.below(20));
  expect(await reportOf(service)).toBe(await coldReport(files));
});

it.each(CASES)("$name: the same without the pre-filter, and with packages installed", async ({ files }) => {
  const whole = { ...INSTALLED, ...files };
  expect(await coldReport(whole, { prefilter: false })).toBe(await coldReport(files));
});
