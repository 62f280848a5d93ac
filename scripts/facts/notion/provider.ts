import { FACTS_DATE } from "../date.ts";
import { permissionedFacts, table, type NamedOperation } from "../permissioned.ts";
import type { FactProvider } from "../provider.ts";
import { effectOf, effectRows, type EffectException } from "../verbs.ts";
import { readEndpoints, type Endpoint } from "./endpoints.ts";

const HOST = "api.notion.com";

/** The newest, and the last before databases were parted into data sources: what is in both is as the newest has it. */
const PACKAGES = [
  {
    name: "@notionhq/client",
    version: "5.26.0",
    integrity: "sha512-Oc3438nQ5YmZkVO7YJG8fcTYl0V46CirdCvO33azZ9f7ZfD2rsHE4fUVANJiBB9Xf1sqpCs82nd8oKPxeXLmMg==",
  },
  {
    name: "@notionhq/client",
    version: "2.3.0",
    integrity: "sha512-l7WqTCpQqC+HibkB9chghONQTYcxNQT0/rOJemBfmuKQRTu2vuV8B3yA395iKaUdDo7HI+0KvQaz9687Xskzkw==",
  },
] as const;

const EXCEPTIONS: readonly EffectException[] = [
  {
    operations: /^POST \/v1\/(?:search|.*\/query|.*query.*|oauth\/introspect)$/,
    effect: "read",
    because: "asks a question that is too long for an address",
  },
  { operations: /^PATCH \/v1\/blocks\/\{\}\/children$/, effect: "create", because: "adds blocks" },
  {
    operations: /^POST \/v1\/.*(?:\/(?:move|complete|send|cancel|batch)$|sessions)/,
    effect: "update",
    because: "changes what is there",
  },
  { operations: /^POST \/v1\/oauth\//, effect: "administer", because: "makes or ends a token" },
  { operations: /^(?:POST|PATCH) \/v1\/comments/, effect: "send", because: "is shown to the people who watch" },
];

/** Notion's API: what its client does. */
export const provider: FactProvider = {
  id: "notion",
  generate() {
    const operations = new Map<string, NamedOperation>();
    const sources = PACKAGES.map(({ name, version }) => ({
      what: "methods of Notion's client, with the request that each sends",
      name,
      version,
      date: FACTS_DATE,
      licence: "MIT",
    }));
    PACKAGES.forEach((pinned, at) => {
      for (const endpoint of readEndpoints(pinned))
        if (!operations.has(endpoint.method))
          operations.set(endpoint.method, { ...operationOf(endpoint), source: sources[at]! });
    });
    return permissionedFacts({
      provider: "notion",
      title: "Notion",
      sources,
      packs: [
        {
          id: "notion/api",
          service: "notion",
          title: "Notion API",
          spelling: "plain",
          operations: [...operations.values()],
          aliases: Object.fromEntries([...operations.keys()].map((name) => [`@notionhq/client#${name}`, name])),
        },
      ],
      others: [],
      describe: (name) => ({ short: name, tier: "unknown" }),
      hosts: { [HOST]: [["/v1/", "notion/api"]] },
      about: [["How the effect is derived", table(["effect", "operations"], effectRows(EXCEPTIONS))]],
      unknown: [
        "what an operation needs: Notion's six capabilities are set for an integration where it is registered, and no pinned table says which endpoint asks for which",
        "what a method that creates sends to people beside comments",
      ],
    });
  },
};

function operationOf({ method, verb, path }: Endpoint): NamedOperation {
  return { name: method, http: [verb, HOST, path], effect: effectOf(`${verb} ${path}`, EXCEPTIONS) };
}
