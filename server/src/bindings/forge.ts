import type { ExternalValue } from "../trace/values.ts";
import { literalArguments } from "./arguments.ts";
import type { ServiceBinding } from "./binding.ts";

/**
 * Atlassian Forge: the app's own storage (`storage` of `@forge/api`, `kvs` of `@forge/kvs`). Requests to Jira and
 * Confluence are found by their path, see `http/forge.ts`.
 */

const PACK = "atlassian/forge-storage";

/** The way to a method of the store; `kvs` is what `@forge/kvs` exports by that name and by default. */
const STORE = /^@forge\/(?:(?:api|storage)#storage|kvs#(?:kvs\b|default\b)?)(?:\.|$)?/;

/** What can reach Jira and Confluence. */
const REQUESTERS = /^@forge\/(?:api#(?:default\.)?as(?:App|User)\(\)|api#default$)/;

/** Steps between the store and the method that is sent: one kind of entity, a transaction, a query in the making. */
const BETWEEN = /^(?:entity\(\)\.|transact\(\)(?:\.(?:set|delete|check)\(\))*\.)/;

export const forge: ServiceBinding = {
  provider: "atlassian",
  triggers: ["@forge/api", "@forge/bridge", "@forge/kvs", "@forge/storage", "atlassian.net"],
  clients: ["@forge/api#", "@forge/bridge#", "@forge/kvs#", "@forge/storage#"],

  sight(call, { facts, reading }) {
    if (!call.callee.package.startsWith("@forge/")) return undefined;
    const method = storeMethod(call.callee);
    const pack = facts.pack(PACK);
    const row = method === undefined ? undefined : facts.operation(PACK, `storage.${method}`);
    if (!pack || !row) return "harmless";
    const fact = facts.requirement(pack, row, literalArguments(call, reading));
    return [{ kind: "access", fact, provider: "atlassian", credential: { provider: "atlassian" } }];
  },

  reach(value) {
    if (value.kind !== "external" || value.path.includes("request")) return [];
    if (STORE.test(value.path)) return value.path.includes("()") ? [] : ["atlassian.forge"];
    return REQUESTERS.test(value.path) ? ["atlassian.confluence", "atlassian.jira"] : [];
  },
};

/** `get`; a query is sent when its results are asked for. */
function storeMethod(value: ExternalValue): string | undefined {
  const store = STORE.exec(value.path)?.[0];
  if (store === undefined) return undefined;
  const path = value.path.slice(store.length).replace(BETWEEN, "");
  if (path.startsWith("query()")) return /\.get(?:One|Many)$/.test(path) ? "query" : undefined;
  return path === "query" || path.includes("(") ? undefined : path;
}
