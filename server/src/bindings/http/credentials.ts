import type { Reading } from "../../trace/reading.ts";
import type { ValueSet } from "../../trace/values.ts";
import { defaultHeaders } from "./defaults.ts";
import type { Outgoing } from "./outgoing.ts";
import { fields } from "./outgoing.ts";
import type { Sender } from "./sender.ts";

/** A request is signed with something: a header, an option, an interceptor that sees it. */
export function carriesCredential(outgoing: Outgoing, sender: Sender | undefined, reading: Reading): boolean {
  if (outgoing.amended) return true;
  const { options } = outgoing;
  if (fields(options, ["auth", "authorization", "bearer"], reading).length > 0) return true;
  const names = [
    ...headerNames(fields(options, ["headers"], reading), reading),
    ...(sender ? defaultHeaders(sender.client, reading) : []),
  ];
  return names.some((name) => name.toLowerCase() === "authorization");
}

function headerNames(headers: ValueSet, reading: Reading): string[] {
  return headers.flatMap((value): string[] => {
    if (value.kind === "object") return [...reading.fieldNames(value), ...groups(value, reading)];
    const made = value.kind === "external" && value.path === "global#Headers.new()" ? value.step : undefined;
    if (made?.kind !== "new") return [];
    return [...headerNames(made.call?.argument(0) ?? [], reading), ...addedHeaders(value, reading)];
  });
}

/** axios keeps headers by verb: `{ common: { Authorization } }`. */
function groups(value: ValueSet[number], reading: Reading): string[] {
  return reading.objects(reading.ownField([value], "common")).flatMap((group) => reading.fieldNames(group));
}

/** `headers.set("Authorization", …)`. */
function addedHeaders(headers: ValueSet[number], reading: Reading): string[] {
  return reading.trace.calls
    .filter(({ callee }) => callee.parent === headers && /\.(?:set|append)$/.test(callee.path))
    .flatMap((call) => reading.constants(call.argument(0)));
}
