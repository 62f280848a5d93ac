import type { DidChangeWorkspaceFoldersParams } from "vscode-languageserver/node";
import type { LanguageServer } from "../language-server.ts";

export function didChangeWorkspaceFolders({ event }: DidChangeWorkspaceFoldersParams, server: LanguageServer): void {
  server.foldersChanged(() => {
    const removed = event.removed.map(({ uri }) => server.projects.remove(uri));
    for (const folder of event.added) server.projects.add(folder);
    return removed;
  });
}
