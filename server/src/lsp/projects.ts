import type { WorkspaceFolder } from "vscode-languageserver/node";
import { compareText } from "../model/place.ts";
import type { OpenDocument, OpenDocuments } from "./documents.ts";
import type { CreateEngine } from "./engine.ts";
import { isOfInterest } from "./interest.ts";
import { Project, type ProjectEvents, type ProjectRoot } from "./project.ts";
import { baseNameOfPath, directoryOfPath, directoryOfUri, pathOfUri } from "./uris.ts";

/** A file, in the project that answers for it. */
export interface Located {
  readonly project: Project;
  /** Relative to the project's root. */
  readonly file: string;
}

/**
 * One project a workspace folder. A file that lies in several folders takes part in the analysis of each, and the innermost
 * one speaks of it. Files outside any folder are seen with the other open documents of their directory and nothing else:
 * what else lies there may be anybody's.
 */
export class Projects {
  readonly #folders = new Map<string, Project>();
  readonly #loose = new Map<string, Project>();
  readonly #documents: OpenDocuments;
  readonly #createEngine: CreateEngine;
  readonly #events: ProjectEvents;

  constructor(documents: OpenDocuments, createEngine: CreateEngine, events: ProjectEvents) {
    this.#documents = documents;
    this.#createEngine = createEngine;
    this.#events = events;
  }

  all(): Project[] {
    return [...this.folders(), ...this.#loose.values()];
  }

  /** By path. */
  folders(): Project[] {
    return [...this.#folders.values()].sort((a, b) => compareText(a.root.path, b.root.path));
  }

  /** Gives the project of a new folder; undefined for one that is no directory of this machine or is there already. */
  add({ uri, name }: WorkspaceFolder): Project | undefined {
    const path = pathOfUri(uri);
    if (path === undefined || this.#folders.has(path)) return undefined;
    const project = this.#create({ uri, path, name, loose: false });
    this.#folders.set(path, project);
    this.#resettle();
    return project;
  }

  remove(uri: string): Project | undefined {
    const path = pathOfUri(uri);
    const project = path === undefined ? undefined : this.#folders.get(path);
    if (path === undefined || project === undefined) return undefined;
    this.#folders.delete(path);
    project.dispose();
    this.#resettle();
    return project;
  }

  /** The project that speaks of a file: of nested folders the innermost. Undefined if no folder holds it and it is not open. */
  locate(path: string): Located | undefined {
    const [inner] = this.#foldersOf(path).sort((a, b) => b.project.root.path.length - a.project.root.path.length);
    if (inner) return inner;
    const project = this.#loose.get(directoryOfPath(path));
    return project && { project, file: baseNameOfPath(path) };
  }

  locateUri(uri: string): Located | undefined {
    const path = pathOfUri(uri);
    return path === undefined ? undefined : this.locate(path);
  }

  owns(project: Project, file: string): boolean {
    return this.locate(absolute(project, file))?.project === project;
  }

  /** A file of a project as it is open. */
  documentAt(project: Project, file: string): OpenDocument | undefined {
    return this.#documents.at(absolute(project, file));
  }

  setDocument(document: OpenDocument): void {
    const { path } = document;
    if (path === undefined) return;
    const holders = this.#foldersOf(path);
    if (holders.length === 0) holders.push(this.#looseOf(document, path));
    for (const { project, file } of holders) project.setDocument(file, document);
  }

  closeDocument({ path }: OpenDocument): void {
    if (path === undefined) return;
    for (const { project, file } of this.#foldersOf(path)) project.closeDocument(file);
    const loose = this.#loose.get(directoryOfPath(path));
    loose?.closeDocument(baseNameOfPath(path));
    if (loose && !this.#hasLooseDocuments(loose)) {
      loose.dispose();
      this.#loose.delete(loose.root.path);
    }
  }

  /** Files of the disk changed, came or went; without paths any may have. */
  filesChanged(paths?: readonly string[]): void {
    for (const project of this.#folders.values()) {
      const files = paths?.flatMap((path) => project.relative(path) ?? []).filter(isOfInterest);
      if (files === undefined || files.length > 0) project.filesChanged(files);
    }
  }

  #foldersOf(path: string): Located[] {
    return [...this.#folders.values()].flatMap((project) => {
      const file = project.relative(path);
      return file === undefined || file === "" ? [] : [{ project, file }];
    });
  }

  #looseOf({ uri }: OpenDocument, path: string): Located {
    const directory = directoryOfPath(path);
    let project = this.#loose.get(directory);
    if (!project) {
      project = this.#create({ uri: directoryOfUri(uri), path: directory, name: directory, loose: true });
      this.#loose.set(directory, project);
    }
    return { project, file: baseNameOfPath(path) };
  }

  #hasLooseDocuments(project: Project): boolean {
    return [...this.#documents.all()].some(
      ({ path }) => path !== undefined && directoryOfPath(path) === project.root.path,
    );
  }

  /** Folders came or went: documents may belong elsewhere now. */
  #resettle(): void {
    for (const project of this.#loose.values()) project.dispose();
    this.#loose.clear();
    for (const document of this.#documents.all()) this.setDocument(document);
  }

  #create(root: ProjectRoot): Project {
    return new Project(root, this.#createEngine, this.#events);
  }
}

function absolute({ root }: Project, file: string): string {
  return `${root.path.replace(/\/$/, "")}/${file}`;
}
