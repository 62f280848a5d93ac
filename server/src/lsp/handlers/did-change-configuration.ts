import type { DidChangeConfigurationParams } from "vscode-languageserver/node";
import type { LanguageServer } from "../language-server.ts";

/** Clients that can be asked are asked again; others send the settings along. */
export function didChangeConfiguration(params: DidChangeConfigurationParams, server: LanguageServer): void {
  server.reloadSettings(params.settings);
}
