import type { Range } from "vscode-languageserver/node";
import { contentHash } from "../../edit/compose.ts";
import type { Finding, Fix, FixKind } from "../../model/finding.ts";
import type { Project } from "../project.ts";
import type { Snapshot } from "../snapshot.ts";
import { isRange } from "../shapes.ts";
import { protocolRange } from "./range.ts";

/** What a diagnostic carries so that its actions can be made again without asking the engine. */
export interface DiagnosticData {
  readonly fingerprint: string;
  readonly fixes: readonly FixData[];
}

export interface FixData {
  readonly title: string;
  readonly kind: FixKind;
  readonly safe: boolean;
  readonly edits: readonly { readonly uri: string; readonly range: Range; readonly newText: string }[];
  /** `contentHash` of the texts the edits were made for, by address. */
  readonly texts: Readonly<Record<string, string>>;
}

export function dataOf(finding: Finding, project: Project, snapshot: Snapshot): DiagnosticData {
  return {
    fingerprint: finding.fingerprint,
    fixes: finding.fixes.map((fix) => fixDataOf(fix, project, snapshot)),
  };
}

export function fixDataOf({ title, kind, safe, edits }: Fix, project: Project, snapshot: Snapshot): FixData {
  const files = [...new Set(edits.map(({ file }) => file))];
  return {
    title,
    kind,
    safe,
    edits: edits.map(({ file, span, newText }) => ({
      uri: project.uri(file),
      range: protocolRange(snapshot.lineStarts(file), span),
      newText,
    })),
    texts: Object.fromEntries(files.map((file) => [project.uri(file), contentHash(snapshot.text(file) ?? "")])),
  };
}

const KINDS: readonly unknown[] = ["narrows", "declares", "tidies", "widens"] satisfies FixKind[];

/** Reads what a client sends back; it may be anybody's. */
export function readData(data: unknown): DiagnosticData | undefined {
  if (!isRecord(data) || typeof data["fingerprint"] !== "string" || !Array.isArray(data["fixes"])) return undefined;
  return data["fixes"].every(isFixData) ? { fingerprint: data["fingerprint"], fixes: data["fixes"] } : undefined;
}

function isFixData(value: unknown): value is FixData {
  return (
    isRecord(value) &&
    typeof value["title"] === "string" &&
    KINDS.includes(value["kind"]) &&
    typeof value["safe"] === "boolean" &&
    isRecord(value["texts"]) &&
    Object.values(value["texts"]).every((hash) => typeof hash === "string") &&
    Array.isArray(value["edits"]) &&
    value["edits"].every(
      (edit) =>
        isRecord(edit) &&
        typeof edit["uri"] === "string" &&
        isRange(edit["range"]) &&
        typeof edit["newText"] === "string",
    )
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
