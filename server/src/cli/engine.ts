import type { Answer } from "../model/card.ts";
import type { CancellationToken, WorkspaceResult } from "../model/result.ts";

/** What the commands ask of the service. */
export interface Engine {
  /** Texts that only the engine sees, by file relative to the root: what fixes would make of them. */
  readonly workspace: {
    setDocument(file: string, text: string): void;
    /** What is on disk counts again, as it is now. */
    closeDocument(file: string): void;
  };
  analyse(): Promise<WorkspaceResult>;
  explain(subject: string): Promise<Answer>;
  /** `file` relative to the workspace root; `line` counts from 1. */
  describePlace(file: string, line: number): Promise<Answer>;
  /** The configuration in force, as YAML or JSON text. */
  describeConfiguration(): Promise<string>;
}

export interface EngineOptions {
  /** Absolute path of the workspace. */
  readonly root: string;
  /** What was asked about, relative to the root; `""` is the root itself. */
  readonly paths?: readonly string[];
  /** Texts that stand in for what is on disk, by file relative to the root. */
  readonly overlay?: Readonly<Record<string, string>>;
  /** Absolute path of a configuration file that replaces those of the workspace. */
  readonly configurationFile?: string;
  readonly token?: CancellationToken;
  onProgress?(done: number, total: number, what: string): void;
}

export type CreateEngine = (options: EngineOptions) => Promise<Engine>;
