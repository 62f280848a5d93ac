import { itemsOf } from "../members.ts";
import type { Value } from "../values.ts";
import { NOTHING, setOf, union } from "../values.ts";
import type { Native } from "./native.ts";
import { callAll, first } from "./native.ts";

/** Methods of functions. */
export const FUNCTION = new Map<string, Native>([
  [
    "bind",
    (trace, call, receiver) => {
      if (receiver.kind !== "closure") return [receiver];
      const bound = [...(receiver.bound ?? []), ...call.given.positional.slice(1)];
      const selves: readonly (Value | undefined)[] = first(call).length > 0 ? first(call) : [undefined];
      return setOf(
        selves.map((self) =>
          trace.values.closure(
            receiver.file,
            receiver.function,
            receiver.environment,
            receiver.receiver ?? self,
            bound.length > 0 ? bound : undefined,
          ),
        ),
        trace.values,
      );
    },
  ],
  [
    "call",
    (trace, call, receiver) => {
      const self = first(call)[0] ?? null;
      return callAll(trace, call, [receiver], call.given.positional.slice(1), "", self);
    },
  ],
  [
    "apply",
    (trace, call, receiver) => {
      const self = first(call)[0] ?? null;
      const list = call.given.positional[1] ?? NOTHING;
      const positional =
        list.length === 1 && list[0]!.kind === "object" ? itemsOf(trace, list[0].object, call.frame) : [];
      return callAll(trace, call, [receiver], positional, "", self);
    },
  ],
]);

/** Methods of promises, which are transparent: a promise is what it resolves to. */
export const PROMISE = new Map<string, Native>([
  [
    "then",
    (trace, call, receiver) => {
      const done = callAll(trace, call, first(call), [[receiver]]);
      const failed = callAll(
        trace,
        call,
        call.given.positional[1] ?? NOTHING,
        [[trace.values.unknown("an error")]],
        "#1",
      );
      const passedOn = first(call).some((v) => v.kind !== "literal") ? NOTHING : [receiver];
      return union(union(done, failed, trace.values), passedOn, trace.values);
    },
  ],
  [
    "catch",
    (trace, call, receiver) =>
      union([receiver], callAll(trace, call, first(call), [[trace.values.unknown("an error")]]), trace.values),
  ],
  ["finally", (trace, call, receiver) => (callAll(trace, call, first(call), []), [receiver])],
]);

/** What the executor of a promise is handed: `resolve` keeps what it is called with. */
export const RESOLVER = new Map<string, Native>([
  [
    "call",
    (trace, call, receiver) => {
      if (receiver.kind === "object")
        trace.grow(receiver.object.rest, call.given.positional[0] ?? trace.values.undefined);
      return trace.values.undefined;
    },
  ],
  ["ignore", (trace) => trace.values.undefined],
]);
