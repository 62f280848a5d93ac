import type { ExternalCall } from "../trace/external-call.ts";
import type { Reading } from "../trace/reading.ts";
import { patternText } from "../trace/texts.ts";
import type { ValueSet } from "../trace/values.ts";
import { externalChain } from "../trace/values.ts";
import type { BindingContext, ServiceBinding, Sighting } from "./binding.ts";
import { literalArguments } from "./arguments.ts";

/**
 * Raw HTTP: verb and URL of a request are looked up among the packs by host and path. Requests to hosts of no pack are
 * nobody's business here; a request whose host is not known, but that carries an authorisation, may be anybody's.
 */

interface RequestForm {
  /** Where the URL is: an argument, or a field of the first one. */
  readonly url: number | string;
  /** The verb itself, or the field of which argument it is read from. */
  readonly verb: string | { readonly argument: number; readonly field: string };
  readonly options: number;
}

const FETCH: RequestForm = { url: 0, verb: { argument: 1, field: "method" }, options: 1 };
const CONFIG: RequestForm = { url: "url", verb: { argument: 0, field: "method" }, options: 0 };
const VERBS = ["get", "post", "put", "patch", "delete", "head"];
const WITH_BODY = new Set(["post", "put", "patch"]);

/** HTTP clients by the way into their package. `.VERB` stands for each verb as a method. */
const CLIENTS: readonly { readonly path: RegExp; readonly form: RequestForm }[] = [
  {
    path: /^global#fetch$|^node-fetch#default$|^cross-fetch#(default|fetch)$|^undici#fetch$|^isomorphic-fetch#default$/,
    form: FETCH,
  },
  { path: /^axios#default$|^axios#(default\.)?request$|^axios#(default\.)?create\(\)(\.request)?$/, form: CONFIG },
  { path: /^gaxios#request$|^gaxios#Gaxios\.new\(\)\.request$/, form: CONFIG },
  // Google's auth clients send requests themselves.
  {
    path: /^(google-auth-library|googleapis)#.*\b(OAuth2|OAuth2Client|JWT|GoogleAuth|Compute|getClient)\b.*\(\)\.request$/,
    form: CONFIG,
  },
];
const VERB_METHODS =
  /^(?:axios|got|ky|superagent)#(?:default\.)?(?:create\(\)\.|extend\(\)\.|instance\.)?(get|post|put|patch|delete|head)$/;

export const http: ServiceBinding = {
  provider: "http",
  triggers: ["googleapis.com"],
  clients: ["axios#", "got#", "ky#", "gaxios#", "global#URL", "global#Request"],

  sight(call, context) {
    const form = formOf(call);
    if (!form) return undefined;
    const { reading } = context;
    const sightings: Sighting[] = [];
    for (const verb of verbsOf(call, form, reading)) {
      for (const url of urlsOf(call, form, reading)) {
        const target = splitUrl(url);
        const found = target?.host ? context.facts.byHttp(verb, target.host, target.path) : undefined;
        if (found) {
          const fact = context.facts.requirement(found.pack, found.row, literalArguments(call, reading));
          sightings.push({
            kind: "access",
            fact,
            provider: found.pack.provider,
            credential: { provider: found.pack.provider },
          });
        } else if (target?.host && context.facts.servicesOfHost(target.host).length > 0) {
          sightings.push({
            kind: "unknown",
            services: context.facts.servicesOfHost(target.host),
            reason: `${verb} ${target.path} is no operation of ${target.host} that the facts know`,
          });
        } else if (!target?.host && mayCarryCredential(call, form, context)) {
          sightings.push({
            kind: "unknown",
            services: ["*"],
            reason: "a request with an authorisation goes to a host that is not known here",
          });
        }
      }
    }
    return sightings.length > 0 ? sightings : "harmless";
  },

  reach: () => [],
};

function formOf(call: ExternalCall): RequestForm | undefined {
  const { path } = call.callee;
  const verb = VERB_METHODS.exec(path)?.[1];
  if (verb)
    return {
      url: 0,
      verb: verb.toUpperCase(),
      options: WITH_BODY.has(verb) && !path.startsWith("got") && !path.startsWith("ky") ? 2 : 1,
    };
  return CLIENTS.find((client) => client.path.test(path))?.form;
}

function verbsOf(call: ExternalCall, form: RequestForm, reading: Reading): string[] {
  if (typeof form.verb === "string") return [form.verb];
  const given = reading.ownField(call.argument(form.verb.argument), form.verb.field);
  const constants = reading.constants(given).map((verb) => verb.toUpperCase());
  if (constants.length > 0) return constants.filter((verb) => VERBS.includes(verb.toLowerCase()));
  return given.length === 0 ? ["GET"] : [];
}

function urlsOf(call: ExternalCall, form: RequestForm, reading: Reading): string[] {
  let given: ValueSet =
    typeof form.url === "number" ? call.argument(form.url) : reading.ownField(call.argument(0), form.url);
  // `fetch(new URL("…"))`, and URL objects with their text in the first argument.
  given = given.flatMap((v) =>
    v.kind === "external" && v.path === "global#URL.new()" && v.step?.kind === "new" && v.step.call
      ? [...v.step.call.argument(0)]
      : [v],
  );
  const base = baseUrl(call, reading);
  return given.map((v) => {
    const text = v.kind === "text" ? patternText(v.pieces) : "{}";
    return base !== undefined && !/^https?:/.test(text)
      ? `${base.replace(/\/+$/, "")}/${text.replace(/^\/+/, "")}`
      : text;
  });
}

/** `axios.create({ baseURL })`. */
function baseUrl(call: ExternalCall, reading: Reading): string | undefined {
  for (const at of externalChain(call.callee)) {
    if (at.step?.kind !== "call" || !at.step.call) continue;
    const [base] = reading.texts(reading.ownField(at.step.call.argument(0), "baseURL"));
    if (base) return patternText(base.pieces);
  }
  return undefined;
}

function splitUrl(url: string): { host: string | undefined; path: string } | undefined {
  const parts = /^https?:\/\/([^/?#]+)([^?#]*)/.exec(url);
  if (!parts) return { host: undefined, path: url };
  const host = parts[1]!;
  return { host: host.includes("{}") ? undefined : host.toLowerCase(), path: parts[2] || "/" };
}

function mayCarryCredential(call: ExternalCall, form: RequestForm, context: BindingContext): boolean {
  const { reading } = context;
  const headers = reading.ownField(call.argument(form.options), "headers");
  return reading
    .objects(headers)
    .some((o) => reading.fieldNames(o).some((name) => name.toLowerCase() === "authorization"));
}
