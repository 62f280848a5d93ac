import type { Interpreter } from "../interpreter.ts";
import { spread } from "../iteration.ts";
import type { Value, ValueSet } from "../values.ts";
import { NOTHING, setOf, union } from "../values.ts";
import type { Native, NativeCall } from "./native.ts";
import { callAll, first } from "./native.ts";

/** `Array.prototype.slice.call(arguments, 1)`. */
const BORROWED = /^global#Array\.prototype\.(\w+)$/;

/** A function that is handed its receiver: not the one it was found on. */
function on(trace: Interpreter, target: Value, self: Value | undefined, bound?: readonly ValueSet[]): Value {
  if (self && target.kind === "native") return trace.values.native(target.name, self);
  const borrowed = target.kind === "external" ? BORROWED.exec(target.path)?.[1] : undefined;
  if (self && borrowed !== undefined) return trace.values.native(`list.${borrowed}`, self);
  if (target.kind !== "closure") return target;
  const isGiven = self?.kind === "object" || self?.kind === "class";
  const receiver = isGiven ? self : (target.receiver ?? self);
  return trace.values.closure(target.file, target.function, target.environment, receiver, bound ?? target.bound);
}

/** What a function is to be called on: nothing is said where nothing is passed, and waited for where nothing is known yet. */
function selvesOf(call: NativeCall): readonly (Value | undefined)[] {
  return call.given.positional.length > 0 ? first(call) : [undefined];
}

const bind: Native = (trace, call, target) => {
  if (target.kind !== "closure") return [target];
  const bound = [...(target.bound ?? []), ...call.given.positional.slice(1)];
  const selves = selvesOf(call);
  return setOf(
    selves.map((self) => on(trace, target, self, bound.length > 0 ? bound : undefined)),
    trace.values,
  );
};

const callOn: Native = (trace, call, target) => {
  const selves = selvesOf(call);
  const targets = setOf(
    selves.map((self) => on(trace, target, self)),
    trace.values,
  );
  return callAll(trace, call, targets, call.given.positional.slice(1), "", null, call.given.rest);
};

const apply: Native = (trace, call, target) => {
  const { items, rest } = spread(trace, call.given.positional[1] ?? NOTHING, call.frame);
  return callOn(trace, { ...call, given: { ...call.given, positional: [first(call), ...items], rest } }, target);
};

/** Methods of functions. */
export const FUNCTION = new Map<string, Native>([
  ["bind", bind],
  ["call", callOn],
  ["apply", apply],
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
