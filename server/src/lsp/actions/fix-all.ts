import type { WorkspaceEdit } from "vscode-languageserver/node";
import { smallestEdit } from "../../edit/apply.ts";
import { composeFixes } from "../../edit/compose.ts";
import type { Fix } from "../../model/finding.ts";
import type { Client } from "../client.ts";
import { shownFindings } from "../convert/diagnostic.ts";
import { protocolRange } from "../convert/range.ts";
import { workspaceEdit } from "../convert/workspace-edit.ts";
import type { OpenDocuments } from "../documents.ts";
import type { Project } from "../project.ts";
import type { Snapshot } from "../snapshot.ts";

/** Fixes that may be applied together and unasked: proven, and only such as take power away or correct a declaration. */
export function fixesForAll(project: Project, snapshot: Snapshot, file: string): readonly Fix[] {
  const fixes = shownFindings(project, snapshot, file).flatMap((finding) => finding.fixes);
  return fixes.filter(({ safe, kind }) => safe && (kind === "narrows" || kind === "declares"));
}

/** All such fixes of one file's findings in one edit, which may reach into other files. */
export function fixAllEdit(
  project: Project,
  snapshot: Snapshot,
  file: string,
  client: Client,
  documents: OpenDocuments,
): WorkspaceEdit {
  const { texts } = composeFixes(fixesForAll(project, snapshot, file), (path) => snapshot.text(path));
  const edits = [...texts].flatMap(([path, after]) =>
    smallestEdit(path, 0, snapshot.text(path) ?? "", after).map(({ span, newText }) => ({
      uri: project.uri(path),
      range: protocolRange(snapshot.lineStarts(path), span),
      newText,
    })),
  );
  return workspaceEdit(edits, { client, documents });
}
