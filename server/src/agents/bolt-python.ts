import { NO_ARGUMENTS } from "../trace/arguments.ts";
import type { ExternalCall } from "../trace/external-call.ts";
import type { Interpreter } from "../trace/interpreter.ts";
import { Reading } from "../trace/reading.ts";
import { constantText } from "../trace/texts.ts";
import type { ClosureValue, ExternalValue, TextValue, Value, ValueSet } from "../trace/values.ts";
import { NOTHING, externalChain, setOf } from "../trace/values.ts";
import { Catalogue } from "./catalogue.ts";
import type { Framework, FrameworkAdapter } from "./framework.ts";
import { agentKey } from "./framework.ts";
import { docText, functionsOf, optionsOf } from "./python-functions.ts";

/**
 * Slack's Bolt for Python, as slackapi/bolt-python has it at a2f21ae4b1d1d63a6a5dc533aa53a8c4badd103d: what people of a
 * workspace do calls a listener, named by what it listens to. It takes what it asks for by name: `client`, `say`, `event`.
 */
export const boltPython: Framework = {
  id: "bolt-python",
  triggers: ["slack_bolt"],
  packages: ["python:slack_bolt"],
  create: () => new BoltPythonAdapter(),
};

const OWNER = /^python:slack_bolt#(?:\w+\.)*(?:Async)?(?:App|Assistant)\(\)/;
/** `slack_bolt/app/app.py`, `slack_bolt/middleware/assistant/assistant.py`. */
const LISTENERS =
  /^\.(?:event|message|function|command|(?:global_|message_)?shortcut|(?:block_|attachment_)?action|dialog_(?:submission|cancellation|suggestion)|view(?:_submission|_closed)?|options|block_suggestion|thread_started|user_message|bot_message|thread_context_changed)(?:\(\))?$/;
/** Run beside listeners: what they do belongs to all of them. */
const MIDDLEWARE = /^\.(?:use|middleware|error)(?:\(\))?$/;

/** Utilities that call a method of the client: `slack_bolt/context`. */
const UTILITIES: Readonly<Record<string, string>> = {
  say: "chat_postMessage",
  say_stream: "chat_startStream",
  set_status: "assistant_threads_setStatus",
  set_title: "assistant_threads_setTitle",
  set_suggested_prompts: "assistant_threads_setSuggestedPrompts",
  complete: "functions_completeSuccess",
  fail: "functions_completeError",
};
/** What carries the client, or nothing: it is asked of the app. */
const OF_THE_APP = new Set(["context", "args", "ack", "respond", "logger", "next", "next_"]);

class BoltPythonAdapter implements FrameworkAdapter {
  readonly framework = "bolt-python";
  private readonly found = new Catalogue(this.framework);

  observe(call: ExternalCall, trace: Interpreter): { keepsFunctions: boolean } | undefined {
    if (call.callee.package !== "python:slack_bolt") return undefined;
    const owner = OWNER.exec(call.callee.path)?.[0];
    if (owner === undefined) return undefined;
    const rest = call.callee.path.slice(owner.length);
    if (!LISTENERS.test(rest) && !MIDDLEWARE.test(rest)) return undefined;
    // `app.command("/x")(ack=…, lazy=[…])`: one that answers at once, and others that do the work.
    const { items, rest: more } = Reading.of(trace, call).items(call.named.get("lazy") ?? NOTHING);
    const given = [call.argument(0), call.named.get("ack") ?? NOTHING, ...items, more].flat();
    for (const listener of functionsOf(setOf(given, trace.values)))
      if (listener.kind === "closure") this.listener(call, listener, LISTENERS.test(rest), trace);
    return { keepsFunctions: true };
  }

  definitions() {
    return this.found.definitions();
  }

  private listener(call: ExternalCall, listener: ClosureValue, isListener: boolean, trace: Interpreter): void {
    const summary = trace.program.module(listener.file)?.functions.get(listener.function);
    const app = externalChain(call.callee).find(({ path }) => OWNER.exec(path)?.[0] === path);
    if (!summary || !app) return;
    const named = new Map(
      summary.parameters.filter(({ rest }) => !rest).map(({ name }) => [name, injected(name, app, trace)] as const),
    );
    const given = { ...NO_ARGUMENTS, named };
    if (!isListener) {
      trace.start({ kind: "entry", name: `bolt\u0000${call.callee.path}` }, [listener], given, call.frame);
      return;
    }
    const name = listenedTo(call, trace);
    const agent = this.owner(app, call);
    const description = docText(trace, summary);
    this.found.tool(trace, { name, agent, handler: [listener], at: call, description }, given);
  }

  /** The app or assistant; the file, where it was not seen to be made. */
  private owner(app: ExternalValue, call: ExternalCall): string {
    const made = app.step?.kind === "call" ? app.step.call : null;
    return this.found.agent(made ? agentKey(made) : call.frame.file, "app", made, {
      name: made?.named.get("name") ?? NOTHING,
    });
  }
}

/** As for Bolt in JavaScript: `/deploy`, `event app_mention`, `assistant user_message`; `message` for one with a pattern. */
function listenedTo(call: ExternalCall, trace: Interpreter): TextValue {
  const options = optionsOf(call.callee);
  const [only, ...others] = [...(options?.argument(0) ?? []), ...(options?.named.values() ?? [])].flat();
  const constraint = only?.kind === "text" && others.length === 0 ? constantText(only.pieces) : undefined;
  const method = /\.(\w+)(?:\(\))?$/.exec(call.callee.path)?.[1] ?? "";
  const kind = /Assistant\(\)/.test(call.callee.path) ? `assistant ${method}` : method;
  const words =
    kind === "command" && constraint !== undefined
      ? [constraint]
      : [kind, ...(constraint === undefined ? [] : [constraint])];
  return trace.values.text([{ text: words.join(" "), offset: -1 }]);
}

/** What Bolt passes to a parameter of this name. What people send is nobody's choice here. */
function injected(name: string, app: ExternalValue, trace: Interpreter): ValueSet {
  const member = (of: Value, key: string): Value =>
    of.kind === "external" ? trace.values.step(of, { kind: "member", name: key }) : of;
  const client = member(app, "client");
  if (name === "client") return [client];
  const method = UTILITIES[name];
  if (method !== undefined) return [member(client, method)];
  return [OF_THE_APP.has(name) ? member(app, name) : member(trace.values.external("workspace"), name)];
}
