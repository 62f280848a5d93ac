/** How one agent framework of Python is spelled. Ways are those of values: `python:agents#Agent`. */
export interface PythonFramework {
  readonly id: string;
  readonly triggers: readonly string[];
  readonly packages: readonly string[];
  /** Calls that make an agent, with its tools in `tools=`. */
  readonly agents: RegExp;
  /** Arguments of such a call that say what the agent is for, the first that is there. */
  readonly purpose: readonly string[];
  /** Decorators, bare; called, they give one. */
  readonly decorators: RegExp;
  /** Calls that make a tool of a function. */
  readonly wrappers?: RegExp;
  /** Methods that run a tool which is an object. */
  readonly runs: readonly string[];
}

const NEVER = /^$/;

/**
 * How each was spelled in 2026 as far as it is known to us: not generated from the packages, and not checked against all of them.
 * `docs/frameworks/python-agents.md` has an example of the first five.
 */
export const PYTHON_FRAMEWORKS: readonly PythonFramework[] = [
  {
    id: "openai-agents-python",
    triggers: ["from agents", "import agents"],
    packages: ["python:agents"],
    agents: /^python:agents#(?:agent\.)?Agent$/,
    purpose: ["instructions", "handoff_description"],
    decorators: /^python:agents#(?:tool\.)?function_tool$/,
    wrappers: /^python:agents#(?:tool\.)?FunctionTool$/,
    runs: [],
  },
  {
    id: "langchain-python",
    triggers: ["langchain", "langgraph"],
    packages: ["python:langchain", "python:langchain_core", "python:langgraph"],
    agents: /#(?:agents\.(?:\w+\.)?create_\w*agent|prebuilt\.(?:\w+\.)?(?:create_react_agent|ToolNode))$/,
    purpose: ["system_prompt", "prompt"],
    decorators: /#(?:tools\.)?(?:\w+\.)?tool$/,
    wrappers: /#(?:tools\.)?(?:\w+\.)?(?:(?:Structured)?Tool(?:\.from_function)?)$/,
    runs: ["_run", "_arun"],
  },
  {
    id: "crewai",
    triggers: ["crewai"],
    packages: ["python:crewai", "python:crewai_tools"],
    agents: /^python:crewai#(?:agent\.(?:core\.)?)?Agent$/,
    purpose: ["goal"],
    decorators: /#(?:tools\.)?(?:\w+\.)?tool$/,
    runs: ["_run", "_arun"],
  },
  {
    id: "pydantic-ai",
    triggers: ["pydantic_ai"],
    packages: ["python:pydantic_ai"],
    agents: /^python:pydantic_ai#(?:agent\.)?Agent$/,
    purpose: ["instructions", "system_prompt"],
    decorators: /^python:pydantic_ai#(?:agent\.)?Agent\(\)\.tool(?:_plain)?$/,
    wrappers: /^python:pydantic_ai#(?:tools\.)?Tool$/,
    runs: [],
  },
  {
    id: "google-adk-python",
    triggers: ["google.adk"],
    packages: ["python:google"],
    agents: /^python:google#adk\.(?:agents\.)?(?:\w+\.)?(?:Agent|LlmAgent)$/,
    purpose: ["description", "instruction"],
    decorators: NEVER,
    wrappers: /^python:google#adk\.tools\.(?:\w+\.)?(?:LongRunning)?FunctionTool$/,
    runs: ["run_async"],
  },
  {
    id: "smolagents",
    triggers: ["smolagents"],
    packages: ["python:smolagents"],
    agents: /^python:smolagents#(?:agents\.)?(?:CodeAgent|ToolCallingAgent)$/,
    purpose: ["description"],
    decorators: /^python:smolagents#(?:tools\.)?tool$/,
    runs: ["forward"],
  },
  {
    id: "autogen",
    triggers: ["autogen_agentchat", "autogen_core"],
    packages: ["python:autogen_agentchat", "python:autogen_core"],
    agents: /#agents\.(?:\w+\.)?AssistantAgent$/,
    purpose: ["description", "system_message"],
    decorators: NEVER,
    wrappers: /#tools\.(?:\w+\.)?FunctionTool$/,
    runs: ["run"],
  },
  {
    id: "strands-python",
    triggers: ["from strands", "import strands"],
    packages: ["python:strands"],
    agents: /^python:strands#(?:agent\.)?Agent$/,
    purpose: ["system_prompt"],
    decorators: /^python:strands#(?:tools\.)?(?:decorator\.)?tool$/,
    runs: [],
  },
  {
    id: "agno",
    triggers: ["from agno", "import agno"],
    packages: ["python:agno"],
    agents: /^python:agno#agent\.(?:agent\.)?Agent$/,
    purpose: ["description", "instructions"],
    decorators: /^python:agno#tools\.(?:decorator\.)?tool$/,
    runs: [],
  },
  {
    id: "llama-index-python",
    triggers: ["llama_index"],
    packages: ["python:llama_index"],
    agents: /#core\.agent\.(?:\w+\.)*(?:FunctionAgent|ReActAgent)$/,
    purpose: ["description", "system_prompt"],
    decorators: NEVER,
    wrappers: /#core\.tools\.(?:\w+\.)?FunctionTool(?:\.from_defaults)?$/,
    runs: [],
  },
  {
    id: "claude-agent-sdk-python",
    triggers: ["claude_agent_sdk"],
    packages: ["python:claude_agent_sdk"],
    agents: NEVER,
    purpose: [],
    decorators: /^python:claude_agent_sdk#tool$/,
    runs: [],
  },
];
