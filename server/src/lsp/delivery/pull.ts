import type { Connection, DocumentDiagnosticReport, FullDocumentDiagnosticReport } from "vscode-languageserver/node";
import { DiagnosticRefreshRequest, DocumentDiagnosticReportKind } from "vscode-languageserver/node";
import type { Client } from "../client.ts";
import { type FileReport, reportOf } from "../convert/diagnostic.ts";
import type { OpenDocument, OpenDocuments } from "../documents.ts";
import type { Project } from "../project.ts";
import type { Projects } from "../projects.ts";
import type { Snapshot } from "../snapshot.ts";
import type { Delivery } from "./delivery.ts";

/** Answers pulls, remembers what it answered, and tells the client when an answer no longer holds. */
export class PullDelivery implements Delivery {
  readonly #connection: Connection;
  readonly #client: Client;
  readonly #projects: Projects;
  readonly #documents: OpenDocuments;
  /** Result id last given, by path. */
  readonly #given = new Map<string, string>();
  #isRefreshing = false;
  /** A request about the workspace waits for something to change. */
  isHeld = false;

  constructor(connection: Connection, client: Client, projects: Projects, documents: OpenDocuments) {
    this.#connection = connection;
    this.#client = client;
    this.#projects = projects;
    this.#documents = documents;
  }

  /** The report on one document, and on others of its project that changed since they were last reported. */
  answer(
    project: Project,
    snapshot: Snapshot,
    file: string,
    previousResultId: string | undefined,
  ): DocumentDiagnosticReport {
    const report = reportOf(project, snapshot, file, this.#client);
    this.#given.set(pathOf(project, file), report.resultId);
    const related = this.#client.relatedDocuments ? this.#related(project, snapshot, file) : {};
    const more = Object.keys(related).length > 0 && { relatedDocuments: related };
    return report.resultId === previousResultId
      ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId: report.resultId, ...more }
      : { ...fullReport(report), ...more };
  }

  /** Only where something can follow from it: whoever pulls asks when it wants to know. */
  wants(): boolean {
    return this.isHeld || (this.#client.refreshesDiagnostics && this.#given.size > 0);
  }

  analysed(project: Project, snapshot: Snapshot): void {
    const isOutdated = [...this.#documents.all()].some(({ path }) => {
      const located = path === undefined ? undefined : this.#projects.locate(path);
      const given = path === undefined ? undefined : this.#given.get(path);
      if (located?.project !== project || given === undefined) return false;
      return reportOf(project, snapshot, located.file, this.#client).resultId !== given;
    });
    if (isOutdated) this.refresh();
  }

  withdrawn(): void {
    this.refresh();
  }

  closed({ path }: OpenDocument): void {
    if (path !== undefined) this.#given.delete(path);
  }

  /** Asks the client to pull again; once at a time. */
  refresh(): void {
    if (!this.#client.refreshesDiagnostics || this.#isRefreshing) return;
    this.#isRefreshing = true;
    void this.#askToRefresh();
  }

  async #askToRefresh(): Promise<void> {
    try {
      await this.#connection.sendRequest(DiagnosticRefreshRequest.type);
    } catch {
      // It need not: what it shows is its own affair.
    } finally {
      this.#isRefreshing = false;
    }
  }

  #related(project: Project, snapshot: Snapshot, file: string): Record<string, FullDocumentDiagnosticReport> {
    const related: Record<string, FullDocumentDiagnosticReport> = {};
    const prefix = pathOf(project, "");
    const given = [...this.#given.keys()].flatMap((path) => (path.startsWith(prefix) ? path.slice(prefix.length) : []));
    for (const other of new Set([...snapshot.files, ...given])) {
      if (other === file || !this.#projects.owns(project, other)) continue;
      const report = reportOf(project, snapshot, other, this.#client);
      const path = pathOf(project, other);
      if (this.#given.get(path) === report.resultId) continue;
      this.#given.set(path, report.resultId);
      related[this.#documents.at(path)?.uri ?? project.uri(other)] = fullReport(report);
    }
    return related;
  }
}

export function fullReport({ items, resultId }: FileReport): FullDocumentDiagnosticReport {
  return { kind: DocumentDiagnosticReportKind.Full, resultId, items: [...items] };
}

function pathOf({ root }: Project, file: string): string {
  return `${root.path.replace(/\/$/, "")}/${file}`;
}
