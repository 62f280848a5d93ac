import type { ExternalCall } from "../trace/external-call.ts";
import type { ValueSet } from "../trace/values.ts";
import type { BindingContext, GrantList, ServiceBinding, Sighting } from "./binding.ts";
import { grantLists } from "./binding.ts";
import { graphOnly } from "./microsoft-graph/grants.ts";

/**
 * Credentials of n8n: a class that implements `ICredentialType` asks for the scopes that stand as the default of its property
 * `scope`. Whose they are is told by what it extends, or by the address where it asks. Its requests are found by address, see
 * `http/n8n.ts`.
 */
export const n8n: ServiceBinding = {
  provider: "n8n",
  triggers: ["n8n-workflow"],
  clients: ["n8n-workflow#"],

  sight(call, context) {
    return call.callee.path === CREDENTIAL ? grantsOf(call, context) : undefined;
  },

  reach: () => [],
};

/** The call that stands for a credential's class: `agents/n8n.ts` makes it, for n8n makes none that can be seen. */
const CREDENTIAL = "n8n-workflow#ICredentialType";

interface Provider {
  readonly id: string;
  /** The general credential that others of the provider extend, as `n8n-nodes-base` 2.41.2 names it. */
  readonly base?: string;
  readonly signIn: RegExp;
  /** Properties that hold scopes, with the kind of credential they are for. */
  readonly scopes: Readonly<Record<string, string | undefined>>;
}

const PROVIDERS: readonly Provider[] = [
  {
    id: "google",
    base: "googleOAuth2Api",
    signIn: /^https:\/\/accounts\.google\.com\//,
    scopes: { scope: undefined, enabledScopes: undefined },
  },
  {
    id: "microsoft",
    base: "microsoftOAuth2Api",
    signIn: /^https:\/\/login\.microsoftonline\.com\//,
    scopes: { scope: "delegated", enabledScopes: "delegated" },
  },
  {
    id: "slack",
    base: "slackOAuth2Api",
    signIn: /^https:\/\/slack\.com\//,
    scopes: { scope: "bot", userScope: "user" },
  },
  {
    id: "spotify",
    base: "spotifyOAuth2Api",
    signIn: /^https:\/\/accounts\.spotify\.com\//,
    scopes: { scope: undefined },
  },
  {
    id: "dropbox",
    base: "dropboxOAuth2Api",
    signIn: /^https:\/\/www\.dropbox\.com\//,
    scopes: { scope: undefined },
  },
];

function grantsOf(call: ExternalCall, { reading }: BindingContext): readonly Sighting[] {
  const self = call.argument(0);
  const { items, rest } = reading.items(reading.ownField(self, "properties"));
  const properties = reading.objects([...items.flat(), ...rest]);
  const defaultOf = (name: string): ValueSet =>
    properties
      .filter((property) => reading.constants(reading.ownField([property], "name")).includes(name))
      .flatMap((property) => [...reading.ownField([property], "default")]);
  const bases = reading.items(reading.ownField(self, "extends")).items.flatMap((values) => reading.constants(values));
  const addresses = reading.constants(defaultOf("authUrl"));
  const provider = PROVIDERS.find(
    ({ base, signIn }) => (base !== undefined && bases.includes(base)) || addresses.some((text) => signIn.test(text)),
  );
  if (!provider) return [];
  const [account] = reading.constants(reading.ownField(self, "name"));
  return Object.entries(provider.scopes).flatMap(([name, kind]): Sighting[] => {
    const lists = grantLists(defaultOf(name), reading)
      .filter(isWritten)
      .flatMap((list) => (provider.id === "microsoft" ? graphOnly(list) : [list]));
    if (lists.length === 0) return [];
    const credential = { provider: provider.id, ...(account && { account }), ...(kind && { kind }) };
    return [{ kind: "grant", grants: { provider: provider.id, lists, form: "credential", credential } }];
  });
}

/** An expression of n8n's own (`={{ … }}`) is computed when somebody signs in. */
function isWritten({ texts }: GrantList): boolean {
  return texts.every(
    ({ pieces: [first] }) => first !== undefined && !("hole" in first) && !/^\s*$|^=/.test(first.text),
  );
}
