import type { CancellationToken, Connection, InitializeParams } from "vscode-languageserver/node";
import { ErrorCodes, LSPErrorCodes, ResponseError } from "vscode-languageserver/node";
import { Cancelled } from "../model/result.ts";
import { initialize } from "./handlers/initialize.ts";
import { shutdown } from "./handlers/shutdown.ts";
import type { LanguageServer } from "./language-server.ts";
import type { Method } from "./method.ts";
import { NEVER_CANCELLED, requestToken, type RequestToken } from "./waiting.ts";

/**
 * Between the connection and the handlers: checks what comes in, brings it into its lane, answers every request exactly once,
 * and lets no handler's mistake out. Handlers know nothing of any of this.
 */
export class Dispatcher {
  readonly #server: LanguageServer;
  #isInitialized = false;

  constructor(server: LanguageServer) {
    this.#server = server;
  }

  listen(connection: Connection, methods: readonly Method[]): void {
    this.#register(connection, methods);
    connection.onInitialize((params: InitializeParams) =>
      this.#guarded("initialize", () => {
        // The library takes some methods for itself when a client initializes.
        this.#register(connection, methods);
        return this.#initialize(params);
      }),
    );
    connection.onShutdown(() => {
      this.#mustServe("shutdown");
      shutdown(undefined, this.#server);
    });
    connection.onRequest((method: string) => {
      this.#mustServe(method);
      throw new ResponseError(ErrorCodes.MethodNotFound, `${method}: there is no such method`);
    });
    connection.listen();
  }

  #register(connection: Connection, methods: readonly Method[]): void {
    for (const row of methods) {
      if (row.kind === "notification")
        connection.onNotification(row.method, (params: unknown) => this.#notification(row, params));
      else
        connection.onRequest(row.method, (params: unknown, token: CancellationToken) =>
          this.#request(row, params, token),
        );
    }
  }

  #initialize(params: InitializeParams): unknown {
    if (this.#isInitialized)
      throw new ResponseError(ErrorCodes.InvalidRequest, "initialize: the server is initialized already");
    this.#isInitialized = true;
    return initialize(params, this.#server);
  }

  #request(row: Method, params: unknown, token: CancellationToken): Promise<unknown> {
    return this.#guarded(
      row.method,
      () => {
        this.#mustServe(row.method);
        const wrong = row.accepts(params);
        if (wrong !== undefined) throw new ResponseError(ErrorCodes.InvalidParams, `${row.method}: ${wrong}`);
        return this.#run(row, params, requestToken(token));
      },
      token,
    );
  }

  /** Between `initialize` and `shutdown`, and at no other time. */
  #mustServe(method: string): void {
    if (!this.#isInitialized)
      throw new ResponseError(ErrorCodes.ServerNotInitialized, `${method}: the server is not initialized`);
    if (this.#server.isShutDown)
      throw new ResponseError(ErrorCodes.InvalidRequest, `${method}: the server is shut down`);
  }

  /** Nobody waits for an answer: what is wrong goes to the log. */
  async #notification(row: Method, params: unknown): Promise<void> {
    const { log, isShutDown } = this.#server;
    if (!this.#isInitialized || isShutDown) return;
    const wrong = row.accepts(params);
    if (wrong !== undefined) return log.note(`${row.method}: ${wrong}`);
    try {
      await this.#run(row, params, NEVER_CANCELLED);
    } catch (error) {
      log.error(row.method, error);
    }
  }

  async #run(row: Method, params: unknown, token: RequestToken): Promise<unknown> {
    if (row.lane === "now") return row.handle(params as never, this.#server);
    if (row.lane === "index") return row.handle(params as never, this.#server, token);
    const { uri } = (params as { readonly textDocument: { readonly uri: string } }).textDocument;
    const view = await this.#server.view(uri, token);
    return view ? row.handle(params as never, view) : row.otherwise;
  }

  async #guarded(method: string, run: () => unknown, token?: CancellationToken): Promise<never> {
    const begun = performance.now();
    try {
      const answer = await run();
      if (token?.isCancellationRequested) throw new Cancelled();
      return answer as never;
    } catch (error) {
      throw this.#errorOf(error, method, token?.isCancellationRequested === true);
    } finally {
      this.#server.log.trace(`${method}: ${Math.round(performance.now() - begun)} ms`);
    }
  }

  #errorOf(error: unknown, method: string, isCancelled: boolean): ResponseError<unknown> {
    if (error instanceof ResponseError) return error;
    if (error instanceof Cancelled) {
      // It was the server that gave up: the folder went. The client may ask again.
      return isCancelled
        ? new ResponseError(LSPErrorCodes.RequestCancelled, `${method}: cancelled`)
        : new ResponseError(LSPErrorCodes.ServerCancelled, `${method}: the folder changed`, { retriggerRequest: true });
    }
    this.#server.log.error(method, error);
    const [line] = (error instanceof Error ? error.message : String(error)).split("\n", 1);
    return new ResponseError(ErrorCodes.InternalError, `${method}: ${line}`);
  }
}
