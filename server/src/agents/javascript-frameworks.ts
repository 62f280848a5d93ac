import type { AgentForm, AgentFramework } from "./agent-framework.ts";

/** How each is spelled in the version that is named: read off its declarations. */
export const JAVASCRIPT_FRAMEWORKS: readonly AgentFramework[] = [
  // ai 7.0.173: what calls a tool is the key under which it is given.
  {
    id: "ai-sdk",
    triggers: ['"ai"', "'ai'", "@ai-sdk/"],
    tools: [
      {
        call: /^(?:ai|@ai-sdk\/provider-utils)#(?:tool|dynamicTool)$/,
        description: "0.description",
        runs: ["0.execute"],
      },
    ],
    agents: [
      given(/^ai#(?:ToolLoopAgent|Experimental_Agent|Agent)$/, { purpose: ["0.instructions", "0.system"] }),
      given(/^ai#(?:generateText|streamText)$/, { purpose: ["0.instructions", "0.system"] }),
    ],
    objects: [{ name: "name", description: "description", runs: "execute" }],
  },
  // @openai/agents 0.20.0 (agents-core, agents-openai, agents-realtime of the same version).
  {
    id: "openai-agents",
    triggers: ["@openai/agents"],
    tools: [
      {
        call: /^@openai\/agents(?:-core|-realtime|\/realtime)?#tool$/,
        name: "0.name",
        description: "0.description",
        runs: ["0.execute"],
      },
      { call: /^@openai\/agents(?:-core)?#shellTool$/, called: "shell", runs: ["0.shell.run"] },
      {
        call: /^@openai\/agents(?:-core)?#applyPatchTool$/,
        called: "apply_patch",
        runs: ["0.editor.createFile", "0.editor.updateFile", "0.editor.deleteFile"],
      },
      { call: /^@openai\/agents(?:-core|-openai)?#webSearchTool$/, called: "web_search", runs: [] },
      { call: /^@openai\/agents(?:-core|-openai)?#fileSearchTool$/, called: "file_search", runs: [] },
      { call: /^@openai\/agents(?:-core|-openai)?#codeInterpreterTool$/, called: "code_interpreter", runs: [] },
      { call: /^@openai\/agents(?:-core|-openai)?#imageGenerationTool$/, called: "image_generation", runs: [] },
      { call: /^@openai\/agents(?:-core|-realtime|\/realtime)?#hostedMcpTool$/, name: "0.serverLabel", runs: [] },
    ],
    agents: [
      given(/^@openai\/agents(?:-core)?#Agent(?:\.create)?$/, {
        name: "0.name",
        purpose: ["0.instructions", "0.handoffDescription"],
      }),
      given(/^@openai\/agents(?:-realtime|\/realtime)#RealtimeAgent$/, {
        name: "0.name",
        purpose: ["0.instructions", "0.handoffDescription"],
      }),
    ],
  },
  // openai 7.59.0: tools with a function of their own.
  {
    id: "openai",
    triggers: ['"openai"', "'openai'", "openai/"],
    tools: [
      {
        call: /^openai\/helpers\/(?:zod|standard-schema)#(?:zodFunction|standardFunction)$/,
        name: "0.name",
        description: "0.description",
        runs: ["0.function"],
      },
    ],
    agents: [
      given(/^openai#(?:(?:default|OpenAI|AzureOpenAI)\.)*new\(\)\.(?:beta\.)?chat\.completions\.runTools$/, {}),
    ],
    objects: [{ name: "function.name", description: "function.description", runs: "function.function" }],
  },
  // @anthropic-ai/sdk 1.14.0: the tool runner.
  {
    id: "anthropic",
    triggers: ["@anthropic-ai/sdk"],
    tools: [
      {
        call: /^@anthropic-ai\/sdk\/helpers\/beta\/(?:zod|json-schema|standard-schema)#(?:betaZodTool|betaTool|betaStandardSchemaTool)$/,
        name: "0.name",
        description: "0.description",
        runs: ["0.run"],
      },
    ],
    agents: [
      given(/^@anthropic-ai\/sdk#(?:default|Anthropic)\.new\(\)\.beta\.messages\.toolRunner$/, {
        purpose: ["0.system"],
      }),
    ],
    objects: [{ name: "name", description: "description", runs: "run" }],
  },
  // @anthropic-ai/claude-agent-sdk 0.3.332.
  {
    id: "claude-agent-sdk",
    triggers: ["@anthropic-ai/claude-agent-sdk", "@anthropic-ai/claude-code"],
    tools: [
      {
        call: /^@anthropic-ai\/claude-(?:agent-sdk|code)#tool$/,
        name: "0",
        description: "1",
        annotations: "4.annotations",
        runs: ["3"],
      },
    ],
    agents: [
      {
        call: /^@anthropic-ai\/claude-(?:agent-sdk|code)#createSdkMcpServer$/,
        kind: "server",
        name: "0.name",
        purpose: ["0.instructions"],
        tools: ["0.tools"],
      },
    ],
  },
  // langchain 1.5.14, @langchain/core 1.4.0, @langchain/langgraph 1.7.3.
  {
    id: "langchain",
    triggers: ["langchain", "deepagents"],
    tools: [
      {
        call: /^(?:langchain|@langchain\/core\/tools|langchain\/tools)#tool$/,
        name: "1.name",
        description: "1.description",
        runs: ["0"],
      },
      {
        call: /^(?:langchain|@langchain\/core\/tools|langchain\/tools)#Dynamic(?:Structured)?Tool$/,
        name: "0.name",
        description: "0.description",
        runs: ["0.func"],
      },
    ],
    agents: [
      given(/^(?:langchain|langchain\/agents)#createAgent$/, {
        name: "0.name",
        purpose: ["0.systemPrompt", "0.description"],
      }),
      given(/^deepagents#createDeepAgent$/, { name: "0.name", purpose: ["0.systemPrompt"] }),
      given(/^@langchain\/langgraph\/prebuilt#createReactAgent$/, { name: "0.name", purpose: ["0.prompt"] }),
      given(/^(?:langchain|@langchain\/classic)\/agents#AgentExecutor(?:\.fromAgentAndTools)?$/, {}),
      given(/^@langchain\/langgraph\/prebuilt#ToolNode$/, { tools: ["0"] }),
      given(/^langchain#ToolNode$/, { tools: ["0"] }),
    ],
    objects: [{ extends: /^@langchain\/core\/tools#/, name: "name", description: "description", runs: "_call" }],
  },
  // @mastra/core 1.71.0, @mastra/mcp 2.0.0: an agent knows a tool by the key under which it has it.
  {
    id: "mastra",
    triggers: ["@mastra/"],
    tools: [
      {
        call: /^@mastra\/core(?:\/tools)?#(?:createTool|Tool)$/,
        name: "0.id",
        description: "0.description",
        annotations: "0.mcp.annotations",
        runs: ["0.execute"],
      },
    ],
    agents: [
      given(/^@mastra\/core(?:\/agent)?#Agent$/, { name: "0.name", purpose: ["0.instructions", "0.description"] }),
      {
        ...given(/^@mastra\/mcp#MCPServer$/, { name: "0.name", purpose: ["0.instructions", "0.description"] }),
        kind: "server",
      },
    ],
  },
  // genkit 1.42.0.
  {
    id: "genkit",
    triggers: ["genkit"],
    tools: [
      {
        call: /^genkit(?:\/beta)?#genkit\(\)\.(?:defineTool|dynamicTool)$/,
        name: "0.name",
        description: "0.description",
        runs: ["1"],
      },
    ],
    agents: [
      given(/^genkit(?:\/beta)?#genkit\(\)\.(?:definePrompt|defineAgent)$/, {
        name: "0.name",
        purpose: ["0.system", "0.description"],
      }),
      given(/^genkit(?:\/beta)?#genkit\(\)\.(?:generate|generateStream|chat)$/, { purpose: ["0.system"] }),
    ],
  },
  // @google/adk 2.0.0.
  {
    id: "google-adk",
    triggers: ["@google/adk"],
    tools: [
      {
        call: /^@google\/adk#(?:LongRunning)?FunctionTool$/,
        name: "0.name",
        description: "0.description",
        runs: ["0.execute"],
      },
    ],
    agents: [
      given(/^@google\/adk#(?:LlmAgent|Agent)$/, { name: "0.name", purpose: ["0.description", "0.instruction"] }),
    ],
    objects: [{ extends: /^@google\/adk#BaseTool$/, name: "name", description: "description", runs: "runAsync" }],
  },
  // @strands-agents/sdk 1.19.0.
  {
    id: "strands",
    triggers: ["@strands-agents/sdk"],
    tools: [
      {
        call: /^@strands-agents\/sdk#(?:tool|FunctionTool)$/,
        name: "0.name",
        description: "0.description",
        runs: ["0.callback"],
      },
    ],
    agents: [given(/^@strands-agents\/sdk#Agent$/, { name: "0.name", purpose: ["0.description", "0.systemPrompt"] })],
  },
  // @voltagent/core 2.10.0.
  {
    id: "voltagent",
    triggers: ["@voltagent/core"],
    tools: [
      {
        call: /^@voltagent\/core#(?:createTool|tool|Tool)$/,
        name: "0.name",
        description: "0.description",
        annotations: "0.mcp.annotations",
        runs: ["0.execute"],
      },
    ],
    agents: [given(/^@voltagent\/core#Agent$/, { name: "0.name", purpose: ["0.purpose", "0.instructions"] })],
  },
  // @types/vscode 1.140.0: the description stands in the extension's manifest.
  {
    id: "vscode",
    triggers: ["registerTool"],
    tools: [{ call: /^vscode#lm\.registerTool$/, name: "0", runs: ["1.invoke"] }],
    agents: [],
  },
];

function given(
  call: RegExp,
  { name, purpose = [], tools = ["0.tools"] }: Partial<Pick<AgentForm, "name" | "purpose" | "tools">>,
): AgentForm {
  return { call, kind: "agent", ...(name !== undefined && { name }), purpose, tools };
}
