import process from "node:process";
import { BroadcastChannel, isMainThread, parentPort } from "node:worker_threads";

/*
 * Loaded before the language server, in each of its threads: the one that analyses breaks, as it would without memory, at a
 * signal, and when it is asked to explain "trouble".
 */

const fail = () => {
  throw new Error("out of order");
};

const channel = new BroadcastChannel("trouble");
channel.unref();
if (isMainThread) {
  process.on("SIGUSR2", () => channel.postMessage("break"));
} else {
  channel.addEventListener("message", fail);
  const on = parentPort.on.bind(parentPort);
  parentPort.on = (event, listener) =>
    on(event, (message) => (message.question?.subject === "trouble" ? fail() : listener(message)));
}
