import type { CodeAction } from "vscode-languageserver/node";
import { fixAllEdit } from "../actions/fix-all.ts";
import type { LanguageServer } from "../language-server.ts";
import type { RequestToken } from "../waiting.ts";
import type { FixAllData } from "./code-action.ts";

/** Adds the edit to an action that was offered without; any other is given back as it came. */
export async function codeActionResolve(
  action: CodeAction,
  server: LanguageServer,
  token: RequestToken,
): Promise<CodeAction> {
  const uri = (action.data as Partial<FixAllData> | null | undefined)?.fixAll;
  const view = typeof uri === "string" ? await server.view(uri, token) : undefined;
  if (!view) return action;
  const edit = await fixAllEdit(view);
  return edit ? { ...action, edit } : action;
}
