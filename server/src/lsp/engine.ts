import type { Answer } from "../model/card.ts";
import type { PermissionRow } from "../model/pack.ts";
import type { CancellationToken, WorkspaceResult } from "../model/result.ts";

/** What the language server asks of the service, for one folder. Tests put another in its place. */
export interface Engine {
  /** Paths are relative to the root, parted by `/`. */
  setDocument(path: string, text: string): void;
  closeDocument(path: string): void;
  filesChanged(paths?: Iterable<string>): void;
  analyse(token: CancellationToken): Promise<WorkspaceResult>;
  explain(subject: string): Promise<Answer>;
  /** `line` counts from 1. */
  describePlace(path: string, line: number): Promise<Answer>;
  permission(provider: string, name: string): PermissionRow | undefined;
}

export interface EngineOptions {
  /** Absolute path of the folder. */
  readonly root: string;
  /** See nothing but the documents that are set: for files outside any folder. */
  readonly documentsOnly: boolean;
  readonly onProgress: (done: number, total: number, what: string) => void;
}

export type CreateEngine = (options: EngineOptions) => Promise<Engine>;

/** The real one. It loads compiler, facts and rules, so it is not loaded before a file needs it. */
export const createServiceEngine: CreateEngine = async ({ root, documentsOnly, onProgress }) => {
  const { Service } = await import("../service/service.ts");
  const service = await Service.create({ root, ...(documentsOnly && { files: {} }), onProgress });
  const { workspace } = service;
  return {
    setDocument: (path, text) => workspace.setDocument(path, text),
    closeDocument: (path) => workspace.closeDocument(path),
    filesChanged: (paths) => workspace.filesChanged(paths),
    analyse: (token) => service.analyse(token),
    explain: (subject) => service.explain(subject),
    describePlace: (path, line) => service.describePlace(path, line),
    permission: (provider, name) => service.facts.permission(provider, name),
  };
};
