import type { OwnState } from "../bindings/own-state.ts";
import type { Confidence } from "../model/analysis.ts";
import type { FactLookup } from "../model/pack.ts";
import type { NodeId } from "../model/summary.ts";

/** What a trace found, by name and ordinal: nothing here changes when lines move. */
export interface TracedDeployable {
  readonly agents: readonly TracedAgent[];
  readonly tools: readonly TracedTool[];
  readonly accesses: readonly TracedAccess[];
  readonly grants: readonly TracedGrant[];
  readonly blindSpots: readonly TracedBlindSpot[];
  /** What would be blind spots, if nobody said what happens there. */
  readonly trusted: readonly TracedTrust[];
  /** Files whose positions places need. */
  readonly files: readonly string[];
}

export interface Site {
  readonly file: string;
  readonly function: string;
  readonly node: NodeId;
}

export interface TracedAgent {
  readonly id: string;
  readonly key: string;
  readonly kind: string;
  readonly name: string | null;
  readonly purpose: string | null;
  readonly site: Site | null;
}

export interface TracedTool {
  readonly id: string;
  readonly name: string;
  readonly framework: string;
  readonly agent: string;
  readonly site: Site;
  /** Path of the handler's function. */
  readonly handler: { readonly file: string; readonly function: string } | null;
  readonly description: string | null;
  readonly annotations: readonly TracedHint[];
  readonly annotationsObject: Site | null;
  readonly root: string | null;
  /** Conditions under which it is registered, that are not decided. */
  readonly registered: readonly (Site & { readonly when: boolean })[];
}

export interface TracedHint {
  readonly name: string;
  readonly value: string | boolean | undefined;
  /** Where its value stands; null where it is not written in the annotations object. */
  readonly site: Site | null;
}

export interface OpenCondition extends Site {
  readonly when: boolean;
  /** What a model sends decides it. */
  readonly byModel?: boolean;
}

export interface TracedReach {
  /** Id of the tool, or null. */
  readonly tool: string | null;
  /** Every tool of the handler leads here: whether this one does is not known. */
  readonly undecided?: boolean;
  readonly unreached: boolean;
  /** The files whose functions are started on all ways to it; null: some way begins otherwise. */
  readonly from: readonly string[] | null;
  readonly path: readonly (Site & { readonly label: string })[];
  /** Conditions under which the call runs, that are not decided. */
  readonly conditions: readonly OpenCondition[];
  /** Those under which the tool is registered. */
  readonly registered: readonly OpenCondition[];
}

export interface TracedAccess {
  readonly site: Site;
  readonly provider: string;
  readonly fact: FactLookup;
  readonly credential: string;
  readonly credentialKind: string | null;
  /** What the call touches, one on each way to it; sorted. */
  readonly resources: readonly string[];
  /** On some way to it what it touches is not known. */
  readonly otherResources: boolean;
  /** The resource is a default that the environment may replace. */
  readonly openResource: boolean;
  readonly ownState: OwnState;
  readonly confidence: Confidence;
  /** The client is known only by an annotation. */
  readonly annotated: boolean;
  /** What is said of a library that the client is known by; null where it is followed through code alone. */
  readonly reliesOn: string | null;
  readonly reach: readonly TracedReach[];
}

export interface TracedGrant {
  readonly provider: string;
  readonly written: string;
  readonly form: string;
  readonly credential: string;
  readonly credentialKind: string | null;
  /** The auth call. */
  readonly effect: Site;
  readonly alternative: number;
  readonly alternatives: number;
  /** What chooses this list among them, where it is seen. */
  readonly mode: (Site & { readonly when: boolean }) | null;
  readonly open: boolean;
  readonly confidence: Confidence;
  /** The literal it is written in; null where it is computed. */
  readonly literal: (Site & { readonly entry?: number; readonly offset: number }) | null;
}

export interface TracedBlindSpot {
  readonly site: Site;
  readonly reason: string;
  readonly affects: readonly string[];
  /** Services of which somebody says that no call is made there. */
  readonly except?: readonly string[];
  readonly reach: readonly TracedReach[];
}

/** A place of which somebody says what happens there. */
export interface TracedTrust extends TracedBlindSpot {
  /** Who says so, in the words of a finding. */
  readonly by: string;
  /** Whoever uses Remit says so: in `remit.yaml`, or in this comment, with a reason. */
  readonly own: boolean;
  readonly comment?: { readonly file: string; readonly start: number; readonly end: number };
  readonly statement?: string;
}
