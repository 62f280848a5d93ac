import type { Answer } from "../model/card.ts";
import type { FixKind, TextChange } from "../model/finding.ts";
import { Cancelled } from "../model/result.ts";
import type { AcceptedFinding, Acceptance } from "../service/acceptance.ts";
import { CancelFlag } from "./cancel-flag.ts";
import type { OpenDocument } from "./documents.ts";
import { type CreateEngine, type Engine, EngineLost } from "./engine.ts";
import { DEFAULT_SETTINGS, type Settings } from "./settings.ts";
import { Snapshot } from "./snapshot.ts";
import { relativeBelow, uriBelow } from "./uris.ts";
import { cancellationOf, type RequestToken } from "./waiting.ts";

export interface ProjectRoot {
  readonly uri: string;
  /** Absolute. */
  readonly path: string;
  readonly name: string;
  /** A directory of which only the open documents are seen: their files belong to no folder of the workspace. */
  readonly loose: boolean;
}

export interface ProjectEvents {
  started(project: Project): void;
  progress(project: Project, done: number, total: number, what: string): void;
  /** What began has ended: well, with an error, or because nobody wants to know any more. */
  ended(project: Project, outcome: Snapshot | Error | "given up"): void;
}

/**
 * One folder: what was changed in it, and what is known about it. Changes are kept until nothing computes any more, for the
 * engine reads texts when it needs them: a run sees one state, and a snapshot is of one state.
 */
export class Project {
  readonly root: ProjectRoot;
  settings: Settings = DEFAULT_SETTINGS;
  /** A document or a request was about it: before, nothing heavy is loaded. */
  isWanted = false;
  isDisposed = false;
  #engine: Engine | undefined;
  #snapshot: Snapshot | undefined;
  #isStale = true;
  #run: Promise<void> | undefined;
  /** Of the run that the engine is busy with. */
  #flag: CancelFlag | undefined;
  #waiting = 0;
  /** Ends when the engine is free. */
  #busy: Promise<unknown> = Promise.resolve();
  readonly #open = new Map<string, OpenDocument>();
  /** Opened, changed or closed since the engine was last told. */
  readonly #untold = new Set<string>();
  #files: Set<string> | "all" = new Set();
  readonly #createEngine: CreateEngine;
  readonly #events: ProjectEvents;

  constructor(root: ProjectRoot, createEngine: CreateEngine, events: ProjectEvents) {
    this.root = root;
    this.#createEngine = createEngine;
    this.#events = events;
  }

  /** Path relative to the root; undefined for files that are not below it. */
  relative(path: string): string | undefined {
    const relative = relativeBelow(this.root.path, path);
    return this.root.loose && relative?.includes("/") ? undefined : relative;
  }

  uri(relative: string): string {
    return uriBelow(this.root.uri, relative);
  }

  get isStale(): boolean {
    return this.#isStale;
  }

  /** The last snapshot, perhaps of an earlier state. */
  get latest(): Snapshot | undefined {
    return this.#snapshot;
  }

  setDocument(relative: string, document: OpenDocument): void {
    this.#open.set(relative, document);
    this.#untold.add(relative);
    this.#touch();
  }

  closeDocument(relative: string): void {
    this.#open.delete(relative);
    this.#untold.add(relative);
    this.#touch();
  }

  /** Without paths: any file may have changed. */
  filesChanged(relative?: Iterable<string>): void {
    if (relative === undefined) this.#files = "all";
    else if (this.#files !== "all") for (const path of relative) this.#files.add(path);
    this.#touch();
  }

  /** What is known of the folder as it is now. */
  async current(token: RequestToken): Promise<Snapshot> {
    this.isWanted = true;
    const cancellation = cancellationOf(token);
    this.#waiting++;
    try {
      for (;;) {
        if (token.isCancelled || this.isDisposed) throw new Cancelled();
        if (!this.#isStale && !this.#run && this.#snapshot) return this.#snapshot;
        this.#run ??= this.#analyse().finally(() => (this.#run = undefined));
        await Promise.race([this.#run, cancellation.promise]);
      }
    } finally {
      cancellation.dispose();
      this.#waiting--;
      // Nobody is left who wants to know.
      if (this.#waiting === 0) this.#flag?.cancel();
    }
  }

  explain(subject: string): Promise<Answer> {
    return this.#exclusive((engine) => engine.explain(subject));
  }

  describePlace(relative: string, line: number): Promise<Answer> {
    return this.#exclusive((engine) => engine.describePlace(relative, line));
  }

  fixAll(relative: string, kinds: readonly FixKind[]): Promise<readonly TextChange[]> {
    return this.#exclusive((engine) => engine.fixAll(relative, kinds));
  }

  accept({ place, ruleId, permission }: AcceptedFinding, reason: string): Promise<Acceptance | undefined> {
    return this.#exclusive((engine) => engine.accept({ place, ruleId, permission }, reason));
  }

  /** Forgets all it knows, for settings turn it off. */
  rest(): void {
    this.#touch();
    this.#snapshot = undefined;
    this.#engine?.dispose();
    this.#forgetEngine();
  }

  /** The folder is gone; whoever waits is told so. */
  dispose(): void {
    this.isDisposed = true;
    this.rest();
  }

  #touch(): void {
    this.#isStale = true;
    this.#flag?.cancel();
  }

  async #analyse(): Promise<void> {
    const begun = performance.now();
    this.#events.started(this);
    try {
      this.#snapshot = await this.#exclusive(async (engine) => {
        // Changes that came while the engine was busy have been told by now.
        this.#isStale = false;
        const versions = new Map([...this.#open].map(([path, { version }]) => [path, version]));
        const analysed = await this.#cancellable((flag) => engine.analyse(flag));
        return new Snapshot({ ...analysed, milliseconds: performance.now() - begun, versions });
      });
      this.#events.ended(this, this.#snapshot);
    } catch (error) {
      if (error instanceof Cancelled) this.#isStale = true;
      // What was known stays; it is tried again when something changes.
      else this.#snapshot ??= emptySnapshot();
      this.#events.ended(this, error instanceof Cancelled ? "given up" : asError(error));
    }
  }

  async #cancellable<T>(run: (flag: CancelFlag) => Promise<T>): Promise<T> {
    this.#flag = new CancelFlag();
    if (this.#waiting === 0) this.#flag.cancel();
    try {
      return await run(this.#flag);
    } finally {
      this.#flag = undefined;
    }
  }

  /** One at a time, on the state that the client has told of. */
  #exclusive<T>(use: (engine: Engine) => Promise<T>): Promise<T> {
    const result = this.#busy.then(async () => {
      if (this.#engine?.isLost()) this.#forgetEngine();
      try {
        this.#engine ??= this.#createEngine({
          root: this.root.path,
          documentsOnly: this.root.loose,
          onProgress: (done, total, what) => this.#events.progress(this, done, total, what),
        });
        const engine = this.#engine;
        this.#tell(engine);
        return await use(engine);
      } catch (error) {
        if (error instanceof EngineLost) this.#forgetEngine();
        throw error;
      }
    });
    this.#busy = result.catch(() => undefined);
    return result;
  }

  #tell(engine: Engine): void {
    if (this.#files === "all") engine.filesChanged();
    else if (this.#files.size > 0) engine.filesChanged(this.#files);
    this.#files = new Set();
    for (const path of this.#untold) {
      const document = this.#open.get(path);
      if (document) engine.setDocument(path, document.text);
      else engine.closeDocument(path);
    }
    this.#untold.clear();
  }

  /** The next engine has to be told everything. */
  #forgetEngine(): void {
    this.#engine = undefined;
    for (const path of this.#open.keys()) this.#untold.add(path);
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function emptySnapshot(): Snapshot {
  return new Snapshot({
    result: {
      files: 0,
      notAnalysed: [],
      deployables: [],
      findings: [],
      suppressed: [],
      baselined: 0,
      errors: [],
      factsDate: "",
    },
    texts: new Map(),
    permissions: new Map(),
    milliseconds: 0,
    versions: new Map(),
  });
}
