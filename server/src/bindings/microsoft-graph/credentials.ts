import type { ExternalCall } from "../../trace/external-call.ts";
import type { ExternalValue, Value, ValueSet } from "../../trace/values.ts";
import { externalChain } from "../../trace/values.ts";
import type { BindingContext, CredentialSource } from "../binding.ts";

/**
 * Who a token is for: a signed-in user (`delegated`, with a personal account `personal`) or the application itself
 * (`application`). The credential's class says so; where it does not, nothing is claimed.
 */

/** Classes of `@azure/identity`, and of Python's `azure.identity`. The others take what the environment offers. */
const KIND_OF_CLASS: Readonly<Record<string, string>> = {
  ClientSecretCredential: "application",
  ClientCertificateCredential: "application",
  CertificateCredential: "application",
  ClientAssertionCredential: "application",
  ManagedIdentityCredential: "application",
  WorkloadIdentityCredential: "application",
  AzurePipelinesCredential: "application",
  DeviceCodeCredential: "delegated",
  InteractiveBrowserCredential: "delegated",
  AuthorizationCodeCredential: "delegated",
  UsernamePasswordCredential: "delegated",
  OnBehalfOfCredential: "delegated",
  VisualStudioCodeCredential: "delegated",
};

/** Where the id of the registration stands among the arguments: by position, or in an object. */
const CLIENT_ID_AT: Readonly<Record<string, number>> = {
  ClientSecretCredential: 1,
  ClientCertificateCredential: 1,
  CertificateCredential: 1,
  ClientAssertionCredential: 1,
  AuthorizationCodeCredential: 1,
  UsernamePasswordCredential: 1,
};

/** What stands around a credential, or around one of these. */
const AROUND_CREDENTIALS =
  /^(?:\w+\.)*(?:TokenCredentialAuthenticationProvider|AzureIdentityAuthenticationProvider|AzureIdentityAccessTokenProvider|BaseBearerTokenAuthenticationProvider|FetchRequestAdapter|GraphRequestAdapter)(?:\.new)?\(\)$/;

/** Whom a client of Graph works for, by the call that made it. */
export function credentialOf(made: ExternalCall | null, context: BindingContext): CredentialSource {
  if (!made) return { provider: "microsoft" };
  const { reading } = context;
  const named = made.named.get("credentials") ?? made.named.get("request_adapter");
  const given = named ?? reading.ownField(made.argument(0), "authProvider");
  return single((given.length > 0 ? given : made.argument(0)).map((value) => sourceOf([value], context)));
}

/** Whom a credential, or a provider of tokens around one, works for. */
export function sourceOf(values: ValueSet, context: BindingContext): CredentialSource {
  return single(
    values.flatMap((value) => {
      if (value.kind !== "external") return [{ provider: "microsoft" }];
      const way = value.path.replace(/^[^#]*#/, "");
      const made = value.step?.kind === "new" || value.step?.kind === "call" ? value.step.call : null;
      if (AROUND_CREDENTIALS.test(way) && made) return [sourceOf(made.argument(0), context)];
      return isCredential(value) ? [identitySource(way, made, context)] : [registrationOf(value, context)];
    }),
  );
}

/** `@azure/identity#ClientSecretCredential.new()`, `python:azure#identity.aio.ClientSecretCredential()`. */
const CREDENTIAL = /^(?:@azure\/identity#|python:azure#identity\.(?:aio\.)?)(\w+)(?:\.new)?\(\)/;

export function isCredential(value: Value | null): value is ExternalValue {
  return value?.kind === "external" && CREDENTIAL.test(value.path);
}

function identitySource(way: string, made: ExternalCall | null, context: BindingContext): CredentialSource {
  const name = /(\w+?)(?:\.new)?\(\)/.exec(way)?.[1] ?? "";
  const kind = KIND_OF_CLASS[name];
  const { reading } = context;
  const at = CLIENT_ID_AT[name];
  const id =
    made &&
    (made.named.get("client_id") ??
      (at === undefined ? reading.ownField(made.argument(0), "clientId") : made.argument(at)));
  const account = id ? reading.constants(id)[0] : undefined;
  return { provider: "microsoft", ...(kind && { kind }), ...(account !== undefined && { account }) };
}

/** The registration of a `PublicClientApplication` or its like, wherever in a chain it was made. */
export function registrationOf(value: ExternalValue, context: BindingContext): CredentialSource {
  const { reading } = context;
  for (const at of externalChain(value)) {
    const made = at.step?.kind === "new" || at.step?.kind === "call" ? at.step.call : null;
    if (made && /^python:msal#.*ClientApplication$/.test(made.callee.path)) return msalRegistration(made, context);
    const auth = made ? reading.ownField(made.argument(0), "auth") : [];
    if (auth.length === 0) continue;
    const account = reading.constants(reading.ownField(auth, "clientId"))[0];
    const authority = reading.constants(reading.ownField(auth, "authority"))[0];
    const kind = authority !== undefined && isPersonal(authority) ? "personal" : undefined;
    return { provider: "microsoft", ...(account !== undefined && { account }), ...(kind && { kind }) };
  }
  return { provider: "microsoft" };
}

/** `msal.PublicClientApplication(client_id, authority=…)`. */
function msalRegistration(made: ExternalCall, { reading }: BindingContext): CredentialSource {
  const account = reading.constants(made.named.get("client_id") ?? made.argument(0))[0];
  const authority = reading.constants(made.named.get("authority") ?? made.argument(2))[0];
  const kind = authority !== undefined && isPersonal(authority) ? "personal" : undefined;
  return { provider: "microsoft", ...(account !== undefined && { account }), ...(kind && { kind }) };
}

/** The authority that signs in personal accounts alone. */
function isPersonal(authority: string): boolean {
  return /\/consumers\/?$/i.test(authority);
}

/** One source if all say the same, none of what they differ in. */
function single(sources: readonly CredentialSource[]): CredentialSource {
  const same = (read: (source: CredentialSource) => string | undefined) => {
    const values = new Set(sources.map(read));
    return values.size === 1 ? [...values][0] : undefined;
  };
  const [kind, account] = [same((source) => source.kind), same((source) => source.account)];
  return { provider: "microsoft", ...(kind !== undefined && { kind }), ...(account !== undefined && { account }) };
}
