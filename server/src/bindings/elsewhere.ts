import type { ExternalCall } from "../trace/external-call.ts";
import type { Interpreter } from "../trace/interpreter.ts";
import type { CallObserver } from "../trace/observer.ts";
import type { ServiceBinding } from "./binding.ts";

/** Functions that a call sends to run somewhere else, in a page: what they do there, this program does not do. */
export class ElsewhereObserver implements CallObserver {
  private readonly bindings: readonly ServiceBinding[];

  constructor(bindings: readonly ServiceBinding[]) {
    this.bindings = bindings.filter((binding) => binding.sendsCode !== undefined);
  }

  observe(call: ExternalCall, trace: Interpreter): { keepsFunctions: readonly number[] } | undefined {
    const sent = this.bindings.flatMap((binding) => binding.sendsCode!(call) ?? []);
    if (sent.length === 0) return undefined;
    for (const value of sent.flatMap((argument) => [...call.argument(argument)])) {
      const summary =
        value.kind === "closure" ? trace.program.module(value.file)?.functions.get(value.function) : undefined;
      // Nobody needs to wonder who calls it.
      if (summary) trace.calledFunctions.add(summary);
    }
    return { keepsFunctions: sent };
  }
}
