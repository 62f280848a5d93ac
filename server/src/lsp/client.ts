import type { ClientCapabilities, InitializeParams } from "vscode-languageserver/node";

/** What the editor at the other end can do, as far as it matters here. What it does not announce it cannot do. */
export interface Client {
  readonly pullsDiagnostics: boolean;
  readonly relatedDocuments: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly relatedInformation: boolean;
  readonly codeDescription: boolean;
  readonly diagnosticTags: ReadonlySet<number>;
  readonly diagnosticData: boolean;
  readonly publishesVersions: boolean;
  readonly documentChanges: boolean;
  readonly changeAnnotations: boolean;
  /** Edits may make files. */
  readonly createsFiles: boolean;
  /** Takes edits that it did not ask for. */
  readonly appliesEdits: boolean;
  /** Shows a place when it is asked to. */
  readonly showsDocuments: boolean;
  /** Without them a code action could only be a command. */
  readonly codeActionLiterals: boolean;
  readonly preferredActions: boolean;
  /** Asks for the edit of an action when it is chosen. */
  readonly resolvesEdits: boolean;
  readonly markdown: boolean;
  readonly workspaceFolders: boolean;
  readonly configuration: boolean;
  readonly registersConfiguration: boolean;
  readonly registersWatchers: boolean;
  readonly relativePatterns: boolean;
  readonly progress: boolean;
  readonly fileOperations: { readonly create: boolean; readonly rename: boolean; readonly delete: boolean };
  /** `initializationOptions.ignoreCommand`: has a command `remit.ignoreWithReason` that asks for the reason. */
  readonly ignoreCommand: boolean;
  /** `initializationOptions.status`: wants `remit/status`. */
  readonly status: boolean;
}

export function clientOf(params: InitializeParams): Client {
  const { workspace, textDocument, window }: ClientCapabilities = params.capabilities ?? {};
  // Since 3.18 a client says what diagnostics may hold where it pulls them; before, only where they are pushed.
  const pull = textDocument?.diagnostic;
  const push = textDocument?.publishDiagnostics;
  const action = textDocument?.codeAction;
  const files = workspace?.fileOperations;
  const options: unknown = params.initializationOptions;
  const wants = (name: string): boolean =>
    typeof options === "object" && options !== null && (options as Record<string, unknown>)[name] === true;
  return {
    pullsDiagnostics: pull !== undefined && pull !== null,
    relatedDocuments: pull?.relatedDocumentSupport === true,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    relatedInformation: (pull?.relatedInformation ?? push?.relatedInformation) === true,
    codeDescription: (pull?.codeDescriptionSupport ?? push?.codeDescriptionSupport) === true,
    diagnosticTags: tagsOf(pull?.tagSupport ?? push?.tagSupport),
    diagnosticData: (pull?.dataSupport ?? push?.dataSupport) === true,
    publishesVersions: push?.versionSupport === true,
    documentChanges: workspace?.workspaceEdit?.documentChanges === true,
    changeAnnotations: typeof workspace?.workspaceEdit?.changeAnnotationSupport === "object",
    createsFiles:
      workspace?.workspaceEdit?.documentChanges === true &&
      listed(workspace.workspaceEdit.resourceOperations, "create"),
    appliesEdits: workspace?.applyEdit === true,
    showsDocuments: window?.showDocument?.support === true,
    codeActionLiterals: typeof action?.codeActionLiteralSupport === "object",
    preferredActions: action?.isPreferredSupport === true,
    resolvesEdits: action?.dataSupport === true && listed(action.resolveSupport?.properties, "edit"),
    markdown: listed(textDocument?.hover?.contentFormat, "markdown"),
    workspaceFolders: workspace?.workspaceFolders === true,
    configuration: workspace?.configuration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    registersWatchers: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    relativePatterns: workspace?.didChangeWatchedFiles?.relativePatternSupport === true,
    progress: window?.workDoneProgress === true,
    fileOperations: {
      create: files?.didCreate === true,
      rename: files?.didRename === true,
      delete: files?.didDelete === true,
    },
    ignoreCommand: workspace?.applyEdit === true && wants("ignoreCommand"),
    status: wants("status"),
  };
}

/** Old clients announce `true` instead of a list. */
function tagsOf(support: { readonly valueSet?: unknown } | boolean | undefined): ReadonlySet<number> {
  const values = typeof support === "object" ? support?.valueSet : undefined;
  if (Array.isArray(values)) return new Set(values.filter((value) => typeof value === "number"));
  return new Set(support === true ? [1, 2] : []);
}

function listed(list: unknown, item: string): boolean {
  return Array.isArray(list) && list.includes(item);
}
