import type { Alternatives, Permission, Requirement } from "./permission.ts";
import type { Effect } from "./effect.ts";
import type { Place } from "./place.ts";

/** How sure Remit is; `semantics.md` 8 says what each takes. */
export type Confidence = "certain" | "likely" | "possible";

const CONFIDENCE_RANK: Record<Confidence, number> = { possible: 0, likely: 1, certain: 2 };

export function confidenceRank(confidence: Confidence): number {
  return CONFIDENCE_RANK[confidence];
}

export function weakest(...all: Confidence[]): Confidence {
  return all.reduce((a, b) => (CONFIDENCE_RANK[a] <= CONFIDENCE_RANK[b] ? a : b), "certain");
}

/** What owns grants: a package, a server, a function and its role. */
export interface Deployable {
  readonly id: string;
  readonly name: string;
  readonly kind: "package" | "tree";
  /** Relative to the workspace root; `""` is the root itself. */
  readonly root: string;
}

/** A list in a text that one element can be taken out of. */
export interface SourceList {
  readonly file: string;
  /**
   * `array`: elements between brackets and commas. `words`: one string literal, elements parted by white space (or
   * `separator`). `lines`: elements on lines of their own, behind a dash or by a key, as YAML has them. `single`: one value, not
   * a list.
   */
  readonly form: "array" | "words" | "lines" | "single";
  /** The whole list with its brackets or quotes. */
  readonly span: { readonly start: number; readonly end: number };
  readonly elements: readonly { readonly start: number; readonly end: number }[];
  /** An empty list would be none: the last element cannot be taken out. */
  readonly keepsOne?: true;
  /** Elements are pairs of a key and a value, `issues: write` for `issues:write`: what parts the words of a key. */
  readonly pairs?: "_" | "-";
}

/** One element of a list. */
export interface GrantInList {
  readonly source: SourceList;
  readonly index: number;
  /** What the code puts before the element to make it a permission: `https://www.googleapis.com/auth/`. */
  readonly prefix?: string;
  /** The element says more than the permission's name: it can go, and no other be written in its place. */
  readonly saysMore?: true;
}

/** A permission that stands for everything of its kind. */
export interface Wildcard {
  /** What it does, as the rest of a sentence: "lets the token read everything". */
  readonly says: string;
  /** The worst of it. */
  readonly effect: Effect;
  /** Of the resources, not of what may be done to them. */
  readonly ofResources?: true;
}

/** A place where a permission is asked for or given. */
export interface Grant {
  readonly id: string;
  readonly permission: Permission;
  /** As it is written there. */
  readonly written: string;
  readonly service: string;
  readonly place: Place;
  /** `generateAuthUrl`, `GoogleAuth`, … : how it is granted, for messages and the inventory. */
  readonly form: string;
  /** "requested" in code and OAuth manifests, "granted" in policies and allow-lists. */
  readonly verb: "requested" | "granted";
  readonly level: "deployable" | "agent" | "tool" | "credential";
  /** The kind of manifest it stands in; absent: it stands in code. */
  readonly manifest?: string;
  readonly wildcard?: Wildcard;
  /** Grants of one list that takes effect as a whole. */
  readonly group: string;
  /** Under which condition this list is in force, where there are several. */
  readonly mode?: string;
  /** What chooses among the lists is not seen: the mode is but a number. */
  readonly isNumbered?: true;
  /** Some of the list could not be read: nothing is ever missing from it. */
  readonly open: boolean;
  readonly credential: CredentialKey;
  readonly credentialKind?: string;
  readonly confidence: Confidence;
  /** Where and how it can be taken out or replaced; absent = not editable here. */
  readonly list?: GrantInList;
  /** The same literal also feeds these other groups: an edit must be right for each. */
  readonly sharedWith: readonly string[];
  /** Files whose functions are started with another role: what only they do is not done with this one. */
  readonly apartFrom?: readonly string[];
  /** Where the list takes effect: the auth call. */
  readonly takesEffectAt: Place;
}

/**
 * Provider and, where resolved, the OAuth client or account: `google`, `google:1234.apps.googleusercontent.com`. Behind a `#`:
 * what a token is made for that nothing else ever has, a job of a workflow.
 */
export type CredentialKey = string;

export interface TraceStep {
  readonly place: Place;
  readonly label: string;
}

export interface Reach {
  /** Id of the tool, or null when reached from an entry or from nowhere known. */
  readonly tool: string | null;
  readonly agent: string | null;
  /** Conditions on the way, in words. */
  readonly guard: string | null;
  /** Every tool of the handler leads here: whether this one does is not known. */
  readonly undecided?: true;
  /** The files whose functions are started, on all ways to it. Absent: something else starts some of them. */
  readonly from?: readonly string[];
  /** Conditions under which there is such a tool at all, in words. */
  readonly registered?: string;
  /** Those of them that a model's input decides. */
  readonly asked?: string;
  /** From the handler (or entry) to the call, shortest. */
  readonly trace: readonly TraceStep[];
}

/** A call that touches something outside the process. */
export interface Access {
  readonly id: string;
  readonly service: string;
  readonly operation: string;
  readonly effect: Effect;
  /** How sure the effect is, where the call itself may be surer: what HTTP says of a verb is a promise. Absent: certain. */
  readonly effectConfidence?: Exclude<Confidence, "certain">;
  readonly place: Place;
  readonly requirement: Requirement;
  /** `requires` of the report: the alternatives of the credential kind that reaches it. */
  readonly requires: Alternatives;
  /** What it needs in some cases besides: an encrypted bucket's key. Never missing, never excess. */
  readonly mayNeed?: readonly string[];
  readonly resource: string | null;
  /** The resource is a default that the environment may replace. */
  readonly openResource?: true;
  readonly credential: CredentialKey;
  readonly credentialKind: string | null;
  readonly confidence: Confidence;
  /** The client is known only by an annotation. */
  readonly annotated?: true;
  /** What is said of a library that the client is known by: "the library model of p-retry". */
  readonly reliesOn?: string;
  /** No call: a manifest declares it, an `event` that the app subscribes to or a `feature` it offers. */
  readonly declared?: string;
  /** It writes only what the program keeps for itself. */
  readonly ownState: boolean;
  /** Perhaps it does: path or content could not be told. */
  readonly mayBeOwnState?: true;
  /** Nothing of the deployable was found to reach it; counts as `likely` use. */
  readonly unreached: boolean;
  readonly reachedBy: readonly Reach[];
  readonly fact: FactCitation;
}

export interface FactCitation {
  readonly operation: string;
  readonly source: string;
  readonly date: string;
}

/** A place Remit cannot see past. */
export interface BlindSpot {
  readonly id: string;
  readonly place: Place;
  /** One clause, what goes where: "gmail is handed to plugin.run(), chosen at run time". */
  readonly reason: string;
  /** Services whose calls it may hide: `google.gmail`, or a whole provider `google`. */
  readonly affects: readonly string[];
  /** Services of which a comment says that no call is made there. */
  readonly except?: readonly string[];
  readonly reachedBy: readonly string[];
}

/** A place that would be a blind spot, if nobody said what happens there: a model, or a comment. */
export interface Assumption extends BlindSpot {
  /** Who says so: "the library model of pino", "remit.yaml", "a remit-assume comment". */
  readonly by: string;
  /** Whoever uses Remit says so, in `remit.yaml` or in a comment: it is counted as an assumption. */
  readonly own: boolean;
  /** The comment, and the reason it gives. */
  readonly comment?: Place;
  readonly statement?: string;
}

export interface Annotations {
  readonly title?: string;
  readonly readOnlyHint?: boolean;
  readonly destructiveHint?: boolean;
  readonly idempotentHint?: boolean;
  readonly openWorldHint?: boolean;
}

export interface Tool {
  readonly id: string;
  readonly name: string;
  readonly framework: string;
  readonly place: Place;
  readonly handler: Place | null;
  readonly description: string | null;
  readonly annotations: Annotations;
  /** Where each hint's value is written. Absent: it is not a literal in the source. */
  readonly annotationPlaces: Readonly<Partial<Record<keyof Annotations, Place>>>;
  /** The object literal that holds the hints, for fixes. */
  readonly annotationsObject?: { readonly place: Place; readonly entries: readonly Place[] };
  readonly approval: "never" | "always" | "conditional" | "unknown" | null;
  readonly agent: string | null;
  /** Ids of the accesses its handler reaches. */
  readonly accesses: readonly string[];
  /** Something on the way could not be followed. */
  readonly blindSpots: readonly string[];
}

export interface Agent {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly place: Place;
  readonly purpose: string | null;
  readonly tools: readonly string[];
  readonly coverage: "seen" | "partly" | "not understood";
}

/** Everything Remit knows about one deployable; what rules see. */
export interface DeployableAnalysis {
  readonly deployable: Deployable;
  readonly agents: readonly Agent[];
  readonly tools: readonly Tool[];
  readonly accesses: readonly Access[];
  readonly grants: readonly Grant[];
  readonly blindSpots: readonly BlindSpot[];
  readonly assumptions: readonly Assumption[];
  /** What deployables do whose code lies below a manifest of this one: its lists must cover that too. */
  readonly below?: Pick<DeployableAnalysis, "accesses" | "blindSpots" | "assumptions">;
}
