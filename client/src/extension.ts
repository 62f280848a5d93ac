import type { ExtensionContext } from "vscode";
import { window } from "vscode";
import { Answers } from "./answers.ts";
import { registerCommands } from "./commands.ts";
import type { Server } from "./server.ts";
import { Status } from "./status.ts";

/*
 * The editor's side: it starts the language server, shows how it is, and offers its answers as commands. It analyses nothing.
 * VS Code loads it for a workspace with a `package.json` or `remit.yaml` at its root, or for the first TypeScript or JavaScript
 * file that is opened; the server is a process of its own, and loads its parser and its facts when a file needs them.
 */

let running: Promise<Server> | undefined;

export function activate(context: ExtensionContext): void {
  const output = window.createOutputChannel("Remit", { log: true });
  const status = new Status();
  const answers = new Answers();
  // The client library is most of this extension. It is loaded when the extensions that start now have had their turn.
  const server = new Promise((resolve) => setImmediate(resolve)).then(async () => {
    const { startServer } = await import("./server.ts");
    return startServer(context, output, status);
  });
  running = server;
  context.subscriptions.push(output, status, answers, ...registerCommands({ server, output, answers }));
}

export async function deactivate(): Promise<void> {
  await (await running)?.stop();
}
