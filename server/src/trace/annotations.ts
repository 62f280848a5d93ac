import type { TypePath } from "../model/summary.ts";
import type { Frame } from "./frames.ts";
import type { Interpreter } from "./interpreter.ts";
import { packagePath } from "./program.ts";
import type { Value, ValueSet } from "./values.ts";
import { NOTHING } from "./values.ts";

/** What an annotation promises, for where nothing better is known. */
export function typed(
  trace: Interpreter,
  file: string,
  type: TypePath | undefined,
  environment: Frame | null,
  reader: Frame,
): ValueSet {
  if (!type) return NOTHING;
  const { root } = type;
  if (root.kind === "global") {
    return root.name === "Promise" || root.name === "Awaited" || root.name === "Readonly" || root.name === "Partial"
      ? typed(trace, file, type.arguments?.[0], environment, reader)
      : NOTHING;
  }
  if (root.kind === "class") return [trace.strayInstance(trace.values.class(file, root.class, environment), reader)];
  if (root.kind !== "import") return NOTHING;
  const target = trace.program.resolve(file, root.request);
  if (target.kind === "package" || target.kind === "builtin") {
    const name = target.kind === "package" ? packagePath(target) : `node:${target.name}`;
    return typedExternal(trace, name, root.name, type.path);
  }
  if (target.kind !== "file") return NOTHING;
  const exported = trace.program.export(
    target.file,
    root.name === "*" && type.path.length > 0 ? type.path[0]! : root.name,
  );
  if (exported.kind === "external") return typedExternal(trace, exported.package, exported.name, type.path);
  if (exported.kind !== "node") return NOTHING;
  const frame = trace.moduleFrame(exported.file);
  if (!frame) return NOTHING;
  const values = trace.nodeOf(frame, exported.node, reader);
  return values.flatMap((v) => (v.kind === "class" ? [trace.strayInstance(v, reader)] : []));
}

function typedExternal(trace: Interpreter, packageName: string, name: string, path: readonly string[]): ValueSet {
  let value: Value = trace.values.external(packageName, true);
  for (const step of name === "*" ? path : [name, ...path]) {
    if (value.kind === "external") value = trace.values.step(value, { kind: "member", name: step });
  }
  return value.kind === "external" ? [trace.values.step(value, { kind: "new", call: null })] : NOTHING;
}
