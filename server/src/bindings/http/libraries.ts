/**
 * HTTP clients of the ecosystem, as data: what their functions are called, in which order they take what, and which of
 * their options say where a request goes.
 */
export interface HttpLibrary {
  readonly packages: readonly string[];
  /** Packages and files that say so, as `npm run libraries:check` compares them. */
  readonly source: string;
  /** Exports that are the client itself, beside the default one. */
  readonly clients: readonly string[];
  /** Methods that make another client with options of its own. */
  readonly makers: readonly string[];
  /** Exported classes whose instances are clients. */
  readonly classes: readonly string[];
  /** Members that are the client again, with another kind of result. */
  readonly variants: readonly string[];
  /** Methods that take what the client itself takes. */
  readonly requests: readonly string[];
  /** What the client itself takes: an address and options (or options alone), or verb, address, body, options. */
  readonly takes: "address" | "verb";
  /** Methods named after verbs. */
  readonly verbs: Readonly<Record<string, string>>;
  /** Those of them that take a body between address and options. */
  readonly withBody: readonly string[];
  /** Options: what the address is joined to, the address, and the body. */
  readonly base: readonly string[];
  readonly address: readonly string[];
  readonly body: readonly string[];
}

const VERBS = { get: "GET", head: "HEAD", post: "POST", put: "PUT", patch: "PATCH", delete: "DELETE" } as const;
const BODY_VERBS = ["post", "put", "patch"];

const PLAIN: HttpLibrary = {
  packages: [],
  source: "",
  clients: [],
  makers: [],
  classes: [],
  variants: [],
  requests: [],
  takes: "address",
  verbs: {},
  withBody: [],
  base: [],
  address: ["url"],
  body: ["body"],
};

export const HTTP_LIBRARIES: readonly HttpLibrary[] = [
  {
    ...PLAIN,
    packages: [
      "node-fetch",
      "cross-fetch",
      "isomorphic-fetch",
      "isomorphic-unfetch",
      "node-fetch-native",
      "make-fetch-happen",
      "minipass-fetch",
    ],
    source:
      "node-fetch@3.3.2: @types/index.d.ts; cross-fetch@4.1.0: index.d.ts; isomorphic-fetch@3.0.0: fetch-npm-node.js; isomorphic-unfetch@4.0.2: index.d.ts; node-fetch-native@1.6.7: lib/index.d.mts; make-fetch-happen@16.0.1: lib/index.js; minipass-fetch@6.0.1: lib/index.js",
    clients: ["fetch"],
    makers: ["defaults"],
  },
  {
    ...PLAIN,
    packages: ["undici"],
    source: "undici@8.13.1: index.d.ts, types/api.d.ts, types/fetch.d.ts, types/dispatcher.d.ts",
    clients: ["fetch", "request", "stream", "pipeline"],
    body: ["body"],
  },
  {
    ...PLAIN,
    packages: ["axios", "redaxios"],
    source: "axios@1.21.1: index.d.ts; redaxios@0.5.1: dist/index.d.ts",
    clients: ["axios"],
    makers: ["create"],
    classes: ["Axios"],
    requests: ["request"],
    verbs: { ...VERBS, options: "OPTIONS", postForm: "POST", putForm: "PUT", patchForm: "PATCH" },
    withBody: [...BODY_VERBS, "postForm", "putForm", "patchForm"],
    base: ["baseURL"],
    body: ["data"],
  },
  {
    ...PLAIN,
    packages: ["got"],
    source:
      "got@16.1.0: dist/source/index.d.ts, dist/source/types.d.ts, dist/source/core/options.d.ts; got@11.8.6: dist/source/types.d.ts; got@9.6.0: source/create.js, source/normalize-arguments.js",
    clients: ["got"],
    makers: ["extend"],
    variants: ["stream", "paginate"],
    requests: ["each", "all"],
    verbs: VERBS,
    base: ["prefixUrl", "baseUrl"],
    body: ["json", "form", "body"],
  },
  {
    ...PLAIN,
    packages: ["ky", "ky-universal"],
    source:
      "ky@2.1.0: distribution/index.d.ts, distribution/types/ky.d.ts, distribution/types/options.d.ts; ky@1.14.3: distribution/types/options.d.ts",
    clients: ["ky"],
    makers: ["create", "extend"],
    verbs: VERBS,
    base: ["prefixUrl", "prefix", "baseUrl"],
    body: ["json", "body"],
  },
  {
    ...PLAIN,
    packages: ["ofetch"],
    source: "ofetch@1.5.1: dist/index.d.ts, dist/shared/ofetch.BbrTaNPp.d.ts, dist/shared/ofetch.CWycOUEr.mjs",
    clients: ["ofetch", "$fetch", "fetch"],
    makers: ["create"],
    variants: ["raw", "native"],
    base: ["baseURL"],
  },
  {
    ...PLAIN,
    packages: ["gaxios"],
    source:
      "gaxios@8.3.3: build/cjs/src/gaxios.d.ts, build/cjs/src/common.d.ts, build/cjs/src/index.d.ts; gaxios@6.7.1: build/src/common.d.ts",
    classes: ["Gaxios"],
    clients: ["request"],
    requests: ["request", "fetch"],
    base: ["baseURL", "baseUrl"],
    body: ["data", "body"],
  },
  {
    ...PLAIN,
    packages: ["request", "request-promise", "request-promise-native"],
    source: "@types/request@2.48.13: index.d.ts",
    makers: ["defaults"],
    verbs: { ...VERBS, del: "DELETE", options: "OPTIONS" },
    base: ["baseUrl"],
    address: ["url", "uri"],
    body: ["json", "body", "form", "formData"],
  },
  {
    ...PLAIN,
    packages: ["superagent"],
    source:
      "@types/superagent@8.1.11: index.d.ts, lib/node/index.d.ts, lib/node/agent.d.ts; superagent@10.4.2: lib/node/index.js",
    makers: ["agent"],
    takes: "verb",
    verbs: { ...VERBS, del: "DELETE", options: "OPTIONS" },
    withBody: [...BODY_VERBS, "delete", "del"],
  },
  {
    ...PLAIN,
    packages: ["needle"],
    source: "@types/needle@3.3.0: index.d.ts",
    requests: ["request"],
    takes: "verb",
    verbs: VERBS,
    withBody: [...BODY_VERBS, "delete"],
  },
];

/** The client that the platform brings: `fetch`, and Nuxt's `$fetch`. */
export const PLATFORM_FETCH: HttpLibrary = {
  ...PLAIN,
  packages: ["global"],
  source: "ofetch@1.5.1: dist/index.d.ts, dist/shared/ofetch.BbrTaNPp.d.ts, dist/shared/ofetch.CWycOUEr.mjs",
  base: ["baseURL"],
};

/** Functions that give back the client they are handed, with something added. */
export const DECORATORS: readonly string[] = [
  "axios-cache-interceptor#setupCache",
  "axios-cookiejar-support#wrapper",
  "axios-rate-limit#default",
  "fetch-cookie#default",
  "fetch-retry#default",
];
