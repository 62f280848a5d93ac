import type { HttpOperation } from "../facts/lookup.ts";
import type { OperationRow } from "../model/pack.ts";
import type { ExternalCall } from "../trace/external-call.ts";
import { patternText } from "../trace/texts.ts";
import type { ExternalValue, ValueSet } from "../trace/values.ts";
import { literalArguments } from "./arguments.ts";
import type { BindingContext, ServiceBinding, Sighting } from "./binding.ts";
import { targetsOf } from "./http/addresses.ts";
import { requestTo } from "./http/binding.ts";

/**
 * GitHub: Octokit in all its packages (`octokit.rest.issues.create(…)`, the older `octokit.issues.create(…)`,
 * `octokit.request("GET /repos/{owner}/{repo}", …)`, `octokit.paginate(…)`), Probot's `context.octokit`, and Python's
 * `githubkit` (`github.rest.issues.create(…)`, `.async_create(…)`), whose methods are named alike: of version 2026-03-10 of
 * its client all 1117 that were compared. GraphQL is a blind spot that names its query. Raw requests are found by their
 * address.
 */

const PACK = "github/rest";
const HOST = "api.github.com";

/** An app of GitHub's, which has clients and gives them out. */
const APP = /^(?:octokit|@octokit\/app)#App(?:\.defaults\(\))?\.new\(\)/;

/** One that people sign in with. */
const OAUTH_APP = /^(?:@octokit\/oauth-app|octokit)#OAuthApp(?:\.defaults\(\))*\.new\(\)/;

/** Ways that lead to a client. */
const CLIENTS: readonly RegExp[] = [
  /^@octokit\/(?:rest|core|action|app|oauth-app|plugin-[\w-]+)#(?:\w+\.)*Octokit(?:\.(?:defaults|plugin)\(\))*\.new\(\)/,
  /^octokit#Octokit(?:\.(?:defaults|plugin)\(\))*\.new\(\)/,
  new RegExp(`${APP.source}\\.(?:octokit|getInstallationOctokit\\(\\))`),
  // What an app hands to its listeners, and to whoever goes through its installations.
  new RegExp(`${APP.source}\\.(?:webhooks\\.on(?:Any)?|eachInstallation|eachRepository)\\(\\d+→0\\)\\.octokit`),
  new RegExp(`(?:${APP.source}\\.oauth|${OAUTH_APP.source})\\.on\\(\\d+→0\\)\\.octokit`),
  new RegExp(`${APP.source}\\.each(?:Installation|Repository)\\.iterator\\(\\)\\[\\]\\.octokit`),
  new RegExp(`${OAUTH_APP.source}(?:\\.octokit|\\.getUserOctokit\\(\\))`),
  /^@actions\/github#(?:default\.)?getOctokit\(\)/,
  // Probot: the context that listeners are handed, and what authenticates as an installation.
  /^probot#.*?\(\d+→0\)\.octokit/,
  /^probot#Context\.new\(\)\.octokit/,
  /^probot#(?:Probot\.new\(\)|ProbotOctokit\.new\(\)|createProbot\(\))(?:\.auth\(\))?/,
  /^@octokit\/request#request/,
  /^python:githubkit#(?:\w+\.)*GitHub\(\)(?:\.with_auth\(\))*/,
];

export const github: ServiceBinding = {
  provider: "github",
  triggers: ["@octokit/", "octokit", "@actions/github", "probot", "api.github.com", "githubkit"],
  clients: ["@octokit/", "octokit#", "@actions/github", "probot", "python:githubkit"],

  sight(call, context) {
    if (!isGitHub(call.callee.package)) return undefined;
    const path = clientPath(call.callee);
    if (path === undefined) return "harmless";
    const [first, ...rest] = path.split(".");
    if (first === "graphql" || first === "async_graphql") return [graphqlQuery(call, context)];
    if (/^a?request$/.test(first!) && rest.length === 0)
      return isPython(call.callee) ? requestOfVerb(call, context) : requests(call, call.argument(0), context);
    if (first === "paginate" && rest.every((name) => name === "iterator")) return paginated(call, context);
    if (path.includes("(") || path === "") return "harmless";
    if (path.includes("[]")) return [unknown("which GitHub operation is called is chosen at run time")];
    return methodAt(call, path, context);
  },

  reach(value) {
    if (value.kind !== "external" || !isGitHub(value.package)) return [];
    if (APP.exec(value.path)?.[0] === value.path) return ["github"];
    const path = clientPath(value);
    return path !== undefined && !path.includes("(") ? ["github"] : [];
  },
};

function isGitHub(name: string): boolean {
  return name.startsWith("@octokit/") || ["octokit", "@actions/github", "probot", "python:githubkit"].includes(name);
}

function isPython({ package: name }: ExternalValue): boolean {
  return name.startsWith("python:");
}

function unknown(reason: string): Sighting {
  return { kind: "unknown", services: ["github"], reason };
}

/** The way past the client, without `rest`: `issues.create`; undefined if there is no client on the way. */
function clientPath(value: ExternalValue): string | undefined {
  for (const client of CLIENTS) {
    const found = client.exec(value.path);
    if (!found) continue;
    const rest = value.path.slice(found[0].length);
    if (client.source.includes("@octokit\\/request#request") && rest === "") return "request";
    if (rest !== "" && !/^[.[]/.test(rest)) continue;
    return rest.replace(/^\./, "").replace(/^rest(?:\(\))?\./, "");
  }
  return undefined;
}

/** `issues.createComment` is the operation `issues/create-comment`; some have another name in the library than in the API. */
function methodAt(call: ExternalCall, path: string, context: BindingContext): readonly Sighting[] | "harmless" {
  const row = rowOf(path, context);
  if (row) return [access(row, call, context)];
  const names = path.split(".");
  if (names.length < 2 || NO_SCOPES.has(names[0]!) || NO_CALLS.has(names.at(-1)!)) return "harmless";
  return names.length === 2 ? [unknown(`${path} is no operation of GitHub's that the facts know`)] : "harmless";
}

/** Members of clients that are no part of the API: what `@octokit/core` has beside requests, and an app's listeners. */
const NO_SCOPES = new Set(["hook", "log", "webhooks", "oauth"]);

/** Members of clients and of their methods that call nothing. */
const NO_CALLS = new Set([
  "defaults",
  "merge",
  "parse",
  "endpoint",
  "debug",
  "info",
  "warn",
  "error",
  "before",
  "after",
  "wrap",
  "hook",
]);

function rowOf(path: string, context: BindingContext): OperationRow | undefined {
  const [scope, method, ...more] = path.split(".");
  if (scope === undefined || method === undefined || more.length > 0) return undefined;
  const name = `${dashed(scope)}/${dashed(method.replace(/^async_/, ""))}`;
  return context.facts.operation(PACK, name) ?? context.facts.operation(PACK, RENAMED[name] ?? "");
}

/** `createForAuthenticatedUser`, `create_for_authenticated_user` → `create-for-authenticated-user`. */
function dashed(name: string): string {
  return name.replaceAll("_", "-").replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Names of Octokit's methods that older or newer API descriptions spell otherwise. */
const RENAMED: Readonly<Record<string, string>> = {
  "pulls/create-review-request": "pulls/request-reviewers",
  "pulls/create-comment": "pulls/create-review-comment",
  "pulls/list-comments": "pulls/list-review-comments",
  "pulls/list-comments-for-repo": "pulls/list-review-comments-for-repo",
  "checks/list-suites-for-ref": "checks/list-suites-for-ref",
  "repos/create-status": "repos/create-commit-status",
  "repos/list-statuses-for-ref": "repos/list-commit-statuses-for-ref",
  "repos/get-contents": "repos/get-content",
  "repos/create-or-update-file": "repos/create-or-update-file-contents",
  "repos/list-collaborators": "repos/list-collaborators",
  "search/issues": "search/issues-and-pull-requests",
};

function access(row: OperationRow, call: ExternalCall, context: BindingContext): Sighting {
  const pack = context.facts.pack(PACK)!;
  const fact = context.facts.requirement(pack, row, literalArguments(call, context.reading));
  return { kind: "access", fact, provider: "github", credential: { provider: "github" } };
}

/** `octokit.request("GET /repos/{owner}/{repo}")`, or `octokit.request(octokit.rest.repos.get, …)`. */
function requests(call: ExternalCall, routes: ValueSet, context: BindingContext): readonly Sighting[] {
  const { reading } = context;
  const written = [...reading.texts(routes), ...routesOfOptions(routes, context)];
  const sightings = written.flatMap((text) => routeAt(patternText(text.pieces), call, context));
  const methods = routes.flatMap((value) => (value.kind === "external" ? methodValue(value, call, context) : []));
  const all = [...sightings, ...methods];
  return all.length > 0 ? all : [unknown("which GitHub request is sent is chosen at run time")];
}

/** `request("GET", "/user")`. */
function requestOfVerb(call: ExternalCall, context: BindingContext): readonly Sighting[] {
  const { reading } = context;
  const given = (name: string, at: number): ValueSet => call.named.get(name) ?? call.argument(at);
  const [verb] = reading.constants(given("method", 0));
  const [url] = reading.texts(given("url", 1));
  if (verb === undefined || !url) return [unknown("which GitHub request is sent is chosen at run time")];
  return routeAt(`${verb} ${patternText(url.pieces)}`, call, context);
}

/** `{ method, url }`. */
function routesOfOptions(values: ValueSet, { reading }: BindingContext) {
  return reading.texts(reading.ownField(values, "url"));
}

function routeAt(route: string, call: ExternalCall, context: BindingContext): Sighting[] {
  const [, verb = "GET", host = `https://${HOST}`, path] =
    /^(?:([A-Z]+) +)?(https:\/\/[^/]+)?(\/.*)$/.exec(route) ?? [];
  // A client sends whole addresses wherever they lead.
  if (path !== undefined && host !== `https://${HOST}`)
    return targetsOf([[{ text: host + path, offset: -1 }]]).flatMap((target) => requestTo(verb, target, context.facts));
  const found: HttpOperation | undefined =
    path === undefined ? undefined : context.facts.byHttp(verb, HOST, path.replace(/\{[^}]*\}|:\w+/g, "{}"));
  return [found ? access(found.row, call, context) : unknown(`${route} is no request of GitHub's that the facts know`)];
}

/** `paginate(octokit.rest.issues.listForRepo, …)` and `paginate("GET /…")`. */
function paginated(call: ExternalCall, context: BindingContext): readonly Sighting[] {
  return requests(call, call.argument(0), context);
}

function methodValue(value: ExternalValue, call: ExternalCall, context: BindingContext): Sighting[] {
  const path = isGitHub(value.package) ? clientPath(value) : undefined;
  const row = path === undefined ? undefined : rowOf(path.replace(/\.endpoint\.merge\(\)$/, ""), context);
  return row ? [access(row, call, context)] : [];
}

function graphqlQuery(call: ExternalCall, { reading }: BindingContext): Sighting {
  const [text] = reading.texts(call.argument(0));
  const document = text && patternText(text.pieces);
  const kind = document && /^\s*(?:#[^\n]*\n\s*)*(query|mutation|subscription)?\s*(\w+)?/.exec(document);
  const named = kind?.[2] ? ` ${kind[2]}` : "";
  return unknown(`what the GraphQL ${kind?.[1] ?? "query"}${named} needs is not in the facts`);
}
