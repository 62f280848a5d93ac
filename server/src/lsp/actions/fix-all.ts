import type { WorkspaceEdit } from "vscode-languageserver/node";
import type { FixKind } from "../../model/finding.ts";
import { shownFindings } from "../convert/diagnostic.ts";
import { changesEdit } from "../convert/workspace-edit.ts";
import type { View } from "../language-server.ts";

/** Fixes that may be applied together and unasked: such as take power away or correct a declaration, and have proved it. */
const KINDS: readonly FixKind[] = ["narrows", "declares"];

export function hasFixForAll({ project, snapshot, file }: View): boolean {
  return shownFindings(project, snapshot, file).some(({ fixes }) =>
    fixes.some(({ safe, kind }) => safe && KINDS.includes(kind)),
  );
}

/** All such fixes of one file's findings in one edit, which may reach into other files. Undefined if a text is another by now. */
export async function fixAllEdit({ server, project, file }: View): Promise<WorkspaceEdit | undefined> {
  return changesEdit(await project.fixAll(file, KINDS), project, server);
}
