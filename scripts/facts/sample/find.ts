import type { Facts } from "../../../server/src/facts/lookup.ts";
import type { FoundOperation } from "./judge.ts";
import type { SampleRow } from "./sample.ts";

/** How the operations of a sampled service are found in the facts. */
interface Finder {
  /** Part of the ids of its packs. */
  readonly provider: string;
  find(facts: Facts, row: SampleRow): FoundOperation | undefined;
}

export const FINDERS: Readonly<Record<string, Finder>> = {
  aws: {
    provider: "aws",
    find(facts, { operation }) {
      const [client, command] = operation.split(" ") as [string, string];
      return inPack(facts, facts.packOfClient("aws", client)?.id, command);
    },
  },
  github: {
    provider: "github",
    find: (facts, { request }) => atHost(facts, "api.github.com", request!),
  },
  google: {
    provider: "google",
    find(facts, { operation }) {
      const [api, method] = operation.split(" ") as [string, string];
      return inPack(facts, `google/${api}`, method);
    },
  },
  graph: {
    provider: "microsoft",
    find: (facts, { operation }) => atHost(facts, "graph.microsoft.com", operation),
  },
  slack: {
    provider: "slack",
    find: (facts, { operation }) =>
      facts
        .packIds("slack")
        .map((id) => inPack(facts, id, operation))
        .find((found) => found !== undefined),
  },
};

function inPack(facts: Facts, id: string | undefined, operation: string): FoundOperation | undefined {
  const row = id === undefined ? undefined : facts.operation(id, operation);
  return row && { pack: facts.pack(id!)!, row };
}

/** `request`: verb and path, with a parameter for each part in braces. */
function atHost(facts: Facts, host: string, request: string): FoundOperation | undefined {
  const [verb, path] = request.replace(/\{[^}]*\}/g, "{}").split(" ") as [string, string];
  return facts.byHttp(verb, host, path);
}
