import type { Agent, Annotations, Confidence, Deployable, Grant, Tool } from "../model/analysis.ts";
import type { Effect } from "../model/effect.ts";
import type { FixKind, Severity } from "../model/finding.ts";
import type { Alternatives } from "../model/permission.ts";
import type { Range } from "../model/place.ts";

/**
 * Report, version 1, as types. `report.schema.json` says the same to everyone else. Fields may be added, never changed:
 * other programs read this.
 */
export const REPORT_VERSION = 1;

export interface Location {
  /** Relative to the working directory, with `/`. */
  readonly file: string;
  readonly range: Range;
}

interface Report {
  readonly version: typeof REPORT_VERSION;
  readonly tool: { readonly name: "remit"; readonly version: string; readonly facts: string };
  /** Root of the workspace, relative to the working directory. */
  readonly root: string;
  readonly summary: Summary;
  readonly errors: readonly { readonly file: string; readonly message: string }[];
}

export interface Summary {
  readonly files: number;
  readonly notAnalysed: readonly { readonly reason: string; readonly files: number }[];
  readonly deployables: number;
  readonly agents: number;
  readonly tools: number;
  readonly grants: number;
  readonly accesses: number;
  readonly blindSpots: number;
  /** Blind spots that a comment or `remit.yaml` answers for. */
  readonly assumptions: number;
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly suppressed: number;
  readonly baselined: number;
  /** Findings that `--fix` has fixed; only with it. */
  readonly fixed?: number;
}

export interface CheckReport extends Report {
  readonly findings: readonly ReportedFinding[];
}

export interface ReportedFinding extends Location {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly message: string;
  readonly permission: string | null;
  readonly service: string | null;
  readonly deployable: string | null;
  readonly agents: readonly string[];
  readonly tools: readonly string[];
  readonly related: readonly (Location & { readonly message: string })[];
  readonly evidence: {
    readonly used: readonly string[];
    readonly facts: readonly {
      readonly operation: string;
      readonly source: string;
      readonly date: string;
    }[];
    readonly narrowest: Alternatives;
    readonly cost: string | null;
    readonly blindSpots: readonly string[];
    readonly reason: string;
  };
  readonly fixes: readonly {
    readonly title: string;
    readonly kind: FixKind;
    readonly safe: boolean;
    readonly edits: readonly (Location & { readonly newText: string })[];
  }[];
  readonly fingerprint: string;
}

export interface InventoryReport extends Report {
  readonly deployables: readonly Pick<Deployable, "id" | "name" | "kind" | "root">[];
  readonly agents: readonly (Location & Pick<Agent, "id" | "name" | "kind" | "purpose" | "tools" | "coverage">)[];
  readonly tools: readonly ReportedTool[];
  readonly accesses: readonly ReportedAccess[];
  readonly grants: readonly ReportedGrant[];
  readonly blindSpots: readonly (Location & {
    readonly id: string;
    readonly reason: string;
    readonly affects: readonly string[];
  })[];
  readonly assumptions: readonly (Location & {
    readonly id: string;
    /** What would be out of sight there. */
    readonly reason: string;
    readonly affects: readonly string[];
    /** Who says that nothing is, and the reason given. */
    readonly by: string;
    readonly statement: string | null;
  })[];
}

export interface ReportedTool extends Location {
  readonly id: string;
  readonly name: string;
  readonly framework: string;
  readonly handler: Location | null;
  readonly description: string | null;
  readonly annotations: Annotations;
  readonly approval: Tool["approval"];
  readonly accesses: readonly string[];
  /** Least sets that let all its calls through. */
  readonly requires: Alternatives;
}

export interface ReportedAccess extends Location {
  readonly id: string;
  readonly service: string;
  readonly operation: string;
  readonly effect: Effect;
  /** How sure the effect is, where a verb is all that tells it; absent: certain. */
  readonly effectConfidence?: Confidence;
  readonly requires: Alternatives;
  /** Needed in some cases besides; absent where nothing is. */
  readonly mayNeed?: readonly string[];
  readonly resource: string | null;
  /** The resource is a default that the environment may replace. */
  readonly openResource?: true;
  readonly credentialKind: string | null;
  readonly confidence: Confidence;
  readonly ownState: boolean;
  readonly reachedBy: readonly {
    readonly tool: string | null;
    readonly agent: string | null;
    readonly guard: string | null;
    readonly trace: readonly (Location & { readonly label: string })[];
  }[];
}

export interface ReportedGrant extends Location {
  readonly id: string;
  readonly permission: string;
  readonly service: string;
  readonly form: string;
  readonly level: Grant["level"];
  readonly group: string;
  readonly mode: string | null;
  readonly open: boolean;
}
