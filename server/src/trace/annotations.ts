import type { Parameter, TypePath } from "../model/summary.ts";
import { isDeclaration } from "../frontends/resolution/module-file.ts";
import { isNothing } from "./conditions.ts";
import type { Frame } from "./frames.ts";
import { injected } from "./injection.ts";
import type { Interpreter } from "./interpreter.ts";
import { packagePath } from "./program.ts";
import { PYTHON, externalModule } from "./python.ts";
import { strayInstance } from "./stray-instances.ts";
import type { Value, ValueSet } from "./values.ts";
import { NOTHING, union } from "./values.ts";

/** Types that have the members of what they hold, or some of them. */
const SEEN_THROUGH: ReadonlySet<string> = new Set([
  "Promise",
  "PromiseLike",
  "Awaited",
  "Readonly",
  "Partial",
  "Required",
  "NonNullable",
  "Pick",
  "Omit",
]);

/** Values with what an annotation promises: it speaks only where no value of the code does. */
export function orTyped(
  trace: Interpreter,
  values: ValueSet,
  type: TypePath | undefined,
  file: string,
  environment: Frame | null,
  reader: Frame,
): ValueSet {
  if (!type || !values.every((value) => saysNothing(trace, value))) return values;
  return instead(trace, values, typed(trace, file, type, environment, reader));
}

/** The same with what the decorators of a parameter ask a container for. */
export function orInjected(
  trace: Interpreter,
  values: ValueSet,
  { decorators }: Parameter,
  owner: Frame,
  reader: Frame,
): ValueSet {
  if (!decorators || !values.every((value) => saysNothing(trace, value))) return values;
  return instead(trace, values, injected(trace, decorators, owner.file, owner.environment, reader));
}

function instead(trace: Interpreter, values: ValueSet, promised: ValueSet): ValueSet {
  if (promised.length === 0) return values;
  return union(
    values.filter((v) => v.kind !== "unknown"),
    promised,
    trace.values,
  );
}

/** Neither made by the code nor of a package that is followed. */
function saysNothing(trace: Interpreter, value: Value): boolean {
  return isNothing(value) || value.kind === "unknown" || (value.kind === "external" && !trace.follows(value));
}

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
  if (root.kind === "global")
    return SEEN_THROUGH.has(root.name) ? typed(trace, file, type.arguments?.[0], environment, reader) : NOTHING;
  if (root.kind === "local") {
    const declared = trace.program.module(file)?.types.get([root.name, ...type.path].join("."));
    return declared ? trace.declaredTypes.instance(trace, { file, type: declared }, reader) : NOTHING;
  }
  if (root.kind === "class") {
    if (isDeclaration(file)) return trace.declaredTypes.ofClass(trace, file, root.class);
    const around = environment ?? trace.moduleFrame(file) ?? null;
    return [strayInstance(trace, trace.values.class(file, root.class, around), reader)];
  }
  if (root.kind !== "import") return NOTHING;
  const target = trace.program.resolve(file, root.request);
  if (target.kind === "package" || target.kind === "builtin") {
    const name = target.kind === "package" ? packagePath(target) : `node:${target.name}`;
    return typedExternal(trace, name, root.name, type.path);
  }
  if (target.kind !== "file") return NOTHING;
  const names = root.name === "*" ? type.path : [root.name, ...type.path];
  const declared = trace.program.exportedType(target.file, names);
  if (declared) return trace.declaredTypes.instance(trace, declared, reader);
  const exported = trace.program.export(target.file, names[0] ?? "*");
  if (exported.kind === "external") return typedExternal(trace, exported.package, exported.name, names.slice(1));
  if (exported.kind !== "node") return NOTHING;
  if (isDeclaration(exported.file)) {
    const owner = names.length === 1 ? trace.program.exportedClass(target.file, names[0]!) : undefined;
    return owner ? trace.declaredTypes.ofClass(trace, owner.file, owner.class.path) : NOTHING;
  }
  const frame = trace.moduleFrame(exported.file);
  if (!frame) return NOTHING;
  const values = trace.nodeOf(frame, exported.node, reader);
  return values.flatMap((v) => (v.kind === "class" ? [strayInstance(trace, v, reader)] : []));
}

function typedExternal(trace: Interpreter, packageName: string, name: string, path: readonly string[]): ValueSet {
  let value: Value = externalModule(trace, packageName, true);
  for (const step of name === "*" ? path : [name, ...path]) {
    if (value.kind === "external") value = trace.values.step(value, { kind: "member", name: step });
  }
  // Python makes an instance by calling the class.
  const kind = packageName.startsWith(PYTHON) ? "call" : "new";
  return value.kind === "external" ? [trace.values.step(value, { kind, call: null })] : NOTHING;
}
