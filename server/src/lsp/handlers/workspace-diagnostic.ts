import type {
  WorkspaceDiagnosticParams,
  WorkspaceDiagnosticReport,
  WorkspaceDocumentDiagnosticReport,
} from "vscode-languageserver/node";
import { WorkspaceDiagnosticRequest } from "vscode-languageserver/node";
import { reportOf } from "../convert/diagnostic.ts";
import { fullReport, PullDelivery } from "../delivery/pull.ts";
import type { LanguageServer } from "../language-server.ts";
import { pathOfUri } from "../uris.ts";
import { cancellationOf, type RequestToken } from "../waiting.ts";

/** So many files a partial result. */
const CHUNK = 50;

/**
 * Every file there is something to say about. Where a client has heard it all, the request is held until something changes:
 * clients ask again as soon as they are answered.
 */
export async function workspaceDiagnostic(
  params: WorkspaceDiagnosticParams,
  server: LanguageServer,
  token: RequestToken,
): Promise<WorkspaceDiagnosticReport> {
  const { delivery } = server;
  if (!(delivery instanceof PullDelivery)) return { items: [] };
  const hold = server.hold();
  const cancellation = cancellationOf(token);
  try {
    for (;;) {
      const news = server.news.next();
      const items = server.isShutDown ? [] : await reports(params, server, token);
      const isNews = items.some(({ kind }) => kind === "full");
      if (isNews || hold.isFirst || hold.isReleased()) return await inParts(items, params, server);
      delivery.isHeld = true;
      await Promise.race([news, cancellation.promise]);
    }
  } finally {
    cancellation.dispose();
    if (!hold.isReleased()) delivery.isHeld = false;
  }
}

async function reports(
  { previousResultIds }: WorkspaceDiagnosticParams,
  server: LanguageServer,
  token: RequestToken,
): Promise<WorkspaceDocumentDiagnosticReport[]> {
  const known = new Map(previousResultIds.map(({ uri, value }) => [pathOfUri(uri) ?? uri, { uri, value }]));
  const items: WorkspaceDocumentDiagnosticReport[] = [];
  for (const { project, snapshot } of await server.folders(token)) {
    const files = new Set(snapshot.files);
    for (const path of known.keys()) {
      const file = project.relative(path);
      if (file !== undefined) files.add(file);
    }
    for (const file of [...files].sort()) {
      if (!server.projects.owns(project, file)) continue;
      const report = reportOf(project, snapshot, file, server.client);
      const path = pathOfUri(project.uri(file)) ?? file;
      const before = known.get(path);
      known.delete(path);
      if (before === undefined && report.items.length === 0) continue;
      const uri = before?.uri ?? server.documents.at(path)?.uri ?? project.uri(file);
      const version = snapshot.versions.get(file) ?? null;
      items.push(
        before?.value === report.resultId
          ? { kind: "unchanged", uri, version, resultId: report.resultId }
          : { ...fullReport(report), kind: "full", uri, version },
      );
    }
  }
  // Of folders that went, or were turned off.
  for (const { uri, value } of known.values())
    items.push(
      value === GONE
        ? { kind: "unchanged", uri, version: null, resultId: GONE }
        : { kind: "full", uri, version: null, items: [], resultId: GONE },
    );
  return items;
}

const GONE = "gone";

/** In portions where the client takes them; the answer itself is empty then, as the protocol has it. */
async function inParts(
  items: WorkspaceDocumentDiagnosticReport[],
  { partialResultToken }: WorkspaceDiagnosticParams,
  { connection }: LanguageServer,
): Promise<WorkspaceDiagnosticReport> {
  if (partialResultToken === undefined) return { items };
  for (let start = 0; start < items.length; start += CHUNK) {
    const chunk = items.slice(start, start + CHUNK);
    await connection.sendProgress(WorkspaceDiagnosticRequest.partialResult, partialResultToken, { items: chunk });
  }
  return { items: [] };
}
