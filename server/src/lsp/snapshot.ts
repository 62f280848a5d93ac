import type { DeployableAnalysis } from "../model/analysis.ts";
import type { Finding } from "../model/finding.ts";
import type { PermissionRow } from "../model/pack.ts";
import type { Place } from "../model/place.ts";
import { lineStartsOf } from "../model/place.ts";
import type { WorkspaceResult } from "../model/result.ts";

/** A configuration error, where it stands. */
export interface ConfigurationError {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

export interface SnapshotSource {
  readonly result: WorkspaceResult;
  readonly milliseconds: number;
  /** Versions of the open documents that took part, by path relative to the root. */
  readonly versions: ReadonlyMap<string, number>;
  readonly permission: (provider: string, name: string) => PermissionRow | undefined;
}

/** What is known of one folder at one moment. Nothing in it changes, whatever is typed meanwhile. */
export class Snapshot {
  readonly result: WorkspaceResult;
  readonly milliseconds: number;
  readonly versions: ReadonlyMap<string, number>;
  readonly configurationErrors: ReadonlyMap<string, readonly ConfigurationError[]>;
  readonly permission: SnapshotSource["permission"];
  readonly #findings: ReadonlyMap<string, readonly Finding[]>;
  readonly #texts: ReadonlyMap<string, string>;
  readonly #lineStarts = new Map<string, readonly number[]>();

  constructor({ result, milliseconds, versions, permission }: SnapshotSource) {
    this.result = result;
    this.milliseconds = milliseconds;
    this.versions = versions;
    this.permission = permission;
    this.#findings = grouped(result.findings, ({ place }) => place.file);
    this.configurationErrors = grouped(configurationErrors(result), ({ file }) => file);
    this.#texts = textsOf(result);
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

  deployable(id: string | null): DeployableAnalysis | undefined {
    return this.result.deployables.find(({ deployable }) => deployable.id === id);
  }
}

/** `line 4: lint.rules.x is not a rule` of a `remit.yaml`; other errors are for the log. */
function configurationErrors({ errors }: WorkspaceResult): ConfigurationError[] {
  return errors.flatMap(({ file, message }) => {
    if (!/(?:^|\/)remit\.yaml$/.test(file)) return [];
    const numbered = /^line (\d+):\s*(.*)$/s.exec(message);
    return [{ file, line: numbered ? Number(numbered[1]) : 1, message: numbered?.[2] ?? message }];
  });
}

/** The service reads texts as they are now; here they are kept as they were. */
function textsOf(result: WorkspaceResult): Map<string, string> {
  const files = new Set(result.errors.map(({ file }) => file));
  const add = (...places: (Place | null | undefined)[]): void => {
    for (const place of places) if (place) files.add(place.file);
  };
  for (const { place, related, fixes } of result.findings) {
    add(place, ...related.map((each) => each.place));
    for (const { edits, listChanges } of fixes) {
      for (const { file } of edits) files.add(file);
      for (const { list } of listChanges ?? []) files.add(list.file);
    }
  }
  for (const { accesses, grants, tools, agents, blindSpots } of result.deployables) {
    for (const { place, reachedBy } of accesses) {
      add(place);
      for (const { trace } of reachedBy) add(...trace.map((step) => step.place));
    }
    for (const grant of grants) add(grant.place, grant.takesEffectAt);
    for (const tool of tools) add(tool.place, tool.handler, tool.annotationsObject?.place);
    add(...agents.map(({ place }) => place), ...blindSpots.map(({ place }) => place));
  }
  const texts = [...files].flatMap((file) => {
    const text = result.textOf(file);
    return text === undefined ? [] : [[file, text] as const];
  });
  return new Map(texts);
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
