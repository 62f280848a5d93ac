import { boltPython } from "./bolt-python.ts";
import { fastmcp } from "./fastmcp.ts";
import { forge } from "./forge.ts";
import type { Framework } from "./framework.ts";
import { githubApps } from "./github-apps.ts";
import { lambdaPython } from "./lambda-python.ts";
import { javascriptAgents } from "./javascript-agents.ts";
import { mcpLoaded } from "./mcp-loaded.ts";
import { mcpPython } from "./mcp-python.ts";
import { pythonAgents } from "./python-agents.ts";
import { mcp } from "./mcp.ts";
import { n8n } from "./n8n.ts";
import { slackBolt } from "./slack-bolt.ts";

/** All frameworks whose tools are known. */
export const FRAMEWORKS: readonly Framework[] = [
  mcp,
  mcpPython,
  mcpLoaded,
  fastmcp,
  pythonAgents,
  forge,
  n8n,
  githubApps,
  slackBolt,
  boltPython,
  lambdaPython,
  javascriptAgents,
];
