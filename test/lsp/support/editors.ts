/**
 * What real editors announce, as far as it concerns this server: taken from the source of each (VS Code: `vscode-languageclient`
 * 11.0.0; Neovim 0.7: what Debian's package sends, 0.11: `runtime/lua/vim/lsp/protocol.lua`; Helix: `helix-lsp/src/client.rs`; Zed:
 * `crates/lsp/src/lsp.rs`; JetBrains: `SupportedFeatures.java` of LSP4IJ). Members that no server of diagnostics reads are left out.
 */
export interface Editor {
  readonly name: string;
  readonly capabilities: object;
  readonly diagnostics: "pull" | "push";
}

const KINDS = [
  "",
  "quickfix",
  "refactor",
  "refactor.extract",
  "refactor.inline",
  "refactor.rewrite",
  "source",
  "source.organizeImports",
];
const LITERALS = { codeActionLiteralSupport: { codeActionKind: { valueSet: KINDS } } };
/** Neovim 0.7 lists the names of its own table as well. */
const LITERALS_AND_NAMES = {
  codeActionLiteralSupport: {
    codeActionKind: {
      valueSet: [
        ..."Empty QuickFix Refactor RefactorExtract RefactorInline RefactorRewrite Source SourceOrganizeImports".split(
          " ",
        ),
        ...KINDS,
      ].sort(),
    },
  },
};
const BOTH_TAGS = { valueSet: [1, 2] };

export const EDITORS: readonly Editor[] = [
  {
    name: "VS Code",
    diagnostics: "pull",
    capabilities: {
      general: { positionEncodings: ["utf-16"], staleRequestSupport: { cancel: true, retryOnContentModified: [] } },
      textDocument: {
        synchronization: { dynamicRegistration: true, willSave: true, willSaveWaitUntil: true, didSave: true },
        publishDiagnostics: {
          relatedInformation: true,
          versionSupport: false,
          tagSupport: BOTH_TAGS,
          codeDescriptionSupport: true,
          dataSupport: true,
        },
        diagnostic: {
          dynamicRegistration: true,
          relatedDocumentSupport: false,
          relatedInformation: true,
          tagSupport: BOTH_TAGS,
          codeDescriptionSupport: true,
          dataSupport: true,
          markupMessageSupport: false,
        },
        codeAction: {
          ...LITERALS,
          dynamicRegistration: true,
          isPreferredSupport: true,
          disabledSupport: true,
          dataSupport: true,
          resolveSupport: { properties: ["edit", "command"] },
          honorsChangeAnnotations: true,
        },
        hover: { dynamicRegistration: true, contentFormat: ["markdown", "plaintext"] },
      },
      window: {
        workDoneProgress: true,
        showMessage: { messageActionItem: { additionalPropertiesSupport: true } },
        showDocument: { support: true },
      },
      workspace: {
        applyEdit: true,
        workspaceEdit: {
          documentChanges: true,
          resourceOperations: ["create", "rename", "delete"],
          failureHandling: "textOnlyTransactional",
          normalizesLineEndings: true,
          changeAnnotationSupport: { groupsOnLabel: true },
          metadataSupport: true,
          snippetEditSupport: true,
        },
        configuration: true,
        didChangeConfiguration: { dynamicRegistration: true },
        didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
        workspaceFolders: true,
        diagnostics: { refreshSupport: true },
        executeCommand: { dynamicRegistration: true },
        fileOperations: {
          dynamicRegistration: true,
          didCreate: true,
          didRename: true,
          didDelete: true,
          willCreate: true,
          willRename: true,
          willDelete: true,
        },
      },
    },
  },
  {
    name: "Neovim 0.7",
    diagnostics: "push",
    capabilities: {
      textDocument: {
        synchronization: { dynamicRegistration: false, willSave: false, willSaveWaitUntil: false, didSave: true },
        publishDiagnostics: { relatedInformation: true, tagSupport: BOTH_TAGS },
        codeAction: {
          ...LITERALS_AND_NAMES,
          dynamicRegistration: false,
          dataSupport: true,
          resolveSupport: { properties: ["edit"] },
        },
        hover: { dynamicRegistration: false, contentFormat: ["markdown", "plaintext"] },
      },
      window: {
        workDoneProgress: true,
        showMessage: { messageActionItem: { additionalPropertiesSupport: false } },
        showDocument: { support: false },
      },
      workspace: {
        applyEdit: true,
        workspaceFolders: true,
        workspaceEdit: { resourceOperations: ["rename", "create", "delete"] },
      },
    },
  },
  {
    name: "Neovim 0.11",
    diagnostics: "pull",
    capabilities: {
      general: { positionEncodings: ["utf-8", "utf-16", "utf-32"] },
      textDocument: {
        synchronization: { dynamicRegistration: false, willSave: true, willSaveWaitUntil: true, didSave: true },
        publishDiagnostics: { relatedInformation: true, tagSupport: BOTH_TAGS, dataSupport: true },
        diagnostic: { dynamicRegistration: false, tagSupport: BOTH_TAGS },
        codeAction: {
          ...LITERALS,
          dynamicRegistration: true,
          isPreferredSupport: true,
          dataSupport: true,
          resolveSupport: { properties: ["edit", "command"] },
        },
        hover: { dynamicRegistration: true, contentFormat: ["markdown", "plaintext"] },
      },
      window: {
        workDoneProgress: true,
        showMessage: { messageActionItem: { additionalPropertiesSupport: true } },
        showDocument: { support: true },
      },
      workspace: {
        applyEdit: true,
        configuration: true,
        workspaceFolders: true,
        didChangeConfiguration: { dynamicRegistration: false },
        didChangeWatchedFiles: { dynamicRegistration: false, relativePatternSupport: true },
        workspaceEdit: { resourceOperations: ["rename", "create", "delete"] },
      },
    },
  },
  {
    name: "Helix",
    diagnostics: "push",
    capabilities: {
      general: { positionEncodings: ["utf-8", "utf-32", "utf-16"] },
      textDocument: {
        publishDiagnostics: { versionSupport: true, tagSupport: BOTH_TAGS },
        codeAction: {
          ...LITERALS,
          isPreferredSupport: true,
          disabledSupport: true,
          dataSupport: true,
          resolveSupport: { properties: ["edit", "command"] },
        },
        hover: { contentFormat: ["markdown"] },
      },
      window: { workDoneProgress: true },
      workspace: {
        configuration: true,
        applyEdit: true,
        workspaceFolders: true,
        didChangeConfiguration: { dynamicRegistration: false },
        didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: false },
        fileOperations: { willRename: true, didRename: true },
        workspaceEdit: {
          documentChanges: true,
          resourceOperations: ["create", "rename", "delete"],
          failureHandling: "abort",
          normalizesLineEndings: false,
        },
      },
    },
  },
  {
    name: "Zed",
    diagnostics: "pull",
    capabilities: {
      general: { positionEncodings: ["utf-16"] },
      textDocument: {
        synchronization: { didSave: true },
        publishDiagnostics: { relatedInformation: true },
        diagnostic: { dynamicRegistration: false, relatedDocumentSupport: true },
        codeAction: {
          ...LITERALS,
          dataSupport: true,
          resolveSupport: { properties: ["kind", "diagnostics", "isPreferred", "disabled", "edit", "command"] },
        },
        hover: { contentFormat: ["markdown"] },
      },
      window: { workDoneProgress: true, showMessage: {} },
      workspace: {
        applyEdit: true,
        configuration: true,
        workspaceFolders: true,
        didChangeConfiguration: { dynamicRegistration: true },
        didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
        diagnostics: { refreshSupport: true },
        fileOperations: { dynamicRegistration: false, didRename: true, willRename: true },
        workspaceEdit: {
          documentChanges: true,
          resourceOperations: ["create", "rename", "delete"],
          snippetEditSupport: true,
        },
      },
    },
  },
  {
    name: "JetBrains (LSP4IJ)",
    diagnostics: "push",
    capabilities: {
      textDocument: {
        synchronization: { willSave: true, willSaveWaitUntil: true, didSave: true },
        publishDiagnostics: { relatedInformation: true, codeDescriptionSupport: true, dataSupport: true },
        codeAction: {
          ...LITERALS,
          dynamicRegistration: true,
          dataSupport: true,
          resolveSupport: { properties: ["edit"] },
        },
        hover: { contentFormat: ["markdown", "plaintext"] },
      },
      window: { workDoneProgress: true, showDocument: { support: true }, showMessage: {} },
      workspace: {
        applyEdit: true,
        workspaceFolders: true,
        executeCommand: { dynamicRegistration: true },
        didChangeConfiguration: { dynamicRegistration: true },
        didChangeWatchedFiles: { dynamicRegistration: true },
        fileOperations: { dynamicRegistration: true, willRename: true, didRename: true },
        workspaceEdit: { documentChanges: true, resourceOperations: ["create", "delete", "rename"] },
      },
    },
  },
];
