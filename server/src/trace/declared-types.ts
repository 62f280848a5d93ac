import type { TypePath } from "../model/summary.ts";
import { typed } from "./annotations.ts";
import type { Frame } from "./frames.ts";
import type { Interpreter } from "./interpreter.ts";
import { externalImport, members } from "./members.ts";
import type { TypeDeclaration } from "./program.ts";
import type { Shape } from "./type-shapes.ts";
import { shapeOfClass, shapeOfModule, shapeOfType } from "./type-shapes.ts";
import type { ExternalValue, Value, ValueSet } from "./values.ts";
import { NOTHING, union } from "./values.ts";

/** What something gives when it is called, by its type. */
interface Given {
  readonly file: string;
  readonly type: TypePath;
}

/**
 * Values that are known only by a declared type: `ctx` of `ctx: Context`, and, where the types of installed packages are
 * read, what comes out of those. The former are named by the way to the type, `./src/context.ts#Context.new()`, as
 * annotations with types of packages are. Members are what the type says.
 */
export class DeclaredTypes {
  private readonly shapes = new Map<Value, Shape | null>();
  private readonly results = new Map<Value, Given>();
  /** Types whose members are being looked for: one that extends itself ends. */
  private readonly open = new Set<Shape | TypeDeclaration["type"]>();

  /** Something of a declared type; what an alias stands for. */
  instance(trace: Interpreter, { file, type }: TypeDeclaration, reader: Frame): ValueSet {
    const isAlias = type.members.length === 0 && type.returns === undefined && type.bases.length === 1;
    if (isAlias) return this.once(type, () => typed(trace, file, type.bases[0], null, reader));
    const value = instanceAt(trace, file, type.path);
    if (!value) return NOTHING;
    if (!this.shapes.has(value)) this.shapes.set(value, shapeOfType(file, type));
    if (type.returns) this.results.set(value, { file, type: type.returns });
    return [value];
  }

  /** An instance of a class that a declaration file declares. */
  ofClass(trace: Interpreter, file: string, path: string): ValueSet {
    const owner = trace.program.module(file)?.classes.get(path);
    const value = instanceAt(trace, file, path);
    if (!owner || !value) return NOTHING;
    if (!this.shapes.has(value)) this.shapes.set(value, shapeOfClass(trace.program, file, owner));
    return [value];
  }

  /** What a member is, by the type of its holder; undefined where no type is known to say it. */
  member(trace: Interpreter, holder: ExternalValue, name: string, reader: Frame): ValueSet | undefined {
    const shape = this.shapeOf(trace, holder);
    if (!shape) return undefined;
    const own = shape.member(name);
    if (own?.from) return externalImport(trace, own.from.package, own.from.name, reader);
    const values = own?.type ? typed(trace, shape.file, own.type, null, reader) : NOTHING;
    if (values.length > 0) return values;
    if (own?.returns) {
      const value = trace.values.step(holder, { kind: "member", name });
      this.results.set(value, { file: shape.file, type: own.returns });
      return [value];
    }
    const inherited = this.once(shape, () => this.inherited(trace, shape, name, reader));
    // Of a package more may be known than its types say.
    return inherited.length > 0 || holder.package.startsWith("./") ? inherited : undefined;
  }

  private inherited(trace: Interpreter, { file, bases }: Shape, name: string, reader: Frame): ValueSet {
    let found: ValueSet = NOTHING;
    for (const base of bases)
      for (const holder of typed(trace, file, base, null, reader))
        found = union(found, members(trace, holder, name, reader), trace.values);
    return found.filter((v) => v.kind !== "unknown" && v.kind !== "literal");
  }

  /** Names of the members that say something, those of other declared types it combines included. */
  memberNames(trace: Interpreter, holder: ExternalValue, reader: Frame): readonly string[] {
    const shape = this.shapeOf(trace, holder);
    if (!shape) return [];
    const inherited = this.once(shape, () =>
      shape.bases.flatMap((base) => typed(trace, shape.file, base, null, reader)),
    );
    const more = inherited.flatMap((v) => (v.kind === "external" ? this.memberNames(trace, v, reader) : []));
    return [...new Set([...shape.names, ...more])];
  }

  /** What a call gives, by the type of what is called. */
  result(trace: Interpreter, callee: ExternalValue, reader: Frame): ValueSet | undefined {
    const { parent, step } = callee;
    if (!this.results.has(callee) && parent && step?.kind === "member") this.member(trace, parent, step.name, reader);
    const given = this.results.get(callee);
    if (!given) return undefined;
    const values = typed(trace, given.file, given.type, null, reader);
    return values.length > 0 ? values : undefined;
  }

  private shapeOf(trace: Interpreter, value: ExternalValue): Shape | undefined {
    let shape = this.shapes.get(value);
    if (shape === undefined) this.shapes.set(value, (shape = installedShape(trace, value) ?? null));
    return shape ?? undefined;
  }

  private once(type: Shape | TypeDeclaration["type"], find: () => ValueSet): ValueSet {
    if (this.open.has(type)) return NOTHING;
    this.open.add(type);
    const found = find();
    this.open.delete(type);
    return found;
  }
}

/** `./src/context.ts#Context.new()`. */
function instanceAt(trace: Interpreter, file: string, path: string): ExternalValue | undefined {
  const type = trace.values.step(trace.values.external(`./${file}`, true), { kind: "member", name: path });
  const value = type.kind === "external" ? trace.values.step(type, { kind: "new", call: null }) : undefined;
  return value?.kind === "external" ? value : undefined;
}

/** What the declarations of an installed package say of it, or of an instance of one of its types. */
function installedShape(trace: Interpreter, value: ExternalValue): Shape | undefined {
  if (trace.knows(value)) return undefined;
  const file = trace.program.declarationsOf(value.package);
  if (file === undefined) return undefined;
  const isModule =
    value.depth === 0 || (value.depth === 1 && value.step?.kind === "member" && value.step.name === "default");
  if (isModule) return shapeOfModule(trace.program, file);
  if (value.step?.kind !== "new") return undefined;
  const names: string[] = [];
  for (let at = value.parent; at && at.depth > 0; at = at.parent) {
    if (at.step?.kind !== "member") return undefined;
    names.unshift(at.step.name);
  }
  const declared = trace.program.exportedType(file, names);
  if (declared) return shapeOfType(declared.file, declared.type);
  const owner = names.length === 1 ? trace.program.exportedClass(file, names[0]!) : undefined;
  return owner && shapeOfClass(trace.program, owner.file, owner.class);
}
