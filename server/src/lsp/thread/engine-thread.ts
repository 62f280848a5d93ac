import { parentPort } from "node:worker_threads";
import { Cancelled } from "../../model/result.ts";
import { CancelFlag } from "../cancel-flag.ts";
import { type Engine, EngineLost } from "../engine.ts";
import type { FromThread, Question, ToThread } from "./messages.ts";
import { createServiceEngine } from "./service-engine.ts";

/*
 * The thread in which everything is analysed, so that the one that talks to the editor always has an ear for it. Messages are
 * dealt with in the order in which they come, one at a time. What breaks outside of any question ends the thread with its
 * reason; the next question begins with a new one.
 */

const port = parentPort!;
const engines = new Map<number, Promise<Engine>>();
let last: Promise<unknown> = Promise.resolve();

port.on("message", (message: ToThread) => {
  last = last.then(() => handle(message));
});

async function handle(message: ToThread): Promise<void> {
  if ("question" in message) return answer(message.engine, message.question, message.id);
  const { engine: number, order } = message;
  if (order.kind === "create") {
    const onProgress = (done: number, total: number, what: string): void =>
      tell({ kind: "progress", engine: number, done, total, what });
    const engine = createServiceEngine({ root: order.root, documentsOnly: order.documentsOnly, onProgress });
    engine.catch(() => undefined); // Whoever asks it something is told.
    engines.set(number, engine);
    return;
  }
  // One that could not be made says so when it is asked; what it is told is lost on it.
  const engine = await engines.get(number)?.catch(() => undefined);
  if (order.kind === "setDocument") engine?.setDocument(order.path, order.text);
  else if (order.kind === "closeDocument") engine?.closeDocument(order.path);
  else if (order.kind === "filesChanged") engine?.filesChanged(order.paths);
  else engines.delete(number);
}

async function answer(number: number, question: Question, id: number): Promise<void> {
  try {
    const engine = await engines.get(number)?.catch((error: unknown) => {
      throw new EngineLost(error instanceof Error ? error.message : String(error)); // The folder may be there the next time.
    });
    if (!engine) throw new Cancelled();
    tell({ kind: "answer", id, value: await ask(engine, question) });
  } catch (error) {
    const how = error instanceof Cancelled ? "cancelled" : error instanceof EngineLost ? "lost" : "failed";
    if (how === "lost") engines.delete(number);
    tell({ kind: "failure", id, how, error });
  }
}

function ask(engine: Engine, question: Question): ReturnType<Engine[Question["kind"]]> {
  if (question.kind === "analyse") return engine.analyse(new CancelFlag(question.cancelled));
  if (question.kind === "fixAll") return engine.fixAll(question.path, question.kinds);
  if (question.kind === "accept") return engine.accept(question.finding, question.reason);
  if (question.kind === "explain") return engine.explain(question.subject);
  return engine.describePlace(question.path, question.line);
}

function tell(message: FromThread): void {
  port.postMessage(message);
}
