import type { Facts } from "../../facts/lookup.ts";
import type { Pack } from "../../model/pack.ts";
import type { Sighting } from "../binding.ts";

const REQUEST = /^([A-Z]+) https:\/\/([^/]+)(.*)$/;

/**
 * The requests that a library's method sends, `GET https://api.github.com/user`, as their service's facts know them. One of
 * several that the facts do not know is left out beside one of the same verb that they do: the same thing, named otherwise.
 */
export function requestSightings(
  requests: readonly string[],
  library: Pack,
  provider: string,
  facts: Facts,
): Sighting[] {
  const sent = requests.map((request) => {
    const [, verb = "", host = "", path = ""] = REQUEST.exec(request) ?? [];
    return { verb, path, found: facts.byHttp(verb, host, path) };
  });
  return sent.flatMap(({ verb, path, found }): Sighting[] => {
    if (!found) {
      const isKnownOtherwise = sent.some((other) => other.found && other.verb === verb);
      return isKnownOtherwise ? [] : [unknownRequest(verb, path, library, provider, facts)];
    }
    const { argumentUnknown, ...fact } = facts.requirement(found.pack, found.row, () => undefined);
    const { provider: owner } = found.pack;
    // None of several must be sent: safe to narrow to, not to accuse by.
    const differ = sent.some((other) => other.found && other.found.row.effect !== found.row.effect);
    return [
      {
        kind: "access",
        fact: {
          ...fact,
          argumentUnknown: argumentUnknown || requests.length > 1,
          ...(differ && !fact.effectConfidence && { effectConfidence: "likely" as const }),
        },
        provider: owner,
        credential: { provider: owner },
      },
    ];
  });
}

/** What it does is what HTTP says of the verb, and what it needs is not known. */
function unknownRequest(verb: string, path: string, library: Pack, provider: string, facts: Facts): Sighting {
  const http = facts.pack("http/http");
  const row = facts.operation("http/http", verb);
  if (!http || !row) return { kind: "unknown", services: [library.service], reason: `${verb} is no verb of HTTP` };
  const fact = facts.requirement(http, row, () => null);
  return {
    kind: "access",
    fact: { ...fact, operation: `${verb} ${path}`, service: library.service, spelling: "plain", requires: undefined },
    provider,
    credential: { provider },
  };
}
