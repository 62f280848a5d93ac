import type { TypeGraph } from "../../model/pack.ts";
import type { ExternalValue } from "../../trace/values.ts";

/** The type of a library's value, found by the way to it: `playwright#chromium.launch().newPage()` is a `Page`. */
export function typeOf(value: ExternalValue, graph: TypeGraph): string | undefined {
  const { parent, step } = value;
  if (!parent || !step) return own(graph.exports, "default");
  switch (step.kind) {
    case "member":
      return memberType(parent, step.name, graph);
    case "new":
      return parent.depth === 1 && parent.step?.kind === "member" ? constructed(parent.step.name, graph) : undefined;
    case "call":
      return resultType(parent, graph);
    case "callback":
      return leadOf(parent, graph, `(${step.argument}→${step.parameter})`);
    case "index":
      return typeOf(parent, graph)?.replace(/\[\]$/, "");
  }
}

/** The method that a call is of: the type it is called on, and its name. */
export function methodOf(
  callee: ExternalValue,
  graph: TypeGraph,
): { readonly type: string; readonly method: string } | undefined {
  if (callee.step?.kind !== "member" || !callee.parent) return undefined;
  const type = typeOf(callee.parent, graph);
  return type === undefined ? undefined : { type, method: callee.step.name };
}

/** A type and those it is made from, nearest first. */
export function lineage(type: string, graph: TypeGraph): string[] {
  const found = [type];
  for (const name of found)
    for (const base of graph.types[name]?.bases ?? []) if (!found.includes(base)) found.push(base);
  return found;
}

function memberType(parent: ExternalValue, name: string, graph: TypeGraph): string | undefined {
  if (parent.depth === 0) {
    const exported = own(graph.exports, name);
    if (exported !== undefined) return exported;
  }
  const type = typeOf(parent, graph);
  // Part of a list is as good as all of it.
  return type === undefined || isListType(type) ? type : (lead(type, name, graph) ?? lead(type, "*", graph));
}

export function isListType(type: string): boolean {
  return type.endsWith("[]");
}

function constructed(name: string, graph: TypeGraph): string | undefined {
  const exported = own(graph.exports, `new ${name}`) ?? name;
  return own(graph.types, exported) ? exported : undefined;
}

function resultType(callee: ExternalValue, graph: TypeGraph): string | undefined {
  if (callee.step?.kind === "member" && callee.parent?.depth === 0) {
    const given = own(graph.exports, `${callee.step.name}()`);
    if (given !== undefined) return given;
  }
  return pythonInstance(callee, graph) ?? leadOf(callee, graph, "()") ?? ofCalledValue(callee, graph);
}

/** `sessionmaker()()`: what gives is a value that is called. */
function ofCalledValue(callee: ExternalValue, graph: TypeGraph): string | undefined {
  const type = callee.step?.kind === "call" ? typeOf(callee, graph) : undefined;
  return type === undefined ? undefined : lead(type, "()", graph);
}

/** `python:github#Repository.Repository()`: of Python, a class that is called, wherever in the package it stands. */
function pythonInstance(callee: ExternalValue, graph: TypeGraph): string | undefined {
  if (!callee.package.startsWith("python:") || callee.step?.kind !== "member") return undefined;
  const { name } = callee.step;
  for (let at: ExternalValue | null = callee.parent; at && at.depth > 0; at = at.parent)
    if (at.step?.kind !== "member") return undefined;
  return own(graph.exports, `${name}()`) ?? (own(graph.types, name) ? name : undefined);
}

/** What a method gives, or hands to a function. */
function leadOf(callee: ExternalValue, graph: TypeGraph, suffix: string): string | undefined {
  const found = methodOf(callee, graph);
  if (found && isListType(found.type)) return found.type;
  return found && lead(found.type, found.method + suffix, graph);
}

function lead(type: string, key: string, graph: TypeGraph): string | undefined {
  return lineage(type, graph)
    .map((name) => own(graph.types[name]?.leads ?? {}, key))
    .find((found) => found !== undefined);
}

function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
