import type { Connection } from "vscode-languageserver/node";
import type { Client } from "../client.ts";
import { reportOf } from "../convert/diagnostic.ts";
import type { OpenDocuments } from "../documents.ts";
import type { Project } from "../project.ts";
import type { Projects } from "../projects.ts";
import type { Snapshot } from "../snapshot.ts";
import { pathOfUri } from "../uris.ts";
import type { Delivery } from "./delivery.ts";

/** Publishes what changed, file by file; a file that nothing is said about any more is cleared. */
export class PushDelivery implements Delivery {
  readonly #connection: Connection;
  readonly #client: Client;
  readonly #projects: Projects;
  readonly #documents: OpenDocuments;
  /** Hash of what was last published, by project and file. */
  readonly #published = new Map<Project, Map<string, string>>();

  constructor(connection: Connection, client: Client, projects: Projects, documents: OpenDocuments) {
    this.#connection = connection;
    this.#client = client;
    this.#projects = projects;
    this.#documents = documents;
  }

  wants(): boolean {
    return true;
  }

  analysed(project: Project, snapshot: Snapshot): void {
    const published = this.#publishedBy(project);
    const files = [...snapshot.files].filter((file) => this.#projects.owns(project, file));
    for (const file of new Set([...files, ...published.keys()])) {
      const isOwn = files.includes(file);
      const { items, resultId } = isOwn ? reportOf(project, snapshot, file, this.#client) : NOTHING;
      if (published.get(file) === resultId) continue;
      if (isOwn) published.set(file, resultId);
      else published.delete(file);
      this.#publish(project, file, items, snapshot.versions.get(file));
    }
  }

  withdrawn(project: Project): void {
    for (const file of this.#publishedBy(project).keys()) this.#publish(project, file, [], undefined);
    this.#published.delete(project);
  }

  /** Files of a folder keep their diagnostics; those outside are cleared with their project. */
  closed(): void {}

  #publish(project: Project, file: string, items: readonly object[], version: number | undefined): void {
    const uri = project.uri(file);
    const path = pathOfUri(uri);
    const document = path === undefined ? undefined : this.#documents.at(path);
    void this.#connection.sendNotification("textDocument/publishDiagnostics", {
      uri: document?.uri ?? uri,
      ...(this.#client.publishesVersions && document && version !== undefined && { version }),
      diagnostics: items,
    });
  }

  #publishedBy(project: Project): Map<string, string> {
    let published = this.#published.get(project);
    if (!published) this.#published.set(project, (published = new Map()));
    return published;
  }
}

const NOTHING = { items: [], resultId: "" };
