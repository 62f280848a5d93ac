import type { ExternalCall } from "../../trace/external-call.ts";
import type { Reading } from "../../trace/reading.ts";
import { externalChain } from "../../trace/values.ts";
import { addressTexts } from "./addresses.ts";
import type { Outgoing } from "./outgoing.ts";

/** `graphql-request`: `request(address, document)`, `new GraphQLClient(address).request(document)`. */
export function sentByGraphQlRequest(call: ExternalCall, reading: Reading): Outgoing | undefined {
  const { path } = call.callee;
  const client = /^graphql-request#GraphQLClient\.new\(\)\.(?:request|rawRequest)$/.test(path);
  if (!client && !/^graphql-request#(?:default|request|rawRequest)$/.test(path)) return undefined;
  const made = client ? externalChain(call.callee).find(({ step }) => step?.kind === "new")?.step : undefined;
  const constructed = made?.kind === "new" ? made.call : null;
  const options = call.argument(0).filter((value) => value.kind === "object" && value.object.kind !== "url");
  const address = client
    ? (constructed?.argument(0) ?? [])
    : [...call.argument(0).filter((value) => !options.includes(value)), ...reading.ownField(options, "url")];
  const document = call.argument(client ? 0 : 1).filter((value) => !options.includes(value));
  return {
    verbs: ["POST"],
    addresses: addressTexts(address, reading),
    body: [],
    documents: [...document, ...reading.ownField(options, "document")],
    options: [options, constructed?.argument(1) ?? []],
    amended: false,
  };
}
