import type { ExternalCall } from "../../trace/external-call.ts";
import type { Reading } from "../../trace/reading.ts";
import { addressTexts } from "./addresses.ts";
import type { Outgoing } from "./outgoing.ts";
import { fields, verbsOf } from "./outgoing.ts";

const REQUEST =
  /^(google-auth-library|googleapis)#.*\b(OAuth2|OAuth2Client|JWT|GoogleAuth|Compute|getClient)\b.*\(\)\.request$/;

/** Google's auth clients send signed requests themselves: `auth.request({ url, method, data })`. */
export function sentByGoogleAuth(call: ExternalCall, reading: Reading): Outgoing | undefined {
  if (!REQUEST.test(call.callee.path)) return undefined;
  const options = [call.argument(0)];
  return {
    verbs: verbsOf(undefined, options, reading),
    addresses: addressTexts(fields(options, ["url"], reading), reading),
    body: fields(options, ["data", "body"], reading),
    options,
    amended: true,
  };
}
