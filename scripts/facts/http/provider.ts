import { readFileSync } from "node:fs";
import type { FactSource } from "../../../server/src/model/pack.ts";
import { FACTS_DATE } from "../date.ts";
import { withPackage } from "../download.ts";
import { effectsOnly, type EffectRow } from "../effects-only.ts";
import type { FactProvider } from "../provider.ts";

const RFC9110: FactSource = {
  name: "RFC 9110, HTTP Semantics",
  version: "STD 97, June 2022",
  date: FACTS_DATE,
  licence: "IETF Trust Legal Provisions",
};
const RFC5789: FactSource = {
  name: "RFC 5789, PATCH Method for HTTP",
  version: "March 2010",
  date: FACTS_DATE,
  licence: "IETF Trust Legal Provisions",
};
const RFC6455: FactSource = {
  name: "RFC 6455, The WebSocket Protocol",
  version: "December 2011",
  date: FACTS_DATE,
  licence: "IETF Trust Legal Provisions",
};
const GRAPHQL: FactSource = {
  name: "GraphQL specification, section 2.3",
  version: "October 2021",
  date: FACTS_DATE,
  licence: "OWFa 1.0",
};

/** Its table of safe methods is compared with the rows that read. */
const UNDICI = {
  name: "undici",
  version: "7.30.2",
  integrity: "sha512-mLyPQnHwUxaM/rideoK/+KL8DaAJLRl4aBCfmX444aCSLnIaomqPLtNRe2jdCYcsk5wZzXrDIQC8ZeYNRAYyIA==",
} as const;

const safe = (name: string, because: string): EffectRow => ({ name, effect: "read", because, source: RFC9110 });

/**
 * What the standards say of a verb. A verb promises, a server does what it likes: only what promises to change nothing is
 * taken at its word. POST says next to nothing, and is how many APIs are searched.
 */
const VERBS: readonly EffectRow[] = [
  safe("GET", "9.3.1: “requests transfer of a current selected representation”; 9.2.1 names it safe"),
  safe(
    "HEAD",
    "9.3.2: “identical to GET except that the server MUST NOT send content in the response”; 9.2.1 names it safe",
  ),
  safe("OPTIONS", "9.3.7: “requests information about the communication options available”; 9.2.1 names it safe"),
  safe("TRACE", "9.3.8: “requests a remote, application-level loop-back of the request message”; 9.2.1 names it safe"),
  {
    name: "POST",
    effect: "update",
    effectConfidence: "possible",
    because:
      "9.3.3: “requests that the target resource process the representation enclosed in the request according to the resource's own specific semantics”: many only search",
    source: RFC9110,
  },
  {
    name: "PUT",
    effect: "update",
    effectConfidence: "likely",
    because: "9.3.4: “requests that the state of the target resource be created or replaced”",
    source: RFC9110,
  },
  {
    name: "DELETE",
    effect: "delete",
    effectConfidence: "likely",
    because:
      "9.3.5: “requests that the origin server remove the association between the target resource and its current functionality”",
    source: RFC9110,
  },
  {
    name: "PATCH",
    effect: "update",
    effectConfidence: "likely",
    because: "2: “requests that a set of changes described in the request entity be applied to the resource”",
    source: RFC5789,
  },
  {
    name: "{}",
    effect: "update",
    effectConfidence: "possible",
    because:
      "9.1: the method is “the primary source of request semantics”, and this one is chosen at run time or defined elsewhere",
    source: RFC9110,
  },
];

const SOCKETS: readonly EffectRow[] = [
  {
    name: "WebSocket",
    effect: "update",
    effectConfidence: "possible",
    because: "“enables two-way communication between a client … to a remote host”: what goes over it is not looked at",
    source: RFC6455,
  },
];

const DOCUMENTS: readonly EffectRow[] = [
  { name: "GraphQL query", effect: "read", because: "“query – a read-only fetch”", source: GRAPHQL },
  {
    name: "GraphQL subscription",
    effect: "read",
    because: "“a long-lived request that fetches data in response to source events”",
    source: GRAPHQL,
  },
  { name: "GraphQL mutation", effect: "update", because: "“mutation – a write followed by a fetch”", source: GRAPHQL },
];

/** HTTP itself: what a request to a host of no pack does, as far as its verb says. */
export const provider: FactProvider = {
  id: "http",
  generate() {
    checkSafeMethods();
    return effectsOnly({
      provider: "http",
      title: "HTTP",
      about: [
        "A request to a host that no other pack knows is an operation of the service `http`, named by verb, host and path: `GET api.example.com/v1/items/{}`. `{}` stands for what is not known. What stands behind `?` is left out, and so are parts of a path that look like ids or keys.",
        "*How sure* says how much the verb tells of the effect. A finding that rests on it is never surer.",
      ],
      packs: [{ id: "http/http", service: "http", title: "HTTP", rows: [...VERBS, ...SOCKETS, ...DOCUMENTS] }],
      unknown: [
        "what a POST does: a body that is a GraphQL document says it, nothing else is guessed at",
        "what a server does that does not keep to the standard",
        "which permission the server asks for",
      ],
    });
  },
};

function checkSafeMethods(): void {
  const text = withPackage(UNDICI, (folder) => readFileSync(`${folder}/lib/web/fetch/constants.js`, "utf8"));
  const stated = /safeMethods = .*?\((\[[^\]]*\])\)/.exec(text)?.[1]?.replaceAll("'", '"');
  const named = VERBS.filter(({ effect }) => effect === "read").map(({ name }) => name);
  if (stated === undefined || JSON.stringify((JSON.parse(stated) as string[]).sort()) !== JSON.stringify(named.sort()))
    throw new Error(`undici names other safe methods: ${stated}`);
}
