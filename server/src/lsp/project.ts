import type { Answer } from "../model/card.ts";
import { Cancelled } from "../model/result.ts";
import type { OpenDocument } from "./documents.ts";
import type { CreateEngine, Engine } from "./engine.ts";
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
  /** An analysis ended; undefined: it failed or was given up. */
  ended(project: Project, snapshot: Snapshot | undefined): void;
  failed(project: Project, error: unknown): void;
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
  #engine: Promise<Engine> | undefined;
  #snapshot: Snapshot | undefined;
  #isStale = true;
  #run: { readonly done: Promise<void>; readonly token: { isCancelled: boolean } } | undefined;
  #waiting = 0;
  /** Ends when the engine is free. */
  #busy: Promise<unknown> = Promise.resolve();
  /** `null`: closed. */
  readonly #documents = new Map<string, OpenDocument | null>();
  readonly #versions = new Map<string, number>();
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
    this.#documents.set(relative, document);
    this.#touch();
  }

  closeDocument(relative: string): void {
    this.#documents.set(relative, null);
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
        this.#run ??= this.#start();
        await Promise.race([this.#run.done, cancellation.promise]);
      }
    } finally {
      cancellation.dispose();
      this.#waiting--;
      // Nobody is left who wants to know.
      if (this.#waiting === 0 && this.#run) this.#run.token.isCancelled = true;
    }
  }

  explain(subject: string): Promise<Answer> {
    return this.#exclusive((engine) => engine.explain(subject));
  }

  describePlace(relative: string, line: number): Promise<Answer> {
    return this.#exclusive((engine) => engine.describePlace(relative, line));
  }

  /** Forgets all it knows, for settings turn it off. */
  rest(): void {
    this.#touch();
    this.#engine = undefined;
    this.#snapshot = undefined;
    this.#versions.clear();
  }

  /** The folder is gone; whoever waits is told so. */
  dispose(): void {
    this.isDisposed = true;
    this.rest();
  }

  #touch(): void {
    this.#isStale = true;
    if (this.#run) this.#run.token.isCancelled = true;
  }

  #start(): { done: Promise<void>; token: { isCancelled: boolean } } {
    const token = { isCancelled: false };
    const done = this.#analyse(token).finally(() => {
      this.#run = undefined;
    });
    return { done, token };
  }

  async #analyse(token: { isCancelled: boolean }): Promise<void> {
    const begun = performance.now();
    let snapshot: Snapshot | undefined;
    this.#events.started(this);
    try {
      snapshot = await this.#exclusive(async (engine) => {
        // Changes that came while the engine was busy have been told by now.
        this.#isStale = false;
        token.isCancelled = this.#waiting === 0;
        const result = await engine.analyse(token);
        const milliseconds = performance.now() - begun;
        const permission = engine.permission.bind(engine);
        return new Snapshot({ result, milliseconds, versions: new Map(this.#versions), permission });
      });
      this.#snapshot = snapshot;
    } catch (error) {
      if (error instanceof Cancelled) this.#isStale = true;
      else this.#fail(error);
    }
    this.#events.ended(this, snapshot);
  }

  /** What was known stays; it is tried again when something changes. */
  #fail(error: unknown): void {
    this.#events.failed(this, error);
    this.#snapshot ??= emptySnapshot();
  }

  /** One at a time, on the state that the client has told of. */
  #exclusive<T>(use: (engine: Engine) => Promise<T>): Promise<T> {
    const result = this.#busy.then(async () => {
      this.#engine ??= this.#createEngine({
        root: this.root.path,
        documentsOnly: this.root.loose,
        onProgress: (done, total, what) => this.#events.progress(this, done, total, what),
      });
      const engine = await this.#engine.catch((error: unknown) => {
        this.#engine = undefined; // The folder may be there the next time.
        this.#isStale = false;
        throw error;
      });
      this.#tell(engine);
      return use(engine);
    });
    this.#busy = result.catch(() => undefined);
    return result;
  }

  #tell(engine: Engine): void {
    if (this.#files === "all") engine.filesChanged();
    else if (this.#files.size > 0) engine.filesChanged(this.#files);
    this.#files = new Set();
    for (const [path, document] of this.#documents) {
      if (document) {
        engine.setDocument(path, document.text);
        this.#versions.set(path, document.version);
      } else {
        engine.closeDocument(path);
        this.#versions.delete(path);
      }
    }
    this.#documents.clear();
  }
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
      textOf: () => undefined,
    },
    milliseconds: 0,
    versions: new Map(),
    permission: () => undefined,
  });
}
