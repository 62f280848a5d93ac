import type { FileOperationRegistrationOptions, ServerCapabilities } from "vscode-languageserver/node";
import { CodeActionKind, PositionEncodingKind, TextDocumentSyncKind } from "vscode-languageserver/node";
import type { Client } from "./client.ts";
import { COMMANDS } from "./commands/names.ts";

export const SOURCE = "remit";
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.${SOURCE}`;

/** What the server offers this client. Diagnostics are pulled or pushed, never both. */
export function serverCapabilities(client: Client): ServerCapabilities {
  const { create, rename, delete: remove } = client.fileOperations;
  return {
    // Every client must support it, and it is how the strings of this program count.
    positionEncoding: PositionEncodingKind.UTF16,
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
    hoverProvider: true,
    ...(client.codeActionLiterals && {
      codeActionProvider: {
        codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL],
        resolveProvider: client.resolvesEdits,
      },
    }),
    ...(client.pullsDiagnostics && {
      diagnosticProvider: { identifier: SOURCE, interFileDependencies: true, workspaceDiagnostics: true },
    }),
    executeCommandProvider: { commands: [...COMMANDS] },
    workspace: {
      workspaceFolders: { supported: true, changeNotifications: true },
      fileOperations: {
        ...(create && { didCreate: ANY_FILE }),
        ...(rename && { didRename: ANY_FILE }),
        ...(remove && { didDelete: ANY_FILE }),
      },
    },
  };
}

const ANY_FILE: FileOperationRegistrationOptions = { filters: [{ scheme: "file", pattern: { glob: "**/*" } }] };
