import type { InitializeParams, InitializeResult } from "vscode-languageserver/node";
import manifest from "../../../../package.json" with { type: "json" };
import { serverCapabilities } from "../capabilities.ts";
import type { LanguageServer } from "../language-server.ts";
import { baseNameOfPath, pathOfUri } from "../uris.ts";

export function initialize(params: InitializeParams, server: LanguageServer): InitializeResult {
  server.initialize(params);
  for (const folder of foldersOf(params)) server.projects.add(folder);
  return {
    capabilities: serverCapabilities(server.client),
    serverInfo: { name: "remit", version: manifest.version },
  };
}

/** Older clients name one root. */
function foldersOf({ workspaceFolders, rootUri }: InitializeParams): { uri: string; name: string }[] {
  if (Array.isArray(workspaceFolders)) return workspaceFolders.filter((folder) => typeof folder?.uri === "string");
  return typeof rootUri === "string" ? [{ uri: rootUri, name: baseNameOfPath(pathOfUri(rootUri) ?? rootUri) }] : [];
}
