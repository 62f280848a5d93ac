import type { DocumentDiagnosticParams, DocumentDiagnosticReport } from "vscode-languageserver/node";
import { PullDelivery } from "../delivery/pull.ts";
import type { View } from "../language-server.ts";

/** What there is to say of one document, or that it is what was said before. */
export function documentDiagnostic(params: DocumentDiagnosticParams, view: View): DocumentDiagnosticReport {
  const { server, project, snapshot, file } = view;
  // Who is pushed diagnostics and pulls them all the same would have each twice.
  if (!(server.delivery instanceof PullDelivery) || !server.projects.owns(project, file)) return NOTHING_TO_SAY;
  return server.delivery.answer(project, snapshot, file, params.previousResultId);
}

export const NOTHING_TO_SAY: DocumentDiagnosticReport = { kind: "full", items: [] };
