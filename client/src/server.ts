import type { ExtensionContext, LogOutputChannel } from "vscode";
import { window } from "vscode";
import type { LanguageClientOptions, ServerOptions } from "vscode-languageclient/node";
import { LanguageClient, RevealOutputChannelOn, State, TransportKind } from "vscode-languageclient/node";
import { DOCUMENTS } from "./documents.ts";
import type { Status, StatusReport } from "./status.ts";

/** The language server, as the commands need it. */
export interface Server {
  /** Waits for a server that is still starting. */
  execute<T>(command: string, ...args: unknown[]): Promise<T>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the language server without waiting for it, so that it does not hold up other extensions. */
export function startServer(context: ExtensionContext, output: LogOutputChannel, status: Status): Server {
  const module = context.asAbsolutePath("dist/server.js");
  const how: ServerOptions = {
    run: { module, transport: TransportKind.ipc },
    debug: { module, transport: TransportKind.ipc, options: { execArgv: ["--nolazy", "--inspect=6009"] } },
  };
  const options: LanguageClientOptions = {
    documentSelector: DOCUMENTS,
    outputChannel: output,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    // What other editors do not have: a command that asks for a reason, and an item that shows how the server is.
    initializationOptions: { ignoreCommand: true, status: true },
  };
  const client = new LanguageClient("remit", "Remit", how, options);
  context.subscriptions.push(
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Starting) status.showStarting();
      if (newState === State.Stopped) status.showStopped();
    }),
    client.onNotification("remit/status", (report: StatusReport) => status.show(report)),
  );

  const start = async (): Promise<void> => {
    try {
      await client.start();
    } catch (error) {
      status.showStopped();
      output.error(error instanceof Error ? error : String(error));
      void offerOutput(output);
    }
  };
  let started = start();

  return {
    async execute<T>(command: string, ...args: unknown[]): Promise<T> {
      await started;
      return client.sendRequest<T>("workspace/executeCommand", { command, arguments: args });
    },
    async restart() {
      await started;
      if (client.isRunning()) await client.restart();
      else await (started = start());
    },
    async stop() {
      await started;
      // One that has failed or was stopped is gone already.
      if (client.isRunning()) await client.stop();
    },
  };
}

async function offerOutput(output: LogOutputChannel): Promise<void> {
  const choice = await window.showErrorMessage("Remit could not start. Its output says why.", "Show Output");
  if (choice !== undefined) output.show();
}
