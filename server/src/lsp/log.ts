import type { Connection } from "vscode-languageserver/node";
import { visible } from "../report/visible.ts";

/** What the server has to say of itself: to the client's log, and the worst of it to the user. Each thing once. */
export class Log {
  readonly #connection: Connection;
  readonly #said = new Set<string>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Only a client that traces sees it. */
  trace(message: string): void {
    this.#connection.tracer.log(message);
  }

  /** A line of the report on what could not be read. */
  note(message: string): void {
    if (this.#isNew(message)) this.#connection.console.warn(visible(message));
  }

  /** Something in Remit is broken. */
  error(what: string, error: unknown): void {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#connection.console.error(`${what}: ${detail}`);
  }

  /** The same, where somebody waits for a result. */
  tell(what: string, error: unknown): void {
    this.error(what, error);
    const [line] = (error instanceof Error ? error.message : String(error)).split("\n", 1);
    const message = `${what}: ${line}`;
    if (!this.#isNew(message)) return;
    void this.#connection.sendNotification("window/showMessage", { type: 1, message: visible(message) });
  }

  #isNew(message: string): boolean {
    if (this.#said.has(message)) return false;
    this.#said.add(message);
    return true;
  }
}
