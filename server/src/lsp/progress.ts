import type {
  Connection,
  WorkDoneProgressBegin,
  WorkDoneProgressEnd,
  WorkDoneProgressReport,
} from "vscode-languageserver/node";
import { WorkDoneProgress, WorkDoneProgressCreateRequest } from "vscode-languageserver/node";
import type { Project } from "./project.ts";

/** Shorter runs show nothing. */
const DELAY = 400;

/** Shows that an analysis runs, where the client can. Nothing waits for it, and nothing is sent before the client agreed. */
export class Progress {
  readonly #connection: Connection;
  readonly #running = new Map<Project, Bar>();
  #count = 0;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  started(project: Project): void {
    const bar: Bar = { token: `remit-${++this.#count}`, begun: false, ended: false, timer: undefined };
    bar.timer = setTimeout(() => void this.#create(bar, project), DELAY);
    this.#running.set(project, bar);
  }

  report(project: Project, done: number, total: number, what: string): void {
    const bar = this.#running.get(project);
    if (!bar?.begun || total === 0) return;
    const percentage = Math.min(100, Math.floor((done / total) * 100));
    this.#send(bar, { kind: "report", message: what, percentage });
  }

  ended(project: Project): void {
    const bar = this.#running.get(project);
    if (!bar) return;
    this.#running.delete(project);
    clearTimeout(bar.timer);
    bar.ended = true;
    if (bar.begun) this.#send(bar, { kind: "end" });
  }

  async #create(bar: Bar, project: Project): Promise<void> {
    try {
      await this.#connection.sendRequest(WorkDoneProgressCreateRequest.type, { token: bar.token });
    } catch {
      return; // The client would rather not: then there is no progress to report on.
    }
    if (bar.ended) return;
    bar.begun = true;
    this.#send(bar, { kind: "begin", title: `Remit: ${project.root.name}`, percentage: 0 });
  }

  #send(bar: Bar, value: WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd): void {
    void this.#connection.sendProgress(WorkDoneProgress.type, bar.token, value);
  }
}

interface Bar {
  readonly token: string;
  begun: boolean;
  ended: boolean;
  timer: NodeJS.Timeout | undefined;
}
