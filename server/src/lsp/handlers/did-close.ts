import type { DidCloseTextDocumentParams } from "vscode-languageserver/node";
import type { LanguageServer } from "../language-server.ts";

/** The text of the disk counts again. */
export function didClose({ textDocument }: DidCloseTextDocumentParams, server: LanguageServer): void {
  server.close(textDocument.uri);
}
