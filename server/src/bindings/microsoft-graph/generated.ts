import type { ExternalCall } from "../../trace/external-call.ts";
import type { Reading } from "../../trace/reading.ts";
import { patternText } from "../../trace/texts.ts";
import type { ExternalValue } from "../../trace/values.ts";
import { externalChain } from "../../trace/values.ts";
import type { BindingContext, Sighting } from "../binding.ts";
import { credentialOf } from "./credentials.ts";
import { queryReader, sightRequest, unknownRequest } from "./requests.ts";

/**
 * The client that is generated from Graph's description, `@microsoft/msgraph-sdk`: a property for each word of a path,
 * `by…Id(id)` for each key: `graph.me.messages.byMessageId(id).get()`.
 */

const VERBS = new Set(["get", "post", "put", "patch", "delete"]);
const CLIENT = /#(?:createGraphServiceClient\(\)|GraphServiceClient\.new\(\))$/;

export function isGeneratedPackage(name: string): boolean {
  return /^@microsoft\/msgraph(?:-beta)?-sdk(?:-|$|\/)/.test(name);
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
    if (step.kind === "member") segments.push(segmentOf(step.name));
    else if (step.kind === "call") {
      const name = segments.pop() ?? "";
      if (VERBS.has(name)) isSent = true;
      if (isSent) break;
      segments.push(keyOf(name, step.call, reading));
    } else known = false;
  }
  const verb = names.at(-1)?.kind === "member" ? segments.pop() : undefined;
  return { made, path: known ? `/${segments.join("/")}` : undefined, verb, isSent };
}

/** `byMessageId(id)` is the id; a function with parameters has them in its name: `rangeWithAddress(…)`. */
function keyOf(name: string, call: ExternalCall | null, reading: Reading): string {
  if (/^by[A-Z]\w*$/.test(name)) {
    const [id, ...others] = call ? reading.texts(call.argument(0)) : [];
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
