import type { Confidence, SourceList } from "./analysis.ts";
import { comparePlaces, compareText, type Place, type Span } from "./place.ts";

export type Severity = "error" | "warning" | "info";

const SEVERITY_RANK: Record<Severity, number> = { info: 0, warning: 1, error: 2 };

export function severityRank(severity: Severity): number {
  return SEVERITY_RANK[severity];
}

/** One replacement in one file. Edits of a fix never overlap. */
export interface Edit {
  readonly file: string;
  readonly span: Span;
  readonly newText: string;
}

/** What becomes of one file. */
export interface TextChange {
  readonly file: string;
  /** `null`: the file is yet to be made. */
  readonly before: string | null;
  readonly after: string;
}

/** What a fix does to power. Only `widens` adds any; it is never applied unasked. */
export type FixKind = "narrows" | "declares" | "tidies" | "widens";

/** One change of a list. Text is as it is to stand in the source. */
export type ListChange =
  | { readonly kind: "remove"; readonly list: SourceList; readonly index: number }
  | { readonly kind: "replace"; readonly list: SourceList; readonly index: number; readonly newText: string }
  | { readonly kind: "add"; readonly list: SourceList; readonly newText: string };

export interface Fix {
  readonly title: string;
  readonly kind: FixKind;
  /** Proven by re-analysis of the edited text: the finding goes, none comes, the file still parses. */
  readonly safe: boolean;
  readonly edits: readonly Edit[];
  /** What the edits do to lists, for those that do. Fixes that change neighbours share separators: together they are derived anew from this. */
  readonly listChanges?: readonly ListChange[];
}

export interface RelatedPlace {
  readonly place: Place;
  readonly message: string;
}

export interface Evidence {
  /** Accesses that speak for or against. */
  readonly used: readonly string[];
  readonly facts: readonly { readonly operation: string; readonly source: string; readonly date: string }[];
  /** Least sets that would do. */
  readonly narrowest: readonly (readonly string[])[];
  /** What following the advice costs: "sign in again; an old token keeps the scope until it is revoked". */
  readonly cost: string | null;
  readonly blindSpots: readonly string[];
  /** Why this confidence. */
  readonly reason: string;
}

export interface Finding {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly message: string;
  readonly place: Place;
  readonly permission: string | null;
  readonly service: string | null;
  readonly deployable: string | null;
  readonly agents: readonly string[];
  readonly tools: readonly string[];
  readonly related: readonly RelatedPlace[];
  readonly evidence: Evidence;
  readonly fixes: readonly Fix[];
  /** Hash of structure, stable under moved lines. */
  readonly fingerprint: string;
}

/** What a rule says of itself: the single source of docs, schema, listing and SARIF. */
export interface RuleMeta {
  readonly id: string;
  /** Reads as "allow <id>"; one sentence without full stop. */
  readonly says: string;
  /** Highest severity it reports at, or `off`. */
  readonly default: Severity | "off";
  readonly fix: FixKind | null;
  readonly since: string;
}

/** The one order of findings, in every report and every editor. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    comparePlaces(a.place, b.place) ||
    compareText(a.ruleId, b.ruleId) ||
    compareText(a.permission ?? "", b.permission ?? "") ||
    compareText(a.message, b.message) ||
    compareText(a.fingerprint, b.fingerprint)
  );
}
