import type { Interpreter } from "../../trace/interpreter.ts";
import type { Reading } from "../../trace/reading.ts";
import type { ExternalValue, Value, ValueSet } from "../../trace/values.ts";

/** What is stored into a client's `defaults`: `axios.defaults.baseURL = …`. */
export function defaultsOf(client: ExternalValue, name: string, reading: Reading): ValueSet {
  return indexOf(reading)
    .stores.filter(({ holder, name: stored }) => stored === name && pathBelow(holder, client)?.join(".") === "defaults")
    .flatMap(({ values }) => [...values]);
}

/** Names of the headers that are stored into a client's defaults: `client.defaults.headers.common.Authorization = …`. */
export function defaultHeaders(client: ExternalValue, reading: Reading): string[] {
  return indexOf(reading)
    .stores.filter(({ holder }) => pathBelow(holder, client)?.slice(0, 2).join(".") === "defaults.headers")
    .map(({ name }) => name);
}

/** A function of the workspace sees each request before it is sent. */
export function isIntercepted(client: ExternalValue, reading: Reading): boolean {
  return indexOf(reading).interceptors.some((callee) => pathBelow(callee, client) !== undefined);
}

interface Store {
  readonly holder: ExternalValue;
  readonly name: string;
  readonly values: ValueSet;
}

/** All stores into values of packages, and all registrations of interceptors. */
interface Index {
  readonly stores: readonly Store[];
  readonly interceptors: readonly ExternalValue[];
}

/** One index a settled trace. */
const indexes = new WeakMap<Interpreter, Index>();

function indexOf(reading: Reading): Index {
  const { trace } = reading;
  let index = indexes.get(trace);
  if (!index) {
    index = { stores: storesOf(reading), interceptors: interceptorsOf(trace) };
    indexes.set(trace, index);
  }
  return index;
}

function interceptorsOf({ calls }: Interpreter): ExternalValue[] {
  return calls.map(({ callee }) => callee).filter(({ path }) => path.endsWith(".interceptors.request.use"));
}

function storesOf(reading: Reading): Store[] {
  const { trace } = reading;
  return [...trace.unknownStores.values()].flatMap(({ frame, node, arguments: values }) => {
    const target = frame.function.nodes[node];
    if (target?.kind !== "member" && target?.kind !== "index") return [];
    const names = target.kind === "member" ? [target.name] : reading.constants(trace.nodeOf(frame, target.key, frame));
    return trace
      .nodeOf(frame, target.of, frame)
      .flatMap((holder) => (holder.kind === "external" ? names.map((name) => ({ holder, name, values })) : []));
  });
}

/** Names between a client and something of it; a package and its default export are one. */
function pathBelow(value: Value, client: ExternalValue): string[] | undefined {
  const names: string[] = [];
  for (let at = value.kind === "external" ? value : null; at; at = at.parent) {
    if (at === client || (at.depth === 0 && client.path === `${at.path}#default`)) return names;
    if (at.step?.kind !== "member") return undefined;
    names.unshift(at.step.name);
  }
  return undefined;
}
