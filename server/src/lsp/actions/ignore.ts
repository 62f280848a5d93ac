import type { CodeAction, Diagnostic } from "vscode-languageserver/node";
import { CodeActionKind } from "vscode-languageserver/node";
import type { Finding } from "../../model/finding.ts";
import type { Client } from "../client.ts";
import { IGNORE_WITH_REASON } from "../commands.ts";
import { protocolPosition } from "../convert/range.ts";
import { workspaceEdit } from "../convert/workspace-edit.ts";
import type { OpenDocuments } from "../documents.ts";
import type { Project } from "../project.ts";
import type { Snapshot } from "../snapshot.ts";
import { ignoreComment } from "./ignore-comment.ts";

/** What the client's command gets: it inserts `before`, the reason, and `after`. */
export interface IgnoreArguments {
  readonly uri: string;
  readonly version: number | null;
  readonly position: { readonly line: number; readonly character: number };
  readonly ruleId: string;
  readonly before: string;
  readonly after: string;
}

/** Stands where the reason belongs if nobody can be asked for it. */
const PLACEHOLDER = "reason";

/** Accepts a finding with a comment above it. A reason is part of the comment: without one nothing is ignored. */
export function ignoreAction(
  finding: Finding,
  diagnostic: Diagnostic,
  {
    project,
    snapshot,
    client,
    documents,
  }: { project: Project; snapshot: Snapshot; client: Client; documents: OpenDocuments },
): CodeAction[] {
  const { file, span } = finding.place;
  const comment = ignoreComment(file, snapshot.text(file) ?? "", span.start, finding.ruleId);
  if (!comment) return [];
  const uri = project.uri(file);
  const position = protocolPosition(snapshot.lineStarts(file), comment.offset);
  const action = { kind: CodeActionKind.QuickFix, diagnostics: [diagnostic] };
  if (!client.ignoreCommand) {
    const newText = `${comment.before}${PLACEHOLDER}${comment.after}`;
    const edit = workspaceEdit([{ uri, range: { start: position, end: position }, newText }], { client, documents });
    return [{ ...action, title: `Ignore ${finding.ruleId} here (write the reason into the comment)`, edit }];
  }
  const title = `Ignore ${finding.ruleId} here, with a reason…`;
  const given: IgnoreArguments = {
    uri,
    version: snapshot.versions.get(file) ?? null,
    position,
    ruleId: finding.ruleId,
    before: comment.before,
    after: comment.after,
  };
  return [{ ...action, title, command: { title, command: IGNORE_WITH_REASON, arguments: [given] } }];
}
