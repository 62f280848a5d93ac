import type { CodeFlow, Fix, ReportingDescriptor, Result, Suppression, ThreadFlowLocation } from "sarif";
import type { Access, DeployableAnalysis, Reach } from "../../model/analysis.ts";
import type { Edit, Finding, Fix as ProposedFix } from "../../model/finding.ts";
import type { SuppressedFinding, WorkspaceResult } from "../../model/result.ts";
import { compareFindings } from "../../model/finding.ts";
import type { Selected } from "../selection.ts";
import type { SarifLocations } from "./locations.ts";
import { LEVELS } from "./rules.ts";
import { plainText } from "./text.ts";

export interface ResultContext {
  readonly locations: SarifLocations;
  readonly rules: readonly ReportingDescriptor[];
}

/** More ways from tools to calls than this tell nobody more; every call is among the related places all the same. */
const MOST_FLOWS = 25;

/** Findings, and those somebody answers for, which are marked as such. */
export function resultsOf(result: WorkspaceResult, selected: Selected, context: ResultContext): Result[] {
  const deployables = new Map(result.deployables.map((analysis) => [analysis.deployable.id, analysis]));
  const fingerprints = new Fingerprints();
  const reported = [
    ...selected.findings.map((finding) => ({ finding, by: undefined })),
    ...selected.suppressed.map((by) => ({ finding: by.finding, by })),
  ].sort((a, b) => compareFindings(a.finding, b.finding));
  return reported.map(({ finding, by }) => ({
    ruleId: finding.ruleId,
    ruleIndex: context.rules.findIndex(({ id }) => id === finding.ruleId),
    level: LEVELS[finding.severity],
    message: { text: plainText(finding.message) },
    locations: [{ physicalLocation: context.locations.physical(finding.place) }],
    relatedLocations: finding.related.map(({ place, message }, index) => ({
      id: index + 1,
      ...context.locations.of(place, message),
    })),
    codeFlows: codeFlowsOf(finding, deployables.get(finding.deployable ?? ""), context.locations),
    fixes: fixesOf(finding, context.locations),
    // SARIF wants this of all results or of none; empty says that nobody answers for it.
    suppressions: by === undefined ? [] : [suppressionOf(by, context.locations)],
    partialFingerprints: fingerprints.of(finding),
    properties: propertiesOf(finding),
  }));
}

function propertiesOf({ confidence, permission, service, evidence }: Finding) {
  const { cost, narrowest, reason, facts } = evidence;
  return { confidence, permission, service, narrowest, cost, reason, facts };
}

/**
 * Structure, not lines: what moves stays the same alert. GitHub knows alerts by `primaryLocationLineHash`, a text and the
 * number of its occurrence.
 */
class Fingerprints {
  readonly #seen = new Map<string, number>();

  of({ fingerprint }: Finding): Record<string, string> {
    const occurrence = (this.#seen.get(fingerprint) ?? 0) + 1;
    this.#seen.set(fingerprint, occurrence);
    return { primaryLocationLineHash: `${fingerprint}:${occurrence}`, "remit/v1": fingerprint };
  }
}

// ---- from the tool to the call

function codeFlowsOf(
  finding: Finding,
  analysis: DeployableAnalysis | undefined,
  locations: SarifLocations,
): CodeFlow[] {
  if (analysis === undefined) return [];
  const used = new Set(finding.evidence.used);
  const ways = analysis.accesses
    .filter(({ id }) => used.has(id))
    .flatMap((access) => access.reachedBy.map((reach) => ({ access, reach })));
  return ways.slice(0, MOST_FLOWS).map(({ access, reach }) => codeFlow(access, reach, analysis, locations));
}

function codeFlow(access: Access, reach: Reach, { tools }: DeployableAnalysis, locations: SarifLocations): CodeFlow {
  const tool = tools.find(({ id }) => id === reach.tool);
  const steps = [
    ...(tool === undefined ? [] : [{ place: tool.handler ?? tool.place, message: `tool ${tool.name}` }]),
    ...reach.trace.slice(0, -1).map(({ place, label }) => ({ place, message: nameOf(label) })),
    { place: access.place, message: access.operation },
  ];
  const guard = reach.guard === null ? "" : `, when ${reach.guard}`;
  return {
    message: { text: plainText(`${tool?.name ?? "the program"} calls ${access.operation}${guard}`) },
    threadFlows: [
      {
        locations: steps.map(({ place, message }): ThreadFlowLocation => ({ location: locations.of(place, message) })),
      },
    ],
  };
}

/** A step is named by the function it stands in. */
function nameOf(label: string): string {
  return label.startsWith("<") ? "in a function without a name" : `in ${label}`;
}

// ---- what can be done

/** Programs apply these without asking; what adds power is left out. */
function fixesOf({ fixes }: Finding, locations: SarifLocations): Fix[] {
  return fixes.filter(({ kind, edits }) => kind !== "widens" && edits.length > 0).map((fix) => fixOf(fix, locations));
}

function fixOf({ title, kind, safe, edits }: ProposedFix, locations: SarifLocations): Fix {
  const files = [...new Set(edits.map(({ file }) => file))];
  return {
    description: { text: plainText(title) },
    artifactChanges: files.map((file) => ({
      artifactLocation: locations.file(file),
      replacements: edits.filter((edit) => edit.file === file).map((edit) => replacementOf(edit, locations)),
    })),
    properties: { kind, safe },
  };
}

function replacementOf(edit: Edit, locations: SarifLocations) {
  return {
    deletedRegion: locations.region(edit),
    ...(edit.newText === "" ? {} : { insertedContent: { text: edit.newText } }),
  };
}

// ---- who answers for it

function suppressionOf({ finding, reason, file }: SuppressedFinding, locations: SarifLocations): Suppression {
  return {
    kind: file === finding.place.file ? "inSource" : "external",
    status: "accepted",
    justification: plainText(reason),
    location: { physicalLocation: { artifactLocation: locations.file(file) } },
  };
}
