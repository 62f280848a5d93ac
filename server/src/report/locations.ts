import { lineStartsOf, rangeOf } from "../model/place.ts";
import type { Place } from "../model/place.ts";
import type { WorkspaceResult } from "../model/result.ts";
import type { Location } from "./shape.ts";

/** Turns places of the engine (offsets, workspace root) into those of a report (lines, working directory). */
export class Locations {
  readonly #result: WorkspaceResult;
  readonly #root: string;
  readonly #lineStarts = new Map<string, readonly number[]>();

  /** `root`: the workspace root relative to the working directory, `.` if they are one. */
  constructor(result: WorkspaceResult, root: string) {
    this.#result = result;
    this.#root = root;
  }

  of(place: Place): Location {
    return {
      file: this.file(place.file),
      range: rangeOf(this.#lineStartsOf(place.file), place.span),
    };
  }

  line(place: Place): number {
    return this.of(place).range.start.line;
  }

  file(file: string): string {
    if (this.#root === "." || this.#root === "") return file === "" ? "." : file;
    return file === "" ? this.#root : `${this.#root}/${file}`;
  }

  #lineStartsOf(file: string): readonly number[] {
    let starts = this.#lineStarts.get(file);
    if (starts === undefined) {
      starts = lineStartsOf(this.#result.textOf(file) ?? "");
      this.#lineStarts.set(file, starts);
    }
    return starts;
  }
}
