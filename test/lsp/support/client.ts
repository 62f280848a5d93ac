import { type ChildProcess, spawn } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";

/** Messages as they stand on the wire. */
export interface Message {
  readonly jsonrpc: "2.0";
  readonly id?: number | string | null;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown };
}

/** Answers a request of the server; throws to answer with an error. */
export type Responder = (params: never) => unknown;

export interface ClientOptions {
  /** The program that node runs; the language server itself unless told otherwise. */
  readonly program?: string;
  /** A module that is loaded before the program, in each of its threads. */
  readonly preload?: string;
  readonly arguments?: readonly string[];
  /** Requests of the server that this client answers. Any other is a mistake. */
  readonly answers?: Readonly<Record<string, Responder>>;
  /** Notifications this client expects. Any other is a mistake. */
  readonly expects?: readonly string[];
}

interface Pending {
  readonly method: string;
  resolve(message: Message): void;
}

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
/** The language server as it is shipped. */
export const SERVER = `${ROOT}dist/server.js`;
const ALWAYS_EXPECTED = ["$/progress", "$/logTrace", "window/logMessage"];

/**
 * A client that speaks bare JSON-RPC over stdio to a real process and trusts nobody: an answer nobody asked for, a second
 * answer, a request or notification it does not expect, and anything on the wire that is no message are faults, and a
 * request left without an answer is one when it closes.
 */
export class Client {
  readonly process: ChildProcess;
  readonly faults: string[] = [];
  /** Notifications, in the order in which they came. */
  readonly notifications: { readonly method: string; readonly params: unknown }[] = [];
  /** Requests of the server, in the order in which they came. */
  readonly requests: { readonly method: string; readonly params: unknown }[] = [];
  readonly exited: Promise<number | null>;
  errors = "";
  readonly #options: ClientOptions;
  readonly #pending = new Map<number, Pending>();
  readonly #answered = new Set<number>();
  #listeners: (() => void)[] = [];
  #buffer = Buffer.alloc(0);
  #lastId = 0;

  constructor(options: ClientOptions = {}) {
    this.#options = options;
    const { program = SERVER, preload } = options;
    const preloads = [...(program.endsWith(".ts") ? ["tsx"] : []), ...(preload === undefined ? [] : [preload])];
    const loading = preloads.flatMap((each) => ["--import", each]);
    this.process = spawn(process.execPath, [...loading, program, ...(options.arguments ?? ["--stdio"])], {
      cwd: ROOT,
      stdio: ["pipe", "pipe", "pipe"],
    });
    this.process.stdout!.on("data", (chunk: Buffer) => this.#receive(chunk));
    this.process.stderr!.on("data", (chunk: Buffer) => (this.errors += String(chunk)));
    this.process.stdin!.on("error", () => undefined); // The server was killed, on purpose.
    this.exited = new Promise((resolve) => this.process.on("exit", (code) => resolve(code)));
  }

  /** The answer to a request; fails where it is an error. */
  async request<T>(method: string, params: unknown): Promise<T> {
    const { result, error } = await this.ask(method, params).answer;
    if (error) throw new Error(`${method}: ${error.code} ${error.message}`);
    return result as T;
  }

  /** A request whose answer may be an error. */
  ask(method: string, params: unknown): { readonly id: number; readonly answer: Promise<Message> } {
    const id = ++this.#lastId;
    const answer = new Promise<Message>((resolve) => this.#pending.set(id, { method, resolve }));
    this.send({ jsonrpc: "2.0", id, method, params });
    return { id, answer };
  }

  notify(method: string, params: unknown): void {
    this.send({ jsonrpc: "2.0", method, params });
  }

  send(message: Message): void {
    this.write(JSON.stringify(message));
  }

  /** Any text at all, with the length in front. */
  write(text: string): void {
    this.process.stdin!.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  /** The first notification after `since` others that passes; waits for it. */
  async notification<T>(method: string, isMeant: (params: T) => boolean = () => true, since = 0): Promise<T> {
    return this.until(() => {
      const found = this.notifications.slice(since).find((each) => each.method === method && isMeant(each.params as T));
      return found && (found.params as T);
    }, method);
  }

  /** Waits until something is there. */
  async until<T>(look: () => T | undefined, what: string, milliseconds = 30_000): Promise<T> {
    const deadline = Date.now() + milliseconds;
    for (;;) {
      const found = look();
      if (found !== undefined) return found;
      const left = deadline - Date.now();
      if (left <= 0) throw new Error(`waited in vain for ${what}; stderr: ${this.errors}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(left, 1000));
        this.#listeners.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  /** Says goodbye, and gives every fault of the whole conversation. */
  async close(): Promise<string[]> {
    await this.request("shutdown", undefined);
    this.notify("exit", undefined);
    const code = await this.exited;
    if (code !== 0) this.faults.push(`left with code ${code}: ${this.errors}`);
    for (const { method } of this.#pending.values()) this.faults.push(`${method} was never answered`);
    if (this.errors !== "") this.faults.push(`wrote to stderr: ${this.errors}`);
    return this.faults;
  }

  #receive(chunk: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, chunk]);
    for (;;) {
      const end = this.#buffer.indexOf("\r\n\r\n");
      if (end < 0) break;
      const header = /^Content-Length: (\d+)$/im.exec(this.#buffer.subarray(0, end).toString("ascii"));
      if (!header) {
        this.faults.push(`not a message: ${this.#buffer.subarray(0, 200).toString()}`);
        this.#buffer = Buffer.alloc(0);
        break;
      }
      const start = end + 4;
      const stop = start + Number(header[1]);
      if (this.#buffer.length < stop) break;
      const text = this.#buffer.subarray(start, stop).toString("utf8");
      this.#buffer = this.#buffer.subarray(stop);
      this.#handle(JSON.parse(text) as Message);
    }
    const listeners = this.#listeners;
    this.#listeners = [];
    for (const listener of listeners) listener();
  }

  #handle(message: Message): void {
    if (message.method === undefined) this.#settle(message);
    else if (message.id === undefined) this.#note(message.method, message.params);
    else this.#respond(message.id, message.method, message.params);
  }

  #settle(message: Message): void {
    const id = message.id as number;
    const pending = this.#pending.get(id);
    if (pending) {
      this.#pending.delete(id);
      this.#answered.add(id);
      pending.resolve(message);
    } else if (id !== null) {
      this.faults.push(`${this.#answered.has(id) ? "second" : "unasked"} answer to ${id}: ${JSON.stringify(message)}`);
    }
  }

  #note(method: string, params: unknown): void {
    this.notifications.push({ method, params });
    if (![...ALWAYS_EXPECTED, ...(this.#options.expects ?? [])].includes(method))
      this.faults.push(`unexpected notification ${method}: ${JSON.stringify(params)}`);
  }

  #respond(id: number | string | null, method: string, params: unknown): void {
    this.requests.push({ method, params });
    const responder = this.#options.answers?.[method];
    if (!responder) {
      this.faults.push(`unexpected request ${method}: ${JSON.stringify(params)}`);
      return this.send({ jsonrpc: "2.0", id, error: { code: -32601, message: "not supported" } });
    }
    try {
      this.send({ jsonrpc: "2.0", id, result: responder(params as never) ?? null });
    } catch (error) {
      this.send({ jsonrpc: "2.0", id, error: { code: -32603, message: String(error) } });
    }
  }
}
