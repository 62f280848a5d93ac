import type { ExternalCall } from "../../trace/external-call.ts";
import type { Reading } from "../../trace/reading.ts";
import type { Outgoing } from "./outgoing.ts";
import { addressTexts, joinedAddresses } from "./addresses.ts";
import { fields, verbsOf } from "./outgoing.ts";

/** Read off `RequestHelperFunctions` of `n8n-workflow` 2.41.0, with the argument that holds the request. */
const HELPERS: Readonly<Record<string, number>> = {
  httpRequest: 0,
  request: 0,
  requestWithAuthenticationPaginated: 0,
  httpRequestWithAuthentication: 1,
  requestWithAuthentication: 1,
  requestOAuth1: 1,
  requestOAuth2: 1,
};

/** Nodes of n8n send with the helpers they are called on: `this.helpers.httpRequestWithAuthentication(credential, request)`. */
export function sentByN8n(call: ExternalCall, reading: Reading): Outgoing | undefined {
  const name = /^n8n-workflow#.*\.helpers\.(\w+)$/.exec(call.callee.path)?.[1];
  const at = name === undefined ? undefined : HELPERS[name];
  if (at === undefined) return undefined;
  const given = call.argument(at);
  const options = [given.filter((value) => value.kind === "object"), ...(name === "request" ? [call.argument(1)] : [])];
  const written = [...given.filter((value) => value.kind === "text"), ...fields(options, ["url", "uri"], reading)];
  const addresses = addressTexts(written, reading);
  const [account, ...others] = at === 1 ? reading.constants(call.argument(0)) : [];
  return {
    verbs: verbsOf(undefined, options, reading),
    addresses: joinedAddresses(addressTexts(fields(options, ["baseURL"], reading), reading), addresses),
    body: fields(options, ["body", "form", "formData"], reading),
    options,
    amended: at === 1,
    ...(account !== undefined && others.length === 0 && { account }),
  };
}
