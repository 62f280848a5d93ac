import process from "node:process";
import { setFlagsFromString, getHeapStatistics } from "node:v8";
import { runInNewContext } from "node:vm";
import { BroadcastChannel, isMainThread } from "node:worker_threads";

/*
 * Loaded before the language server, in each of its threads: at a signal the process says on stderr how much memory all of
 * them use once all garbage is gone.
 */

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");

function used() {
  collect();
  return getHeapStatistics().used_heap_size;
}

const channel = new BroadcastChannel("memory");
channel.unref();
if (isMainThread) {
  process.on("SIGUSR2", () => channel.postMessage("measure"));
  channel.addEventListener("message", ({ data }) => process.stderr.write(`${data + used()}\n`));
} else {
  channel.addEventListener("message", () => channel.postMessage(used()));
}
