import type { FunctionSummary, TypePath } from "../model/summary.ts";
import { NO_ARGUMENTS } from "../trace/arguments.ts";
import type { ExternalCall } from "../trace/external-call.ts";
import type { Interpreter } from "../trace/interpreter.ts";
import { members } from "../trace/members.ts";
import { Reading } from "../trace/reading.ts";
import { constantText } from "../trace/texts.ts";
import type { ClosureValue, ObjectValue, TextValue, ValueSet } from "../trace/values.ts";
import { NOTHING, externalChain, union } from "../trace/values.ts";
import type { AgentDefinition, Framework, FrameworkAdapter, ToolDefinition } from "./framework.ts";
import { agentKey, modelInput, toolRoot } from "./framework.ts";
import type { Argument, FilledIn, PythonFramework, ToolList, ToolMaker, ToolWrapper } from "./python-frameworks.ts";
import { PYTHON_FRAMEWORKS } from "./python-frameworks.ts";
import { annotationsOf, docText, functionsOf, nameText, optionsOf, originalOf } from "./python-functions.ts";

/**
 * Agent frameworks of Python. A decorator makes a function a tool, bare, called, or called with a name; or an agent is given
 * functions, or objects whose class has the method that runs, in a list. `./python-frameworks.ts` says how each spells it.
 */
export const pythonAgents: Framework = {
  id: "python-agents",
  triggers: PYTHON_FRAMEWORKS.flatMap(({ triggers }) => triggers),
  packages: PYTHON_FRAMEWORKS.flatMap(({ packages }) => packages),
  create: () => new PythonAgentsAdapter(),
};

class PythonAgentsAdapter implements FrameworkAdapter {
  readonly framework = "python-agents";
  private readonly agents = new Map<string, AgentDefinition>();
  private readonly tools = new Map<string, ToolDefinition>();
  /** Functions that were made tools: what an agent lists is that tool, and no second one. */
  private readonly madeTools = new Set<string>();
  /** Function → the first agent that lists it. */
  private readonly listedBy = new Map<string, string>();

  observe(call: ExternalCall, trace: Interpreter): { keepsFunctions: boolean } | undefined {
    const { path, package: name } = call.callee;
    const framework = PYTHON_FRAMEWORKS.find(({ packages }) => packages.includes(name));
    if (!framework) return undefined;
    const list = framework.lists.find(({ calls }) => calls.test(path));
    if (list) return this.listed(call, list, framework, trace);
    const wrapper = framework.wrappers?.find(({ calls }) => calls.test(path));
    if (wrapper) return this.wrapped(call, wrapper, framework, trace);
    const bare = framework.decorators?.find(({ calls }) => calls.test(path));
    if (bare) return this.decorated(call, call, bare, framework, trace);
    const called = framework.decorators?.find(({ calls }) => calls.test(path.replace(/\(\)$/, "")));
    return called && this.decorated(call, optionsOf(call.callee), called, framework, trace);
  }

  definitions(): { agents: AgentDefinition[]; tools: ToolDefinition[] } {
    const tools = [...this.tools.values()].map((tool) => ({ ...tool, agent: this.agentOf(tool) }));
    const used = new Set(tools.map(({ agent }) => agent));
    return { agents: [...this.agents.values()].filter(({ key }) => used.has(key)), tools };
  }

  /** The agent that lists the tool, where it is not known by whom it was made. */
  private agentOf(tool: ToolDefinition): string {
    if (this.agents.get(tool.agent)?.call) return tool.agent;
    const [handler] = tool.handler;
    return (handler?.kind === "closure" && this.listedBy.get(functionKey(handler))) || tool.agent;
  }

  /** `Agent(name=…, instructions=…, tools=[…])`, `ToolNode([…])`. */
  private listed(
    call: ExternalCall,
    { agent, tools }: ToolList,
    framework: PythonFramework,
    trace: Interpreter,
  ): { keepsFunctions: boolean } {
    const key = agent ? agentKey(call) : this.ownerOf(call);
    if (agent) {
      const purpose = agent.purpose.map((one) => given(call, one)).find((values) => values.length > 0) ?? NOTHING;
      const written = given(call, agent.name);
      const name = written.length > 0 || agent.entry === undefined ? written : entryNamed(call, agent.entry, trace);
      this.agents.set(key, { key, kind: agent.kind, call, name, purpose });
    }
    const { items, rest } = Reading.of(trace, call).items(given(call, tools));
    for (const value of [...items.flat(), ...rest]) {
      if (value.kind === "closure" && agent && !this.listedBy.has(functionKey(value)))
        this.listedBy.set(functionKey(value), key);
      if (value.kind === "closure" && this.madeTools.has(functionKey(value))) continue;
      if (value.kind === "closure") this.add(call, [value], NOTHING, NOTHING, key, framework, trace);
      else if (value.kind === "object") this.object(call, value, key, framework, trace);
    }
    return { keepsFunctions: true };
  }

  /** An object of a class with `_run`: its fields say what it is called. */
  private object(
    call: ExternalCall,
    tool: ObjectValue,
    agent: string,
    framework: PythonFramework,
    trace: Interpreter,
  ): void {
    const runs = (framework.runs ?? []).reduce(
      (all: ValueSet, name) => union(all, functionsOf(members(trace, tool, name, call.frame)), trace.values),
      NOTHING,
    );
    if (runs.length === 0) return;
    const field = (name: string): ValueSet => members(trace, tool, name, call.frame);
    this.add(call, runs, field("name"), field("description"), agent, framework, trace);
  }

  /** A decorator, bare or as the call that gave it says: `@tool`, `@tool("name")`. */
  private decorated(
    call: ExternalCall,
    options: ExternalCall | undefined,
    maker: ToolMaker,
    framework: PythonFramework,
    trace: Interpreter,
  ): { keepsFunctions: boolean } {
    const functions = functionsOf(call.argument(0));
    // `tool("name")` gives the decorator, and is none itself.
    if (functions.length === 0) return { keepsFunctions: true };
    const option = (argument: Argument | undefined): ValueSet => {
      if (!options || !argument) return NOTHING;
      // What stands in its first place is the function.
      return given(options, options === call ? { names: argument.names } : argument);
    };
    for (const one of functions) if (one.kind === "closure") this.madeTools.add(functionKey(one));
    this.add(call, functions, option(maker.name), option(maker.description), this.ownerOf(call), framework, trace, {
      annotations: annotationsOf(trace, option(maker.annotations)),
      contextFirst: maker.contextFirst === true,
    });
    return { keepsFunctions: true };
  }

  /** `FunctionTool(fn)`, `StructuredTool.from_function(fn)`. */
  private wrapped(
    call: ExternalCall,
    wrapper: ToolWrapper,
    framework: PythonFramework,
    trace: Interpreter,
  ): { keepsFunctions: boolean } {
    const functions = wrapper.functions.reduce(
      (all: ValueSet, one) => union(all, functionsOf(given(call, one)), trace.values),
      NOTHING,
    );
    const option = (argument: Argument | undefined): ValueSet => (argument ? given(call, argument) : NOTHING);
    if (functions.length === 0) return { keepsFunctions: true };
    for (const one of functions) if (one.kind === "closure") this.madeTools.add(functionKey(one));
    this.add(call, functions, option(wrapper.name), option(wrapper.description), this.ownerOf(call), framework, trace, {
      annotations: annotationsOf(trace, option(wrapper.annotations)),
      contextFirst: wrapper.contextFirst === true,
    });
    return { keepsFunctions: true };
  }

  /** The agent whose method the decorator is; else the file stands for whoever uses its tools. */
  private ownerOf(call: ExternalCall): string {
    const chain = externalChain(call.callee);
    const made = chain.find(({ path, step }) => step?.kind === "call" && this.agents.has(keyOf(step.call)) && path);
    if (made?.step?.kind === "call") return keyOf(made.step.call);
    const key = call.frame.file;
    if (!this.agents.has(key))
      this.agents.set(key, { key, kind: "tools", call: null, name: NOTHING, purpose: NOTHING });
    return key;
  }

  private add(
    call: ExternalCall,
    handlers: ValueSet,
    names: ValueSet,
    description: ValueSet,
    agent: string,
    framework: PythonFramework,
    trace: Interpreter,
    { annotations, contextFirst }: Making = PLAINLY,
  ): void {
    for (const handler of handlers) {
      if (handler.kind !== "closure") continue;
      const summary = trace.program.module(handler.file)?.functions.get(handler.function);
      if (!summary) continue;
      const name =
        names.find((value): value is TextValue => value.kind === "text") ?? nameText(trace, handler, summary);
      const text = constantText(name.pieces);
      const root = toolRoot(agent, text ?? agentKey(call));
      const key = `${agent}\u0000${name.id}`;
      this.tools.set(key, {
        framework: framework.id,
        name,
        call,
        definition: null,
        agent,
        handler: union(this.tools.get(key)?.handler ?? NOTHING, [handler], trace.values),
        root,
        description: description.length > 0 ? description : docText(trace, originalOf(trace, handler) ?? summary),
        annotations,
      });
      trace.start(root, [handler], modelsArguments(trace, handler, summary, framework.fills, contextFirst), call.frame);
    }
  }
}

/** `"writer"` of `config=self.agents_config["writer"]`, whatever stands in the file. */
function entryNamed({ frame, node }: ExternalCall, argument: string, trace: Interpreter): ValueSet {
  const { nodes } = frame.function;
  const made = nodes[node];
  const handed = made?.kind === "call" ? made.arguments.find(({ name }) => name === argument) : undefined;
  const entry = handed && nodes[handed.value];
  return entry?.kind === "index" ? trace.nodeOf(frame, entry.key, frame) : NOTHING;
}

function functionKey({ file, function: path }: ClosureValue): string {
  return `${file}\u0000${path}`;
}

function keyOf(call: ExternalCall | null): string {
  return call ? agentKey(call) : "";
}

/** Each parameter is the model's, but for `self` and what the framework fills in. */
function modelsArguments(
  trace: Interpreter,
  handler: ClosureValue,
  summary: FunctionSummary,
  { types, names }: FilledIn,
  contextFirst: boolean,
) {
  const named = new Map<string, ValueSet>();
  const isMethod = handler.receiver !== undefined;
  const own = summary.parameters.filter(({ name, rest }, at) => !rest && !(at === 0 && isMethod && name === "self"));
  for (const [at, { name, type }] of own.entries()) {
    if (at === 0 && contextFirst) continue;
    const isFilled = names.includes(name) || types.includes(lastWord(type));
    if (!isFilled) named.set(name, modelInput(trace));
  }
  return { ...NO_ARGUMENTS, named, rest: summary.parameters.some((p) => p.rest) ? modelInput(trace) : NOTHING };
}

/** `agents.RunContextWrapper[State]` → `RunContextWrapper`. */
function lastWord(type: TypePath | undefined): string {
  const root = type?.root;
  const first = root?.kind === "import" || root?.kind === "global" ? root.name : "";
  return type?.path.at(-1) ?? first;
}

/** What a call is given for a parameter: under one of its names, else in its place. */
function given(call: ExternalCall, { names, at }: Argument): ValueSet {
  const named = names.map((name) => call.named.get(name)).find((values) => values && values.length > 0);
  return named ?? (at === undefined ? NOTHING : call.argument(at));
}

interface Making {
  readonly annotations: ValueSet;
  readonly contextFirst: boolean;
}

const PLAINLY: Making = { annotations: NOTHING, contextFirst: false };
