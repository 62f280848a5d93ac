import type { DidChangeTextDocumentParams } from "vscode-languageserver/node";
import type { LanguageServer } from "../language-server.ts";

export function didChange({ textDocument, contentChanges }: DidChangeTextDocumentParams, server: LanguageServer): void {
  server.change(textDocument.uri, textDocument.version, contentChanges);
}
