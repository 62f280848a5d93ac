import type { DidChangeWatchedFilesParams } from "vscode-languageserver/node";
import type { LanguageServer } from "../language-server.ts";
import { pathOfUri } from "../uris.ts";

export function didChangeWatchedFiles({ changes }: DidChangeWatchedFilesParams, server: LanguageServer): void {
  server.filesChanged(changes.flatMap(({ uri }) => pathOfUri(uri) ?? []));
}
