import { ApplyWorkspaceEditRequest } from "vscode-languageserver/node";
import type { IgnoreArguments } from "../actions/ignore.ts";
import { changesEdit } from "../convert/workspace-edit.ts";
import type { LanguageServer } from "../language-server.ts";
import { has, isText } from "../shapes.ts";
import type { RequestToken } from "../waiting.ts";
import { wrongArguments } from "./command.ts";
import { IGNORE } from "./names.ts";

/** `[{uri, ruleId, fingerprint}, reason]`: accepts a finding for a reason. Whether it was written down. */
export async function ignore(
  [given, reason]: readonly unknown[],
  server: LanguageServer,
  token: RequestToken,
): Promise<boolean> {
  if (!isIgnoreArguments(given) || !isText(reason) || reason.trim() === "")
    throw wrongArguments(`${IGNORE} takes a finding and a reason`);
  const view = await server.view(given.uri, token);
  // Somebody may have gone on typing while the question was open.
  const finding = view?.snapshot
    .findingsIn(view.file)
    .find(({ ruleId, fingerprint }) => ruleId === given.ruleId && fingerprint === given.fingerprint);
  if (!view || !finding) return false;
  const acceptance = await view.project.accept(finding, reason);
  const edit = acceptance && changesEdit([acceptance], view.project, server);
  if (!edit) return false;
  const label = `Ignore ${finding.ruleId}`;
  const { applied } = await server.connection.sendRequest(ApplyWorkspaceEditRequest.type, { label, edit });
  return applied;
}

function isIgnoreArguments(value: unknown): value is IgnoreArguments {
  return ["uri", "ruleId", "fingerprint"].every((key) => has(key, isText)(value));
}
