import type { Interpreter } from "../interpreter.ts";
import { anyItem } from "../iteration.ts";
import { itemsOf, members } from "../members.ts";
import { HOLE, constantText } from "../texts.ts";
import type { Value, ValueSet } from "../values.ts";
import { NOTHING, setOf, union } from "../values.ts";
import type { Native, NativeCall } from "./native.ts";
import { booleans, callAll, constantsOf, eachItem, fieldsOf, first, newList } from "./native.ts";
import { listFrom } from "./python-methods.ts";

/** Functions of the Python language and of its standard library that pass values on, by the way to them. */

const asGiven: Native = (_trace, call) => first(call);
const asList: Native = (trace, call) => [listFrom(trace, call, first(call))];
const maybe: Native = (trace) => booleans(trace, "maybe");
const second = (call: NativeCall): ValueSet => call.given.positional[1] ?? NOTHING;

/** The package's own value, for what is not known: `os.environ["X"]` keeps its name. */
function external(trace: Interpreter, target: Value): ValueSet {
  return target.kind === "external" ? [trace.values.step(target, { kind: "call", call: null })] : NOTHING;
}

/** `os.getenv("X", fallback)`: what the environment holds, under the name it is asked for. */
const environment: Native = (trace, call, target) => {
  const fallback = second(call).length > 0 ? second(call) : (call.given.named.get("default") ?? NOTHING);
  return union(environmentVariable(trace, first(call), target), fallback, trace.values);
};

function environmentVariable(trace: Interpreter, names: ValueSet, target: Value): ValueSet {
  const constants = constantsOf(names);
  if (!constants) return external(trace, target);
  const root = trace.values.step(trace.values.external("python:os"), { kind: "member", name: "environ" });
  return setOf(
    constants.map((name) => (root.kind === "external" ? trace.values.step(root, { kind: "member", name }) : root)),
    trace.values,
  );
}

/** `len("mail_")`; of other things it is what only a run can tell. */
const count: Native = (trace, call, target) => {
  const texts = first(call).map((value) => (value.kind === "text" ? constantText(value.pieces) : undefined));
  if (texts.includes(undefined)) return external(trace, target);
  return setOf(
    texts.map((text) => trace.values.literal(text!.length)),
    trace.values,
  );
};

/** `getattr(x, "name", fallback)`. */
const getAttribute: Native = (trace, call) => {
  const names = constantsOf(second(call));
  const fallback = call.given.positional[2] ?? NOTHING;
  if (!names)
    return setOf(
      first(call).map((holder) =>
        holder.kind === "external"
          ? trace.values.step(holder, { kind: "index" })
          : trace.values.unknown("looked up under a name chosen at run time"),
      ),
      trace.values,
    );
  const found = first(call).reduce(
    (all: ValueSet, holder) =>
      names.reduce((some, name) => union(some, members(trace, holder, name, call.frame), trace.values), all),
    NOTHING,
  );
  return union(found, fallback, trace.values);
};

/** `setattr(x, "name", value)`. */
const setAttribute: Native = (trace, call) => {
  const names = constantsOf(second(call));
  const values = call.given.positional[2] ?? NOTHING;
  for (const holder of first(call)) {
    if (holder.kind !== "object") continue;
    if (names) for (const name of names) trace.store(holder.object, name, values);
    else trace.grow(holder.object.rest, values);
  }
  return [trace.values.literal(null)];
};

/** `dict(other, name=value)`. */
const dictionary: Native = (trace, call) => {
  const object = trace.allocate(call.frame, call.node, call.label, "record");
  for (const source of first(call))
    for (const [name, values] of fieldsOf(trace, source, call.frame)) trace.store(object, name, values);
  for (const [name, values] of call.given.named) trace.store(object, name, values);
  return [trace.values.object(object)];
};

/** `map(f, items)`. */
const mapItems: Native = (trace, call) => {
  const list = newList(trace, call);
  const given = { ...call, given: { ...call.given, positional: [first(call)] } };
  for (const holder of second(call))
    for (const result of eachItem(trace, given, holder, (item) => [item])) trace.grow(list.rest, result);
  return [trace.values.object(list)];
};

/** `filter(f, items)`. */
const filterItems: Native = (trace, call) => {
  const given = { ...call, given: { ...call.given, positional: [first(call)] } };
  for (const holder of second(call)) eachItem(trace, given, holder, (item) => [item]);
  return [listFrom(trace, call, second(call))];
};

/** `enumerate(items)` and `zip(a, b)`: lists of tuples. */
const tuples =
  (numbered: boolean): Native =>
  (trace, call) => {
    const list = newList(trace, call);
    const sources = numbered ? call.given.positional.slice(0, 1) : call.given.positional;
    const lists = sources.map((set) =>
      set.flatMap((v) => (v.kind === "object" ? itemsOf(trace, v.object, call.frame) : [])),
    );
    const longest = Math.max(0, ...lists.map((items) => items.length));
    for (let i = 0; i < Math.min(longest, 80); i++) {
      const tuple = newList(trace, call, `#${i}`);
      if (numbered) trace.store(tuple, "0", [trace.values.literal(i)]);
      for (const [at, items] of lists.entries())
        trace.store(tuple, String(at + (numbered ? 1 : 0)), items[i] ?? NOTHING);
      trace.store(list, String(i), [trace.values.object(tuple)]);
    }
    const others = sources.map((set) => restItems(trace, set, call));
    if (others.some((set) => set.length > 0)) {
      const tuple = newList(trace, call, "#*");
      if (numbered) trace.store(tuple, "0", [trace.values.unknown("an index")]);
      for (const [at, values] of others.entries()) trace.store(tuple, String(at + (numbered ? 1 : 0)), values);
      trace.grow(list.rest, [trace.values.object(tuple)]);
    }
    return [trace.values.object(list)];
  };

function restItems(trace: Interpreter, set: ValueSet, call: NativeCall): ValueSet {
  return set.reduce((all: ValueSet, value) => {
    if (value.kind === "literal") return all;
    const items =
      value.kind === "object" ? trace.read(value.object.rest, call.frame) : anyItem(trace, value, call.frame);
    return union(all, items, trace.values);
  }, NOTHING);
}

/** `functools.partial(f, a, b)`. */
const partial: Native = (trace, call) =>
  setOf(
    first(call).map((value) =>
      value.kind === "closure"
        ? trace.values.closure(value.file, value.function, value.environment, value.receiver, [
            ...(value.bound ?? []),
            ...call.given.positional.slice(1),
          ])
        : value,
    ),
    trace.values,
  );

/** A decorator with options: `@wraps(f)`, `@lru_cache(maxsize=1)` give one that changes nothing. */
const identity: Native = (trace, call) => {
  const functions = first(call).filter((value) => value.kind === "closure" || value.kind === "class");
  return functions.length > 0 ? functions : [trace.values.native("python-function.same", null)];
};
const sameDecorator: Native = (trace) => [trace.values.native("python-function.same", null)];

/** Calls its function with the arguments after it: `asyncio.to_thread(f, a)`. `skip`: what stands before the function. */
const calls =
  (skip: number): Native =>
  (trace, call) =>
    callAll(trace, call, call.given.positional[skip] ?? NOTHING, call.given.positional.slice(skip + 1));

const gather: Native = (trace, call) => {
  const list = newList(trace, call);
  for (const [i, values] of call.given.positional.entries()) trace.store(list, String(i), values);
  trace.grow(list.rest, call.given.rest);
  return [trace.values.object(list)];
};

export const PYTHON_SAME = new Map<string, Native>([["same", asGiven]]);

export const PYTHON_FUNCTION = new Map<string, Native>([
  ["python:builtins#list", asList],
  ["python:builtins#tuple", asList],
  ["python:builtins#set", asList],
  ["python:builtins#frozenset", asList],
  ["python:builtins#sorted", asList],
  ["python:builtins#reversed", asList],
  ["python:builtins#iter", asList],
  ["python:builtins#next", (trace, call) => restItems(trace, [listFrom(trace, call, first(call))], call)],
  ["python:builtins#dict", dictionary],
  ["python:builtins#map", mapItems],
  ["python:builtins#filter", filterItems],
  ["python:builtins#enumerate", tuples(true)],
  ["python:builtins#zip", tuples(false)],
  ["python:builtins#len", count],
  ["python:builtins#getattr", getAttribute],
  ["python:builtins#setattr", setAttribute],
  ["python:builtins#hasattr", maybe],
  ["python:builtins#isinstance", maybe],
  ["python:builtins#issubclass", maybe],
  ["python:builtins#callable", maybe],
  ["python:builtins#bool", maybe],
  [
    "python:builtins#str",
    (trace, call) =>
      setOf(
        first(call).map((v) =>
          v.kind === "text"
            ? v
            : trace.values.text(v.kind === "literal" ? [{ text: String(v.value), offset: -1 }] : [HOLE]),
        ),
        trace.values,
      ),
  ],
  ["python:os#getenv", environment],
  ["python:os#environ.get", environment],
  ["python:copy#copy", asGiven],
  ["python:copy#deepcopy", asGiven],
  ["python:typing#cast", (_trace, call) => second(call)],
  ["python:functools#partial", partial],
  ["python:functools#wraps", sameDecorator],
  ["python:functools#update_wrapper", asGiven],
  ["python:functools#lru_cache", identity],
  ["python:functools#cache", identity],
  ["python:functools#singledispatch", identity],
  ["python:contextlib#contextmanager", asGiven],
  ["python:contextlib#asynccontextmanager", asGiven],
  ["python:contextlib#closing", asGiven],
  ["python:contextlib#nullcontext", asGiven],
  ["python:dataclasses#dataclass", identity],
  ["python:asyncio#run", asGiven],
  ["python:asyncio#create_task", asGiven],
  ["python:asyncio#ensure_future", asGiven],
  ["python:asyncio#shield", asGiven],
  ["python:asyncio#wait_for", asGiven],
  ["python:asyncio#gather", gather],
  ["python:asyncio#to_thread", calls(0)],
  ["python:asyncio#get_event_loop().run_in_executor", calls(1)],
  ["python:asyncio#get_running_loop().run_in_executor", calls(1)],
  ["python:asyncio#get_event_loop().run_until_complete", asGiven],
  ["python:asyncio#get_running_loop().run_until_complete", asGiven],
  ["python:anyio#run", calls(0)],
  ["python:anyio#to_thread.run_sync", calls(0)],
]);
