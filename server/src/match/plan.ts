import type { Access, Confidence, Grant } from "../model/analysis.ts";
import type { PermissionRow } from "../model/pack.ts";
import type { Alternatives, Permission } from "../model/permission.ts";

/** What becomes of a grant on the way from what is granted to the target. */
export type Verdict =
  /** Part of the target. */
  | "needed"
  /** Without it every call is still covered, and there is less power. */
  | "unused"
  /** Narrower permissions cover what it is needed for. */
  | "broad"
  /** A neighbour that stays includes it: without it there is as much power as before. */
  | "redundant"
  /** Says who the user is; never excess. */
  | "identity"
  /** Nothing can be said: unknown to the facts, no call seen, or too much to search. */
  | "undecidable";

export interface GrantPlan {
  readonly permission: Permission;
  /** Undefined: the facts do not know it. */
  readonly row: PermissionRow | undefined;
  /** All its places in the list, in order. Never empty; more than one is a repetition. */
  readonly grants: readonly Grant[];
  readonly verdict: Verdict;
  readonly confidence: Confidence;
  /** Why this confidence, or why nothing can be said; one clause. */
  readonly reason: string;
  /** Names that take its place, for `broad`. */
  readonly replacement: readonly string[];
  /** What the other grants of the list that share the replacement are, for `broad`: they are narrowed in one go. */
  readonly together: readonly string[];
  /** Least sets for the calls that it and its neighbours serve; the first is the target's. More than one: a choice that Remit does not make. */
  readonly least: Alternatives;
  /** The choice among several least sets decides whether it goes. */
  readonly contested: boolean;
  /** Granted names that cover the calls without it (`unused`), or that include it (`redundant`). */
  readonly coveredBy: readonly string[];
  /** Ids of the calls that accept it. */
  readonly serves: readonly string[];
  /** Resource-narrow permissions that alone would serve the calls it is needed for: advice, never a verdict. */
  readonly advice: readonly string[];
  /** Ids of the blind spots that make it uncertain. */
  readonly blindSpots: readonly string[];
}

/** The plan for one list that takes effect as a whole. */
export interface ListPlan {
  readonly group: string;
  readonly mode: string | undefined;
  readonly open: boolean;
  readonly grants: readonly GrantPlan[];
  /** Ids of the calls that the list may feed, and of those that it covers. */
  readonly calls: readonly string[];
  readonly covered: readonly string[];
  /** Names that remain when everything is done. */
  readonly target: readonly string[];
  /** Everything in the list would go: no fix may do that. */
  readonly empties: boolean;
}

/** A call that no list covers, or none of those in force in a mode. */
export interface Missing {
  readonly access: Access;
  /** Groups of the lists it is missing from, in order of their places. */
  readonly groups: readonly string[];
  readonly mode: string | undefined;
  /** What could be added to the first list, least first; each a set that is needed whole. */
  readonly additions: Alternatives;
  readonly confidence: Confidence;
  readonly reason: string;
}

/** The one plan for the grants of a provider within a deployable: every finding about grants is a projection of it. */
export interface Plan {
  readonly provider: string;
  readonly lists: readonly ListPlan[];
  readonly missing: readonly Missing[];
}
