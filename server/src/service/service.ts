import { composeFixes } from "../edit/compose.ts";
import { createFacts } from "../facts/lookup.ts";
import type { Facts } from "../facts/lookup.ts";
import type { DeployableAnalysis } from "../model/analysis.ts";
import type { Answer } from "../model/card.ts";
import type { Finding, FixKind, TextChange } from "../model/finding.ts";
import type { PermissionRow } from "../model/pack.ts";
import { compareText } from "../model/place.ts";
import type { CancellationToken, WorkspaceResult } from "../model/result.ts";
import { Cancelled } from "../model/result.ts";
import { Database } from "../query/database.ts";
import { RULES } from "../rules/index.ts";
import { createDiskFileSystem, ignoreFilesAbove, readTextFile } from "../workspace/disk-file-system.ts";
import { isProduct, type WorkspaceFile } from "../workspace/discover.ts";
import { readFactFile, readGrammarFiles } from "../workspace/shipped-files.ts";
import type { ManifestReading } from "../manifests/index.ts";
import { mayBeManifest } from "../manifests/names.ts";
import { isWithin } from "../frontends/resolution/paths.ts";
import { loadPython, loadTypeScript } from "../frontends/summarise.ts";
import { textContent } from "../workspace/file-system.ts";
import { createMemoryFileSystem } from "../workspace/memory-file-system.ts";
import { isAnalysedRole } from "../workspace/roles.ts";
import type { Problem, WorkspaceSnapshot } from "../workspace/workspace.ts";
import { Workspace, notAnalysed } from "../workspace/workspace.ts";
import type { AcceptedFinding, Acceptance } from "./acceptance.ts";
import type { Judgement } from "./findings.ts";
import { judge } from "./findings.ts";
import { withGrantsElsewhere } from "./granted-elsewhere.ts";
import type { Query } from "../query/define.ts";
import type { Queries } from "./queries.ts";
import { createQueries, fileStamp, isTraced, mentionsTrigger, snapshotInput } from "./queries.ts";
import type { Claim, JudgeEdited, ProofInput } from "./proof.ts";
import { provenTogether, proveFixes } from "./proof.ts";
import { suppressionsInManifests, suppressionsOf } from "./suppression.ts";

export interface ServiceOptions {
  /** Absolute path of the workspace; ignored where `files` are given. */
  readonly root: string;
  /** A workspace in memory, by path: fixtures. */
  readonly files?: Readonly<Record<string, string>>;
  /** What was asked about, relative to the root. */
  readonly paths?: readonly string[];
  /** Texts that stand in for what is on disk. */
  readonly overlay?: Readonly<Record<string, string>>;
  /** Absolute path of a configuration file that counts in place of those of the workspace. */
  readonly configurationFile?: string;
  /** Leave out files that cannot matter; true unless it is to be proven that this makes no difference. */
  readonly prefilter?: boolean;
  readonly token?: CancellationToken;
  onProgress?(done: number, total: number, what: string): void;
}

/** For so many changes a value is kept that was not needed: typing takes things away and brings them back. */
const KEPT_REVISIONS = 4;

/** The one engine behind command line and editor: a workspace that changes, and what is known about it. */
export class Service {
  readonly workspace: Workspace;
  readonly facts: Facts;
  private readonly options: ServiceOptions;
  private readonly database = new Database();
  /** What is known of the workspace with its fixes applied: of one keystroke little is to be proven again. */
  private readonly rehearsal = new Database();
  private readonly queries: Queries;
  private readonly stamps = new Map<string, number>();
  /** Of the analysis that runs now. */
  private token: CancellationToken | undefined;

  private constructor(options: ServiceOptions) {
    this.options = options;
    const fileSystem = options.files ? createMemoryFileSystem(options.files) : createDiskFileSystem(options.root);
    this.workspace = new Workspace(fileSystem, {
      paths: options.paths ?? [],
      ignoreFilesAbove: options.files ? [] : ignoreFilesAbove(options.root),
      knownRules: RULES.map((rule) => rule.meta.id),
      ...(options.configurationFile === undefined ? {} : { configuration: readTextFile(options.configurationFile) }),
    });
    for (const [path, text] of Object.entries(options.overlay ?? {})) this.workspace.setDocument(path, text);
    this.facts = createFacts(readFactFile);
    const isCancelled = (): boolean => this.token?.isCancelled === true;
    this.queries = createQueries({ facts: this.facts, prefilter: options.prefilter ?? true, isCancelled });
  }

  static create(options: ServiceOptions): Promise<Service> {
    return Promise.resolve(new Service(options));
  }

  /** Analyses the workspace as it is now; only what changed since the last time is computed again. */
  async analyse(token: CancellationToken | undefined = this.options.token): Promise<WorkspaceResult> {
    this.token = token;
    try {
      return await this.analyseAll();
    } finally {
      this.token = undefined;
    }
  }

  private async analyseAll(): Promise<WorkspaceResult> {
    const snapshot = await this.refresh();
    const deployables = await this.analyses(snapshot);
    const { findings, suppressed, problems } = this.judge(snapshot, deployables);
    const skipped = notAnalysed(snapshot);
    const errors = this.errors(snapshot, [...skipped.problems, ...problems]);
    const inScope = this.scope();
    // Everything that counts has been asked for; what no longer does, texts of files that went above all, is let go.
    this.database.sweep(KEPT_REVISIONS);
    this.rehearsal.sweep(KEPT_REVISIONS);
    return {
      files: snapshot.files.filter(
        (f) =>
          isAnalysedRole(f.role) &&
          (isTraced(f) || this.manifestOf(this.database, f) !== undefined) &&
          textOf(snapshot, f.path) !== undefined,
      ).length,
      notAnalysed: skipped.counts,
      deployables,
      findings: findings.filter((f) => inScope(f.place.file)),
      suppressed: suppressed.filter((s) => inScope(s.finding.place.file)),
      baselined: 0,
      errors,
      factsDate: this.facts.date,
      textOf: (file) => textOf(snapshot, file),
    };
  }

  /** What the facts say of a permission; those of a deployable know the company's own as well. */
  permission(deployable: string | null, provider: string, name: string): PermissionRow | undefined {
    const facts = deployable === null ? this.facts : this.factsOf(this.database, deployable);
    return facts.permission(provider, name);
  }

  explain(subject: string): Promise<Answer> {
    return import("./explain.ts").then((m) => m.explain(subject, this.facts));
  }

  async describePlace(file: string, line: number): Promise<Answer> {
    const snapshot = await this.refresh();
    const [{ describePlace }] = await Promise.all([import("./describe-place.ts"), loadFrontends(snapshot.files)]);
    return describePlace({
      file,
      line,
      snapshot,
      queries: this.queries,
      ask: (query, key) => this.ask(this.database, query, key),
    });
  }

  /** What becomes of the files if all proven fixes of some kinds are applied that one file's findings have, as far as they hold together. */
  async fixAll(file: string, kinds: readonly FixKind[]): Promise<readonly TextChange[]> {
    const snapshot = await this.refresh();
    const analyses = await this.analyses(snapshot);
    const { findings } = this.judge(snapshot, analyses);
    const claims = findings.flatMap((finding): Claim[] => {
      // Fixes of one finding are alternatives.
      const fix = finding.fixes.find(({ safe, kind }) => safe && kinds.includes(kind));
      return fix && finding.place.file === file ? [{ finding, fix }] : [];
    });
    const together = provenTogether(claims, this.proofInput(snapshot, analyses, findings));
    const { texts } = composeFixes(
      together.map(({ fix }) => fix),
      (path) => textOf(snapshot, path),
    );
    return [...texts].map(([path, after]) => ({ file: path, before: textOf(snapshot, path) ?? null, after }));
  }

  /** What to write where so that a finding is accepted for a reason; undefined where it cannot be. */
  async accept(finding: AcceptedFinding, reason: string): Promise<Acceptance | undefined> {
    const snapshot = await this.refresh();
    const [{ acceptance }] = await Promise.all([import("./acceptance.ts"), loadFrontends(snapshot.files)]);
    return acceptance(finding, reason, snapshot);
  }

  async describeConfiguration(): Promise<string> {
    const snapshot = await this.refresh();
    const { describeConfiguration } = await import("./describe-configuration.ts");
    return describeConfiguration(
      snapshot.configurationFor(this.options.paths?.[0] ?? "remit.yaml"),
      RULES.map((r) => r.meta),
    );
  }

  private async refresh(): Promise<WorkspaceSnapshot> {
    const change = await this.workspace.refresh();
    if (change.structural) this.database.set(snapshotInput, "", change.snapshot);
    for (const path of change.changed) {
      const stamp = (this.stamps.get(path) ?? 0) + 1;
      this.stamps.set(path, stamp);
      this.database.set(fileStamp, path, stamp);
      if (!change.snapshot.exists(path)) this.queries.forget(path);
    }
    return change.snapshot;
  }

  private async analyses(snapshot: WorkspaceSnapshot): Promise<DeployableAnalysis[]> {
    const inScope = this.scope();
    const touched = snapshot.deployables.filter((d) => d.files.some(inScope));
    const seeds = touched.flatMap(({ deployable }) => this.ask(this.database, this.queries.seeds, deployable.id).seeds);
    if (seeds.length > 0) await loadFrontends(snapshot.files);
    const analyses: DeployableAnalysis[] = [];
    for (const [i, { deployable, isData }] of touched.entries()) {
      this.options.onProgress?.(i, touched.length, deployable.name);
      // Lets whoever waits send a cancellation in between.
      await new Promise((resolve) => setImmediate(resolve));
      if (this.token?.isCancelled) throw new Cancelled();
      const analysis = this.ask(this.database, this.queries.analysis, deployable.id);
      if (isData && analysis.grants.length === 0 && analysis.tools.length === 0) continue;
      analyses.push(withGrantsElsewhere(analysis, snapshot, this.factsOf(this.database, deployable.id)));
    }
    return analyses;
  }

  private factsOf(database: Database, deployable: string): Facts {
    return this.ask(database, this.queries.spoken, deployable).facts;
  }

  private ask<V>(database: Database, query: Query<string, V>, key: string): V {
    return database.ask(query, key, this.token ? { token: this.token } : {});
  }

  /** Runs the rules, and lets fixes prove themselves. */
  private judge(snapshot: WorkspaceSnapshot, analyses: readonly DeployableAnalysis[]): Judgement {
    const judgement = this.judgeWith(this.database, snapshot, analyses);
    return { ...judgement, findings: proveFixes(this.proofInput(snapshot, analyses, judgement.findings)) };
  }

  private proofInput(
    snapshot: WorkspaceSnapshot,
    analyses: readonly DeployableAnalysis[],
    findings: readonly Finding[],
  ): ProofInput {
    const ids = analyses.map(({ deployable }) => deployable.id);
    return {
      findings,
      problems: this.syntaxErrors(this.database, snapshot).length,
      textOf: (file) => textOf(snapshot, file),
      judgeEdited: (texts) => this.judgeEdited(snapshot, texts, ids),
    };
  }

  private judgeWith(
    database: Database,
    snapshot: WorkspaceSnapshot,
    analyses: readonly DeployableAnalysis[],
  ): Judgement {
    const isAnalysed = this.analysed(snapshot);
    const inManifests = suppressionsInManifests(snapshot, (file) =>
      isAnalysed(file.path) ? (this.manifestOf(database, file)?.comments ?? []) : [],
    );
    const inCode = suppressionsOf(
      snapshot,
      (file) => ({
        summary: isAnalysed(file) ? this.ask(database, this.queries.summary, file) : undefined,
        positions: isAnalysed(file) ? this.ask(database, this.queries.positions, file) : undefined,
      }),
      (file) => this.factsOf(database, snapshot.ownerOf(file) ?? ""),
    );
    return judge(analyses, {
      snapshot,
      factsOf: (id) => this.factsOf(database, id),
      factsDate: this.facts.date,
      suppressions: [...inCode, ...inManifests],
      textOf: (file) => textOf(snapshot, file),
    });
  }

  /** The same workspace with other texts, in a database of its own: what is known of the real one stays as it is. */
  private judgeEdited(
    real: WorkspaceSnapshot,
    texts: ReadonlyMap<string, string>,
    ids: readonly string[],
  ): ReturnType<JudgeEdited> {
    const snapshot: WorkspaceSnapshot = {
      ...real,
      read: (path) => (texts.has(path) ? textContent(texts.get(path)!) : real.read(path)),
    };
    this.rehearsal.set(snapshotInput, "", snapshot);
    const analyses = ids.map((id) =>
      withGrantsElsewhere(
        this.ask(this.rehearsal, this.queries.analysis, id),
        snapshot,
        this.factsOf(this.rehearsal, id),
      ),
    );
    return {
      judgement: this.judgeWith(this.rehearsal, snapshot, analyses),
      problems: this.syntaxErrors(this.rehearsal, snapshot).length,
    };
  }

  private errors(snapshot: WorkspaceSnapshot, unread: readonly Problem[]): { file: string; message: string }[] {
    const all = [...snapshot.problems, ...unread, ...this.syntaxErrors(this.database, snapshot)];
    return all
      .map(({ file, message }) => ({ file, message: withoutFile(file, message) }))
      .sort((a, b) => compareText(a.file, b.file) || compareText(a.message, b.message));
  }

  /** Of files that were read by a trace, and of manifests; the rest of a broken file still counts. */
  private syntaxErrors(database: Database, snapshot: WorkspaceSnapshot): Problem[] {
    const isAnalysed = this.analysed(snapshot);
    const manifests = snapshot.files.flatMap((file): Problem[] => {
      const reading = isAnalysed(file.path) ? this.manifestOf(database, file) : undefined;
      if (reading?.problem === undefined) return [];
      return [
        { file: file.path, message: `${reading.title}: ${reading.problem}; read as far as it can be understood` },
      ];
    });
    const code = snapshot.files.filter(isTraced).flatMap(({ path }) => {
      const text = isAnalysed(path) ? textOf(snapshot, path) : undefined;
      if (text === undefined || !mentionsTrigger(text)) return [];
      const problem = this.ask(database, this.queries.summary, path)?.problems[0];
      return problem === undefined
        ? []
        : [{ file: path, message: `syntax error: ${problem.replace(/\.$/, "")}; read as far as it can be understood` }];
    });
    return [...code, ...manifests];
  }

  private manifestOf(database: Database, file: WorkspaceFile): ManifestReading | undefined {
    return mayBeManifest(file.path) && isProduct(file)
      ? this.ask(database, this.queries.manifest, file.path)
      : undefined;
  }

  /** The files of the deployables that what was asked about touches. */
  private analysed(snapshot: WorkspaceSnapshot): (file: string) => boolean {
    const inScope = this.scope();
    const files = new Set(snapshot.deployables.flatMap((each) => (each.files.some(inScope) ? each.files : [])));
    return (file) => files.has(file);
  }

  private scope(): (file: string) => boolean {
    const paths = this.options.paths ?? [];
    if (paths.length === 0 || paths.includes("")) return () => true;
    return (file) => paths.some((path) => isWithin(file, path));
  }
}

/** `remit.yaml:4: no rule` of `remit.yaml` is `line 4: no rule`. */
function withoutFile(file: string, message: string): string {
  if (!message.startsWith(`${file}:`)) return message;
  return message
    .slice(file.length + 1)
    .replace(/^(\d+):/, "line $1:")
    .trimStart();
}

function textOf(snapshot: WorkspaceSnapshot, file: string): string | undefined {
  const content = snapshot.read(file);
  return content.kind === "text" ? content.text : undefined;
}

/** The front-ends of the languages that a workspace is written in: an import may lead from one file to any other. */
async function loadFrontends(files: readonly WorkspaceFile[]): Promise<void> {
  const isTypeScript = ({ language }: WorkspaceFile) => language === "typescript" || language === "javascript";
  await Promise.all([
    files.some(isTypeScript) ? loadTypeScript() : undefined,
    files.some(({ language }) => language === "python") ? loadPython(readGrammarFiles) : undefined,
  ]);
}
