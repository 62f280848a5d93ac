/**
 * HTTP clients of the ecosystem, as data: what their functions are called, in which order they take what, and which of
 * their options say where a request goes. Read off the type declarations of the versions of 2026.
 */
export interface HttpLibrary {
  readonly packages: readonly string[];
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
    clients: ["fetch"],
    makers: ["defaults"],
  },
  { ...PLAIN, packages: ["undici"], clients: ["fetch", "request", "stream", "pipeline"], body: ["body"] },
  {
    ...PLAIN,
    packages: ["axios", "redaxios"],
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
    clients: ["ky"],
    makers: ["create", "extend"],
    verbs: VERBS,
    base: ["prefixUrl", "prefix", "baseUrl"],
    body: ["json", "body"],
  },
  {
    ...PLAIN,
    packages: ["ofetch"],
    clients: ["ofetch", "$fetch", "fetch"],
    makers: ["create"],
    variants: ["raw", "native"],
    base: ["baseURL"],
  },
  {
    ...PLAIN,
    packages: ["gaxios"],
    classes: ["Gaxios"],
    clients: ["request"],
    requests: ["request", "fetch"],
    base: ["baseURL", "baseUrl"],
    body: ["data", "body"],
  },
  {
    ...PLAIN,
    packages: ["request", "request-promise", "request-promise-native"],
    makers: ["defaults"],
    verbs: { ...VERBS, del: "DELETE", options: "OPTIONS" },
    base: ["baseUrl"],
    address: ["url", "uri"],
    body: ["json", "body", "form", "formData"],
  },
  {
    ...PLAIN,
    packages: ["superagent"],
    makers: ["agent"],
    takes: "verb",
    verbs: { ...VERBS, del: "DELETE", options: "OPTIONS" },
    withBody: [...BODY_VERBS, "delete", "del"],
  },
  {
    ...PLAIN,
    packages: ["needle"],
    requests: ["request"],
    takes: "verb",
    verbs: VERBS,
    withBody: [...BODY_VERBS, "delete"],
  },
];

/** The client that the platform brings: `fetch`, and Nuxt's `$fetch`. */
export const PLATFORM_FETCH: HttpLibrary = { ...PLAIN, packages: ["global"], base: ["baseURL"] };

/** Functions that give back the client they are handed, with something added. */
export const DECORATORS: readonly string[] = [
  "axios-cache-interceptor#setupCache",
  "axios-cookiejar-support#wrapper",
  "axios-rate-limit#default",
  "fetch-cookie#default",
  "fetch-retry#default",
];
