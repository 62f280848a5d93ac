import { odataPath } from "../../facts/odata.ts";
import type { Effect } from "../../model/effect.ts";
import type { FactLookup } from "../../model/pack.ts";
import type { BindingContext, CredentialSource, Sighting } from "../binding.ts";
import type { LiteralArguments } from "../arguments.ts";

/** What a request to Microsoft Graph turns out to be, however it was made. */

export const GRAPH = "microsoft.graph";
const HOST = "graph.microsoft.com";

export interface GraphRequest {
  readonly verb: string;
  /** With `{}` for what is not known; may begin with the host, may end in a query. */
  readonly path: string;
  readonly credential: CredentialSource;
  readonly read: LiteralArguments;
}

export function sightRequest(request: GraphRequest, context: BindingContext): readonly Sighting[] {
  const { verb, credential, read } = request;
  const path = withoutHost(request.path);
  const found = context.facts.byHttp(verb, HOST, path);
  if (found) {
    const fact = context.facts.requirement(found.pack, found.row, read);
    return [{ kind: "access", fact, provider: "microsoft", credential }];
  }
  const clean = odataPath(path);
  if (/^\/(?:\{\}|$)/.test(clean)) return [unknownRequest(`where a ${verb} of Microsoft Graph goes is not known here`)];
  const title = `${verb} ${path.replace(/[?#].*$/s, "").replaceAll("{}", "{id}")}`;
  const unknown = unknownRequest(`${title} is no operation of Microsoft Graph that the facts know`);
  const fact = factOfUnknown(verb, path, title, context);
  return fact ? [{ kind: "access", fact, provider: "microsoft", credential }, unknown] : [unknown];
}

export function unknownRequest(reason: string): Sighting {
  return { kind: "unknown", services: [GRAPH], reason };
}

const EFFECT_OF_VERB: Readonly<Record<string, Effect>> = { GET: "read", DELETE: "delete" };
const VERBS = ["GET", "POST", "PATCH", "PUT", "DELETE"];

/** The call itself is seen, if not what it needs: where the path is that of another verb, or nothing at its end is open. */
function factOfUnknown(verb: string, path: string, title: string, context: BindingContext): FactLookup | undefined {
  const isPath = VERBS.some((other) => context.facts.byHttp(other, HOST, path) !== undefined);
  const clean = odataPath(path);
  if (!isPath && clean.slice(clean.lastIndexOf("/")).includes("{}")) return undefined;
  const segment = /^\/[a-z]+/.exec(clean)?.[0].slice(1);
  const pack = segment === undefined ? undefined : context.facts.pack(`microsoft/graph.${segment}`);
  if (!pack) return undefined;
  return {
    effect: EFFECT_OF_VERB[verb] ?? "update",
    requires: undefined,
    source: pack.sources[0]!,
    operation: title,
    service: GRAPH,
    spelling: "plain",
    ownState: false,
  };
}

/** Requests may name Graph's own address in full; another address is none of Graph's. */
function withoutHost(path: string): string {
  return path.replace(/^https:\/\/graph\.microsoft\.com(?=[/?]|$)/i, "");
}

/** Reads parameters of a query, as far as they are known; undefined: some of them are not known by name. */
export function queryReader(parameters: ReadonlyMap<string, string> | undefined): LiteralArguments {
  return (name) => {
    const value = parameters?.get(name);
    if (parameters === undefined || value?.includes("{}")) return undefined;
    return value ?? null;
  };
}

/** The query of an address; undefined if some of it is not known by name. */
export function queryOf(path: string): Map<string, string> | undefined {
  const query = /\?([^#]*)/.exec(path)?.[1] ?? "";
  const parameters = new Map<string, string>();
  for (const part of query.split("&").filter((one) => one !== "")) {
    const [name, value] = [part.slice(0, part.indexOf("=")), part.slice(part.indexOf("=") + 1)];
    if (!part.includes("=") || name.includes("{}")) return undefined;
    const key = name.toLowerCase();
    parameters.set(key.startsWith("$") ? key : `$${key}`, value);
  }
  return parameters;
}
