import type { Facts } from "../facts/lookup.ts";
import type { ExternalCall } from "../trace/external-call.ts";
import type { ExternalValue, Value, ValueSet } from "../trace/values.ts";
import { NOTHING, externalChain } from "../trace/values.ts";
import type { BindingContext, CredentialSource, ServiceBinding, Sighting } from "./binding.ts";
import { grantLists } from "./binding.ts";
import { literalArguments } from "./arguments.ts";

/**
 * Google's client libraries: `googleapis`, `@googleapis/*`, `google-auth-library`, `@google-cloud/local-auth`, passport's
 * Google strategies, and Python's `googleapiclient.discovery`. Operations are spelled as property chains in JavaScript
 * (`gmail.users.messages.list(…)`) and as chains of calls in Python (`gmail.users().messages().list(…)`).
 */

/** `google` is the package of `google.oauth2` and `google.auth`, and of much else. */
const PYTHON_AUTH_PACKAGES = ["python:google", "python:google_auth_oauthlib"];
const AUTH_PACKAGES = ["googleapis", "googleapis-common", "google-auth-library"];

/** Auth calls that ask for scopes: the way there within the auth namespace → where the list stands. */
const GRANT_CALLS: Readonly<Record<string, { readonly form: string; readonly at: readonly (string | number)[][] }>> = {
  "GoogleAuth.new": { form: "GoogleAuth", at: [[0, "scopes"]] },
  getClient: { form: "getClient", at: [[0, "scopes"]] },
  getApplicationDefault: { form: "getApplicationDefault", at: [[0, "scopes"]] },
  "JWT.new": { form: "JWT", at: [[0, "scopes"], [3]] },
  "Compute.new": { form: "Compute", at: [[0, "scopes"]] },
  "Impersonated.new": { form: "Impersonated", at: [[0, "targetScopes"]] },
  "OAuth2.new().generateAuthUrl": { form: "generateAuthUrl", at: [[0, "scope"]] },
  "OAuth2Client.new().generateAuthUrl": { form: "generateAuthUrl", at: [[0, "scope"]] },
  "GoogleAuth.new().fromJSON": { form: "fromJSON", at: [[1, "scopes"]] },
  "JWT.new().createScoped": { form: "createScoped", at: [[0]] },
};

/** Other packages that ask for Google scopes. */
const OTHER_GRANT_CALLS: Readonly<
  Record<string, { readonly form: string; readonly at: readonly (string | number)[][] }>
> = {
  "@google-cloud/local-auth#authenticate": { form: "authenticate", at: [[0, "scopes"]] },
  "passport-google-oauth20#Strategy.new": { form: "passport", at: [[0, "scope"]] },
  "passport-google-oauth2#Strategy.new": { form: "passport", at: [[0, "scope"]] },
  "passport-google-oauth#OAuth2Strategy.new": { form: "passport", at: [[0, "scope"]] },
};

export const google: ServiceBinding = {
  provider: "google",
  triggers: [
    "googleapis",
    "google-auth-library",
    "@google-cloud/local-auth",
    "passport-google-oauth",
    "googleapiclient",
    "google.oauth2",
    "google.auth",
    "google_auth_oauthlib",
  ],
  clients: [
    "googleapis",
    "@googleapis/",
    "google-auth-library",
    "@google-cloud/local-auth",
    "python:googleapiclient",
    ...PYTHON_AUTH_PACKAGES,
  ],

  sight(call, context) {
    const grant = grantAt(call, context);
    if (grant) return [grant];
    const client = clientOf(call.callee, context);
    if (client) return operationAt(call, client, context);
    return isGooglePackage(call.callee.package) ? "harmless" : undefined;
  },

  reach(value, context) {
    if (value.kind !== "external") return [];
    const client = clientOf(value, context);
    if (client) return client.result ? [] : [client.service];
    return isCredential(value) ? ["google"] : [];
  },
};

function isGooglePackage(name: string): boolean {
  return (
    AUTH_PACKAGES.includes(name) ||
    name.startsWith("googleapis/") ||
    name.startsWith("@googleapis/") ||
    name === "@google-cloud/local-auth" ||
    name === "python:googleapiclient" ||
    PYTHON_AUTH_PACKAGES.includes(name)
  );
}

// ---- clients

interface Client {
  readonly service: string;
  /** Undefined where the version is not known. */
  readonly pack: string | undefined;
  /** Names past the client: `users.messages.list`. */
  readonly path: string;
  readonly dynamic: boolean;
  /** Past a call of an operation: data, no client any more. */
  readonly result: boolean;
  /** The call that made the client. */
  readonly made: ExternalCall | null;
}

/** Reads `googleapis#google.gmail().users.messages.list` as a client of an API and the way into it. */
function clientOf(value: ExternalValue, context: BindingContext): Client | undefined {
  if (!isGooglePackage(value.package)) return undefined;
  const chain = externalChain(value);
  const root = clientRoot(chain, context);
  if (!root) return undefined;
  const names: string[] = [];
  let dynamic = false;
  let result = false;
  for (const at of chain.slice(root.length)) {
    const step = at.step!;
    if (step.kind === "member") names.push(step.name);
    else if (step.kind === "index") dynamic = true;
    else if (
      step.kind === "call" &&
      // A client that a model names is spelled as in JavaScript, and used as the program's language does.
      (root.chained || value.reliesOn !== null) &&
      root.pack &&
      context.facts.hasNamespace(root.pack, names.join("."))
    )
      continue;
    else {
      result = true;
      break;
    }
  }
  return { service: `google.${root.api}`, pack: root.pack, path: names.join("."), dynamic, result, made: root.made };
}

interface ClientRoot {
  readonly api: string;
  readonly pack: string | undefined;
  readonly made: ExternalCall | null;
  /** Number of links of the chain it takes. */
  readonly length: number;
  /** Python: resources are called. */
  readonly chained: boolean;
}

function clientRoot(chain: readonly ExternalValue[], context: BindingContext): ClientRoot | undefined {
  const names = chain.map((v) => (v.step?.kind === "member" ? v.step.name : undefined));
  const kinds = chain.map((v) => v.step?.kind);
  if (chain[0]!.package === "python:googleapiclient") {
    const made = callOf(chain[3]);
    if (names[1] !== "discovery" || names[2] !== "build" || kinds[3] !== "call") return undefined;
    const api = made ? context.reading.constants(argument(made, 0, "serviceName"))[0] : undefined;
    const version = made ? context.reading.constants(argument(made, 1, "version"))[0] : undefined;
    return api ? { api, pack: packOf(api, version, context), made, length: 4, chained: true } : undefined;
  }
  // `google.gmail(…)`, or of a package of its own: `gmail(…)` of `@googleapis/gmail`.
  const from = names[1] === "google" ? 2 : 1;
  const name = names[from];
  if (name === undefined || name === "auth") return undefined;
  if (kinds[from + 1] === "call") {
    const made = callOf(chain[from + 1]);
    if (!knownApi(name, context)) return undefined;
    return {
      api: name,
      pack: packOf(name, made ? versionOf(made, context) : undefined, context),
      made,
      length: from + 2,
      chained: false,
    };
  }
  // `new gmail_v1.Gmail(…)`.
  const versioned = /^(\w+?)_(v[\w]+)$/.exec(name);
  if (versioned && kinds[from + 2] === "new") {
    return {
      api: versioned[1]!,
      pack: packOf(versioned[1]!, versioned[2], context),
      made: callOf(chain[from + 2]),
      length: from + 3,
      chained: false,
    };
  }
  return undefined;
}

function callOf(value: ExternalValue | undefined): ExternalCall | null {
  return value?.step && (value.step.kind === "call" || value.step.kind === "new") ? value.step.call : null;
}

function argument(call: ExternalCall, index: number, name: string): ValueSet {
  return call.named.get(name) ?? call.argument(index);
}

function versionOf(made: ExternalCall, context: BindingContext): string | undefined {
  const { reading } = context;
  return reading.constants(made.argument(0))[0] ?? reading.constants(reading.ownField(made.argument(0), "version"))[0];
}

function knownApi(api: string, context: BindingContext): boolean {
  return packsOf(api, context).length > 0;
}

/** Packs by API; asked for at every call of a client. */
const PACKS = new WeakMap<Facts, Map<string, readonly string[]>>();

function packsOf(api: string, { facts }: BindingContext): readonly string[] {
  let known = PACKS.get(facts);
  if (!known) PACKS.set(facts, (known = new Map()));
  let packs = known.get(api);
  if (!packs) known.set(api, (packs = facts.packIds("google").filter((id) => id.startsWith(`google/${api}.`))));
  return packs;
}

/** The pack of an API version; an unknown version will do where only one is known. */
function packOf(api: string, version: string | undefined, context: BindingContext): string | undefined {
  const packs = packsOf(api, context);
  if (version === undefined) return packs.length === 1 ? packs[0] : undefined;
  const wanted = `google/${api}.${version.replaceAll("_", ".")}`;
  return packs.find((id) => id === wanted) ?? packs.find((id) => id === `google/${api}.${version}`);
}

function operationAt(
  call: ExternalCall,
  client: Client,
  context: BindingContext,
): readonly Sighting[] | "harmless" | undefined {
  if (client.result || client.path === "") return "harmless";
  if (client.dynamic)
    return [
      {
        kind: "unknown",
        services: [client.service],
        reason: `which ${client.service} operation is called is chosen at run time`,
      },
    ];
  const pack = client.pack === undefined ? undefined : context.facts.pack(client.pack);
  if (!client.pack || !pack)
    return [
      {
        kind: "unknown",
        services: [client.service],
        reason: `the version of the ${client.service} client is not known`,
      },
    ];
  const row = context.facts.operation(client.pack, client.path);
  if (!row) {
    if (context.facts.hasNamespace(client.pack, client.path)) return "harmless";
    return [
      {
        kind: "unknown",
        services: [client.service],
        reason: `${client.path} is no operation of ${pack.title} that the facts know`,
        misplaced: true,
      },
    ];
  }
  const fact = context.facts.requirement(pack, row, literalArguments(call, context.reading));
  return [{ kind: "access", fact, provider: "google", credential: credentialOf(client.made, context) }];
}

// ---- credentials

/** The way into Google's auth classes, without the package they are reached through: `OAuth2.new().generateAuthUrl`. */
function authPath(value: ExternalValue): string | undefined {
  const path = value.path.replace(/^[^#]*#/, "");
  if (value.package === "google-auth-library") return path;
  if (!isGooglePackage(value.package)) return undefined;
  const auth = /^(?:google\.auth|auth|Auth)\.(.+)$/.exec(path);
  return auth?.[1];
}

function isCredential(value: ExternalValue): boolean {
  const path = authPath(value);
  if (PYTHON_AUTH_PACKAGES.includes(value.package))
    return /Credentials(\.\w+)?\(\)$|\.(?:credentials|run_local_server\(\)|with_scopes\(\)|default\(\)\[\])$/.test(
      value.path,
    );
  if (path !== undefined)
    return /^(OAuth2|OAuth2Client|JWT|GoogleAuth|Compute|Impersonated|UserRefreshClient|fromJSON|getClient)\b[^.]*(\.new)?\(\)(\.(getClient|fromJSON|createScoped)\(\))?$/.test(
      path.replace(/\.new\(\)/, ".new()"),
    );
  return value.path === "@google-cloud/local-auth#authenticate()";
}

function credentialOf(made: ExternalCall | null, context: BindingContext): CredentialSource {
  if (!made) return { provider: "google" };
  const { reading } = context;
  const auth = [
    ...reading.ownField(made.argument(0), "auth"),
    ...(made.named.get("credentials") ?? []),
    ...(made.named.get("developerKey") ?? []),
  ];
  if (auth.length > 0 && auth.every(isKey)) return { provider: "google", kind: "api-key" };
  const accounts = new Set(auth.map((v) => accountOf(v, context)));
  const [account] = accounts;
  return accounts.size === 1 && account !== undefined ? { provider: "google", account } : { provider: "google" };
}

/** A plain text in the place of a client is an API key: it says which project asks, and carries no scopes. */
function isKey(value: Value): boolean {
  return value.kind === "text" || (value.kind === "external" && value.path.startsWith("global#process.env."));
}

/** The OAuth client's id where it is a constant: the one thing that tells credentials apart. */
function accountOf(value: Value, context: BindingContext): string | undefined {
  if (value.kind !== "external") return undefined;
  for (const at of externalChain(value)) {
    if (at.step?.kind !== "new" || !at.step.call) continue;
    const { reading } = context;
    const first = at.step.call.argument(0);
    return reading.constants(first)[0] ?? reading.constants(reading.ownField(first, "clientId"))[0];
  }
  return undefined;
}

// ---- grants

function grantAt(call: ExternalCall, context: BindingContext): Sighting | undefined {
  const suffix = call.construct ? ".new" : "";
  const path = authPath(call.callee);
  const table = path === undefined ? OTHER_GRANT_CALLS[call.callee.path + suffix] : GRANT_CALLS[path + suffix];
  if (table) return grantFrom(call, table.form, table.at, context, call.callee);
  const python = pythonGrant(call, context);
  if (python) return python;
  return passportGrant(call, context);
}

/** Python's auth calls that take scopes: the way there, and the position of the list where it is not named. */
const PYTHON_GRANTS: readonly { readonly path: RegExp; readonly position?: number }[] = [
  {
    path: /^python:google_auth_oauthlib#flow\.(?:InstalledApp)?Flow\.(?:from_client_secrets_file|from_client_config)$/,
    position: 1,
  },
  { path: /^python:google#oauth2\.credentials\.Credentials\.from_authorized_user_(?:file|info)$/, position: 1 },
  { path: /^python:google#oauth2\.credentials\.Credentials$/ },
  { path: /^python:google#oauth2\.service_account\.Credentials\.from_service_account_(?:file|info)$/ },
  { path: /^python:google#.*\.with_scopes$/, position: 0 },
  { path: /^python:google#auth\.(?:default|load_credentials_from_file)$/, position: 0 },
];

function pythonGrant(call: ExternalCall, context: BindingContext): Sighting | undefined {
  const known = PYTHON_GRANTS.find(({ path }) => path.test(call.callee.path));
  if (!known) return undefined;
  const values = call.named.get("scopes") ?? (known.position === undefined ? NOTHING : call.argument(known.position));
  const lists = grantLists(values, context.reading);
  if (lists.length === 0) return undefined;
  const form = call.callee.path.split(/[#.]/).at(-1)!;
  return { kind: "grant", grants: { provider: "google", lists, form, credential: { provider: "google" } } };
}

/** `passport.authenticate("google", { scope: […] })`. */
function passportGrant(call: ExternalCall, context: BindingContext): Sighting | undefined {
  if (!/^passport#(default\.)?authenticate$/.test(call.callee.path)) return undefined;
  if (!context.reading.constants(call.argument(0)).some((name) => name.startsWith("google"))) return undefined;
  return grantFrom(call, "passport", [[1, "scope"]], context, call.callee);
}

function grantFrom(
  call: ExternalCall,
  form: string,
  places: readonly (string | number)[][],
  context: BindingContext,
  callee: ExternalValue,
): Sighting | undefined {
  const { reading } = context;
  for (const [index, field] of places) {
    const given = call.argument(index as number);
    const values = field === undefined ? given : reading.ownField(given, field as string);
    const lists = grantLists(values, reading);
    if (lists.length === 0) continue;
    const account = accountOf(callee, context) ?? reading.constants(reading.ownField(call.argument(0), "clientId"))[0];
    return {
      kind: "grant",
      grants: {
        provider: "google",
        lists,
        form,
        credential: account === undefined ? { provider: "google" } : { provider: "google", account },
      },
    };
  }
  return undefined;
}
