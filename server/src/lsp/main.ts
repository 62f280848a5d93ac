import process from "node:process";
import {
  createConnection,
  IPCMessageReader,
  IPCMessageWriter,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { Dispatcher } from "./dispatcher.ts";
import type { CreateEngine } from "./engine.ts";
import { LanguageServer } from "./language-server.ts";
import { METHODS } from "./methods.ts";
import { threadedEngines } from "./thread/threaded-engine.ts";

export interface StartOptions {
  /** `node-ipc` needs a parent process that speaks it. */
  readonly transport: "stdio" | "node-ipc";
  /** The service in a thread of its own, unless a test puts something in its place. */
  readonly createEngine?: CreateEngine;
}

/** Serves one client until it says `exit` or goes away; the process ends with it. */
export function startLanguageServer({ transport, createEngine }: StartOptions): void {
  const [reader, writer] =
    transport === "stdio"
      ? [new StreamMessageReader(process.stdin), new StreamMessageWriter(process.stdout)]
      : [new IPCMessageReader(process), new IPCMessageWriter(process)];
  const connection = createConnection(reader, writer);
  // Standard output is the protocol's.
  if (transport === "stdio") console.log = console.info = console.debug = console.error;
  const onLost = (reason: Error): void => server.log.error("the thread that analyses ended", reason);
  const server = new LanguageServer(connection, createEngine ?? threadedEngines(onLost));
  reader.onError((error) => {
    server.log.error("a message could not be read", error);
    // Where a message ends is not known, nor where the next begins: a client starts a server that is gone, but not one that is deaf.
    if (/\bheader\b|^Content-Length/i.test(error.message)) setImmediate(() => process.exit(1));
  });
  const leave = (): void => process.exit(server.isShutDown ? 0 : 1);
  if (transport === "stdio") process.stdin.once("end", leave).once("close", leave);
  // Whatever breaks, the client keeps its server; it is told.
  process.on("uncaughtException", (error) => server.log.tell("Remit met an error of its own", error));
  process.on("unhandledRejection", (error) => server.log.tell("Remit met an error of its own", error));
  new Dispatcher(server).listen(connection, METHODS);
}

/** Started as a program of its own, and not by `remit lsp`, which says how to speak itself. */
const given = process.argv.slice(2);
if (!given.includes("lsp")) {
  if (given.includes("--node-ipc")) startLanguageServer({ transport: "node-ipc" });
  else if (given.includes("--stdio")) startLanguageServer({ transport: "stdio" });
}
