import type { ExternalCall } from "../../trace/external-call.ts";
import type { Reading } from "../../trace/reading.ts";
import { isHole, patternText } from "../../trace/texts.ts";
import type { ExternalValue, Value, ValueSet } from "../../trace/values.ts";
import { externalChain } from "../../trace/values.ts";
import type { BindingContext, CredentialSource, Sighting } from "../binding.ts";
import { batchedRequests } from "./batch.ts";
import { credentialOf } from "./credentials.ts";
import { queryOf, queryReader, sightRequest, unknownRequest } from "./requests.ts";

/**
 * The client that takes paths, `@microsoft/microsoft-graph-client`: `client.api("/me/messages").select("subject").get()`.
 * The verb stands at the end of the chain, the path at its beginning.
 */

const PACKAGE = "@microsoft/microsoft-graph-client";

const VERBS: Readonly<Record<string, string>> = {
  get: "GET",
  getStream: "GET",
  post: "POST",
  create: "POST",
  put: "PUT",
  putStream: "PUT",
  patch: "PATCH",
  update: "PATCH",
  delete: "DELETE",
  del: "DELETE",
};

/** The way into the package to a client: made, or known by its annotation. */
const CLIENT = /^Client\.(?:init|initWithMiddleware|new)\(\)$/;
const REQUEST = "GraphRequest.new()";

export function isFluentPackage(name: string): boolean {
  return name === PACKAGE || name.startsWith(`${PACKAGE}/`);
}

/** What a call of the package is; undefined if it reaches nothing. */
export function sightFluent(call: ExternalCall, context: BindingContext): readonly Sighting[] | undefined {
  const task = sightTask(call, context);
  if (task) return task;
  const request = requestOf(call.callee);
  const verb = request && VERBS[request.names.at(-1) ?? ""];
  if (!request || verb === undefined) return undefined;
  return sightVerb(verb, request, call, context);
}

/** Whether whoever holds this value can send requests: a client, or a request that is being put together. */
export function reachesFluent(value: ExternalValue): boolean {
  if (!isFluentPackage(value.package)) return false;
  if (CLIENT.test(wayInto(value))) return true;
  const request = requestOf(value);
  return request !== undefined && !request.isSent;
}

interface Request {
  /** The call that made the client. */
  readonly made: ExternalCall | null;
  /** `client.api(path)`; null where the request is known by its annotation only. */
  readonly api: ExternalCall | null;
  /** Calls after it that put the request together. */
  readonly built: readonly { readonly name: string; readonly call: ExternalCall | null }[];
  /** Names after it. */
  readonly names: readonly string[];
  /** Past a verb's call: what came back. */
  readonly isSent: boolean;
}

/** Reads `Client.init().api().select().get` as a request. */
function requestOf(value: ExternalValue): Request | undefined {
  if (!isFluentPackage(value.package)) return undefined;
  const chain = externalChain(value);
  const root = chain.findIndex((at) => CLIENT.test(wayInto(at)) || wayInto(at) === REQUEST);
  if (root < 0) return undefined;
  const isRequest = wayInto(chain[root]!) === REQUEST;
  const [name, called] = [chain[root + 1]?.step, chain[root + 2]?.step];
  if (!isRequest && !(name?.kind === "member" && name.name === "api" && called?.kind === "call")) return undefined;
  const from = isRequest ? root + 1 : root + 3;
  const names: string[] = [];
  const built: { name: string; call: ExternalCall | null }[] = [];
  for (const { step } of chain.slice(from)) {
    if (step!.kind === "member") names.push(step!.name);
    else if (step!.kind === "call") built.push({ name: names.at(-1) ?? "", call: step!.call });
    else break;
  }
  return {
    made: callOf(chain[root]!),
    api: isRequest ? null : called?.kind === "call" ? called.call : null,
    built,
    names,
    isSent: built.some((one) => Object.hasOwn(VERBS, one.name)),
  };
}

function sightVerb(
  verb: string,
  request: Request,
  call: ExternalCall,
  context: BindingContext,
): readonly Sighting[] | undefined {
  if (request.isSent) return undefined;
  const credential = credentialOf(request.made, context);
  const given = request.api?.argument(0) ?? [];
  const paths = pathsOf(given.filter((value) => !isLinkAsText(value)));
  if (paths.length === 0)
    return given.some(isLinkAsText)
      ? []
      : [unknownRequest(`the path of a ${verb} of Microsoft Graph is not known here`)];
  return paths.flatMap((path) => {
    if (verb === "POST" && /\/\$batch$/i.test(path.replace(/\?.*$/s, "")))
      return batchedRequests(call.argument(0), credential, context);
    const parameters = parametersOf(path, request, context.reading);
    return sightRequest({ verb, path, credential, read: queryReader(parameters) }, context);
  });
}

// ---- paths

/** Ends a name by which Graph says where the next page is, or what has changed since. */
const FURTHER_PAGE = /(?:^|\.)@?odata\.?(?:next|delta)Link$/;

/** Texts, and the links to further pages that Graph itself sent. */
function pathsOf(values: ValueSet, seen: ReadonlySet<ExternalCall> = new Set()): string[] {
  const paths = values.flatMap((value) => {
    if (value.kind === "text") return [patternText(value.pieces)];
    if (value.kind !== "external") return value.kind === "literal" ? [] : ["{}"];
    const page = value.step?.kind === "member" && FURTHER_PAGE.test(value.step.name);
    const api = page ? requestOf(value)?.api : undefined;
    if (!api) return ["{}"];
    return seen.has(api) ? [] : pathsOf(api.argument(0), new Set([...seen, api]));
  });
  return withoutGaps([...new Set(paths)]);
}

/** A link to a further page that was checked and put together again: it needs what the first page needed. */
function isLinkAsText(value: Value): boolean {
  if (value.kind !== "text") return false;
  const [only, ...more] = value.pieces;
  return only !== undefined && more.length === 0 && isHole(only) && FURTHER_PAGE.test(only.name ?? "");
}

/** `/drives//items`, of an id that is `""` in one case: not the request that is meant, where there is another. */
function withoutGaps(paths: string[]): string[] {
  const whole = paths.filter((path) => !/.\/(?:\/|$)/.test(path.replace(/\?.*$/s, "")));
  return whole.length > 0 ? whole : paths;
}

/** All that stands in the path's query and in calls that add to it; undefined where some of it is not known. */
function parametersOf(path: string, request: Request, reading: Reading): Map<string, string> | undefined {
  const parameters = queryOf(path);
  if (!parameters || request.api === null) return undefined;
  const adding = ["select", "expand", "filter", "search", "query"];
  for (const { name, call } of request.built.filter((one) => adding.includes(one.name))) {
    if (!call) return undefined;
    const given = name === "query" ? queriesOf(call, reading) : new Map([[`$${name}`, listText(call, reading)]]);
    if (!given) return undefined;
    for (const [key, value] of given) {
      const known = parameters.get(key);
      parameters.set(key, known === undefined ? value : `${known},${value}`);
    }
  }
  return parameters;
}

/** `select("a,b")`, `select(["a", "b"])`; `{}` where some of it is not known. */
function listText(call: ExternalCall, reading: Reading): string {
  const given = call.argument(0);
  const { items, rest } = reading.items(given);
  const texts = [...given.filter(({ kind }) => kind !== "object"), ...items.flat(), ...rest];
  return texts.map((value) => (value.kind === "text" ? patternText(value.pieces) : "{}")).join(",");
}

function queriesOf(call: ExternalCall, reading: Reading): Map<string, string> | undefined {
  const given = call.argument(0);
  if (given.length !== 1) return undefined;
  const value = given[0]!;
  if (value.kind === "text") return queryOf(`?${patternText(value.pieces).replace(/^\?/, "")}`);
  if (value.kind !== "object" || value.object.rest.values.length > 0) return undefined;
  return new Map(
    reading.fieldNames(value).map((name) => {
      const key = name.startsWith("$") ? name.toLowerCase() : `$${name.toLowerCase()}`;
      const values = reading.ownField(given, name);
      return [key, values.map((one) => (one.kind === "text" ? patternText(one.pieces) : "{}")).join(",")];
    }),
  );
}

// ---- tasks

/** Where the client's tasks send requests: pages of a list, sessions for uploads. */
function sightTask(call: ExternalCall, context: BindingContext): readonly Sighting[] | undefined {
  const way = wayInto(call.callee);
  if (/^PageIterator\.new\(\)\.(?:iterate|resume)$/.test(way)) return sightPages(call, context);
  const client = call.argument(0).find((value): value is ExternalValue => value.kind === "external");
  const credential = (): CredentialSource => credentialOf(client ? callOf(client) : null, context);
  const session = (values: ValueSet): readonly Sighting[] =>
    pathsOf(values).flatMap((path) =>
      sightRequest({ verb: "POST", path, credential: credential(), read: () => null }, context),
    );
  if (way === "LargeFileUploadTask.createUploadSession") return session(call.argument(1));
  if (/^OneDriveLargeFileUploadTask\.create(?:TaskWithFileObject)?$/.test(way)) {
    const given = context.reading.ownField(call.argument(2), "uploadSessionURL");
    const path = "/me/drive/root:/{}:/createUploadSession";
    return given.length > 0
      ? session(given)
      : sightRequest({ verb: "POST", path, credential: credential(), read: () => null }, context);
  }
  return undefined;
}

/** `new PageIterator(client, firstPage, …).iterate()` asks for the pages that follow. */
function sightPages(call: ExternalCall, context: BindingContext): readonly Sighting[] {
  const made = externalChain(call.callee).find((at) => at.step?.kind === "new")?.step;
  const [client, page] = made?.kind === "new" && made.call ? [made.call.argument(0), made.call.argument(1)] : [[], []];
  const requests = page.flatMap((value) => (value.kind === "external" ? (requestOf(value) ?? []) : []));
  const paths = requests.flatMap(({ api }) => (api ? pathsOf(api.argument(0)) : []));
  if (paths.length === 0) return [unknownRequest("which pages of Microsoft Graph are read is not known here")];
  const maker = client.find((value): value is ExternalValue => value.kind === "external");
  const credential = credentialOf(maker ? callOf(maker) : null, context);
  return [...new Set(paths)].flatMap((path) =>
    sightRequest({ verb: "GET", path, credential, read: queryReader(queryOf(path)) }, context),
  );
}

// ---- ways

function wayInto(value: ExternalValue): string {
  return value.path.replace(/^[^#]*#/, "");
}

/** The call that gave a value. */
function callOf(value: ExternalValue): ExternalCall | null {
  return value.step && (value.step.kind === "call" || value.step.kind === "new") ? value.step.call : null;
}
