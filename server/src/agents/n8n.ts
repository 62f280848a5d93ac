import type { TypePath } from "../model/summary.ts";
import { NO_ARGUMENTS } from "../trace/arguments.ts";
import type { ExternalCall } from "../trace/external-call.ts";
import type { Frame } from "../trace/frames.ts";
import type { Interpreter } from "../trace/interpreter.ts";
import { Reading } from "../trace/reading.ts";
import { constantText } from "../trace/texts.ts";
import type { ExternalValue, ObjectValue, TextValue, Value, ValueSet } from "../trace/values.ts";
import { NOTHING, union } from "../trace/values.ts";
import { Catalogue } from "./catalogue.ts";
import type { DeclaredClass } from "./classes.ts";
import { declaredClasses, instancesOf, isExtending } from "./classes.ts";
import type { Framework, FrameworkAdapter } from "./framework.ts";
import { modelInput } from "./framework.ts";

/**
 * n8n nodes (`n8n-workflow`): a class that implements `INodeType`, or extends `Node`, with a `description` and an `execute`.
 * What can be chosen there as resource and operation are its tools: `execute` runs once for each pair, in which
 * `this.getNodeParameter("resource")` and `("operation")` give what was chosen.
 */
export const n8n: Framework = {
  id: "n8n",
  triggers: ["n8n-workflow"],
  create: () => new N8nAdapter(),
};

const PACKAGE = "n8n-workflow";

/** What runs a node by itself, with the type of what it is called on. */
const STARTERS: Readonly<Record<string, string>> = {
  execute: "IExecuteFunctions",
  supplyData: "ISupplyDataFunctions",
  poll: "IPollFunctions",
  trigger: "ITriggerFunctions",
  webhook: "IWebhookFunctions",
};

/** One operation that can be chosen. */
interface Choice {
  readonly resource: TextValue | undefined;
  readonly operation: TextValue | undefined;
  readonly option: ObjectValue | undefined;
}

/** What a class is to n8n: a node, what holds the versions of one, or a kind of credential. */
type Made = "node" | "versions" | "credential";

class N8nAdapter implements FrameworkAdapter {
  readonly framework = "n8n";
  private readonly found = new Catalogue("n8n");
  private readonly started = new Set<Value>();
  /** What was chosen, by the function that tells it. */
  private readonly chosen = new Map<string, Choice>();
  private readonly usedByModels = new Set<string>();

  observe(call: ExternalCall, trace: Interpreter): { result?: ValueSet } | undefined {
    const { parent, step, package: name } = call.callee;
    if (name !== PACKAGE || step?.kind !== "member" || step.name !== "getNodeParameter" || !parent) return undefined;
    const choice = this.chosen.get(parent.path);
    if (!choice) return undefined;
    const names = Reading.of(trace, call).constants(call.argument(0));
    if (names.length === 1 && names[0] === "resource" && choice.resource) return { result: [choice.resource] };
    if (names.length === 1 && names[0] === "operation" && choice.operation) return { result: [choice.operation] };
    return this.usedByModels.has(parent.path) ? { result: modelInput(trace) } : undefined;
  }

  definitions() {
    return this.found.definitions();
  }

  /** Nodes are classes that n8n loads by the name of their file: no call tells of them. */
  settle(trace: Interpreter): boolean {
    const before = this.started.size;
    for (const declared of declaredClasses(trace)) {
      const made = this.makes(trace, declared);
      if (!made) continue;
      for (const instance of instancesOf(trace, declared)) this.start(trace, instance, declared.body, made);
    }
    return this.started.size > before;
  }

  /** What a class is to n8n. */
  private makes(trace: Interpreter, { file, summary, value, body }: DeclaredClass): Made | undefined {
    const implemented = (name: string) => summary.implements?.some((type) => isOf(trace, file, type, name));
    if (implemented("INodeType") || isExtending(trace, value, /^n8n-workflow#Node$/, body)) return "node";
    if (implemented("ICredentialType")) return "credential";
    return isExtending(trace, value, /^n8n-workflow#VersionedNodeType$/, body) ? "versions" : undefined;
  }

  private start(trace: Interpreter, node: ObjectValue, body: Frame, made: Made): void {
    if (this.started.has(node)) return;
    this.started.add(node);
    if (made === "credential") declare(trace, node, body);
    if (made !== "node") return;
    const reading = new Reading(trace, body);
    const description = reading.ownField([node], "description");
    const [described = node] = reading.objects(description);
    const agent = this.found.agent(`node:${node.id}`, "node", siteOf(described, body, trace), {
      name: reading.ownField(description, "name"),
      purpose: reading.ownField(description, "description"),
    });
    const forModels = reading.ownField(description, "usableAsTool").length > 0;
    const choices = choicesOf(description, reading);
    for (const [at, choice] of choices.entries())
      this.runChoice(trace, node, body, agent, choice, { key: `${node.id}.${at}`, forModels, description });
    this.startOthers(trace, node, body);
  }

  /** Runs `execute`, or the function that a table has for the operation, for one choice. */
  private runChoice(
    trace: Interpreter,
    node: ObjectValue,
    body: Frame,
    agent: string,
    choice: Choice,
    { key, forModels, description }: { key: string; forModels: boolean; description: ValueSet },
  ): void {
    const reading = new Reading(trace, body);
    const custom = reading.ownField(
      reading.ownField(reading.ownField([node], "customOperations"), constantOf(choice.resource)),
      constantOf(choice.operation),
    );
    const handlers = reading.functions(custom.length > 0 ? custom : reading.field([node], "execute"));
    if (handlers.length === 0) return;
    const behind = executionOf(trace, STARTERS["execute"]!, key);
    this.chosen.set(behind.path, choice);
    if (forModels) this.usedByModels.add(behind.path);
    const execution = standing(trace, `n8n:${key}`, behind);
    const named = [choice.resource, choice.operation].filter((text) => text !== undefined);
    const [own] = reading.texts(reading.ownField(description, "name"));
    const name = named.length > 0 ? trace.values.text([{ text: named.map(constantOf).join("."), offset: -1 }]) : own;
    if (!name) return;
    const said = choice.option ? [choice.option] : description;
    const [definition = node] = reading.objects(said);
    const describing = ["description", "action"].map((field) => reading.ownField(said, field));
    this.found.tool(
      trace,
      {
        name,
        agent,
        handler: bound(trace, handlers, execution),
        at: siteOf(definition, body, trace),
        definition,
        description: describing.find((values) => values.length > 0) ?? NOTHING,
      },
      { ...NO_ARGUMENTS, positional: [[execution]] },
    );
  }

  /** Triggers, and what fills the lists of the editor: they run without being chosen. */
  private startOthers(trace: Interpreter, node: ObjectValue, body: Frame): void {
    const reading = new Reading(trace, body);
    for (const [name, type] of Object.entries(STARTERS)) {
      if (name === "execute") continue;
      this.startEntry(trace, reading.functions(reading.field([node], name)), node, body, type, name);
    }
    for (const [holder, type] of [
      ["methods", "ILoadOptionsFunctions"],
      ["webhookMethods", "IHookFunctions"],
    ] as const)
      for (const group of reading.objects(reading.ownField([node], holder)))
        for (const family of reading.fieldNames(group))
          for (const functions of reading.objects(reading.ownField([group], family)))
            for (const name of reading.fieldNames(functions)) {
              const handlers = reading.functions(reading.ownField([functions], name));
              this.startEntry(trace, handlers, node, body, type, `${holder}.${family}.${name}`);
            }
  }

  private startEntry(
    trace: Interpreter,
    handlers: ValueSet,
    node: ObjectValue,
    body: Frame,
    type: string,
    name: string,
  ): void {
    if (handlers.length === 0) return;
    const execution = standing(trace, `n8n:${node.id}:${name}`, executionOf(trace, type, undefined));
    const root = { kind: "entry" as const, name: `n8n\u0000${node.id}\u0000${name}` };
    trace.start(root, bound(trace, handlers, execution), { ...NO_ARGUMENTS, positional: [[execution]] }, body);
  }
}

// ---- what a description offers

/** Every resource with every operation that is shown for it; the node as a whole where nothing can be chosen. */
function choicesOf(description: ValueSet, reading: Reading): Choice[] {
  const { items, rest } = reading.items(reading.ownField(description, "properties"));
  const properties = reading.objects([...items.flat(), ...rest]);
  const named = (name: string) =>
    properties.filter((property) => reading.constants(reading.ownField([property], "name")).includes(name));
  const resources = named("resource").flatMap((property) => optionsOf(property, reading));
  const operations = named("operation").map((property) => ({
    options: optionsOf(property, reading),
    shownFor: shownFor(property, reading),
  }));
  const choices = (resources.length > 0 ? resources : [undefined]).flatMap((resource): Choice[] => {
    const options = operations
      .filter(({ shownFor: shown }) => !resource || !shown || shown.has(constantOf(resource.value)))
      .flatMap(({ options: offered }) => offered);
    const chosen = options.length > 0 ? options : [undefined];
    return chosen.map((option) => ({
      resource: resource?.value,
      operation: option?.value,
      option: option?.object ?? resource?.object,
    }));
  });
  return choices;
}

function optionsOf(property: ObjectValue, reading: Reading): { value: TextValue; object: ObjectValue }[] {
  const { items, rest } = reading.items(reading.ownField([property], "options"));
  return reading.objects([...items.flat(), ...rest]).flatMap((object) =>
    reading
      .texts(reading.ownField([object], "value"))
      .filter((value) => constantText(value.pieces) !== undefined)
      .map((value) => ({ value, object })),
  );
}

/** The resources a property is shown for; undefined: for all. */
function shownFor(property: ObjectValue, reading: Reading): ReadonlySet<string> | undefined {
  const show = reading.ownField(reading.ownField([property], "displayOptions"), "show");
  const { items, rest } = reading.items(reading.ownField(show, "resource"));
  const names = reading.constants([...items.flat(), ...rest]);
  return names.length > 0 ? new Set(names) : undefined;
}

function constantOf(text: TextValue | undefined): string {
  return (text && constantText(text.pieces)) ?? "";
}

// ---- what n8n calls a node on

/** `n8n-workflow#IExecuteFunctions.new()`; behind `key` what is the same for one choice only. */
function executionOf(trace: Interpreter, type: string, key: string | undefined): ExternalValue {
  const { values } = trace;
  const steps = [
    { kind: "member" as const, name: type },
    { kind: "new" as const, call: null },
    ...(key === undefined ? [] : [{ kind: "member" as const, name: `chosen ${key}` }]),
  ];
  return steps.reduce((at: ExternalValue, step) => values.step(at, step) as ExternalValue, values.external(PACKAGE));
}

/** Nobody calls anything to declare a credential: this call stands for it. */
function declare(trace: Interpreter, credential: ObjectValue, body: Frame): void {
  const type = trace.values.step(trace.values.external(PACKAGE), { kind: "member", name: "ICredentialType" });
  const { frame, node } = siteOf(credential, body, trace);
  const given = { ...NO_ARGUMENTS, positional: [[credential]] };
  if (type.kind === "external")
    trace.externalCall(type, given, false, frame, node, `declares ${credential.id}`, undefined);
}

/** An object of its own for each choice, so that what is done on it is told apart. */
function standing(trace: Interpreter, key: string, behind: ExternalValue): ObjectValue {
  const object = trace.objectFor(key, "instance", null, null);
  object.behind = behind;
  return trace.values.object(object);
}

/** n8n calls functions on what they can do, whatever they are members of. */
function bound(trace: Interpreter, handlers: ValueSet, self: ObjectValue): ValueSet {
  return handlers.reduce((all: ValueSet, handler) => {
    if (handler.kind !== "closure") return all;
    const { file, function: path, environment, bound: given } = handler;
    return union(all, [trace.values.closure(file, path, environment, self, given)], trace.values);
  }, NOTHING);
}

function siteOf({ object }: ObjectValue, body: Frame, trace: Interpreter): { frame: Frame; node: number } {
  const { site } = object;
  const summary = site && trace.program.module(site.file)?.functions.get(site.function);
  const frame = summary && trace.framesOf.get(summary)?.[0];
  return frame ? { frame, node: site.node } : { frame: body, node: 0 };
}

function isOf(trace: Interpreter, file: string, { root, path }: TypePath, name: string): boolean {
  if (root.kind !== "import" || (path.length > 0 ? path.at(-1) : root.name) !== name) return false;
  const target = trace.program.resolve(file, root.request);
  return target.kind === "package" && target.name === PACKAGE;
}
