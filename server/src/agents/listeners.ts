import { NO_ARGUMENTS } from "../trace/arguments.ts";
import type { Arguments } from "../trace/arguments.ts";
import type { ExternalCall } from "../trace/external-call.ts";
import type { Interpreter } from "../trace/interpreter.ts";
import { Reading } from "../trace/reading.ts";
import type { ClosureValue, TextValue, ValueSet } from "../trace/values.ts";
import { externalChain } from "../trace/values.ts";
import { Catalogue } from "./catalogue.ts";
import type { FrameworkAdapter } from "./framework.ts";
import { agentKey } from "./framework.ts";

/** How an app says which functions it runs when something happens: `app.on("issues.opened", handler)`. */
export interface Listening {
  /** The way to the method that registers, its name as the last group. */
  readonly call: RegExp;
  /** The functions stand in an object, each under the name of what it waits for. */
  readonly named?: true;
  /** The way to the app in front of it. */
  readonly app: RegExp;
  /** What stands before the names: for `command`, nothing; for `action`, `action `. */
  readonly prefix?: (method: string) => string;
  /** Fields of the first argument that name what is waited for, where it is an object. */
  readonly constraints?: readonly string[];
}

/**
 * Apps that wait for events. What an event starts is shown as a tool of the app, named by the event: no model calls it, but it
 * is where the app can be made to do something.
 */
export class ListenerAdapter implements FrameworkAdapter {
  readonly framework: string;
  private readonly forms: readonly Listening[];
  private readonly found: Catalogue;

  constructor(framework: string, forms: readonly Listening[]) {
    this.framework = framework;
    this.forms = forms;
    this.found = new Catalogue(framework);
  }

  definitions() {
    return this.found.definitions();
  }

  observe(call: ExternalCall, trace: Interpreter): { keepsFunctions: boolean } | undefined {
    const form = this.forms.find((one) => one.call.test(call.callee.path));
    if (!form) return undefined;
    const method = form.call.exec(call.callee.path)!.at(-1)!;
    const reading = Reading.of(trace, call);
    const agent = this.appOf(call, form);
    const listen = (name: TextValue, values: ValueSet, at: number): void => {
      for (const handler of reading.functions(listed(values, reading))) {
        const given = handedTo(trace, call, handler as ClosureValue, at);
        this.found.tool(trace, { name, agent, handler: [handler], at: call }, given);
      }
    };
    if (form.named)
      for (const object of reading.objects(call.argument(0)))
        for (const field of reading.fieldNames(object))
          listen(textOf(trace, (form.prefix?.(method) ?? "") + field), reading.ownField([object], field), 0);
    else {
      const name = nameOf(call, method, form, reading);
      for (const [at, values] of call.arguments.entries()) listen(name, values, at);
    }
    return { keepsFunctions: true };
  }

  private appOf(call: ExternalCall, form: Listening): string {
    const made = externalChain(call.callee).find((value) => form.app.test(value.path) && isMade(value.step));
    const by = made?.step?.kind === "new" || made?.step?.kind === "call" ? made.step.call : null;
    const key = by ? agentKey(by) : call.frame.file;
    return this.found.has(key) ? key : this.found.agent(key, "app", by);
  }
}

const isMade = (step: { readonly kind: string } | null): boolean => step?.kind === "new" || step?.kind === "call";

/** Functions as they are, or in a list. */
function listed(values: ValueSet, reading: Reading): ValueSet {
  const { items, rest } = reading.items(values.filter((v) => v.kind === "object" && v.object.kind === "list"));
  return [...values, ...items.flat(), ...rest];
}

/** `issues.opened, issues.edited`; the method alone where it waits for all, or for a pattern. */
function nameOf(call: ExternalCall, method: string, form: Listening, reading: Reading): TextValue {
  const first = listed(call.argument(0), reading);
  const constraints = (form.constraints ?? []).flatMap((field) => [...reading.ownField(first, field)]);
  const names = [...new Set(reading.constants([...first, ...constraints]))];
  const text = names.length === 0 ? method : (form.prefix?.(method) ?? "") + names.join(", ");
  return textOf(reading.trace, text);
}

function textOf(trace: Interpreter, text: string): TextValue {
  return trace.values.text([{ text, offset: -1 }]);
}

/** What only the framework knows, named by the way to it. */
function handedTo(trace: Interpreter, call: ExternalCall, handler: ClosureValue, argument: number): Arguments {
  const summary = trace.program.module(handler.file)?.functions.get(handler.function);
  const positional = (summary?.parameters ?? []).map((_, parameter): ValueSet => [
    trace.values.step(call.callee, { kind: "callback", argument, parameter, call: call.representative }),
  ]);
  return { ...NO_ARGUMENTS, positional };
}
