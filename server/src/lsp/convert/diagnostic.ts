import type { Diagnostic, DiagnosticRelatedInformation } from "vscode-languageserver/node";
import { DiagnosticSeverity, DiagnosticTag } from "vscode-languageserver/node";
import type { Finding, Severity } from "../../model/finding.ts";
import { structuralId } from "../../model/hash.ts";
import { rulePageAddress } from "../../service/rule-page.ts";
import { SOURCE } from "../capabilities.ts";
import type { Client } from "../client.ts";
import type { Project } from "../project.ts";
import type { ConfigurationError, Snapshot } from "../snapshot.ts";
import { dataOf } from "./diagnostic-data.ts";
import { protocolRange } from "./range.ts";

/** What is said of one file, and a hash of it by which a client tells whether it has seen it. */
export interface FileReport {
  readonly items: readonly Diagnostic[];
  readonly resultId: string;
}

/** Findings and configuration errors of one file, in the order of the engine. */
export function reportOf(project: Project, snapshot: Snapshot, file: string, client: Client): FileReport {
  const items = [
    ...shownFindings(project, snapshot, file).map((finding) => diagnosticOf(finding, project, snapshot, client)),
    ...(snapshot.configurationErrors.get(file) ?? []).map((error) => configurationDiagnostic(error, snapshot)),
  ];
  return { items, resultId: structuralId(JSON.stringify(items, withoutTexts)) };
}

/** What the texts of fixes hash to says whether a fix is of this text, not whether the diagnostic is another. */
function withoutTexts(key: string, value: unknown): unknown {
  return key === "texts" ? undefined : value;
}

/** Findings the settings of the folder let through. */
export function shownFindings({ settings }: Project, snapshot: Snapshot, file: string): readonly Finding[] {
  const findings = snapshot.findingsIn(file);
  return settings.possible === "off" ? findings.filter(({ confidence }) => confidence !== "possible") : findings;
}

export function diagnosticOf(finding: Finding, project: Project, snapshot: Snapshot, client: Client): Diagnostic {
  const { place, ruleId, message, related } = finding;
  const href = client.codeDescription ? rulePageAddress(ruleId) : undefined;
  const tags = tagsOf(finding, snapshot).filter((tag) => client.diagnosticTags.has(tag));
  return {
    range: protocolRange(snapshot.lineStarts(place.file), place.span),
    severity: severityOf(finding),
    code: ruleId,
    ...(href !== undefined && { codeDescription: { href } }),
    source: SOURCE,
    message,
    ...(tags.length > 0 && { tags }),
    ...(client.relatedInformation &&
      related.length > 0 && {
        relatedInformation: related.map((each): DiagnosticRelatedInformation => ({
          location: {
            uri: project.uri(each.place.file),
            range: protocolRange(snapshot.lineStarts(each.place.file), each.place.span),
          },
          message: each.message,
        })),
      }),
    ...(client.diagnosticData && { data: dataOf(finding, project, snapshot) }),
  };
}

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
};

/** What a blind spot could refute is a hint: under the cursor, not in the list of problems. */
function severityOf({ confidence, severity }: Finding): DiagnosticSeverity {
  return confidence === "possible" ? DiagnosticSeverity.Hint : SEVERITIES[severity];
}

const SUPERFLUOUS: ReadonlySet<string> = new Set(["unused-permission", "redundant-permission", "unused-suppression"]);

function tagsOf({ ruleId, deployable, service, permission }: Finding, snapshot: Snapshot): DiagnosticTag[] {
  if (SUPERFLUOUS.has(ruleId)) return [DiagnosticTag.Unnecessary];
  const provider = service?.split(".")[0];
  if (ruleId !== "unknown-permission" || provider === undefined || permission === null) return [];
  return snapshot.permission(deployable, provider, permission)?.deprecated === true ? [DiagnosticTag.Deprecated] : [];
}

function configurationDiagnostic({ file, line, message }: ConfigurationError, snapshot: Snapshot): Diagnostic {
  const text = snapshot.text(file) ?? "";
  const starts = snapshot.lineStarts(file);
  const start = starts[line - 1] ?? 0;
  const written = text.slice(start, starts[line] ?? text.length);
  const span = {
    start: start + (written.length - written.trimStart().length),
    end: start + written.trimEnd().length,
  };
  return {
    range: protocolRange(starts, { start: Math.min(span.start, span.end), end: span.end }),
    severity: DiagnosticSeverity.Error,
    code: "configuration",
    source: SOURCE,
    message,
  };
}
