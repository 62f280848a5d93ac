import type { Facts } from "../../facts/lookup.ts";
import type { ExternalCall } from "../../trace/external-call.ts";
import type { BindingContext, CredentialSource, ServiceBinding, Sighting } from "../binding.ts";
import type { Target } from "./addresses.ts";
import { isLocal, targetsOf, targetText } from "./addresses.ts";
import { requestArguments } from "./arguments.ts";
import { sentByAppsScript } from "./apps-script.ts";
import { carriesCredential } from "./credentials.ts";
import { sentByForge } from "./forge.ts";
import { sentByGoogleAuth } from "./google-auth.ts";
import type { GraphQlOperation } from "./graphql.ts";
import { graphQlOperations } from "./graphql.ts";
import { sentByGraphQlRequest } from "./graphql-request.ts";
import { DECORATORS, HTTP_LIBRARIES } from "./libraries.ts";
import type { Outgoing } from "./outgoing.ts";
import { outgoingOf } from "./outgoing.ts";
import { sentInParts } from "./parts.ts";
import { PLAYWRIGHT } from "../browser/playwright.ts";
import { sentByPlaywright } from "./playwright.ts";
import { PYTHON_HTTP_PACKAGES, sentByPython } from "./python.ts";
import type { Sender } from "./sender.ts";
import { senderOf } from "./sender.ts";
import { sentByN8n } from "./n8n.ts";
import { openedBy } from "./sockets.ts";
import { sentByWretch } from "./wretch.ts";

/**
 * Raw HTTP: verb and address of a request are looked up among the packs by host and path, and are an operation of their
 * own where no pack knows the host. A request whose host is not known, but that carries an authorisation, may be
 * anybody's.
 */
export const http: ServiceBinding = {
  provider: "http",
  triggers: ["googleapis.com"],
  secondary: {
    modules: [
      ...HTTP_LIBRARIES.flatMap(({ packages }) => packages),
      ...DECORATORS.map((path) => path.slice(0, path.indexOf("#"))),
      "graphql-request",
      "http",
      "https",
      "wretch",
      "ws",
    ],
    texts: [
      "fetch",
      "WebSocket",
      "EventSource",
      ...PYTHON_HTTP_PACKAGES.flatMap((name) => [`import ${name}`, `from ${name}`]),
    ],
  },
  clients: [
    ...HTTP_LIBRARIES.flatMap(({ packages }) => packages.map((name) => `${name}#`)),
    ...DECORATORS,
    "wretch#",
    "graphql-request#",
    "graphql-tag#",
    "global#Headers",
    "global#Request",
    "global#JSON.stringify",
    ...PLAYWRIGHT.packages.map((name) => `${name}#request.newContext`),
    ...PYTHON_HTTP_PACKAGES.map((name) => `python:${name}`),
  ],

  sight(call, context) {
    const sent = sentBy(call, context);
    if (sent === undefined || sent === "other") return sent && "harmless";
    const sightings = sent.flatMap((one) =>
      targetsOf(one.outgoing.addresses).flatMap((target, _, all) =>
        one.outgoing.verbs.flatMap((verb) => sightingsOf(verb, target, all, one, context)),
      ),
    );
    return sightings.length > 0 ? sightings : "harmless";
  },

  reach: () => [],
};

interface Sent {
  readonly outgoing: Outgoing;
  readonly sender: Sender | undefined;
}

/** What the call sends; `"other"` is a call of an HTTP client that sends nothing. */
function sentBy(call: ExternalCall, context: BindingContext): readonly Sent[] | "other" | undefined {
  const { reading } = context;
  if (call.construct) {
    const opened = openedBy(call, reading);
    return opened && [{ outgoing: opened, sender: undefined }];
  }
  const special =
    sentByPython(call, reading) ??
    sentInParts(call, reading) ??
    sentByWretch(call, reading) ??
    sentByGraphQlRequest(call, reading) ??
    sentByGoogleAuth(call, reading) ??
    sentByForge(call, reading) ??
    sentByN8n(call, reading) ??
    sentByAppsScript(call, reading) ??
    sentByPlaywright(call, context);
  if (special) return [{ outgoing: special, sender: undefined }];
  const sender = senderOf(call.callee, reading);
  if (sender === undefined || sender === "other") return sender;
  const outgoing = outgoingOf(call, sender, reading);
  return outgoing.length > 0 ? outgoing.map((one) => ({ outgoing: one, sender })) : "other";
}

function sightingsOf(
  verb: string | undefined,
  target: Target,
  all: readonly Target[],
  sent: Sent,
  context: BindingContext,
): Sighting[] {
  const { facts } = context;
  const known = target.host === undefined ? [] : facts.servicesOfHost(target.host);
  if (known.length > 0) {
    const at = atKnownHost(verb, target, known, sent, context);
    // What it needs is not known; that it is sent, and what HTTP says of its verb, is.
    const isNamed = verb !== undefined && target.path !== "/" && !target.path.startsWith("/{}");
    return at.kind === "unknown" && isNamed ? [at, ...unknownService(verb, target, sent, context)] : [at];
  }
  const requests = unknownService(verb, target, sent, context);
  const mayBeAnybodys =
    target.host === undefined &&
    !all.some(({ host }) => host !== undefined && !isLocal(host)) &&
    carriesCredential(sent.outgoing, sent.sender, context.reading);
  if (!mayBeAnybodys) return requests;
  const reason = "a request with an authorisation goes to a host that is not known here";
  return [...requests, { kind: "unknown", services: ["*"], reason }];
}

function atKnownHost(
  verb: string | undefined,
  target: Target,
  services: readonly string[],
  { outgoing }: Sent,
  { facts, reading }: BindingContext,
): Sighting {
  const found = verb === undefined ? undefined : facts.byHttp(verb, target.host!, target.path);
  if (found) {
    const read = requestArguments(outgoing, target, reading);
    const { provider } = found.pack;
    const fact = facts.requirement(found.pack, found.row, read);
    const credential = { provider, ...(outgoing.account !== undefined && { account: outgoing.account }) };
    return { kind: "access", fact, provider, credential, decidedBy: target.literals };
  }
  const operations = graphQlOperations(outgoing, reading);
  const title = operations?.map((operation) => operation.title).join(", ");
  const reason =
    title !== undefined
      ? `what a GraphQL ${title} needs of ${target.host} is not known`
      : verb === undefined
        ? `the verb of a request to ${targetText(target)} is chosen at run time`
        : `${verb} ${targetText({ ...target, host: "" })} is no operation of ${target.host} that the facts know`;
  return { kind: "unknown", services, reason };
}

/** A request to a host of no pack: named by verb, host and path; what it does is what HTTP says of the verb. */
function unknownService(
  verb: string | undefined,
  target: Target,
  { outgoing }: Sent,
  { facts, reading }: BindingContext,
): Sighting[] {
  const operations = verb === "POST" || verb === undefined ? graphQlOperations(outgoing, reading) : undefined;
  return (operations ?? [undefined]).flatMap((operation) => requestTo(verb, target, facts, operation));
}

/** A request of which no more is known than its verb and where it goes. */
export function requestTo(
  verb: string | undefined,
  target: Target,
  facts: Facts,
  operation?: GraphQlOperation,
): Sighting[] {
  const row =
    facts.operation(PACK, operation ? `GraphQL ${operation.kind}` : (verb ?? ANY)) ?? facts.operation(PACK, ANY);
  const pack = facts.pack(PACK);
  if (!row || !pack) return [];
  const fact = facts.requirement(pack, row, () => null);
  const title = `${verb ?? "{}"} ${targetText(target)}${titleText(operation)}`;
  return [
    {
      kind: "access" as const,
      fact: { ...fact, operation: title },
      provider: PACK_PROVIDER,
      credential: NOBODYS,
      decidedBy: target.literals,
      ...(target.host === undefined ? {} : { resource: target.host }),
      ...(target.isDefault && { openResource: target.isDefault }),
    },
  ];
}

const titleText = (operation: GraphQlOperation | undefined): string => (operation ? ` (${operation.title})` : "");

const PACK_PROVIDER = "http";
const PACK = "http/http";
const NOBODYS: CredentialSource = { provider: PACK_PROVIDER };
/** The row of a verb that is chosen at run time, or that no standard defines. */
const ANY = "{}";
