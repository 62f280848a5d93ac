import type { LanguageServer, View } from "./language-server.ts";
import type { Shape } from "./shapes.ts";
import type { RequestToken } from "./waiting.ts";

/**
 * One row of the table of methods. The lane says what a handler waits for: `now`, nothing; `snapshot`, the analysis of the
 * folder that holds the document; `index`, whatever it asks for itself, of all folders.
 */
export type Method = NowMethod | SnapshotMethod | IndexMethod;

interface Row {
  readonly method: string;
  readonly kind: "request" | "notification";
  readonly accepts: Shape;
}

export interface NowMethod extends Row {
  readonly lane: "now";
  handle(params: never, server: LanguageServer): unknown;
}

export interface SnapshotMethod extends Row {
  readonly lane: "snapshot";
  readonly kind: "request";
  /** The answer about documents that are none of Remit's business. */
  readonly otherwise: unknown;
  handle(params: never, view: View): unknown;
}

export interface IndexMethod extends Row {
  readonly lane: "index";
  readonly kind: "request";
  handle(params: never, server: LanguageServer, token: RequestToken): Promise<unknown>;
}
