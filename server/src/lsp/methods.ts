import { codeAction } from "./handlers/code-action.ts";
import { codeActionResolve } from "./handlers/code-action-resolve.ts";
import { didChange } from "./handlers/did-change.ts";
import { didChangeConfiguration } from "./handlers/did-change-configuration.ts";
import { didChangeFiles } from "./handlers/did-change-files.ts";
import { didChangeWatchedFiles } from "./handlers/did-change-watched-files.ts";
import { didChangeWorkspaceFolders } from "./handlers/did-change-workspace-folders.ts";
import { didClose } from "./handlers/did-close.ts";
import { didOpen } from "./handlers/did-open.ts";
import { didSave } from "./handlers/did-save.ts";
import { documentDiagnostic, NOTHING_TO_SAY } from "./handlers/document-diagnostic.ts";
import { executeCommand } from "./handlers/execute-command.ts";
import { hover } from "./handlers/hover.ts";
import { initialized } from "./handlers/initialized.ts";
import { workspaceDiagnostic } from "./handlers/workspace-diagnostic.ts";
import type { Method } from "./method.ts";
import {
  ANYTHING,
  has,
  isAbsentOr,
  isContentChange,
  isListOf,
  isNumber,
  isPosition,
  isRange,
  isText,
  shape,
} from "./shapes.ts";

const DOCUMENT = { "textDocument.uri": isText };
const FOLDERS = isListOf(has("uri", isText));

/** All methods but `initialize`, `shutdown` and `exit`, which begin and end everything. */
export const METHODS: readonly Method[] = [
  { method: "initialized", kind: "notification", lane: "now", accepts: ANYTHING, handle: initialized },
  {
    method: "textDocument/didOpen",
    kind: "notification",
    lane: "now",
    handle: didOpen,
    accepts: shape({ ...DOCUMENT, "textDocument.version": isNumber, "textDocument.text": isText }),
  },
  {
    method: "textDocument/didChange",
    kind: "notification",
    lane: "now",
    handle: didChange,
    accepts: shape({ ...DOCUMENT, "textDocument.version": isNumber, contentChanges: isListOf(isContentChange) }),
  },
  { method: "textDocument/didSave", kind: "notification", lane: "now", accepts: shape(DOCUMENT), handle: didSave },
  { method: "textDocument/didClose", kind: "notification", lane: "now", accepts: shape(DOCUMENT), handle: didClose },
  {
    method: "textDocument/diagnostic",
    kind: "request",
    lane: "snapshot",
    otherwise: NOTHING_TO_SAY,
    accepts: shape({ ...DOCUMENT, previousResultId: isAbsentOr(isText) }),
    handle: documentDiagnostic,
  },
  {
    method: "workspace/diagnostic",
    kind: "request",
    lane: "index",
    handle: workspaceDiagnostic,
    accepts: shape({ previousResultIds: isListOf((id) => has("uri", isText)(id) && has("value", isText)(id)) }),
  },
  {
    method: "textDocument/hover",
    kind: "request",
    lane: "snapshot",
    otherwise: null,
    accepts: shape({ ...DOCUMENT, position: isPosition }),
    handle: hover,
  },
  {
    method: "textDocument/codeAction",
    kind: "request",
    lane: "snapshot",
    otherwise: [],
    handle: codeAction,
    accepts: shape({
      ...DOCUMENT,
      range: isRange,
      "context.diagnostics": isListOf(has("range", isRange)),
      "context.only": isAbsentOr(isListOf(isText)),
    }),
  },
  {
    method: "codeAction/resolve",
    kind: "request",
    lane: "index",
    accepts: shape({ title: isText }),
    handle: codeActionResolve,
  },
  {
    method: "workspace/executeCommand",
    kind: "request",
    lane: "index",
    handle: executeCommand,
    accepts: shape({ command: isText, arguments: isAbsentOr(Array.isArray) }),
  },
  {
    method: "workspace/didChangeConfiguration",
    kind: "notification",
    lane: "now",
    accepts: shape({}),
    handle: didChangeConfiguration,
  },
  {
    method: "workspace/didChangeWatchedFiles",
    kind: "notification",
    lane: "now",
    accepts: shape({ changes: FOLDERS }),
    handle: didChangeWatchedFiles,
  },
  {
    method: "workspace/didChangeWorkspaceFolders",
    kind: "notification",
    lane: "now",
    accepts: shape({ "event.added": FOLDERS, "event.removed": FOLDERS }),
    handle: didChangeWorkspaceFolders,
  },
  { method: "workspace/didCreateFiles", kind: "notification", lane: "now", accepts: ANYTHING, handle: didChangeFiles },
  { method: "workspace/didRenameFiles", kind: "notification", lane: "now", accepts: ANYTHING, handle: didChangeFiles },
  { method: "workspace/didDeleteFiles", kind: "notification", lane: "now", accepts: ANYTHING, handle: didChangeFiles },
];
