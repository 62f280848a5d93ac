import { performance } from "node:perf_hooks";

/** Wall time of the phases of a run, for `--stats`. */
export class Stopwatch {
  readonly laps: { readonly name: string; readonly milliseconds: number }[] = [];
  #last = performance.now();

  lap(name: string): void {
    const now = performance.now();
    this.laps.push({ name, milliseconds: now - this.#last });
    this.#last = now;
  }
}
