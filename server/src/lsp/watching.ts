import type { Connection, Disposable, FileSystemWatcher } from "vscode-languageserver/node";
import { DidChangeConfigurationNotification, DidChangeWatchedFilesNotification } from "vscode-languageserver/node";
import type { Client } from "./client.ts";
import { WATCHED } from "./interest.ts";
import type { Project } from "./project.ts";
import { SECTION } from "./settings.ts";

/** Asks the client to tell of changed files and settings, anew whenever the folders change. */
export class Watching {
  readonly #connection: Connection;
  #files: Promise<Disposable | undefined> = Promise.resolve(undefined);
  #isListening = false;
  /** The client tells of files that change on the disk. */
  isWatching = false;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  begin(client: Client, folders: readonly Project[]): void {
    if (client.registersWatchers) {
      const watchers = folders.flatMap((folder) => watchersOf(folder, client));
      this.#files = this.#files.then(async (before) => {
        before?.dispose();
        const registered =
          watchers.length === 0
            ? undefined
            : await taken(this.#connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }));
        this.isWatching = registered !== undefined;
        return registered;
      });
    }
    if (client.registersConfiguration && !this.#isListening) {
      this.#isListening = true;
      void taken(this.#connection.client.register(DidChangeConfigurationNotification.type, { section: SECTION }));
    }
  }
}

/** A client that takes its word back is one that does not tell of changes: a save will do. */
function taken(registration: Promise<Disposable>): Promise<Disposable | undefined> {
  return registration.catch(() => undefined);
}

function watchersOf({ root }: Project, client: Client): FileSystemWatcher[] {
  return WATCHED.map((pattern) => ({
    globPattern: client.relativePatterns
      ? { baseUri: root.uri, pattern }
      : `${root.path.replace(/\/$/, "")}/${pattern}`,
  }));
}
