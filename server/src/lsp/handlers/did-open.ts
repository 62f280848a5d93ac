import type { DidOpenTextDocumentParams } from "vscode-languageserver/node";
import type { LanguageServer } from "../language-server.ts";

/** From now on the text of the editor counts, not that of the disk. */
export function didOpen({ textDocument }: DidOpenTextDocumentParams, server: LanguageServer): void {
  server.open(textDocument);
}
