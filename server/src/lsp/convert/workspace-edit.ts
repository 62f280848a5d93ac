import type {
  AnnotatedTextEdit,
  CreateFile,
  Range,
  TextDocumentEdit,
  TextEdit,
  WorkspaceEdit,
} from "vscode-languageserver/node";
import { smallestEdit } from "../../edit/apply.ts";
import type { TextChange } from "../../model/finding.ts";
import { lineStartsOf } from "../../model/place.ts";
import type { Client } from "../client.ts";
import type { OpenDocuments } from "../documents.ts";
import type { LanguageServer } from "../language-server.ts";
import type { Project } from "../project.ts";
import { pathOfUri } from "../uris.ts";
import { protocolRange } from "./range.ts";

export interface FileEdit {
  readonly uri: string;
  readonly range: Range;
  readonly newText: string;
}

/** Shown by editors that ask before they apply: the only kind of edit that gives an agent more. */
const WIDENING = "widens";

export interface EditSurroundings {
  readonly client: Client;
  readonly documents: OpenDocuments;
  /** The edit gives the agent more than it has. */
  readonly widens?: boolean;
  /** Files that are not there yet. */
  readonly creates?: readonly string[];
}

/** Edits of one or several files; with the version each open document has now, so that none is applied to another text. */
export function workspaceEdit(
  edits: readonly FileEdit[],
  { client, documents, widens = false, creates = [] }: EditSurroundings,
): WorkspaceEdit {
  const byUri = new Map<string, TextEdit[]>();
  const asks = widens && client.documentChanges && client.changeAnnotations;
  for (const { uri, range, newText } of edits) {
    const edit: TextEdit | AnnotatedTextEdit = asks ? { range, newText, annotationId: WIDENING } : { range, newText };
    byUri.set(uri, [...(byUri.get(uri) ?? []), edit]);
  }
  if (!client.documentChanges) return { changes: Object.fromEntries(byUri) };
  const annotation = { label: "Gives the agent more than it has", needsConfirmation: true };
  const changes = [...byUri].map(([uri, own]): TextDocumentEdit => {
    const path = pathOfUri(uri);
    const document = path === undefined ? undefined : documents.at(path);
    return { textDocument: { uri: document?.uri ?? uri, version: document?.version ?? null }, edits: own };
  });
  return {
    documentChanges: [...creates.map((uri): CreateFile => ({ kind: "create", uri })), ...changes],
    ...(asks && { changeAnnotations: { [WIDENING]: annotation } }),
  };
}

/**
 * Edits that turn some files into what they are to become. Undefined where one of them has another text by now in the editor,
 * or is to be made and the client makes no files.
 */
export function changesEdit(
  changes: readonly TextChange[],
  project: Project,
  { client, documents, projects }: LanguageServer,
): WorkspaceEdit | undefined {
  const creates = changes.filter(({ before }) => before === null).map(({ file }) => project.uri(file));
  if (creates.length > 0 && !client.createsFiles) return undefined;
  const isOther = changes.some(({ file, before }) => (projects.documentAt(project, file)?.text ?? before) !== before);
  if (isOther) return undefined;
  const edits = changes.flatMap(({ file, before, after }) => {
    const starts = lineStartsOf(before ?? "");
    return smallestEdit(file, 0, before ?? "", after).map(({ span, newText }) => ({
      uri: project.uri(file),
      range: protocolRange(starts, span),
      newText,
    }));
  });
  return workspaceEdit(edits, { client, documents, creates });
}
