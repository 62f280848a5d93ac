import type { Argument, GuardId, NodeId } from "../model/summary.ts";
import type { Arguments } from "./arguments.ts";
import { NO_ARGUMENTS } from "./arguments.ts";
import { decorated } from "./decoration.ts";
import type { Context, Frame } from "./frames.ts";
import { prototypesOf, proxyCallees } from "./properties.ts";
import { callNative } from "./natives/call-native.ts";
import { fieldsOf } from "./natives/native.ts";
import { calledInstance, onFirstArgument } from "./python.ts";
import type { Evaluation } from "./evaluation.ts";
import type { Interpreter } from "./interpreter.ts";
import { spread } from "./iteration.ts";
import { item, members } from "./members.ts";
import type { ClassValue, ClosureValue, ObjectValue, Value, ValueSet } from "./values.ts";
import { NOTHING, union } from "./values.ts";

/** Runs one call of a function's steps, for everything its callee can be. */
export function evaluateCall(at: Evaluation, id: NodeId, guard: GuardId | undefined): ValueSet {
  const node = at.frame.function.nodes[id]!;
  if (node.kind !== "call") return NOTHING;
  const given = argumentsOf(at, node.arguments);
  if (awaits(at, given)) return NOTHING;
  const site = `${at.trace.functionId(at.frame.function)}:${id}${at.labelAt(id)}`;
  if (node.form === "decorator" && at.frame.language !== "python" && given.positional.length > 0)
    return decorated(
      at.trace,
      at.value(node.callee),
      targetOf(at, node.arguments[0]!.value),
      at.frame,
      (decorator, positional) => invoke(at, id, decorator, null, { ...NO_ARGUMENTS, positional }, site, false, guard),
    );
  const callee = at.frame.function.nodes[node.callee]!;
  if (callee.kind === "base") return callBaseConstructor(at, id, given, site);
  let values: ValueSet = NOTHING;
  if (callee.kind === "member" || callee.kind === "index") {
    const isBase = at.frame.function.nodes[callee.of]!.kind === "base";
    const holders = isBase ? [] : at.value(callee.of);
    if (isBase)
      for (const target of at.value(node.callee))
        values = union(values, invoke(at, id, target, null, given, site, node.form === "new", guard), at.trace.values);
    const lookUp = callee.kind === "member" ? members : item;
    const names = callee.kind === "member" ? [callee.name] : at.constantKeys(callee.key);
    for (const holder of holders) {
      const targets = names
        ? names.flatMap((name) => [...lookUp(at.trace, holder, name, at.frame)])
        : at.anyMember(holder);
      for (const target of new Set(targets))
        values = union(
          values,
          invoke(at, id, target, holder, given, site, node.form === "new", guard),
          at.trace.values,
        );
    }
    return values;
  }
  for (const target of at.value(node.callee))
    values = union(values, invoke(at, id, target, null, given, site, node.form === "new", guard), at.trace.values);
  return values;
}

/** What is decorated: the class as it is written, not what its decorators make of it. */
function targetOf(at: Evaluation, id: NodeId): ValueSet {
  const node = at.frame.function.nodes[id]!;
  return node.kind === "class" ? [at.classAt(id, node.class)] : at.value(id);
}

/** Arguments of which nothing is known yet are waited for. */
function awaits(at: Evaluation, given: Arguments): boolean {
  const isReady = [...given.positional, ...given.named.values()].every((values) => values.length > 0);
  if (!isReady) at.stalled = true;
  return !isReady && !at.frame.insists;
}

function argumentsOf(at: Evaluation, given: readonly Argument[]): Arguments {
  const positional: ValueSet[] = [];
  const named = new Map<string, ValueSet>();
  let rest: ValueSet = NOTHING;
  let known = true;
  for (const argument of given) {
    const values = at.value(argument.value);
    if (argument.name !== undefined) named.set(argument.name, values);
    else if (argument.spread === "list") {
      const { items, rest: more } = spread(at.trace, values, at.frame);
      if (known) positional.push(...items);
      rest = (known ? [more] : [...items, more]).reduce((all, one) => union(all, one, at.trace.values), rest);
      if (rest.length > 0) known = false;
    } else if (argument.spread === "named") {
      for (const value of values)
        for (const [name, field] of fieldsOf(at.trace, value, at.frame))
          named.set(name, union(named.get(name) ?? NOTHING, field, at.trace.values));
      if (values.some((value) => value.kind !== "object")) rest = union(rest, values, at.trace.values);
    } else if (known) positional.push(values);
    else rest = union(rest, values, at.trace.values);
  }
  return { positional, named, rest };
}

function callBaseConstructor(at: Evaluation, id: NodeId, given: Arguments, site: string): ValueSet {
  const owner = at.ownerClass();
  for (const self of at.receiver()) {
    if (owner && self.kind === "object")
      at.trace.constructBase(owner, self.object, given, at.trace.innerContext(at.frame, site, given), at.frame, id);
  }
  return at.receiver();
}

function invoke(
  at: Evaluation,
  id: NodeId,
  target: Value,
  receiver: Value | null,
  given: Arguments,
  site: string,
  construct: boolean,
  guard: GuardId | undefined,
): ValueSet {
  const { trace, frame } = at;
  switch (target.kind) {
    case "closure": {
      const unbound = onFirstArgument(trace, target, given);
      if (unbound)
        return unbound.reduce(
          (all: ValueSet, { method, rest }) =>
            union(
              all,
              trace.callClosure(method, rest, null, trace.innerContext(frame, site, rest), frame, id),
              trace.values,
            ),
          NOTHING,
        );
      const context = trace.innerContext(frame, site, given);
      if (!construct) return trace.callClosure(target, given, receiver, context, frame, id);
      return constructed(trace, target, given, context, frame, id, at.labelAt(id));
    }
    case "class":
      return constructed(trace, target, given, trace.innerContext(frame, site, given), frame, id, at.labelAt(id));
    case "external": {
      const native = callNative(trace, { frame, node: id, site, label: at.labelAt(id), given, construct }, target);
      const result = native ?? trace.externalCall(target, given, construct, frame, id, site, guard);
      // What a decorator of a package makes of a function does what the function does.
      return isDecoration(at, id) ? union(result, given.positional[0] ?? NOTHING, trace.values) : result;
    }
    case "native":
      return (
        callNative(trace, { frame, node: id, site, label: at.labelAt(id), given, construct }, target) ?? [
          trace.values.unknown(`what ${target.name} gives`),
        ]
      );
    case "unknown":
      trace.unknownCall(frame, id, target.reason, allArguments(given, trace), site);
      return [trace.values.unknown("what an unknown call gives")];
    case "object": {
      if (target.object.kind === "proxy") return callProxy(at, id, target, receiver, given, site, construct, guard);
      const called = calledInstance(trace, target, frame);
      return called.reduce(
        (all: ValueSet, method) => union(all, invoke(at, id, method, target, given, site, false, guard), trace.values),
        NOTHING,
      );
    }
    default:
      return NOTHING;
  }
}

/** What `new` makes. */
export function constructed(
  trace: Interpreter,
  maker: ClassValue | ClosureValue,
  given: Arguments,
  context: Context,
  frame: Frame,
  node: NodeId,
  label: string,
): ValueSet {
  if (maker.kind === "class") {
    const instance = trace.allocate(frame, node, label, "instance", maker);
    trace.construct(maker, instance, given, context, frame, node);
    return [trace.values.object(instance)];
  }
  const made = trace.allocate(frame, node, label + maker.id, "instance");
  trace.grow(made.parents, prototypesOf(trace, maker, frame));
  const instance = trace.values.object(made);
  // A function that gives an object gives that.
  const returned = trace.callClosure(maker, given, instance, context, frame, node).filter((v) => v.kind === "object");
  return union([instance], returned, trace.values);
}

function callProxy(
  at: Evaluation,
  id: NodeId,
  proxy: ObjectValue,
  receiver: Value | null,
  given: Arguments,
  site: string,
  construct: boolean,
  guard: GuardId | undefined,
): ValueSet {
  const { trace, frame } = at;
  const { target, traps } = proxyCallees(trace, proxy, construct, frame);
  const call = (callees: ValueSet, passed: Arguments, isNew: boolean): ValueSet =>
    callees.reduce(
      (all: ValueSet, callee) => union(all, invoke(at, id, callee, receiver, passed, site, isNew, guard), trace.values),
      NOTHING,
    );
  if (traps.length === 0) return call(target, given, construct);
  const list = trace.allocate(frame, id, `${at.labelAt(id)}arguments`, "list");
  for (const [i, values] of given.positional.entries()) trace.store(list, String(i), values);
  trace.grow(list.rest, given.rest);
  const self: ValueSet = receiver ? [receiver] : trace.values.undefined;
  const passed = [target, ...(construct ? [] : [self]), [trace.values.object(list)]];
  return call(traps, { ...NO_ARGUMENTS, positional: passed }, false);
}

function isDecoration(at: Evaluation, id: NodeId): boolean {
  const node = at.frame.function.nodes[id]!;
  return node.kind === "call" && node.form === "decorator";
}

function allArguments(given: Arguments, trace: Interpreter): ValueSet {
  return [...given.positional, ...given.named.values()].reduce((all, set) => union(all, set, trace.values), given.rest);
}
