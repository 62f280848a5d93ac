import type { NodeId } from "../model/summary.ts";
import type { Exported, Program } from "./program.ts";
import type { ClosureValue, ExternalValue, Value } from "./values.ts";

/** Functions and exported values of the workspace in place of which something else is believed. */
export class StandIns {
  private readonly functions = new Map<string, ExternalValue>();
  private readonly values = new Map<string, Value>();

  /** What is called in place of a function. */
  ofFunction(closure: ClosureValue): ExternalValue | undefined {
    return this.functions.size > 0 ? this.functions.get(keyOf(closure.file, closure.function)) : undefined;
  }

  /** What stands for an exported value. */
  ofExport(exported: Exported & { readonly kind: "node" }): Value | undefined {
    return this.values.size > 0 ? this.values.get(keyOf(exported.file, exported.function, exported.node)) : undefined;
  }

  /** Lets a value stand for what `file` exports under a chain of names: a function, a method, or the value itself. */
  add(program: Program, file: string, [name = "", ...members]: readonly string[], value: Value): void {
    const exported = program.export(file, name);
    if (exported.kind !== "node") return;
    const path = functionOf(program, exported, members);
    if (path !== undefined && value.kind === "external") this.functions.set(keyOf(exported.file, path), value);
    else if (members.length === 0) this.values.set(keyOf(exported.file, exported.function, exported.node), value);
  }
}

function keyOf(...parts: readonly (string | NodeId)[]): string {
  return parts.join("\u0000");
}

/** Path of the function that is exported, or of a method of the class that is; `new()` before the name of an instance's. */
function functionOf(
  program: Program,
  { file, function: around, node: at }: Exported & { readonly kind: "node" },
  members: readonly string[],
): string | undefined {
  const module = program.module(file);
  const body = module?.functions.get(around);
  let node = body?.nodes[at];
  while (node?.kind === "variable") {
    const { name } = node;
    const definition = body?.variables.find((v) => v.name === name)?.definitions[0];
    const next = definition && definition.function === undefined ? body?.nodes[definition.value] : undefined;
    node = next === node ? undefined : next;
  }
  if (members.length === 0) return node?.kind === "function" ? node.function : undefined;
  const isStatic = members[0] !== "new()";
  const owner = node?.kind === "class" ? module?.classes.get(node.class) : undefined;
  return owner?.members.find(
    (m) => m.kind === "method" && m.name === members.at(-1) && (m.static ?? false) === isStatic,
  )?.function;
}
