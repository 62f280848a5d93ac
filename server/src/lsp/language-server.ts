import type {
  Connection,
  InitializeParams,
  TextDocumentContentChangeEvent,
  TextDocumentItem,
} from "vscode-languageserver/node";
import type { Client } from "./client.ts";
import { clientOf } from "./client.ts";
import type { Delivery } from "./delivery/delivery.ts";
import { PullDelivery } from "./delivery/pull.ts";
import { PushDelivery } from "./delivery/push.ts";
import { OpenDocuments } from "./documents.ts";
import type { CreateEngine } from "./engine.ts";
import { mayMatter } from "./interest.ts";
import { Log } from "./log.ts";
import { Progress } from "./progress.ts";
import type { Project } from "./project.ts";
import { Projects } from "./projects.ts";
import { pullSettings } from "./pull-settings.ts";
import type { Settings } from "./settings.ts";
import type { Snapshot } from "./snapshot.ts";
import { STATUS, statusOf, type StatusParams } from "./status.ts";
import { NEVER_CANCELLED, Signal, type RequestToken, unlessCancelled } from "./waiting.ts";
import { Watching } from "./watching.ts";

/** A document in its project, as it is now. */
export interface View {
  readonly server: LanguageServer;
  readonly project: Project;
  readonly snapshot: Snapshot;
  /** Relative to the project's root. */
  readonly file: string;
}

/** How long typing must rest before anything is computed that nobody asked for. */
const QUIET = 250;

/** Everything between two messages: the client, its documents, a project a folder. The rest follows from these. */
export class LanguageServer {
  readonly connection: Connection;
  readonly documents = new OpenDocuments();
  readonly projects: Projects;
  readonly log: Log;
  /** Fires when there may be other diagnostics than before. */
  readonly news = new Signal();
  client: Client = clientOf({ processId: null, rootUri: null, capabilities: {} });
  delivery: Delivery;
  /** Settings were asked for and have come. */
  ready: Promise<void> = Promise.resolve();
  isShutDown = false;
  readonly #progress: Progress;
  readonly #watching: Watching;
  #holds = 0;
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> | undefined;
  #again = false;

  constructor(connection: Connection, createEngine: CreateEngine) {
    this.connection = connection;
    this.log = new Log(connection);
    this.#progress = new Progress(connection);
    this.#watching = new Watching(connection);
    this.projects = new Projects(this.documents, createEngine, {
      started: (project) => this.#started(project),
      progress: (project, done, total, what) => this.#progress.report(project, done, total, what),
      ended: (project, outcome) => this.#ended(project, outcome),
    });
    this.delivery = new PushDelivery(connection, this.client, this.projects, this.documents);
  }

  initialize(params: InitializeParams): void {
    this.client = clientOf(params);
    const Delivery = this.client.pullsDiagnostics ? PullDelivery : PushDelivery;
    this.delivery = new Delivery(this.connection, this.client, this.projects, this.documents);
  }

  /** Once the client listens: what it may be asked. */
  begin(): void {
    this.#watching.begin(this.client, this.projects.folders());
    this.reloadSettings();
  }

  // ---- documents

  open(item: TextDocumentItem): void {
    this.projects.setDocument(this.documents.open(item));
    this.#want(item.uri);
    this.schedule();
  }

  change(uri: string, version: number, changes: readonly TextDocumentContentChangeEvent[]): void {
    const document = this.documents.change(uri, version, changes);
    if (!document) return;
    this.projects.setDocument(document);
    this.schedule();
  }

  close(uri: string): void {
    const document = this.documents.close(uri);
    if (!document) return;
    const located = document.path === undefined ? undefined : this.projects.locate(document.path);
    this.projects.closeDocument(document);
    this.delivery.closed(document);
    if (located?.project.root.loose && !this.projects.all().includes(located.project))
      this.delivery.withdrawn(located.project);
    this.schedule();
  }

  /** Without watchers nobody tells of changes on the disk: then a save is the moment to look. */
  saved(path: string | undefined): void {
    if (!this.#watching.isWatching) this.projects.filesChanged();
    else if (path !== undefined) this.projects.filesChanged([path]);
    this.schedule();
  }

  filesChanged(paths?: readonly string[]): void {
    this.projects.filesChanged(paths);
    this.schedule();
  }

  // ---- folders and settings

  foldersChanged(change: () => readonly (Project | undefined)[]): void {
    for (const removed of change()) if (removed) this.delivery.withdrawn(removed);
    for (const document of this.documents.all()) this.#want(document.uri);
    this.#watching.begin(this.client, this.projects.folders());
    this.reloadSettings();
  }

  /** `pushed`: what a client sends that cannot be asked. */
  reloadSettings(pushed?: unknown): void {
    const projects = this.projects.folders();
    this.ready = pullSettings(this.connection, this.client, projects, pushed).then(
      (settings) => projects.forEach((project, i) => this.#apply(project, settings[i]!)),
      (error: unknown) => this.log.error("settings could not be read", error),
    );
    void this.ready.then(() => this.schedule());
  }

  // ---- asking

  /** What is known about a document; undefined where Remit has nothing to do with it. */
  async view(uri: string, token: RequestToken): Promise<View | undefined> {
    await unlessCancelled(this.ready, token);
    const located = this.projects.locateUri(uri);
    if (!located) return undefined;
    const { project, file } = located;
    if (!project.settings.enable || (!project.isWanted && !mayMatter(file))) return undefined;
    return { server: this, project, file, snapshot: await project.current(token) };
  }

  /** Folders whose settings do not turn Remit off, with what is known of them. */
  async folders(token: RequestToken): Promise<{ project: Project; snapshot: Snapshot }[]> {
    await unlessCancelled(this.ready, token);
    const views = [];
    for (const project of this.projects.folders().filter(({ settings }) => settings.enable))
      views.push({ project, snapshot: await project.current(token) });
    return views;
  }

  /** Holds a workspace request. A newer one releases it, so that none waits for an answer nobody wants. */
  hold(): { readonly isFirst: boolean; isReleased(): boolean } {
    const number = ++this.#holds;
    this.news.fire();
    return { isFirst: number === 1, isReleased: () => this.isShutDown || number !== this.#holds };
  }

  /** Computes again what changed, when typing rests, and delivers it. */
  schedule(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#startRound(), QUIET);
  }

  /** Releases everything that waits. */
  shutDown(): void {
    this.isShutDown = true;
    clearTimeout(this.#timer);
    for (const project of this.projects.all()) project.dispose();
    this.news.fire();
  }

  // ---- rounds: one at a time

  #startRound(): void {
    if (this.#round) {
      this.#again = true;
      return;
    }
    this.#again = false;
    this.#round = this.#runRound()
      .catch((error: unknown) => this.log.error("diagnostics could not be delivered", error))
      .finally(() => {
        this.#round = undefined;
        if (this.#again) this.schedule();
      });
  }

  async #runRound(): Promise<void> {
    await this.ready;
    for (const project of this.projects.all()) {
      if (this.isShutDown || this.#again) return;
      if (!project.settings.enable || !project.isWanted || project.isDisposed) continue;
      if (!this.delivery.wants(project)) continue;
      const snapshot = await project.current(NEVER_CANCELLED);
      this.delivery.analysed(project, snapshot);
    }
    this.news.fire();
  }

  #apply(project: Project, settings: Settings): void {
    const before = project.settings;
    project.settings = settings;
    if (before.enable && !settings.enable) {
      project.rest();
      this.delivery.withdrawn(project);
    }
    // What was pulled before says nothing, or something else; a client that is not told keeps it.
    const isOther = before.enable !== settings.enable || before.possible !== settings.possible;
    if (isOther && this.delivery instanceof PullDelivery) this.delivery.refresh();
  }

  /** The first open document that can matter makes its project load the engine. */
  #want(uri: string): void {
    const located = this.projects.locateUri(uri);
    if (located && mayMatter(located.file)) located.project.isWanted = true;
  }

  // ---- what projects tell

  #started(project: Project): void {
    if (this.client.progress) this.#progress.started(project);
    this.#tellStatus({ ...lastKnown(project), state: "analysing" });
  }

  #ended(project: Project, outcome: Snapshot | Error | "given up"): void {
    this.#progress.ended(project);
    if (outcome === "given up") this.#tellStatus({ ...lastKnown(project), state: "idle" });
    else if (outcome instanceof Error) this.#failed(project, outcome);
    else this.#analysed(project, outcome);
  }

  #analysed(project: Project, snapshot: Snapshot): void {
    this.log.trace(`analysed ${project.root.path} in ${Math.round(snapshot.milliseconds)} ms`);
    for (const { file, message } of snapshot.result.errors)
      if (!snapshot.configurationErrors.has(file)) this.log.note(`${file}: ${message}`);
    this.#tellStatus(statusOf(project, snapshot));
  }

  #failed(project: Project, error: Error): void {
    this.log.tell(`Remit could not analyse ${project.root.name}; what it shows there may be out of date`, error);
    const [text = ""] = error.message.split("\n", 1);
    this.#tellStatus({ uri: project.root.uri, state: "failed", milliseconds: null, counts: null, text });
  }

  #tellStatus(status: StatusParams): void {
    if (this.client.status && !this.isShutDown) void this.connection.sendNotification(STATUS, status);
  }
}

function lastKnown(project: Project): StatusParams {
  if (project.latest) return statusOf(project, project.latest);
  return { uri: project.root.uri, state: "idle", milliseconds: null, counts: null, text: "" };
}
