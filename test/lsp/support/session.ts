import type { Diagnostic, InitializeResult } from "vscode-languageserver/node";
import { expect, onTestFinished } from "vitest";
import { Client, type ClientOptions } from "./client.ts";
import type { Folder } from "./project.ts";

export interface SessionOptions extends ClientOptions {
  readonly capabilities?: object;
  readonly folders?: readonly Folder[];
  readonly initializationOptions?: object;
  /** Settings by folder address, for a client that can be asked. */
  readonly settings?: (uri: string) => unknown;
}

export interface Session {
  readonly client: Client;
  readonly initialized: InitializeResult;
  readonly open: (uri: string, text: string, version?: number) => void;
  readonly change: (uri: string, version: number, text: string) => void;
}

/** What every client with pull diagnostics announces here. */
export const PULL = {
  textDocument: {
    diagnostic: {
      relatedInformation: true,
      codeDescriptionSupport: true,
      dataSupport: true,
      tagSupport: { valueSet: [1, 2] },
    },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } }, isPreferredSupport: true },
    hover: { contentFormat: ["markdown"] },
  },
  workspace: { workspaceEdit: { documentChanges: true }, workspaceFolders: true },
};

export const PUSH = {
  textDocument: {
    publishDiagnostics: {
      relatedInformation: true,
      versionSupport: true,
      codeDescriptionSupport: true,
      dataSupport: true,
      tagSupport: { valueSet: [1, 2] },
    },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } },
  },
};

/** Starts a server and shakes hands. When the test ends the conversation must have been without fault. */
export async function session(options: SessionOptions = {}): Promise<Session> {
  const pushes = !("diagnostic" in ((options.capabilities as typeof PULL | undefined)?.textDocument ?? {}));
  const client = new Client({
    ...options,
    expects: [...(pushes ? ["textDocument/publishDiagnostics"] : []), ...(options.expects ?? [])],
    answers: {
      ...(options.settings && { "workspace/configuration": configurationAnswer(options.settings) }),
      ...options.answers,
    },
  });
  onTestFinished(async () => {
    if (client.process.exitCode !== null || client.process.signalCode !== null) return;
    expect(await client.close()).toEqual([]);
  });
  const folders = options.folders ?? [];
  const initialized = await client.request<InitializeResult>("initialize", {
    processId: process.pid,
    rootUri: folders[0]?.uri ?? null,
    workspaceFolders: folders.length === 0 ? null : folders.map(({ uri }) => ({ uri, name: uri.split("/").at(-1)! })),
    capabilities: options.capabilities ?? {},
    initializationOptions: options.initializationOptions,
  });
  client.notify("initialized", {});
  return {
    client,
    initialized,
    open: (uri, text, version = 1) =>
      client.notify("textDocument/didOpen", { textDocument: { uri, languageId: "typescript", version, text } }),
    change: (uri, version, text) =>
      client.notify("textDocument/didChange", { textDocument: { uri, version }, contentChanges: [{ text }] }),
  };
}

function configurationAnswer(settings: (uri: string) => unknown) {
  return ({ items }: { items: { scopeUri: string; section: string }[] }): unknown[] => {
    for (const { section } of items) expect(section).toBe("remit");
    return items.map(({ scopeUri }) => settings(scopeUri));
  };
}

/** What was last published about a file; waits for one that passes. */
export async function published(
  { client }: Session,
  uri: string,
  isMeant: (diagnostics: readonly Diagnostic[]) => boolean = () => true,
): Promise<{ readonly diagnostics: readonly Diagnostic[]; readonly version?: number }> {
  return client.until(() => {
    const last = client.notifications.findLast(
      ({ method, params }) => method === "textDocument/publishDiagnostics" && (params as { uri: string }).uri === uri,
    )?.params as { diagnostics: Diagnostic[]; version?: number } | undefined;
    return last && isMeant(last.diagnostics) ? last : undefined;
  }, `diagnostics of ${uri}`);
}

export async function pulled({ client }: Session, uri: string, previousResultId?: string) {
  return client.request<{
    readonly kind: "full" | "unchanged";
    readonly items?: readonly Diagnostic[];
    readonly resultId: string;
    readonly relatedDocuments?: Readonly<
      Record<string, { readonly kind: string; readonly items: readonly Diagnostic[] }>
    >;
  }>("textDocument/diagnostic", { textDocument: { uri }, identifier: "remit", previousResultId });
}

export function codes(diagnostics: readonly Diagnostic[] | undefined): unknown[] {
  return (diagnostics ?? []).map(({ code }) => code);
}
