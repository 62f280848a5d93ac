import type { ExternalCall } from "../../trace/external-call.ts";
import type { Reading } from "../../trace/reading.ts";
import { patternText } from "../../trace/texts.ts";
import type { ExternalValue, Value } from "../../trace/values.ts";
import { externalChain } from "../../trace/values.ts";
import type { BindingContext, Sighting } from "../binding.ts";
import { credentialOf } from "./credentials.ts";
import { queryReader, sightRequest, unknownRequest } from "./requests.ts";

/**
 * The client that is generated from Graph's description, `@microsoft/msgraph-sdk`: a property for each word of a path,
 * `by…Id(id)` for each key: `graph.me.messages.byMessageId(id).get()`; in Python, `msgraph`, the same with underscores.
 */

const VERBS = new Set(["get", "post", "put", "patch", "delete"]);
const CLIENT =
  /#(?:createGraphServiceClient\(\)|GraphServiceClient\.new\(\))$|^python:msgraph(?:_beta)?#(?:\w+\.)*GraphServiceClient\(\)$/;

export function isGeneratedPackage(name: string): boolean {
  return /^@microsoft\/msgraph(?:-beta)?-sdk(?:-|$|\/)|^python:msgraph(?:_beta)?$/.test(name);
}

/** What a call of the package is; undefined if it reaches nothing. */
export function sightGenerated(call: ExternalCall, context: BindingContext): readonly Sighting[] | undefined {
  const request = requestOf(call.callee, context.reading);
  if (!request || request.isSent || !VERBS.has(request.verb ?? "")) return undefined;
  const credential = credentialOf(request.made, context);
  const verb = request.verb!.toUpperCase();
  if (request.path === undefined) return [unknownRequest(`the path of a ${verb} of Microsoft Graph is not known here`)];
  const read = queryReader(parametersOf(call, verb, context.reading));
  // What a path gives as it is, `$value`, goes by the name of `content` here.
  const forms = [request.path, request.path.replace(/\/content$/, "/$value")];
  const known = forms.find((path) => context.facts.byHttp(verb, "graph.microsoft.com", path) !== undefined);
  return sightRequest({ verb, path: known ?? request.path, credential, read }, context);
}

/** Whether whoever holds this value can send requests. */
export function reachesGenerated(value: ExternalValue, reading: Reading): boolean {
  if (!isGeneratedPackage(value.package)) return false;
  const request = requestOf(value, reading);
  return request !== undefined && !request.isSent;
}

interface Request {
  readonly made: ExternalCall | null;
  /** Undefined: some of it is chosen at run time. */
  readonly path: string | undefined;
  /** The name it ends in. */
  readonly verb: string | undefined;
  /** Past a verb's call: what came back. */
  readonly isSent: boolean;
}

function requestOf(value: ExternalValue, reading: Reading): Request | undefined {
  if (!isGeneratedPackage(value.package)) return undefined;
  const chain = externalChain(value);
  const root = chain.findIndex((at) => CLIENT.test(at.path));
  if (root < 0) return undefined;
  const names = chain.slice(root + 1).map(({ step }) => step!);
  const made = chain[root]!.step?.kind === "call" ? chain[root]!.step.call : null;
  const segments: string[] = [];
  let known = true;
  let isSent = false;
  for (const step of names) {
    if (step.kind === "member") segments.push(segmentOf(isPython(value) ? camelCase(step.name) : step.name));
    else if (step.kind === "call") {
      const name = segments.pop() ?? "";
      if (VERBS.has(name)) isSent = true;
      if (isSent) break;
      if (name === "withUrl") known = false;
      segments.push(keyOf(name, step.call, reading));
    } else known = false;
  }
  const verb = names.at(-1)?.kind === "member" ? segments.pop() : undefined;
  return { made, path: known ? `/${segments.join("/")}` : undefined, verb, isSent };
}

function isPython({ package: name }: ExternalValue): boolean {
  return name.startsWith("python:");
}

/** `mail_folders` → `mailFolders`; words of the language have an underscore at their end. Older versions spell actions in full. */
function camelCase(name: string): string {
  const camel = name.replace(/_$/, "").replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return camel.replace(/^microsoftGraph([A-Z])/, (_, letter: string) => letter.toLowerCase());
}

/** `byMessageId(id)` is the id; a function with parameters has them in its name: `rangeWithAddress(…)`. */
function keyOf(name: string, call: ExternalCall | null, reading: Reading): string {
  if (/^by[A-Z]\w*$/.test(name)) {
    const given = call && ([...call.named.values()][0] ?? call.argument(0));
    const [id, ...others] = given ? reading.texts(given) : [];
    return id && others.length === 0 ? patternText(id.pieces) : "{}";
  }
  const [action, ...parameters] = name.split(/With(?=[A-Z])/);
  return parameters.length === 0 ? name : `${action}(${parameters.map((one) => `${one}={}`).join(",")})`;
}

/** `ref` and `count` are `$ref` and `$count`; a cast to a type stands as `graphUser`. */
function segmentOf(name: string): string {
  if (name === "ref" || name === "count") return `$${name}`;
  const type = /^graph([A-Z]\w*)$/.exec(name)?.[1];
  return type === undefined ? name : `microsoft.graph.${type[0]!.toLowerCase()}${type.slice(1)}`;
}

/** `get({ queryParameters: { select: ["subject"] } })`. */
function parametersOf(call: ExternalCall, verb: string, reading: Reading): Map<string, string> | undefined {
  if (isPython(call.callee)) return pythonParameters(call, verb, reading);
  const given = call.argument(verb === "GET" || verb === "DELETE" ? 0 : 1);
  if (given.some((value) => value.kind !== "object" && !(value.kind === "literal" && value.value === undefined)))
    return undefined;
  const parameters = reading.ownField(given, "queryParameters");
  if (parameters.some(({ kind }) => kind !== "object")) return undefined;
  return new Map(
    reading.objects(parameters).flatMap((object) =>
      reading.fieldNames(object).map((name) => {
        const { items, rest } = reading.items(reading.ownField(parameters, name));
        const texts = [...items.flat(), ...rest].map((one) => (one.kind === "text" ? patternText(one.pieces) : "{}"));
        return [`$${name.toLowerCase()}`, texts.join(",")] as const;
      }),
    ),
  );
}

/** `get(RequestConfiguration(query_parameters=MessagesRequestBuilderGetQueryParameters(select=["subject"])))`. */
function pythonParameters(call: ExternalCall, verb: string, reading: Reading): Map<string, string> | undefined {
  const given = call.named.get("request_configuration") ?? call.argument(verb === "GET" || verb === "DELETE" ? 0 : 1);
  const [configuration, ...otherConfigurations] = given;
  if (!configuration) return new Map();
  const made = otherConfigurations.length > 0 ? undefined : callOf(configuration);
  const [parameters, ...others] = made?.named.get("query_parameters") ?? [];
  if (made && !parameters) return new Map();
  const named = parameters && others.length === 0 ? callOf(parameters)?.named : undefined;
  if (!named) return undefined;
  return new Map(
    [...named].map(([name, values]) => {
      const { items, rest } = reading.items(values);
      const loose = values.filter(({ kind }) => kind !== "object");
      const texts = [...loose, ...items.flat(), ...rest].map((one) =>
        one.kind === "text" ? patternText(one.pieces) : "{}",
      );
      return [`$${camelCase(name).toLowerCase()}`, texts.join(",")] as const;
    }),
  );
}

function callOf(value: Value): ExternalCall | undefined {
  return value.kind === "external" && value.step?.kind === "call" ? (value.step.call ?? undefined) : undefined;
}
