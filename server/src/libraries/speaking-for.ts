import type { Interpreter } from "../trace/interpreter.ts";
import type { Value } from "../trace/values.ts";
import type { Declared } from "./declared.ts";
import { fileOf, functionsOf, isOfFile } from "./declared.ts";
import type { ClientModel, Way } from "./model.ts";
import type { Speaker } from "./model-index.ts";
import { speakerOf } from "./model-index.ts";
import { LIBRARIES } from "./tables/index.ts";
import { patternOf, valueAt, withArrows } from "./way.ts";

/** Tells a trace what is said of values: ways that lead to known ones, functions of files that a model speaks for. */
export function speakFor(trace: Interpreter, declared: readonly Declared[]): void {
  for (const { file, models } of declared) {
    for (const client of models.clients ?? []) {
      const value = meaning(trace, client, file);
      if (value && isOfFile(client.way))
        trace.standIns.add(trace.program, fileOf(client.way), namesOf(client.way), value);
    }
    for (const way of functionsOf(models).filter(isOfFile)) {
      const stand = valueAt(way, trace.values, null);
      if (stand) trace.standIns.add(trace.program, fileOf(way), namesOf(way), stand);
    }
  }
  for (const library of LIBRARIES)
    for (const client of library.clients ?? []) meaning(trace, client, speakerOf(library));
}

/** Lets a way lead to what it is said to be; what was said first counts. */
function meaning(trace: Interpreter, { way, is }: ClientModel, by: Speaker): Value | undefined {
  const value = valueAt(is, trace.values, by);
  if (value === undefined) return undefined;
  // Patterns are for what is passed to functions: `*(*→0)`.
  trace.values.mean(way.includes("*") ? patternOf(way) : withArrows(way), value);
  return value;
}

function namesOf(way: Way): string[] {
  return way.slice(way.indexOf("#") + 1).split(".");
}
