import type { Finding } from "../model/finding.ts";
import { structuralId } from "../model/hash.ts";
import type { Rule } from "./rule.ts";
import { capitalised } from "./wording.ts";

const ID = "unresolved-access";

/** A place that Remit cannot see past. Off unless asked for; every run counts them in its last line. */
export const unresolvedAccess: Rule = {
  meta: {
    id: ID,
    says: "a place where a client or credential goes where it cannot be followed",
    default: "off",
    fix: null,
    since: "0.1.0",
  },
  *check({ analysis }): Generator<Finding> {
    for (const blindSpot of analysis.blindSpots) {
      const tools = analysis.tools.filter(({ blindSpots }) => blindSpots.includes(blindSpot.id));
      yield {
        ruleId: ID,
        severity: "info",
        confidence: "certain",
        message: `${capitalised(blindSpot.reason)}: calls made there are not seen.`,
        place: blindSpot.place,
        permission: null,
        service: blindSpot.affects.length === 1 ? blindSpot.affects[0]! : null,
        deployable: analysis.deployable.id,
        agents: [...new Set(tools.flatMap(({ agent }) => agent ?? []))].sort(),
        tools: tools.map(({ id }) => id),
        related: [],
        evidence: {
          used: [],
          facts: [],
          narrowest: [],
          cost: null,
          blindSpots: [blindSpot.id],
          reason: "what happens there cannot be told from the source",
        },
        fixes: [],
        fingerprint: structuralId(ID, blindSpot.id),
      };
    }
  },
};
