import type { Access, Assumption, BlindSpot, Confidence, Grant } from "../model/analysis.ts";
import { namesCover } from "./covers.ts";
import type { PermissionKnowledge } from "./knowledge.ts";
import { mayBeNeededBy, mayHideNeed } from "./knowledge.ts";
import type { CallCoverage } from "./options.ts";

/** How sure it is that a grant can go or shrink, and why. */
export interface Certainty {
  readonly confidence: Confidence;
  readonly reason: string;
  readonly blindSpots: readonly string[];
}

/** What one list's verdicts rest on. */
export interface Ground {
  readonly calls: readonly CallCoverage[];
  readonly blindSpots: readonly (BlindSpot | Assumption)[];
  /** Calls were left out because their condition contradicts the mode of the list. */
  readonly guarded: boolean;
}

/** Certainty that no call needs more than the target leaves of these grants. */
export function certaintyOf(grants: readonly Grant[], ground: Ground, knowledge: PermissionKnowledge): Certainty {
  const { permission } = grants[0]!;
  const concerns = (service: string) => mayBeNeededBy(service, permission.provider, permission.name, knowledge);

  const outOfSight = ground.blindSpots.filter((spot) => mayHideNeed(spot, permission, knowledge));
  const relevant = outOfSight.filter((spot) => !("by" in spot));
  if (relevant.length > 0)
    return { confidence: "possible", reason: relevant[0]!.reason, blindSpots: relevant.map(({ id }) => id) };

  const concerned = ground.calls.filter(
    ({ access }) => concerns(access.service) || acceptsGrant(access, permission.name, knowledge),
  );
  const unknown = concerned.find(({ state }) => state.kind === "unknown");
  if (unknown)
    return { confidence: "possible", reason: `what ${unknown.access.operation} needs is not known`, blindSpots: [] };

  const likely = (reason: string): Certainty => ({ confidence: "likely", reason, blindSpots: [] });
  if (grants.every((grant) => grant.confidence === "possible"))
    return { confidence: "possible", reason: "which of them are asked for is chosen at run time", blindSpots: [] };
  const [assumption] = outOfSight;
  if (assumption && "by" in assumption) return likely(`${assumption.reason}; ${assumption.by} says what happens there`);
  const relying = concerned.find(({ access }) => access.reliesOn !== undefined)?.access;
  if (relying) return likely(`${relying.operation} is known by ${relying.reliesOn}`);
  if (grants.some((grant) => grant.confidence !== "certain"))
    return likely("the list was not resolved by imports and constants alone");
  if (ground.guarded) return likely("which calls happen in this mode was told from their conditions");
  const unsure = concerned.find(({ access }) => access.confidence !== "certain");
  if (unsure) return likely(`${unsure.access.operation} was not resolved by imports and constants alone`);
  // Whatever holds a call that accepts none of this: it is not this.
  if (concerned.some(({ assumed, access }) => assumed && acceptsGrant(access, permission.name, knowledge)))
    return likely("it rests on which permissions include others, on the kind of credential, or on the resource");
  return {
    confidence: "certain",
    reason: "every client was followed by imports and constants, and nothing is out of sight",
    blindSpots: [],
  };
}

function acceptsGrant(access: Access, name: string, knowledge: PermissionKnowledge): boolean {
  const { provider, byCredential } = access.requirement;
  return Object.values(byCredential).some((alternatives) =>
    alternatives.flat().some((asked) => namesCover(provider, name, asked, knowledge)),
  );
}
