import type { Answer } from "../model/card.ts";
import type { FixKind, TextChange } from "../model/finding.ts";
import type { PermissionRow } from "../model/pack.ts";
import type { Result } from "../model/result.ts";
import type { AcceptedFinding, Acceptance } from "../service/acceptance.ts";
import type { CancelFlag } from "./cancel-flag.ts";

/** What the language server asks of the service, for one folder. Tests put another in its place. */
export interface Engine {
  /** It answers nothing any more, and another one is needed. */
  isLost(): boolean;
  /** Paths are relative to the root, parted by `/`. */
  setDocument(path: string, text: string): void;
  closeDocument(path: string): void;
  filesChanged(paths?: Iterable<string>): void;
  analyse(token: CancelFlag): Promise<Analysed>;
  explain(subject: string): Promise<Answer>;
  /** What becomes of the files if all proven fixes of some kinds are applied that one file's findings have. */
  fixAll(path: string, kinds: readonly FixKind[]): Promise<readonly TextChange[]>;
  /** What to write where so that a finding is accepted for a reason. */
  accept(finding: AcceptedFinding, reason: string): Promise<Acceptance | undefined>;
  /** `line` counts from 1. */
  describePlace(path: string, line: number): Promise<Answer>;
  /** Nobody asks any more: what it knows may be let go. */
  dispose(): void;
}

/** What came out of one analysis: plain data, which may come from another thread. */
export interface Analysed {
  readonly result: Result;
  /** The texts that were analysed, of the files a place is in. */
  readonly texts: ReadonlyMap<string, string>;
  /** What the facts say of the permissions that are granted or spoken of, by `permissionKey`. */
  readonly permissions: ReadonlyMap<string, PermissionRow>;
}

export function permissionKey(deployable: string | null, provider: string, name: string): string {
  return `${deployable ?? ""} ${provider} ${name}`;
}

export interface EngineOptions {
  /** Absolute path of the folder. */
  readonly root: string;
  /** See nothing but the documents that are set: for files outside any folder. */
  readonly documentsOnly: boolean;
  readonly onProgress: (done: number, total: number, what: string) => void;
}

export type CreateEngine = (options: EngineOptions) => Engine;

/** There is no engine any more, or never was one, and what it was told is lost with it. Another one may be made. */
export class EngineLost extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = "EngineLost";
  }
}
