import { NO_ARGUMENTS } from "../trace/arguments.ts";
import type { ExternalCall } from "../trace/external-call.ts";
import type { Interpreter } from "../trace/interpreter.ts";
import { Reading } from "../trace/reading.ts";
import { constantText } from "../trace/texts.ts";
import type { ClosureValue, ObjectValue, TextValue, Value, ValueSet } from "../trace/values.ts";
import { NOTHING, externalChain, union } from "../trace/values.ts";
import { isExtending } from "./classes.ts";
import type { AgentForm, AgentFramework, ObjectForm, ToolForm } from "./agent-framework.ts";
import type { AgentDefinition, DefinedAt, FrameworkAdapter, ToolDefinition } from "./framework.ts";
import { agentKey, modelInput, toolRoot } from "./framework.ts";

/** A tool that was made and that no agent has named yet. */
interface Unnamed {
  readonly call: ExternalCall;
  readonly form: ToolForm;
}

interface Parts {
  readonly name: TextValue;
  readonly description: ValueSet;
  readonly annotations: ValueSet;
  readonly handler: ValueSet;
  readonly at: DefinedAt;
  readonly definition: ObjectValue | null;
  readonly input: number;
}

/** Agent frameworks in which a call makes a tool of an object and a function, and another gives tools to an agent. */
export class AgentCallsAdapter implements FrameworkAdapter {
  readonly framework: string;
  private readonly frameworks: readonly AgentFramework[];
  private readonly agents = new Map<string, AgentDefinition>();
  private readonly tools = new Map<string, ToolDefinition>();
  /** Tool → the agents that list it. */
  private readonly holders = new Map<string, Set<string>>();
  private readonly unnamed = new Map<ExternalCall, Unnamed>();
  private readonly named = new Set<ExternalCall>();
  private readonly settled = new Set<ExternalCall>();

  constructor(framework: string, frameworks: readonly AgentFramework[]) {
    this.framework = framework;
    this.frameworks = frameworks;
  }

  observe(call: ExternalCall, trace: Interpreter): { keepsFunctions: boolean } | undefined {
    const { path } = call.callee;
    for (const framework of this.frameworks) {
      const tool = framework.tools.find((form) => form.call.test(path));
      if (tool) this.made(call, tool, framework, trace);
      const agent = framework.agents.find((form) => form.call.test(path));
      if (agent) this.agent(call, agent, framework, trace);
      if (tool || agent) return { keepsFunctions: true };
    }
    return undefined;
  }

  /** What was made and given to nobody runs all the same, and belongs to no tool. */
  settle(trace: Interpreter): boolean {
    const left = [...this.unnamed.values()].filter(({ call }) => !this.settled.has(call));
    for (const { call, form } of left) {
      this.settled.add(call);
      const root = { kind: "entry" as const, name: `unnamed\u0000${agentKey(call)}` };
      const handlers = handlersAt(call, form, Reading.of(trace, call));
      trace.start(root, handlers, argumentsFor(trace, handlers, form.input ?? 0), call.frame);
    }
    return left.length > 0;
  }

  definitions(): { agents: AgentDefinition[]; tools: ToolDefinition[] } {
    const tools = [...this.tools].flatMap(([key, tool]) => {
      const held = [...(this.holders.get(key) ?? [])];
      return (held.length > 0 ? held.slice(0, 1) : [tool.agent]).map((agent) => ({ ...tool, agent }));
    });
    const used = new Set(tools.map(({ agent }) => agent));
    return { agents: [...this.agents.values()].filter(({ key }) => used.has(key)), tools };
  }

  // ---- tools

  private made(call: ExternalCall, form: ToolForm, framework: AgentFramework, trace: Interpreter): void {
    const reading = Reading.of(trace, call);
    if (form.name === undefined && form.called === undefined) {
      if (!this.named.has(call.representative)) this.unnamed.set(call.representative, { call, form });
      return;
    }
    const owner = this.ownerOf(call);
    for (const name of namesAt(call, form, reading))
      this.define(partsOf(call, form, name, reading), owner, framework, trace);
  }

  private define(parts: Parts, owner: string, framework: AgentFramework, trace: Interpreter): string {
    const { name, at, handler } = parts;
    const key = `${agentKey(at)}\u0000${name.id}`;
    const root = toolRoot(owner, constantText(name.pieces) ?? agentKey(at));
    this.tools.set(key, {
      framework: framework.id,
      name,
      call: at,
      definition: parts.definition,
      agent: owner,
      handler: union(this.tools.get(key)?.handler ?? NOTHING, handler, trace.values),
      root: handler.length > 0 ? root : null,
      description: parts.description,
      annotations: parts.annotations,
    });
    trace.start(root, handler, argumentsFor(trace, handler, parts.input), at.frame);
    return key;
  }

  /** The agent or server whose method makes it; else the file stands for whoever uses its tools. */
  private ownerOf(call: ExternalCall): string {
    for (const { step } of externalChain(call.callee)) {
      const key = (step?.kind === "new" || step?.kind === "call") && step.call ? agentKey(step.call) : undefined;
      if (key !== undefined && this.agents.has(key)) return key;
    }
    const key = call.frame.file;
    if (!this.agents.has(key))
      this.agents.set(key, { key, kind: "tools", call: null, name: NOTHING, purpose: NOTHING });
    return key;
  }

  // ---- agents

  private agent(call: ExternalCall, form: AgentForm, framework: AgentFramework, trace: Interpreter): void {
    const reading = Reading.of(trace, call);
    const key = agentKey(call);
    const purpose = form.purpose.map((place) => valuesAt(call, place, reading)).find((values) => values.length > 0);
    this.agents.set(key, {
      key,
      kind: form.kind,
      call,
      name: form.name === undefined ? NOTHING : valuesAt(call, form.name, reading),
      purpose: purpose ?? NOTHING,
    });
    for (const place of form.tools)
      for (const [name, value] of entriesOf(valuesAt(call, place, reading), reading))
        this.hold(call, key, name, value, framework, trace);
  }

  private hold(
    call: ExternalCall,
    agent: string,
    key: string | undefined,
    value: Value,
    framework: AgentFramework,
    trace: Interpreter,
  ): void {
    const reading = Reading.of(trace, call);
    const text = key === undefined ? undefined : trace.values.text([{ text: key, offset: -1 }]);
    if (value.kind === "object") {
      const parts = this.objectParts(value, text, call, framework, reading);
      if (parts) this.heldBy(this.define(parts, agent, framework, trace), agent);
      return;
    }
    const made = value.kind === "external" && (value.step?.kind === "call" || value.step?.kind === "new");
    const by = made && value.step && "call" in value.step ? value.step.call : null;
    const form = by && this.formOf(by);
    if (!by || !form) return;
    const own = form.form.name === undefined && form.form.called === undefined;
    if (own && !text) return;
    if (own) {
      this.unnamed.delete(by.representative);
      this.named.add(by.representative);
      const owner = this.ownerOf(by);
      this.heldBy(this.define(partsOf(by, form.form, text!, reading), owner, form.framework, trace), agent);
    } else for (const name of namesAt(by, form.form, reading)) this.heldBy(`${agentKey(by)}\u0000${name.id}`, agent);
  }

  private heldBy(tool: string, agent: string): void {
    const known = this.holders.get(tool);
    if (known) known.add(agent);
    else this.holders.set(tool, new Set([agent]));
  }

  private formOf(call: ExternalCall): { form: ToolForm; framework: AgentFramework } | undefined {
    for (const framework of this.frameworks) {
      const form = framework.tools.find((one) => one.call.test(call.callee.path));
      if (form) return { form, framework };
    }
    return undefined;
  }

  /** An object that is a tool by itself: an instance of a class for tools, or a plain one with a function that runs. */
  private objectParts(
    tool: ObjectValue,
    key: TextValue | undefined,
    call: ExternalCall,
    framework: AgentFramework,
    reading: Reading,
  ): Parts | undefined {
    for (const form of framework.objects ?? []) {
      const handler = reading.functions(below([tool], form.runs, reading));
      const [name] = [...reading.texts(below([tool], form.name, reading)), ...(key ? [key] : [])];
      if (handler.length === 0 || !name || !isOf(tool, form, call, reading)) continue;
      return {
        name,
        handler,
        description: form.description === undefined ? NOTHING : below([tool], form.description, reading),
        annotations: form.annotations === undefined ? NOTHING : below([tool], form.annotations, reading),
        at: call,
        definition: tool,
        input: 0,
      };
    }
    return undefined;
  }
}

/** Plain objects have no class; the others must extend one of the framework's own. */
function isOf(tool: ObjectValue, form: ObjectForm, { frame }: DefinedAt, { trace }: Reading): boolean {
  const { class: owner } = tool.object;
  return form.extends ? owner !== null && isExtending(trace, owner, form.extends, frame) : owner === null;
}

// ---- places

/** What stands at `0.function.name`. */
function valuesAt(call: ExternalCall, place: string, reading: Reading): ValueSet {
  const [at, ...fields] = place.split(".");
  return below(call.argument(Number(at)), fields.join("."), reading);
}

function below(values: ValueSet, fields: string, reading: Reading): ValueSet {
  return fields === "" ? values : fields.split(".").reduce((found, name) => reading.ownField(found, name), values);
}

function namesAt(call: ExternalCall, form: ToolForm, reading: Reading): TextValue[] {
  if (form.called !== undefined) return [reading.trace.values.text([{ text: form.called, offset: -1 }])];
  return form.name === undefined ? [] : reading.texts(valuesAt(call, form.name, reading));
}

function handlersAt(call: ExternalCall, form: ToolForm, reading: Reading): ValueSet {
  return form.runs.reduce(
    (all: ValueSet, place) => union(all, reading.functions(valuesAt(call, place, reading)), reading.trace.values),
    NOTHING,
  );
}

function partsOf(call: ExternalCall, form: ToolForm, name: TextValue, reading: Reading): Parts {
  return {
    name,
    handler: handlersAt(call, form, reading),
    description: form.description === undefined ? NOTHING : valuesAt(call, form.description, reading),
    annotations: form.annotations === undefined ? NOTHING : valuesAt(call, form.annotations, reading),
    at: call,
    definition: null,
    input: form.input ?? 0,
  };
}

/** Values of a list, and of an object with their names; lists in lists are gone through. */
function entriesOf(values: ValueSet, reading: Reading, depth = 2): [name: string | undefined, value: Value][] {
  return reading.objects(values).flatMap((holder): [string | undefined, Value][] => {
    if (holder.object.kind === "list") {
      const { items, rest } = reading.items([holder]);
      const all = [...items.flat(), ...rest];
      const lists = all.filter((value) => value.kind === "object" && value.object.kind === "list");
      const inner = depth > 0 ? entriesOf(lists, reading, depth - 1) : [];
      return [
        ...all.filter((value) => !lists.includes(value)).map((value): [undefined, Value] => [undefined, value]),
        ...inner,
      ];
    }
    if (holder.object.kind !== "record") return [];
    return reading
      .fieldNames(holder)
      .flatMap((name) => reading.ownField([holder], name).map((value): [string, Value] => [name, value]));
  });
}

/** What the model sends is the model's; the rest only the framework knows. */
function argumentsFor(trace: Interpreter, handlers: ValueSet, input: number) {
  const summaries = handlers.flatMap((handler) => {
    const { file, function: path } = handler as ClosureValue;
    return trace.program.module(file)?.functions.get(path) ?? [];
  });
  const most = Math.max(0, ...summaries.map(({ parameters }) => parameters.length));
  const unknown: ValueSet = [trace.values.unknown("what the framework hands to a tool")];
  const positional = Array.from({ length: most }, (_, parameter) =>
    parameter === input ? modelInput(trace) : unknown,
  );
  return { ...NO_ARGUMENTS, positional };
}
