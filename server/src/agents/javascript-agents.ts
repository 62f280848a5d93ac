import { AgentCallsAdapter } from "./agent-calls.ts";
import type { Framework } from "./framework.ts";
import { JAVASCRIPT_FRAMEWORKS } from "./javascript-frameworks.ts";

/** Agent frameworks of JavaScript: `./javascript-frameworks.ts` says how each spells tools and agents. */
export const javascriptAgents: Framework = {
  id: "javascript-agents",
  triggers: JAVASCRIPT_FRAMEWORKS.flatMap(({ triggers }) => triggers),
  packages: ["ai#", "@ai-sdk/", "openai#", "openai/", "@langchain/", "langchain", "deepagents", "vscode#"],
  libraries: [
    "ai",
    "@openai/agents",
    "@openai/agents-core",
    "@openai/agents-openai",
    "@openai/agents-realtime",
    "langchain",
    "@langchain/core",
    "@langchain/langgraph",
    "@mastra/core",
    "@mastra/mcp",
    "genkit",
    "@google/adk",
    "@strands-agents/sdk",
    "@voltagent/core",
    "@anthropic-ai/claude-agent-sdk",
  ],
  create: () => new AgentCallsAdapter("javascript-agents", JAVASCRIPT_FRAMEWORKS),
};
