import type { Interpreter } from "../trace/interpreter.ts";
import type { Declared } from "./declared.ts";
import { fileOf, functionsOf, isOfFile } from "./declared.ts";
import type { Way } from "./model.ts";
import { valueAt } from "./way.ts";

/** Tells a trace what is declared: ways that lead to known clients, functions of files that a model speaks for. */
export function speakFor(trace: Interpreter, declared: readonly Declared[]): void {
  for (const { file, models } of declared) {
    for (const { way, is } of models.clients ?? []) {
      const client = valueAt(is, trace.values, file);
      if (client === undefined) continue;
      trace.values.meanings.set(way, client);
      if (isOfFile(way)) trace.standIns.add(trace.program, fileOf(way), namesOf(way), client);
    }
    for (const way of functionsOf(models).filter(isOfFile)) {
      const stand = valueAt(way, trace.values, null);
      if (stand) trace.standIns.add(trace.program, fileOf(way), namesOf(way), stand);
    }
  }
}

function namesOf(way: Way): string[] {
  return way.slice(way.indexOf("#") + 1).split(".");
}
