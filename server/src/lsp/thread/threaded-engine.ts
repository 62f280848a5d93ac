import { extname } from "node:path";
import process from "node:process";
import { Worker } from "node:worker_threads";
import { Cancelled } from "../../model/result.ts";
import { type CreateEngine, type Engine, EngineLost, type EngineOptions } from "../engine.ts";
import type { AnswerTo, FromThread, Order, Question, ToThread } from "./messages.ts";

/** Engines that work in a thread of their own, one for all folders, which is started when the first of them is made. */
export function threadedEngines(onLost: (reason: Error) => void): CreateEngine {
  let thread: EngineThread | undefined;
  return (options) => {
    if (!thread || thread.isLost) thread = new EngineThread(onLost);
    return thread.create(options);
  };
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** This side of the thread: which engines there are, and who waits for what. */
class EngineThread {
  isLost = false;
  readonly #worker: Worker;
  readonly #progress = new Map<number, EngineOptions["onProgress"]>();
  readonly #waiting = new Map<number, Waiting>();
  #engines = 0;
  #questions = 0;

  readonly #onLost: (reason: Error) => void;

  constructor(onLost: (reason: Error) => void) {
    this.#onLost = onLost;
    // The same name in the source and beside the bundle. Its standard output would be the protocol's.
    const entry = new URL(`./engine-thread${extname(import.meta.url)}`, import.meta.url);
    this.#worker = new Worker(entry, { stdout: true });
    this.#worker.stdout.pipe(process.stderr, { end: false });
    this.#worker.unref();
    this.#worker.on("message", (message: FromThread) => this.#hear(message));
    this.#worker.on("messageerror", (error) => this.#lose(error));
    this.#worker.on("error", (error) => this.#lose(error));
    this.#worker.on("exit", (code) => this.#lose(new Error(`code ${code}`)));
  }

  create({ root, documentsOnly, onProgress }: EngineOptions): Engine {
    const engine = ++this.#engines;
    const order = (what: Order): void => this.#send({ engine, order: what });
    const ask = <K extends Question["kind"]>(question: Question & { readonly kind: K }): Promise<AnswerTo<K>> =>
      this.#ask(engine, question) as Promise<AnswerTo<K>>;
    this.#progress.set(engine, onProgress);
    order({ kind: "create", root, documentsOnly });
    return {
      isLost: () => this.isLost,
      setDocument: (path, text) => order({ kind: "setDocument", path, text }),
      closeDocument: (path) => order({ kind: "closeDocument", path }),
      filesChanged: (paths) => order({ kind: "filesChanged", paths: paths && [...paths] }),
      analyse: (token) => ask({ kind: "analyse", cancelled: token.memory }),
      fixAll: (path, kinds) => ask({ kind: "fixAll", path, kinds }),
      accept: (finding, reason) => ask({ kind: "accept", finding, reason }),
      explain: (subject) => ask({ kind: "explain", subject }),
      describePlace: (path, line) => ask({ kind: "describePlace", path, line }),
      dispose: () => {
        this.#progress.delete(engine);
        order({ kind: "dispose" });
      },
    };
  }

  #ask(engine: number, question: Question): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.isLost) return reject(new EngineLost("the thread that analyses has ended"));
      const id = ++this.#questions;
      this.#waiting.set(id, { resolve, reject });
      this.#send({ engine, question, id });
    });
  }

  #send(message: ToThread): void {
    if (!this.isLost) this.#worker.postMessage(message);
  }

  #hear(message: FromThread): void {
    if (message.kind === "progress")
      return this.#progress.get(message.engine)?.(message.done, message.total, message.what);
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.kind === "answer") waiting?.resolve(message.value);
    else waiting?.reject(errorOf(message));
  }

  #lose(error: Error): void {
    if (this.isLost) return;
    this.isLost = true;
    for (const { reject } of this.#waiting.values())
      reject(new EngineLost(`the thread that analyses ended: ${error.message}`));
    this.#waiting.clear();
    this.#onLost(error);
    void this.#worker.terminate();
  }
}

function errorOf({ how, error }: FromThread & { readonly kind: "failure" }): unknown {
  if (how === "cancelled") return new Cancelled();
  return how === "lost" ? new EngineLost(error instanceof Error ? error.message : String(error)) : error;
}
