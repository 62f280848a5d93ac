import type { ExternalCall } from "../../trace/external-call.ts";
import { constantText, isHole, type TextPiece } from "../../trace/texts.ts";
import type { ValueSet } from "../../trace/values.ts";
import type { BindingContext, CredentialSource, GrantList, Sighting } from "../binding.ts";
import { grantLists } from "../binding.ts";
import { isCredential, registrationOf, sourceOf } from "./credentials.ts";

/**
 * Where code asks for Graph's permissions: the Microsoft Authentication Library, `@azure/identity` and what is built
 * around its credentials, and sign-in libraries. Scopes of other services stand in the same lists; they are left out.
 */

interface GrantForm {
  readonly callee: RegExp;
  /** Argument, and field or path of fields in it, where a list may stand; the first that holds one counts. */
  readonly at: readonly (readonly [argument: number, ...fields: string[]])[];
  /** Of Python: names of the arguments that may hold a list; and whether each argument from the first place on is a scope. */
  readonly named?: readonly string[];
  readonly eachIsOne?: true;
  readonly kind?: string;
}

const MSAL = "@azure/msal-(?:node|browser|react)#.*\\.";
const PROVIDERS = "(?:TokenCredentialAuthenticationProvider|AuthCodeMSALBrowserAuthenticationProvider)";
const KIOTA_PROVIDERS = "(?:AzureIdentityAuthenticationProvider|AzureIdentityAccessTokenProvider)";

const FORMS: readonly GrantForm[] = [
  // Consent is asked for at sign-in; what is named for consent alone is asked for as well.
  {
    callee: new RegExp(
      `^${MSAL}(?:acquireTokenByDeviceCode|acquireTokenInteractive|acquireTokenPopup|acquireTokenRedirect|loginPopup|loginRedirect|ssoSilent|getAuthCodeUrl)$`,
    ),
    at: [
      [0, "scopes"],
      [0, "extraScopesToConsent"],
    ],
    kind: "delegated",
  },
  {
    callee: new RegExp(
      `^${MSAL}(?:acquireTokenSilent|acquireTokenByCode|acquireTokenByRefreshToken|acquireTokenByUsernamePassword|acquireTokenOnBehalfOf)$`,
    ),
    at: [[0, "scopes"]],
    kind: "delegated",
  },
  { callee: new RegExp(`^${MSAL}acquireTokenByClientCredential$`), at: [[0, "scopes"]], kind: "application" },
  { callee: /^@azure\/identity#\w+Credential\.new\(\)\.(?:getToken|authenticate)$/, at: [[0]] },
  { callee: /^@azure\/identity#getBearerTokenProvider$/, at: [[1]] },
  { callee: new RegExp(`#${PROVIDERS}$`), at: [[1, "scopes"]] },
  { callee: new RegExp(`#${KIOTA_PROVIDERS}$`), at: [[1]] },
  { callee: /^passport-azure-ad#OIDCStrategy$/, at: [[0, "scope"]], kind: "delegated" },
  { callee: /^passport-microsoft#(?:default\.)?Strategy$/, at: [[0, "scope"]], kind: "delegated" },
  {
    callee: /^(?:next-auth|@auth\/[\w-]+)\/providers\/(?:azure-ad|microsoft-entra-id)(?:\.js)?#default$/,
    at: [
      [0, "authorization", "params", "scope"],
      [0, "authorization"],
    ],
    kind: "delegated",
  },
];

const PYTHON_MSAL = "python:msal#(?:\\w+\\.)*\\w*ClientApplication\\(\\)\\.";

/** The same in Python: `msal`, `azure.identity`, the client that is generated and what stands around credentials. */
const PYTHON_FORMS: readonly GrantForm[] = [
  {
    callee: new RegExp(
      `^${PYTHON_MSAL}(?:acquire_token_interactive|initiate_device_flow|initiate_auth_code_flow|get_authorization_request_url|acquire_token_silent(?:_with_error)?)$`,
    ),
    at: [[0]],
    named: ["scopes", "extra_scopes_to_consent"],
    kind: "delegated",
  },
  {
    callee: new RegExp(
      `^${PYTHON_MSAL}(?:acquire_token_by_authorization_code|acquire_token_by_refresh_token|acquire_token_on_behalf_of)$`,
    ),
    at: [[1]],
    named: ["scopes"],
    kind: "delegated",
  },
  {
    callee: new RegExp(`^${PYTHON_MSAL}(?:acquire_token_by_username_password|acquire_token_by_auth_code_flow)$`),
    at: [[2]],
    named: ["scopes"],
    kind: "delegated",
  },
  {
    callee: new RegExp(`^${PYTHON_MSAL}acquire_token_for_client$`),
    at: [[0]],
    named: ["scopes"],
    kind: "application",
  },
  { callee: /^python:azure#identity\.(?:aio\.)?\w+Credential\(\)\.get_token$/, at: [[0]], eachIsOne: true },
  { callee: /^python:azure#identity\.(?:aio\.)?get_bearer_token_provider$/, at: [[1]], eachIsOne: true },
  {
    callee:
      /^python:(?:msgraph(?:_beta)?#(?:\w+\.)*GraphServiceClient|kiota_authentication_azure#.*\bAzureIdentity\w+Provider)$/,
    at: [[1]],
    named: ["scopes"],
  },
];

/** Calls that ask for permissions, as grants; undefined for all others. */
export function grantsAt(call: ExternalCall, context: BindingContext): readonly Sighting[] | undefined {
  const forms = call.callee.package.startsWith("python:") ? PYTHON_FORMS : FORMS;
  const form = forms.find(({ callee }) => callee.test(call.callee.path));
  if (!form) return undefined;
  const source = credentialAt(call, form, context);
  const named = (form.named ?? []).flatMap((name) => call.named.get(name) ?? []);
  const places = named.length > 0 ? [named] : form.at.map((place) => valuesAt(call, place, form, context));
  return places.flatMap((values): Sighting[] => {
    const lists = grantLists(values, context.reading).flatMap(graphOnly);
    if (lists.length === 0) return [];
    return [{ kind: "grant", grants: { provider: "microsoft", lists, form: nameOf(call), credential: source } }];
  });
}

function valuesAt(
  call: ExternalCall,
  [argument, ...fields]: GrantForm["at"][number],
  { eachIsOne }: GrantForm,
  { reading }: BindingContext,
): ValueSet {
  if (eachIsOne) return call.arguments.slice(argument).flat();
  return fields.reduce((values: ValueSet, name) => reading.ownField(values, name), call.argument(argument));
}

/** What the call is made on, or what it is handed first, says whose the token is. */
function credentialAt(call: ExternalCall, form: GrantForm, context: BindingContext): CredentialSource {
  const { callee } = call;
  const source = isCredential(callee.parent)
    ? sourceOf([callee.parent], context)
    : /Credential|TokenProvider|AuthenticationProvider$|^get_bearer_token_provider$|^GraphServiceClient$/.test(
          nameOf(call),
        )
      ? sourceOf(call.named.get("credentials") ?? call.named.get("credential") ?? call.argument(0), context)
      : registrationOf(callee, context);
  const kind = source.kind ?? form.kind;
  return { ...source, ...(kind && { kind }) };
}

function nameOf({ callee }: ExternalCall): string {
  const name = callee.step?.kind === "member" ? callee.step.name : callee.path;
  return name === "default" ? callee.package.replace(/^.*\//, "") : name;
}

// ---- whose scopes

/** A list without the scopes of other services; none if there is nothing else in it. */
export function graphOnly(list: GrantList): GrantList[] {
  const texts = list.texts.filter(({ pieces }) => !isForeign(pieces));
  return texts.length === 0 && list.texts.length > 0 ? [] : [{ ...list, texts }];
}

/** `https://management.azure.com/.default`, `api://…/access_as_user`, `<id>/.default`: the resource stands before the scope. */
function isForeign(pieces: readonly TextPiece[]): boolean {
  const whole = constantText(pieces);
  const words = whole?.split(/[\s,]+/).filter((word) => word !== "");
  if (words) return words.length > 0 && words.every(isForeignScope);
  const [first] = pieces;
  return first !== undefined && !isHole(first) && isForeignScope(first.text);
}

function isForeignScope(scope: string): boolean {
  if (/^https:\/\/graph\.microsoft\.(?:com|us)\//i.test(scope)) return false;
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(scope) || /^[0-9a-f]{8}-[0-9a-f-]{27}\//i.test(scope);
}
