import type { CodeAction, Diagnostic } from "vscode-languageserver/node";
import { CodeActionKind } from "vscode-languageserver/node";
import type { Finding } from "../../model/finding.ts";
import { IGNORE_WITH_REASON } from "../commands/names.ts";
import { changesEdit } from "../convert/workspace-edit.ts";
import type { View } from "../language-server.ts";

/** What the client's command gets, and gives back with the reason. */
export interface IgnoreArguments {
  readonly uri: string;
  readonly ruleId: string;
  readonly fingerprint: string;
}

/** Stands where the reason belongs if nobody can be asked for it. */
const PLACEHOLDER = "reason";

/** Accepts a finding, with a comment above it or an entry in `remit.yaml`. A reason is part of both: without one nothing is ignored. */
export async function ignoreAction(finding: Finding, diagnostic: Diagnostic, view: View): Promise<CodeAction[]> {
  const { server, project } = view;
  const acceptance = await project.accept(finding, PLACEHOLDER);
  const edit = acceptance && changesEdit([acceptance], project, server);
  if (!edit) return [];
  const what = `Ignore ${finding.ruleId} ${acceptance.how === "comment" ? "here" : `in ${acceptance.file}`}`;
  const action = { kind: CodeActionKind.QuickFix, diagnostics: [diagnostic] };
  if (!server.client.ignoreCommand) {
    const where = acceptance.how === "comment" ? "into the comment" : "there";
    return [{ ...action, title: `${what} (write the reason ${where})`, edit }];
  }
  const title = `${what}, with a reason…`;
  const { ruleId, fingerprint } = finding;
  const given: IgnoreArguments = { uri: project.uri(finding.place.file), ruleId, fingerprint };
  return [{ ...action, title, command: { title, command: IGNORE_WITH_REASON, arguments: [given] } }];
}
