import type { FunctionSummary } from "../model/summary.ts";
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
import type { PythonFramework } from "./python-frameworks.ts";
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
  /** Functions that a decorator made tools: what an agent lists is that tool, and no second one. */
  private readonly decoratedFunctions = new Set<string>();
  /** Function → the first agent that lists it. */
  private readonly listedBy = new Map<string, string>();

  observe(call: ExternalCall, trace: Interpreter): { keepsFunctions: boolean } | undefined {
    const framework = PYTHON_FRAMEWORKS.find(({ packages }) => packages.includes(call.callee.package));
    if (!framework) return undefined;
    if (framework.agents.test(call.callee.path)) return this.agent(call, framework, trace);
    const isDecorator = framework.decorators.test(call.callee.path);
    if (isDecorator || framework.decorators.test(call.callee.path.replace(/\(\)$/, "")))
      return this.decorated(call, isDecorator ? call : optionsOf(call.callee), framework, trace);
    if (framework.wrappers?.test(call.callee.path)) return this.wrapped(call, framework, trace);
    return undefined;
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

  /** `Agent(name=…, instructions=…, tools=[…])`. */
  private agent(call: ExternalCall, framework: PythonFramework, trace: Interpreter): { keepsFunctions: boolean } {
    const key = agentKey(call);
    const named = (names: readonly string[]): ValueSet =>
      names.map((name) => call.named.get(name)).find((values) => values && values.length > 0) ?? NOTHING;
    this.agents.set(key, {
      key,
      kind: "agent",
      call,
      name: named(["name", "role"]),
      purpose: named(framework.purpose),
    });
    const { items, rest } = Reading.of(trace, call).items(call.named.get("tools") ?? NOTHING);
    for (const value of [...items.flat(), ...rest]) {
      if (value.kind === "closure" && !this.listedBy.has(functionKey(value)))
        this.listedBy.set(functionKey(value), key);
      if (value.kind === "closure" && this.decoratedFunctions.has(functionKey(value))) continue;
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
    const runs = framework.runs.reduce(
      (all: ValueSet, name) => union(all, functionsOf(members(trace, tool, name, call.frame)), trace.values),
      NOTHING,
    );
    if (runs.length === 0) return;
    const field = (name: string): ValueSet => members(trace, tool, name, call.frame);
    this.add(call, runs, field("name"), field("description"), agent, framework, trace);
  }

  private decorated(
    call: ExternalCall,
    options: ExternalCall | undefined,
    framework: PythonFramework,
    trace: Interpreter,
  ): { keepsFunctions: boolean } {
    const functions = functionsOf(call.argument(0));
    // `tool("name")` gives the decorator, and is none itself.
    if (functions.length === 0) return { keepsFunctions: true };
    const written = options === call ? NOTHING : (options?.argument(0) ?? NOTHING);
    const given = (names: readonly string[]): ValueSet =>
      names.map((name) => options?.named.get(name)).find((values) => values) ?? NOTHING;
    const name = union(given(["name", "name_override"]), written, trace.values);
    const description = union(
      given(["description", "description_override"]),
      options === call ? NOTHING : (options?.argument(1) ?? NOTHING),
      trace.values,
    );
    const annotations = annotationsOf(trace, given(["annotations"]));
    for (const one of functions) if (one.kind === "closure") this.decoratedFunctions.add(functionKey(one));
    this.add(call, functions, name, description, this.ownerOf(call), framework, trace, annotations);
    return { keepsFunctions: true };
  }

  /** `FunctionTool(fn)`, `StructuredTool.from_function(fn)`. */
  private wrapped(call: ExternalCall, framework: PythonFramework, trace: Interpreter): { keepsFunctions: boolean } {
    const named = (names: readonly string[]): ValueSet =>
      names.map((name) => call.named.get(name)).find((values) => values) ?? NOTHING;
    const functions = functionsOf(
      union(call.argument(0), named(["func", "fn", "function", "coroutine", "on_invoke_tool"]), trace.values),
    );
    if (functions.length > 0)
      this.add(call, functions, named(["name"]), named(["description"]), this.ownerOf(call), framework, trace);
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
    annotations: ValueSet = NOTHING,
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
      trace.start(root, [handler], modelsArguments(trace, handler, summary), call.frame);
    }
  }
}

function functionKey({ file, function: path }: ClosureValue): string {
  return `${file}\u0000${path}`;
}

function keyOf(call: ExternalCall | null): string {
  return call ? agentKey(call) : "";
}

/** What frameworks fill in themselves, by the name of the type: the context of the run. */
const CONTEXT = /(?:^|\.)(?:RunContext(?:Wrapper)?|ToolContext|ToolRuntime|Context|CallbackContext|RunnableConfig)$/;

/** Each parameter is the model's, but for `self` and the context of the run. */
function modelsArguments(trace: Interpreter, handler: ClosureValue, summary: FunctionSummary) {
  const named = new Map<string, ValueSet>();
  const isMethod = handler.receiver !== undefined;
  for (const [at, { name, type, rest }] of summary.parameters.entries()) {
    if (rest || (at === 0 && isMethod && name === "self")) continue;
    const root = type?.root;
    const written = [root?.kind === "import" || root?.kind === "global" ? root.name : "", ...(type?.path ?? [])];
    if (!CONTEXT.test(written.join("."))) named.set(name, modelInput(trace));
  }
  return { ...NO_ARGUMENTS, named, rest: summary.parameters.some((p) => p.rest) ? modelInput(trace) : NOTHING };
}
