import type { ExternalCall } from "../trace/external-call.ts";
import type { ExternalValue } from "../trace/values.ts";
import { NOTHING, externalChain } from "../trace/values.ts";
import { literalArguments } from "./arguments.ts";
import type { BindingContext, CredentialSource, ServiceBinding, Sighting } from "./binding.ts";
import { grantLists } from "./binding.ts";

/**
 * Slack: `@slack/web-api` (`client.chat.postMessage(…)`, `client.apiCall("chat.postMessage", …)`), what Bolt hands to its
 * listeners (`client`, `say`, the utilities of an assistant), and Python's `slack_sdk` and `slack_bolt`
 * (`client.chat_postMessage(…)`). Raw requests are found by their address.
 */

const PACK = "slack/web";

/** Ways that lead to a client of the Web API, up to the client itself. */
const CLIENTS: readonly RegExp[] = [
  /^@slack\/web-api#WebClient\.new\(\)/,
  /^@slack\/bolt#App\.new\(\)\.client/,
  /^@slack\/bolt#(?:webApi\.)?WebClient\.new\(\)/,
  // The one parameter of every listener: `({ client, say }) => …`.
  /^@slack\/bolt#.*?\(\d+→0\)\.client/,
  /^python:slack_sdk#(?:web\.(?:client\.|async_client\.)?)?(?:Async)?WebClient\(\)/,
  /^python:slack_bolt#(?:async_app\.|app\.)*(?:Async)?(?:App|Assistant)\(\)(?:\.context)?\.client/,
];

/** What Bolt hands to listeners beside the client, and the method it calls. */
const UTILITIES: Readonly<Record<string, string>> = {
  say: "chat.postMessage",
  sayStream: "chat.startStream",
  setStatus: "assistant.threads.setStatus",
  setSuggestedPrompts: "assistant.threads.setSuggestedPrompts",
  setTitle: "assistant.threads.setTitle",
};

/** Members of a client that call a method for whoever uses them. */
const HELPERS: Readonly<Record<string, string>> = { chatStream: "chat.startStream", chat_stream: "chat.startStream" };

/** What the writer of `client.chatStream(…)` and `sayStream(…)` calls: `@slack/web-api` 8.2.0, `dist/chat-stream.js`. */
const STREAM: Readonly<Record<string, string>> = { append: "chat.appendStream", stop: "chat.stopStream" };
const STREAMED = /\.(?:chatStream|sayStream)\(\)\.(append|stop)$/;

/** Members of a client that are no methods of the API. */
const NOT_METHODS = new Set(["token", "slackApiUrl", "on", "once", "retry_handlers", "headers"]);

export const slack: ServiceBinding = {
  provider: "slack",
  triggers: ["@slack/web-api", "@slack/bolt", "@slack/oauth", "slack_sdk", "slack_bolt", "slack.com/api"],
  clients: ["@slack/", "python:slack_sdk", "python:slack_bolt"],

  sight(call, context) {
    const { path, package: name } = call.callee;
    if (!isSlack(name)) return undefined;
    const grants = grantsAt(call, context);
    if (grants.length > 0) return grants;
    const utility = /\(\d+→0\)\.(\w+)$/.exec(path)?.[1];
    const streamed = STREAMED.exec(path)?.[1];
    if (streamed !== undefined) return [sightingOf(STREAM[streamed]!, call, context)];
    const method = (utility === undefined ? undefined : UTILITIES[utility]) ?? methodOf(call, context);
    if (method === undefined) return "harmless";
    return [sightingOf(method, call, context)];
  },

  reach(value) {
    return value.kind === "external" && isSlack(value.package) && clientPath(value) !== undefined && !isResult(value)
      ? ["slack"]
      : [];
  },
};

function isSlack(name: string): boolean {
  return name.startsWith("@slack/") || name === "python:slack_sdk" || name === "python:slack_bolt";
}

/** The way past the client: `chat.postMessage`; `""` for the client itself; undefined if it is none. */
function clientPath(value: ExternalValue): string | undefined {
  for (const client of CLIENTS) {
    const found = client.exec(value.path);
    if (!found) continue;
    const rest = value.path.slice(found[0].length);
    return rest === "" || rest.startsWith(".") || rest.startsWith("[") ? rest.replace(/^\./, "") : undefined;
  }
  return undefined;
}

/** Past a call: data. */
function isResult(value: ExternalValue): boolean {
  return clientPath(value)?.includes("()") === true;
}

/** The method a call calls; `null`: one that is chosen at run time. */
function methodOf(call: ExternalCall, context: BindingContext): string | null | undefined {
  const path = clientPath(call.callee);
  if (path === undefined || path === "" || path.includes("(")) return undefined;
  if (path === "apiCall" || path === "api_call") {
    const names = context.reading.constants(call.named.get("api_method") ?? call.argument(0));
    return names.length === 1 ? names[0]! : null;
  }
  if (path.includes("[]")) return null;
  if (Object.hasOwn(HELPERS, path)) return HELPERS[path];
  if (path === "chatStream") return "chat.startStream";
  const name = call.callee.package.startsWith("python:") ? path.replaceAll("_", ".") : path;
  return NOT_METHODS.has(name) ? undefined : name;
}

function sightingOf(method: string | null, call: ExternalCall, context: BindingContext): Sighting {
  const unknown = (reason: string): Sighting => ({ kind: "unknown", services: ["slack"], reason });
  if (method === null) return unknown("which Slack method is called is chosen at run time");
  const pack = context.facts.pack(PACK);
  const row = pack && (context.facts.operation(PACK, method) ?? bySnakeCase(method, call, context));
  if (!pack || !row) return unknown(`${method} is no method of Slack's Web API that the facts know`);
  const fact = context.facts.requirement(pack, row, literalArguments(call, context.reading));
  return { kind: "access", fact, provider: "slack", credential: credentialOf(call.callee) };
}

/** Python writes `users_profile_get` and `chat_postMessage`: dots and underscores only. */
function bySnakeCase(method: string, call: ExternalCall, context: BindingContext) {
  if (!call.callee.package.startsWith("python:")) return undefined;
  const wanted = method.toLowerCase();
  return context.facts.pack(PACK)?.operations.find(({ name }) => name.toLowerCase() === wanted);
}

/** Bolt's client carries the bot's token. */
function credentialOf(value: ExternalValue): CredentialSource {
  const isBolt = externalChain(value)[0]!.package.includes("bolt");
  return isBolt ? { provider: "slack", kind: "bot" } : { provider: "slack" };
}

// ---- grants

/** Calls that ask for scopes: the way there, and under which names the lists of bot and user scopes stand. */
const GRANTS: readonly {
  readonly path: RegExp;
  readonly argument: number;
  readonly lists: Readonly<Record<string, string>>;
}[] = [
  {
    path: /^@slack\/oauth#InstallProvider\.new\(\)\.generateInstallUrl$/,
    argument: 0,
    lists: { scopes: "bot", userScopes: "user" },
  },
  { path: /^@slack\/bolt#App$/, argument: 0, lists: { scopes: "bot" } },
  { path: /^@slack\/bolt#\w*Receiver$/, argument: 0, lists: { scopes: "bot" } },
  {
    path: /^python:slack_sdk#oauth\.(?:authorize_url_generator\.)?AuthorizeUrlGenerator$/,
    argument: -1,
    lists: { scopes: "bot", user_scopes: "user" },
  },
  {
    path: /^python:slack_bolt#oauth\.(?:\w+\.)?(?:Async)?OAuthSettings$/,
    argument: -1,
    lists: { scopes: "bot", user_scopes: "user" },
  },
];

function grantsAt(call: ExternalCall, context: BindingContext): Sighting[] {
  const known = GRANTS.find(({ path }) => path.test(call.callee.path));
  if (!known) return [];
  const { reading } = context;
  const form = call.callee.path.split(/[#.]/).at(-1)!;
  return Object.entries(known.lists).flatMap(([field, kind]): Sighting[] => {
    const values =
      call.named.get(field) ?? (known.argument < 0 ? NOTHING : reading.ownField(call.argument(known.argument), field));
    const lists = grantLists(values, reading);
    if (lists.length === 0) return [];
    return [{ kind: "grant", grants: { provider: "slack", lists, form, credential: { provider: "slack", kind } } }];
  });
}
