import type { CancellationToken as ProtocolToken } from "vscode-languageserver/node";
import type { CancellationToken } from "../model/result.ts";
import { Cancelled } from "../model/result.ts";

/** A token of the engine that can also be waited for. */
export interface RequestToken extends CancellationToken {
  onCancelled(listener: () => void): { dispose(): void };
}

export const NEVER_CANCELLED: RequestToken = { isCancelled: false, onCancelled: () => ({ dispose() {} }) };

export function requestToken(token: ProtocolToken): RequestToken {
  return {
    get isCancelled() {
      return token.isCancellationRequested;
    },
    onCancelled: (listener) => token.onCancellationRequested(listener),
  };
}

export interface Cancellation {
  /** Fails when the token is cancelled; never succeeds. */
  readonly promise: Promise<never>;
  dispose(): void;
}

export function cancellationOf(token: RequestToken): Cancellation {
  let subscription: { dispose(): void } | undefined;
  const promise = new Promise<never>((_resolve, reject) => {
    if (token.isCancelled) reject(new Cancelled());
    else subscription = token.onCancelled(() => reject(new Cancelled()));
  });
  promise.catch(() => undefined); // Nobody may be waiting any more.
  return { promise, dispose: () => subscription?.dispose() };
}

/** Waits no longer than the result is wanted. */
export async function unlessCancelled<T>(result: Promise<T>, token: RequestToken): Promise<T> {
  const cancellation = cancellationOf(token);
  try {
    return await Promise.race([result, cancellation.promise]);
  } finally {
    cancellation.dispose();
  }
}

/** Something that happens again and again, and can be waited for. */
export class Signal {
  #waiting: (() => void)[] = [];

  next(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  fire(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
