import type { CancellationToken } from "../model/result.ts";

/**
 * Says across threads that a result is not wanted any more. An analysis keeps its thread busy and hears no message until it
 * ends; memory that both threads see needs none.
 */
export class CancelFlag implements CancellationToken {
  readonly memory: SharedArrayBuffer;
  readonly #cell: Int32Array;

  constructor(memory = new SharedArrayBuffer(4)) {
    this.memory = memory;
    this.#cell = new Int32Array(memory);
  }

  get isCancelled(): boolean {
    return Atomics.load(this.#cell, 0) !== 0;
  }

  cancel(): void {
    Atomics.store(this.#cell, 0, 1);
  }
}
