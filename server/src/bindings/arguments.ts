import type { ExternalCall } from "../trace/external-call.ts";
import type { Reading } from "../trace/reading.ts";
import { constantText } from "../trace/texts.ts";
import type { ValueSet } from "../trace/values.ts";
import { NOTHING } from "../trace/values.ts";

/** A literal argument: a constant, `null` for *known to be absent*, undefined for *not known*. */
export type LiteralArguments = (path: string) => string | number | boolean | null | undefined;

/** Reads literals by dotted path in a call's first argument, or among its named ones. */
export function literalArguments(call: ExternalCall, reading: Reading): LiteralArguments {
  return (path) => {
    const [head, ...rest] = path.split(".");
    const named = call.named.get(head!);
    if (named) return single(rest.reduce((values, name) => reading.ownField(values, name), named));
    return call.spread ? undefined : literalsOf(call.argument(0), reading)(path);
  };
}

/** Reads literals by dotted path in what an argument may be. */
export function literalsOf(argument: ValueSet, reading: Reading): LiteralArguments {
  return (path) => {
    if (argument.some((v) => v.kind !== "object" && v.kind !== "literal")) return undefined;
    let values = argument;
    for (const name of path.split(".")) {
      const objects = reading.objects(values);
      if (objects.some((o) => o.object.rest.values.length > 0)) return undefined;
      values = reading.ownField(values, name);
    }
    return single(values);
  };
}

/** The one constant of a set; `null` where it is known that there is none. */
export function single(values: ValueSet): string | number | boolean | null | undefined {
  if (values.length === 0) return null;
  if (values.length > 1) return undefined;
  const value = values[0]!;
  if (value.kind === "literal") return value.value === undefined ? null : value.value;
  return value.kind === "text" ? constantText(value.pieces) : undefined;
}

/** Named arguments as the one object that other clients take. */
export function namedArguments(call: ExternalCall, reading: Reading): ValueSet {
  if (call.named.size === 0) return NOTHING;
  const { trace } = reading;
  const object = trace.objectFor(`named:${call.id}`, "record", null, null);
  for (const [name, values] of call.named) trace.store(object, name, values);
  return [trace.values.object(object)];
}
