/**
 * How agent frameworks of Python are spelled: read off the sources that `docs/frameworks/python-agents.md` names, each with its
 * version. What is quoted from them lies in `scripts/facts/sources/python/frameworks.json`, and is compared with them there.
 */
export interface PythonFramework {
  readonly id: string;
  readonly triggers: readonly string[];
  readonly packages: readonly string[];
  /** Calls that are given a list of tools. */
  readonly lists: readonly ToolList[];
  /** Decorators that make a tool of a function, bare or called. */
  readonly decorators?: readonly ToolMaker[];
  /** Calls that make a tool of a function that they are given. */
  readonly wrappers?: readonly ToolWrapper[];
  /** Methods that run a tool which is an object. */
  readonly runs?: readonly string[];
  /** Parameters of a tool that the framework fills in itself. */
  readonly fills: FilledIn;
}

/** An argument by its names, and by its place where it has one. */
export interface Argument {
  readonly names: readonly string[];
  readonly at?: number;
}

export interface ToolList {
  /** Ways of values: `python:agents#Agent`. */
  readonly calls: RegExp;
  /** Absent: what is made is no agent, and the file stands for whoever uses its tools. */
  readonly agent?: {
    readonly kind: "agent" | "server";
    readonly name: Argument;
    /** What the agent is told it is for, the first that is there. */
    readonly purpose: readonly Argument[];
    /** An argument that is an entry of a file, `config=self.agents_config["writer"]`: the entry's name, where nothing else names it. */
    readonly entry?: string;
  };
  readonly tools: Argument;
}

export interface ToolMaker {
  readonly calls: RegExp;
  readonly name?: Argument;
  readonly description?: Argument;
  readonly annotations?: Argument;
  /** The first parameter of the function is the context, however it is called. */
  readonly contextFirst?: true;
}

export interface ToolWrapper extends ToolMaker {
  readonly functions: readonly Argument[];
}

export interface FilledIn {
  /** By type, the last word of it. */
  readonly types: readonly string[];
  /** By name. */
  readonly names: readonly string[];
}

/** `argument("tools", 1)`; several names are parted by spaces. */
function argument(names: string, at?: number): Argument {
  return { names: names.split(" "), ...(at !== undefined && { at }) };
}

function agent(name: Argument, ...purpose: readonly Argument[]): NonNullable<ToolList["agent"]> {
  return { kind: "agent", name, purpose };
}

const NAMED = { name: argument("name"), description: argument("description") };

export const PYTHON_FRAMEWORKS: readonly PythonFramework[] = [
  {
    id: "openai-agents-python",
    triggers: ["from agents", "import agents"],
    packages: ["python:agents"],
    lists: [
      {
        calls:
          /^python:agents#(?:(?:agent\.)?Agent|realtime\.(?:agent\.)?RealtimeAgent|sandbox\.(?:sandbox_agent\.)?SandboxAgent)$/,
        agent: agent(argument("name", 0), argument("instructions"), argument("handoff_description", 1)),
        tools: argument("tools", 2),
      },
    ],
    decorators: [
      {
        calls: /^python:agents#(?:tool\.)?function_tool$/,
        name: argument("name_override"),
        description: argument("description_override"),
      },
    ],
    wrappers: [
      {
        calls: /^python:agents#(?:tool\.)?FunctionTool$/,
        functions: [argument("on_invoke_tool", 3)],
        name: argument("name", 0),
        description: argument("description", 1),
        contextFirst: true,
      },
    ],
    fills: { types: ["RunContextWrapper", "ToolContext"], names: [] },
  },
  {
    id: "langchain-python",
    triggers: ["langchain", "langgraph"],
    packages: ["python:langchain", "python:langchain_core", "python:langchain_classic", "python:langgraph"],
    lists: [
      {
        calls: /^python:langchain#agents\.(?:factory\.)?create_agent$/,
        agent: agent(argument("name"), argument("system_prompt")),
        tools: argument("tools", 1),
      },
      {
        calls: /^python:langgraph#prebuilt\.(?:chat_agent_executor\.)?create_react_agent$/,
        agent: agent(argument("name"), argument("prompt")),
        tools: argument("tools", 1),
      },
      {
        calls: /^python:langchain(?:_classic)?#agents\.(?:tool_calling_agent\.(?:base\.)?)?create_tool_calling_agent$/,
        agent: agent(argument("name")),
        tools: argument("tools", 1),
      },
      {
        calls: /^python:langchain_classic#agents\.(?:initialize\.)?initialize_agent$/,
        agent: agent(argument("name")),
        tools: argument("tools", 0),
      },
      { calls: /^python:langgraph#prebuilt\.(?:tool_node\.)?ToolNode$/, tools: argument("tools", 0) },
    ],
    decorators: [
      {
        calls:
          /^python:(?:langchain_core#tools\.(?:convert\.)?|langchain#tools\.|langchain(?:_classic)?#agents\.)tool$/,
        name: argument("name_or_callable", 0),
        description: argument("description"),
      },
    ],
    wrappers: [
      {
        calls: /^python:langchain_core#tools\.(?:structured\.)?StructuredTool\.from_function$/,
        functions: [argument("func", 0), argument("coroutine", 1)],
        name: argument("name", 2),
        description: argument("description", 3),
      },
      {
        calls: /^python:(?:langchain_core#tools\.(?:simple\.)?|langchain_classic#agents\.)Tool\.from_function$/,
        functions: [argument("func", 0), argument("coroutine", 5)],
        name: argument("name", 1),
        description: argument("description", 2),
      },
      {
        calls: /^python:(?:langchain_core#tools\.(?:simple\.)?|langchain_classic#agents\.)Tool$/,
        functions: [argument("func", 1), argument("coroutine")],
        name: argument("name", 0),
        description: argument("description", 2),
      },
      {
        calls: /^python:langchain_core#tools\.(?:structured\.)?StructuredTool$/,
        functions: [argument("func"), argument("coroutine")],
        ...NAMED,
      },
    ],
    runs: ["_run", "_arun"],
    fills: { types: ["RunnableConfig", "ToolRuntime"], names: ["run_manager", "callbacks", "runtime"] },
  },
  {
    id: "crewai",
    triggers: ["crewai"],
    packages: ["python:crewai", "python:crewai_tools"],
    lists: [
      {
        calls: /^python:crewai#(?:agent\.(?:core\.)?)?Agent$/,
        // `lib/crewai/src/crewai/project/crew_base.py`: agents stand by name in `config/agents.yaml`.
        agent: { ...agent(argument("role"), argument("goal")), entry: "config" },
        tools: argument("tools"),
      },
      { calls: /^python:crewai#(?:task\.)?Task$/, tools: argument("tools") },
    ],
    decorators: [
      {
        calls: /^python:(?:crewai#tools\.(?:base_tool\.)?|crewai_tools#(?:tools\.base_tool\.)?)tool$/,
        name: argument("name", 0),
      },
    ],
    wrappers: [
      { calls: /^python:crewai#tools\.base_tool\.Tool$/, functions: [argument("func")], ...NAMED },
      {
        calls: /^python:crewai#tools\.structured_tool\.CrewStructuredTool\.from_function$/,
        functions: [argument("func", 0)],
        name: argument("name", 1),
        description: argument("description", 2),
      },
    ],
    runs: ["_run", "_arun"],
    fills: { types: [], names: [] },
  },
  {
    id: "pydantic-ai",
    triggers: ["pydantic_ai"],
    packages: ["python:pydantic_ai"],
    lists: [
      {
        calls: /^python:pydantic_ai#(?:agent\.)?Agent$/,
        agent: agent(argument("name"), argument("instructions"), argument("system_prompt"), argument("description")),
        tools: argument("tools"),
      },
      { calls: /^python:pydantic_ai#(?:toolsets\.(?:function\.)?)?FunctionToolset$/, tools: argument("tools", 0) },
    ],
    decorators: [
      {
        calls: /^python:pydantic_ai#(?:(?:agent\.)?Agent|(?:toolsets\.(?:function\.)?)?FunctionToolset)\(\)\.tool$/,
        ...NAMED,
        contextFirst: true,
      },
      {
        calls:
          /^python:pydantic_ai#(?:(?:agent\.)?Agent|(?:toolsets\.(?:function\.)?)?FunctionToolset)\(\)\.tool_plain$/,
        ...NAMED,
      },
    ],
    wrappers: [
      { calls: /^python:pydantic_ai#(?:tools\.)?Tool$/, functions: [argument("function", 0)], ...NAMED },
      {
        calls: /^python:pydantic_ai#(?:toolsets\.(?:function\.)?)?FunctionToolset\(\)\.add_function$/,
        functions: [argument("func", 0)],
        name: argument("name", 2),
        description: argument("description", 3),
      },
    ],
    fills: { types: ["RunContext"], names: [] },
  },
  {
    id: "google-adk-python",
    triggers: ["google.adk"],
    packages: ["python:google"],
    lists: [
      {
        calls: /^python:google#adk\.(?:agents\.(?:llm_agent\.)?)?(?:Agent|LlmAgent)$/,
        agent: agent(argument("name"), argument("description"), argument("instruction")),
        tools: argument("tools"),
      },
    ],
    wrappers: [
      {
        calls: /^python:google#adk\.tools\.(?:(?:function_tool|long_running_tool)\.)?(?:LongRunning)?FunctionTool$/,
        functions: [argument("func", 0)],
      },
    ],
    runs: ["run_async"],
    fills: { types: ["ToolContext"], names: ["tool_context", "input_stream"] },
  },
  {
    id: "smolagents",
    triggers: ["smolagents"],
    packages: ["python:smolagents"],
    lists: [
      {
        calls: /^python:smolagents#(?:agents\.)?(?:CodeAgent|ToolCallingAgent)$/,
        agent: agent(argument("name"), argument("description"), argument("instructions")),
        tools: argument("tools", 0),
      },
    ],
    decorators: [{ calls: /^python:smolagents#(?:tools\.)?tool$/ }],
    runs: ["forward"],
    fills: { types: [], names: [] },
  },
  {
    id: "autogen",
    triggers: ["autogen_agentchat", "autogen_core"],
    packages: ["python:autogen_agentchat", "python:autogen_core"],
    lists: [
      {
        calls: /^python:autogen_agentchat#agents\.(?:_assistant_agent\.)?AssistantAgent$/,
        agent: agent(argument("name", 0), argument("description"), argument("system_message")),
        tools: argument("tools"),
      },
    ],
    wrappers: [
      {
        calls: /^python:autogen_core#tools\.(?:_function_tool\.)?FunctionTool$/,
        functions: [argument("func", 0)],
        name: argument("name", 2),
        description: argument("description", 1),
      },
    ],
    runs: ["run"],
    fills: { types: ["CancellationToken"], names: ["cancellation_token"] },
  },
  {
    id: "strands-python",
    triggers: ["from strands", "import strands"],
    packages: ["python:strands"],
    lists: [
      {
        calls: /^python:strands#(?:agent\.(?:agent\.)?)?Agent$/,
        agent: agent(argument("name"), argument("system_prompt", 3), argument("description")),
        tools: argument("tools", 2),
      },
    ],
    decorators: [{ calls: /^python:strands#(?:tools\.(?:decorator\.)?)?tool$/, ...NAMED }],
    fills: { types: ["ToolContext"], names: ["agent", "tool_context"] },
  },
  {
    id: "agno",
    triggers: ["from agno", "import agno"],
    packages: ["python:agno"],
    lists: [
      {
        calls: /^python:agno#(?:agent\.(?:agent\.)?Agent|team\.(?:team\.)?Team)$/,
        agent: agent(argument("name"), argument("description"), argument("instructions"), argument("role")),
        tools: argument("tools"),
      },
      { calls: /^python:agno#tools\.(?:toolkit\.)?Toolkit$/, tools: argument("tools", 1) },
    ],
    decorators: [{ calls: /^python:agno#tools\.(?:decorator\.)?tool$/, ...NAMED }],
    wrappers: [
      { calls: /^python:agno#tools\.(?:function\.)?Function$/, functions: [argument("entrypoint")], ...NAMED },
      {
        calls: /^python:agno#tools\.(?:function\.)?Function\.from_callable$/,
        functions: [argument("c", 0)],
        name: argument("name", 1),
      },
    ],
    fills: { types: [], names: ["agent", "team", "run_context", "images", "videos", "audios", "files"] },
  },
  {
    id: "llama-index-python",
    triggers: ["llama_index"],
    packages: ["python:llama_index"],
    lists: [
      {
        calls:
          /^python:llama_index#core\.agent\.(?:workflow\.)?(?:(?:function|react|codeact)_agent\.)?(?:FunctionAgent|ReActAgent|CodeActAgent)$/,
        agent: agent(argument("name", 0), argument("description", 1), argument("system_prompt", 2)),
        tools: argument("tools", 3),
      },
      {
        calls:
          /^python:llama_index#core\.agent\.(?:workflow\.)?(?:multi_agent_workflow\.)?AgentWorkflow\.from_tools_or_functions$/,
        agent: agent(argument("name"), argument("system_prompt", 2)),
        tools: argument("tools_or_functions", 0),
      },
    ],
    wrappers: [
      {
        calls: /^python:llama_index#core\.tools\.(?:function_tool\.)?FunctionTool\.from_defaults$/,
        functions: [argument("fn", 0), argument("async_fn", 5)],
        name: argument("name", 1),
        description: argument("description", 2),
      },
      {
        calls: /^python:llama_index#core\.tools\.(?:function_tool\.)?FunctionTool$/,
        functions: [argument("fn", 0), argument("async_fn", 2)],
      },
    ],
    fills: { types: ["Context"], names: [] },
  },
  {
    id: "claude-agent-sdk-python",
    triggers: ["claude_agent_sdk"],
    packages: ["python:claude_agent_sdk"],
    lists: [
      {
        calls: /^python:claude_agent_sdk#create_sdk_mcp_server$/,
        agent: { kind: "server", name: argument("name", 0), purpose: [] },
        tools: argument("tools", 2),
      },
    ],
    decorators: [
      {
        calls: /^python:claude_agent_sdk#tool$/,
        name: argument("name", 0),
        description: argument("description", 1),
        annotations: argument("annotations", 3),
      },
    ],
    wrappers: [
      {
        calls: /^python:claude_agent_sdk#SdkMcpTool$/,
        functions: [argument("handler", 3)],
        name: argument("name", 0),
        description: argument("description", 1),
        annotations: argument("annotations", 4),
      },
    ],
    fills: { types: [], names: [] },
  },
];
