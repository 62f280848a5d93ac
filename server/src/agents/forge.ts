import { NO_ARGUMENTS } from "../trace/arguments.ts";
import type { ExternalCall } from "../trace/external-call.ts";
import type { Interpreter } from "../trace/interpreter.ts";
import { Reading } from "../trace/reading.ts";
import type { ValueSet } from "../trace/values.ts";
import { externalChain } from "../trace/values.ts";
import { Catalogue } from "./catalogue.ts";
import type { Framework, FrameworkAdapter } from "./framework.ts";
import { agentKey } from "./framework.ts";

/**
 * Atlassian Forge: `resolver.define("name", handler)` of `@forge/resolver` 2.0.1, which the app's own pages call by name, and
 * `makeResolver({ name: handler })`. What a page sends is not a model's choice.
 */
export const forge: Framework = {
  id: "forge",
  triggers: ["@forge/resolver"],
  create: () => new ForgeAdapter(),
};

class ForgeAdapter implements FrameworkAdapter {
  readonly framework = "forge";
  private readonly found = new Catalogue("forge");

  observe(call: ExternalCall, trace: Interpreter): { keepsFunctions: boolean } | undefined {
    if (call.callee.package !== "@forge/resolver") return undefined;
    const reading = Reading.of(trace, call);
    if (/^@forge\/resolver#(?:default|Resolver)\.new\(\)(?:\.define\(\))*\.define$/.test(call.callee.path)) {
      const made = externalChain(call.callee).find((value) => value.step?.kind === "new")?.step;
      const owner = this.owner((made?.kind === "new" && made.call) || call);
      this.define(call.argument(0), reading.functions(call.argument(1)), owner, call, trace);
      return { keepsFunctions: true };
    }
    if (call.callee.path !== "@forge/resolver#makeResolver") return undefined;
    const owner = this.owner(call);
    for (const handlers of reading.objects(call.argument(0))) {
      for (const name of reading.fieldNames(handlers)) {
        const text = trace.values.text([{ text: name, offset: -1 }]);
        this.define([text], reading.functions(reading.ownField([handlers], name)), owner, call, trace);
      }
    }
    return { keepsFunctions: true };
  }

  definitions() {
    return this.found.definitions();
  }

  private owner(call: ExternalCall): string {
    const key = agentKey(call);
    return this.found.has(key) ? key : this.found.agent(key, "app", call);
  }

  private define(names: ValueSet, handler: ValueSet, agent: string, at: ExternalCall, trace: Interpreter): void {
    for (const name of Reading.of(trace, at).texts(names))
      this.found.tool(trace, { name, agent, handler, at }, { ...NO_ARGUMENTS, positional: [pageRequest(trace)] });
  }
}

/** `{ payload, context }` as a page of the app sends it. */
function pageRequest(trace: Interpreter): ValueSet {
  return [trace.values.step(trace.values.external("page"), { kind: "member", name: "request" })];
}
