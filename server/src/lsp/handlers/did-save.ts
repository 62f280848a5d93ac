import type { DidSaveTextDocumentParams } from "vscode-languageserver/node";
import type { LanguageServer } from "../language-server.ts";
import { pathOfUri } from "../uris.ts";

export function didSave({ textDocument }: DidSaveTextDocumentParams, server: LanguageServer): void {
  server.saved(pathOfUri(textDocument.uri));
}
