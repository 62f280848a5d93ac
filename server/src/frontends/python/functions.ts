import type { NodeId, Parameter, TypePath } from "../../model/summary.ts";
import { conditionally } from "../building/flow.ts";
import type { FunctionHeading } from "../building/function-builder.ts";
import { classDefinition } from "./classes.ts";
import { docOf } from "./docs.ts";
import { expression } from "./expressions.ts";
import { assignedNames } from "./scopes.ts";
import { statements } from "./statements.ts";
import type { Syntax } from "./syntax.ts";
import { childOf, firstOfType, hasToken, namedChildren } from "./syntax.ts";
import { typePath } from "./types.ts";
import type { Walker } from "./walker.ts";

/** `@a @b def f` and `@a class C`. */
export function decorated(w: Walker, node: Syntax): void {
  const definition = childOf(node, "definition");
  const decorators = node.children.filter((child) => child.type === "decorator");
  if (definition?.type === "function_definition") functionDefinition(w, definition, decorators);
  else if (definition?.type === "class_definition") classDefinition(w, definition, decorators);
}

/** A function by statement: its name is given what its decorators make of it. */
export function functionDefinition(w: Walker, node: Syntax, decorators: readonly Syntax[]): void {
  const name = childOf(node, "name");
  if (!name) return;
  const path = w.functionPath(name.text);
  const value = w.add({ kind: "function", function: path }, node);
  const heading = { ...headingOf(w, node), path, name: name.text, kind: "function" as const, lexicalReceiver: true };
  lowerFunction(w, node, heading, undefined);
  w.assign(name.text, decorate(w, decorators, value, path));
}

export function headingOf(w: Walker, node: Syntax): Pick<FunctionHeading, "parent" | "async" | "generator"> {
  const body = childOf(node, "body");
  return {
    parent: w.function.path,
    ...(hasToken(node, "async") && { async: true }),
    ...(body && yields(body) && { generator: true }),
  };
}

/** Calls of the decorators, the nearest first; what the last one gives. The function itself remembers who decorated it. */
export function decorate(w: Walker, decorators: readonly Syntax[], value: NodeId, path: string | undefined): NodeId {
  let made = value;
  const calls: NodeId[] = [];
  for (const decorator of decorators.toReversed()) {
    const [called] = namedChildren(decorator);
    if (!called) continue;
    const callee = expression(w, called);
    made = w.add({ kind: "call", callee, arguments: [{ value: made }], form: "decorator" }, decorator);
    w.function.step({ kind: "call", node: made });
    calls.unshift(made);
  }
  const built = path === undefined ? undefined : w.functions.findLast((f) => f.path === path);
  if (built && calls.length > 0) built.decorators = calls.map((node) => ({ function: w.function.path, node }));
  return made;
}

export function lambda(w: Walker, node: Syntax): NodeId {
  const path = w.functionPath("<lambda>");
  const value = w.add({ kind: "function", function: path }, node);
  const heading: FunctionHeading = {
    path,
    name: "<lambda>",
    kind: "function",
    parent: w.function.path,
    lexicalReceiver: true,
  };
  w.inFunction(heading, node, "function", (built) => {
    declareParameters(w, childOf(node, "parameters"), undefined);
    const body = childOf(node, "body");
    if (body) built.step({ kind: "return", value: expression(w, body) });
  });
  return value;
}

/** Reads a function: parameters, defaults, body. `receiver`: the first parameter is what the method is called on. */
export function lowerFunction(w: Walker, node: Syntax, heading: FunctionHeading, receiver: "first" | undefined): void {
  w.inFunction(heading, node, "function", (built) => {
    const body = childOf(node, "body");
    built.doc = docOf(w, body);
    const returned = childOf(node, "return_type");
    const type = returned && typePath(w, returned);
    if (type) built.returnType = type;
    if (body) {
      const names = assignedNames(body);
      for (const name of names.outer) w.scope.outer.add(name);
      declareParameters(w, childOf(node, "parameters"), receiver);
      for (const name of names.local) if (!w.scope.own(name)) w.declareVariable(name);
      statements(w, body);
    }
  });
}

interface ReadParameter {
  readonly name: string;
  readonly type: TypePath | undefined;
  readonly initial: Syntax | undefined;
  readonly rest: Parameter["rest"];
  readonly at: Syntax;
}

function declareParameters(w: Walker, list: Syntax | undefined, receiver: "first" | undefined): void {
  const read = (list ? namedChildren(list) : []).flatMap((child) => readParameter(w, child) ?? []);
  const hasReceiver = receiver === "first" && read[0] !== undefined && read[0].rest === undefined;
  const own = hasReceiver ? read.slice(1) : read;
  if (hasReceiver) w.receiver = read[0]!.name;
  else if (read.some(({ name }) => name === w.receiver)) w.receiver = undefined;
  const built = w.function;
  for (const [index, { name, type, rest, at }] of own.entries()) {
    built.parameters.push({ name, ...(rest && { rest }), ...(type && { type }) });
    built.parameterSpans.push({ start: at.start, end: at.end });
    w.declareParameter(name, index, type);
  }
  for (const [index, { initial, at }] of own.entries()) {
    if (!initial) continue;
    const value = w.add({ kind: "parameter", index }, at);
    const node = conditionally(w, { kind: "undefined", value }, () => expression(w, initial));
    built.parameters[index] = { ...built.parameters[index]!, default: node };
  }
}

function readParameter(w: Walker, node: Syntax): ReadParameter | undefined {
  const annotation = childOf(node, "type");
  const common = { type: annotation && typePath(w, annotation), initial: childOf(node, "value"), at: node };
  const named = (name: Syntax | undefined, rest?: Parameter["rest"]): ReadParameter | undefined =>
    name && { name: name.text, rest, ...common };
  switch (node.type) {
    case "identifier":
      return named(node);
    case "default_parameter":
    case "typed_default_parameter":
      return named(childOf(node, "name"));
    case "typed_parameter": {
      const [inner] = namedChildren(node);
      if (inner?.type === "list_splat_pattern") return named(firstOfType(inner, "identifier"), "list");
      if (inner?.type === "dictionary_splat_pattern") return named(firstOfType(inner, "identifier"), "named");
      return named(inner);
    }
    case "list_splat_pattern":
      return named(firstOfType(node, "identifier"), "list");
    case "dictionary_splat_pattern":
      return named(firstOfType(node, "identifier"), "named");
    default:
      return undefined;
  }
}

/** Whether a body yields by itself. */
function yields(body: Syntax): boolean {
  const pending = [body];
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (node.type === "yield") return true;
    if (node.type === "function_definition" || node.type === "lambda" || node.type === "class_definition") continue;
    pending.push(...node.children);
  }
  return false;
}
