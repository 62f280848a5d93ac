import { NO_ARGUMENTS } from "./arguments.ts";
import type { Frame } from "./frames.ts";
import type { Interpreter } from "./interpreter.ts";
import type { ClassValue, Value, ValueSet } from "./values.ts";

/** An instance of a class that nobody was seen to make, built with arguments nobody knows. */
export function strayInstance(trace: Interpreter, value: ClassValue, caller: Frame): Value {
  const object = trace.objectFor(`stray:${value.id}`, "instance", null, value);
  const constructor = trace.classSummary(value)?.summary.members.find((m) => m.kind === "constructor");
  const summary = constructor && trace.program.module(value.file)?.functions.get(constructor.function);
  const positional =
    summary?.parameters.map((): ValueSet => [trace.values.unknown("a parameter nobody was seen to pass")]) ?? [];
  trace.construct(
    value,
    object,
    { ...NO_ARGUMENTS, positional },
    trace.context({ kind: "unreached", name: `new ${value.class}` }, []),
    caller,
    0,
  );
  return trace.values.object(object);
}
