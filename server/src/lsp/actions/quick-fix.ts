import type { CodeAction, Diagnostic } from "vscode-languageserver/node";
import { CodeActionKind } from "vscode-languageserver/node";
import type { Client } from "../client.ts";
import type { FixData } from "../convert/diagnostic-data.ts";
import { workspaceEdit } from "../convert/workspace-edit.ts";
import type { OpenDocuments } from "../documents.ts";

/** One action a fix. The first that is proven is the preferred one; what gives the agent more never is, and says so. */
export function quickFixes(
  fixes: readonly FixData[],
  diagnostic: Diagnostic,
  client: Client,
  documents: OpenDocuments,
): CodeAction[] {
  const preferred = client.preferredActions ? fixes.find(({ safe, kind }) => safe && kind !== "widens") : undefined;
  return fixes.map((fix) => {
    const widens = fix.kind === "widens";
    return {
      title: widens ? `Widen: ${fix.title}` : fix.title,
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnostic],
      ...(fix === preferred && { isPreferred: true }),
      edit: workspaceEdit(fix.edits, { client, documents, widens }),
    };
  });
}
