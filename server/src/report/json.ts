import type { Access, DeployableAnalysis, Tool } from "../model/analysis.ts";
import type { Log } from "sarif";
import type { Finding } from "../model/finding.ts";
import { comparePlaces, compareText } from "../model/place.ts";
import type { Place } from "../model/place.ts";
import { allAsGranted, asGranted } from "../model/vendor-names.ts";
import type { WorkspaceResult } from "../model/result.ts";
import { leastSets } from "./least-sets.ts";
import { Locations } from "./locations.ts";
import { countBySeverity, limitTo, ownAssumptions, select } from "./selection.ts";
import type { Selected, Selection } from "./selection.ts";
import { REPORT_VERSION } from "./shape.ts";
import type { CheckReport, InventoryReport, ReportedAccess, ReportedFinding, ReportedTool, Summary } from "./shape.ts";

export interface ReportOptions extends Selection {
  /** Version of Remit. */
  readonly version: string;
  /** How many findings `--fix` has fixed; undefined without it. */
  readonly fixed?: number | undefined;
  /** Workspace root relative to the working directory, `.` if they are one. */
  readonly root: string;
}

/** What `remit check --format json` prints. */
export function checkReport(result: WorkspaceResult, options: ReportOptions): CheckReport {
  const locations = new Locations(result, options.root);
  const selected = select(result, options);
  return {
    ...head(result, options, summaryOf(result, selected, options.fixed)),
    findings: selected.findings.map((finding) => reportedFinding(finding, locations)),
    errors: errorsOf(result, locations),
  };
}

/** What `remit inventory --format json` prints: everything seen, whether or not it is worth a finding. */
export function inventoryReport(whole: WorkspaceResult, options: ReportOptions): InventoryReport {
  const result = { ...whole, deployables: whole.deployables.map((each) => limitTo(each, options.paths)) };
  const locations = new Locations(result, options.root);
  const { deployables } = result;
  return {
    ...head(result, options, summaryOf(result, select(result, options))),
    deployables: [...deployables]
      .map(({ deployable }) => deployable)
      .sort((a, b) => compareText(a.root, b.root) || compareText(a.id, b.id))
      .map(({ id, name, kind, root }) => ({ id, name, kind, root: locations.file(root) })),
    agents: byPlace(deployables.flatMap((each) => each.agents)).map(({ place, ...agent }) => ({
      id: agent.id,
      name: agent.name,
      kind: agent.kind,
      ...locations.of(place),
      purpose: agent.purpose,
      tools: agent.tools,
      coverage: agent.coverage,
    })),
    // What a tool calls and requires is true of all of it, wherever its calls lie.
    tools: whole.deployables
      .flatMap((analysis) => limitTo(analysis, options.paths).tools.map((tool) => ({ analysis, tool })))
      .sort((a, b) => compareEntries(a.tool, b.tool))
      .map(({ analysis, tool }) => reportedTool(tool, analysis, locations)),
    accesses: byPlace(deployables.flatMap((each) => each.accesses)).map((access) => reportedAccess(access, locations)),
    grants: byPlace(deployables.flatMap((each) => each.grants)).map((grant) => ({
      id: grant.id,
      permission: asGranted(grant.service, grant.permission.name),
      service: grant.service,
      ...locations.of(grant.place),
      form: grant.form,
      level: grant.level,
      group: grant.group,
      mode: grant.mode ?? null,
      open: grant.open,
    })),
    blindSpots: byPlace(deployables.flatMap((each) => each.blindSpots)).map((spot) => ({
      id: spot.id,
      ...locations.of(spot.place),
      reason: spot.reason,
      affects: spot.affects,
    })),
    assumptions: byPlace(deployables.flatMap(ownAssumptions)).map((assumption) => ({
      id: assumption.id,
      ...locations.of(assumption.place),
      reason: assumption.reason,
      affects: assumption.affects,
      by: assumption.by,
      statement: assumption.statement ?? null,
    })),
    errors: errorsOf(result, locations),
  };
}

/** The bytes of a report: two spaces, one line feed at the end. */
export function serialiseReport(report: CheckReport | InventoryReport | Log): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

function head(result: WorkspaceResult, options: ReportOptions, summary: Summary) {
  return {
    version: REPORT_VERSION,
    tool: { name: "remit", version: options.version, facts: result.factsDate },
    root: options.root,
    summary,
  } as const;
}

/** Counts of what was seen and found. */
export function summaryOf(result: WorkspaceResult, selected: Selected, fixed?: number): Summary {
  const count = (of: (analysis: DeployableAnalysis) => readonly unknown[]) =>
    result.deployables.reduce((sum, analysis) => sum + of(analysis).length, 0);
  const severities = countBySeverity(selected.findings);
  return {
    files: result.files,
    notAnalysed: [...result.notAnalysed].sort((a, b) => compareText(a.reason, b.reason)),
    deployables: result.deployables.length,
    agents: count((analysis) => analysis.agents),
    tools: count((analysis) => analysis.tools),
    grants: count((analysis) => analysis.grants),
    accesses: count((analysis) => analysis.accesses),
    blindSpots: count((analysis) => analysis.blindSpots),
    assumptions: count(ownAssumptions),
    errors: severities.error,
    warnings: severities.warning,
    infos: severities.info,
    suppressed: selected.suppressed.length,
    baselined: result.baselined,
    ...(fixed === undefined ? {} : { fixed }),
  };
}

function reportedFinding(finding: Finding, locations: Locations): ReportedFinding {
  const { evidence } = finding;
  return {
    ruleId: finding.ruleId,
    severity: finding.severity,
    confidence: finding.confidence,
    message: finding.message,
    ...locations.of(finding.place),
    permission: finding.permission === null ? null : asGranted(finding.service, finding.permission),
    service: finding.service,
    deployable: finding.deployable,
    agents: finding.agents,
    tools: finding.tools,
    related: finding.related.map(({ place, message }) => ({ ...locations.of(place), message })),
    evidence: {
      used: evidence.used,
      facts: evidence.facts.map(({ operation, source, date }) => ({ operation, source, date })),
      narrowest: allAsGranted(finding.service, evidence.narrowest),
      cost: evidence.cost,
      blindSpots: evidence.blindSpots,
      reason: evidence.reason,
    },
    fixes: finding.fixes.map(({ title, kind, safe, edits }) => ({
      title,
      kind,
      safe,
      edits: edits.map(({ newText, ...place }) => ({ ...locations.of(place), newText })),
    })),
    fingerprint: finding.fingerprint,
  };
}

function reportedTool(tool: Tool, analysis: DeployableAnalysis, locations: Locations): ReportedTool {
  const called = new Set(tool.accesses);
  return {
    id: tool.id,
    name: tool.name,
    framework: tool.framework,
    ...locations.of(tool.place),
    handler: tool.handler === null ? null : locations.of(tool.handler),
    description: tool.description,
    annotations: tool.annotations,
    approval: tool.approval,
    accesses: tool.accesses,
    requires: leastSets(
      analysis.accesses
        .filter((access) => called.has(access.id))
        .map((access) => ({ ...access, requires: allAsGranted(access.service, access.requires) })),
    ),
  };
}

function reportedAccess(access: Access, locations: Locations): ReportedAccess {
  return {
    id: access.id,
    service: access.service,
    operation: access.operation,
    effect: access.effect,
    ...(access.effectConfidence && { effectConfidence: access.effectConfidence }),
    ...locations.of(access.place),
    requires: allAsGranted(access.service, access.requires),
    ...(access.mayNeed && { mayNeed: access.mayNeed.map((name) => asGranted(access.service, name)) }),
    resource: access.resource,
    ...(access.openResource && { openResource: true as const }),
    credentialKind: access.credentialKind,
    confidence: access.confidence,
    ownState: access.ownState,
    reachedBy: access.reachedBy.map(({ tool, agent, guard, trace }) => ({
      tool,
      agent,
      guard,
      trace: trace.map(({ place, label }) => ({ ...locations.of(place), label })),
    })),
  };
}

function errorsOf(result: WorkspaceResult, locations: Locations) {
  return [...result.errors]
    .sort((a, b) => compareText(a.file, b.file) || compareText(a.message, b.message))
    .map(({ file, message }) => ({ file: locations.file(file), message }));
}

interface Entry {
  readonly id: string;
  readonly place: Place;
}

function byPlace<T extends Entry>(entries: readonly T[]): T[] {
  return [...entries].sort(compareEntries);
}

function compareEntries(a: Entry, b: Entry): number {
  return comparePlaces(a.place, b.place) || compareText(a.id, b.id);
}
