import type { Finding } from "../model/finding.ts";
import type { PermissionRow } from "../model/pack.ts";
import { lineStartsOf } from "../model/place.ts";
import type { Result } from "../model/result.ts";
import { type Analysed, permissionKey } from "./engine.ts";

/** A configuration error, where it stands. */
export interface ConfigurationError {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

export interface SnapshotSource extends Analysed {
  readonly milliseconds: number;
  /** Versions of the open documents that took part, by path relative to the root. */
  readonly versions: ReadonlyMap<string, number>;
}

/** What is known of one folder at one moment. Nothing in it changes, whatever is typed meanwhile. */
export class Snapshot {
  readonly result: Result;
  readonly milliseconds: number;
  readonly versions: ReadonlyMap<string, number>;
  readonly configurationErrors: ReadonlyMap<string, readonly ConfigurationError[]>;
  readonly #permissions: Analysed["permissions"];
  readonly #findings: ReadonlyMap<string, readonly Finding[]>;
  readonly #texts: ReadonlyMap<string, string>;
  readonly #lineStarts = new Map<string, readonly number[]>();

  constructor({ result, texts, permissions, milliseconds, versions }: SnapshotSource) {
    this.result = result;
    this.milliseconds = milliseconds;
    this.versions = versions;
    this.#permissions = permissions;
    this.#findings = grouped(result.findings, ({ place }) => place.file);
    this.configurationErrors = grouped(configurationErrors(result), ({ file }) => file);
    this.#texts = texts;
  }

  /** Files there is something to say about, relative to the root. */
  get files(): Iterable<string> {
    return new Set([...this.#findings.keys(), ...this.configurationErrors.keys()]);
  }

  findingsIn(file: string): readonly Finding[] {
    return this.#findings.get(file) ?? [];
  }

  /** The text that was analysed; only of files a place is in. */
  text(file: string): string | undefined {
    return this.#texts.get(file);
  }

  lineStarts(file: string): readonly number[] {
    let starts = this.#lineStarts.get(file);
    if (starts === undefined) this.#lineStarts.set(file, (starts = lineStartsOf(this.text(file) ?? "")));
    return starts;
  }

  /** What the facts of a deployable say of a permission that is granted or spoken of. */
  permission(deployable: string | null, provider: string, name: string): PermissionRow | undefined {
    return this.#permissions.get(permissionKey(deployable, provider, name));
  }
}

/** `line 4: lint.rules.x is not a rule` of a `remit.yaml`; other errors are for the log. */
function configurationErrors({ errors }: Result): ConfigurationError[] {
  return errors.flatMap(({ file, message }) => {
    if (!/(?:^|\/)remit\.yaml$/.test(file)) return [];
    const numbered = /^line (\d+):\s*(.*)$/s.exec(message);
    return [{ file, line: numbered ? Number(numbered[1]) : 1, message: numbered?.[2] ?? message }];
  });
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
