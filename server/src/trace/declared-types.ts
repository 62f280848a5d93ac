import type { TypePath } from "../model/summary.ts";
import { typed } from "./annotations.ts";
import type { Frame } from "./frames.ts";
import type { Interpreter } from "./interpreter.ts";
import { members } from "./members.ts";
import type { TypeDeclaration } from "./program.ts";
import type { ExternalValue, Value, ValueSet } from "./values.ts";
import { NOTHING, union } from "./values.ts";

/** What something gives when it is called, by its type. */
interface Given {
  readonly file: string;
  readonly type: TypePath;
}

/**
 * Values that are known only by a type the workspace declares: `ctx` of `ctx: Context`. They are named by the way to the
 * type, `./src/context.ts#Context.new()`, as annotations with types of packages are. Members are what the type says.
 */
export class DeclaredTypes {
  private readonly declarations = new Map<Value, TypeDeclaration>();
  private readonly results = new Map<Value, Given>();
  /** Types whose members are being looked for: one that extends itself ends. */
  private readonly open = new Set<TypeDeclaration["type"]>();

  /** Something of a declared type; what an alias stands for. */
  instance(trace: Interpreter, { file, type }: TypeDeclaration, reader: Frame): ValueSet {
    const isAlias = type.members.length === 0 && type.returns === undefined && type.bases.length === 1;
    if (isAlias) return this.once(type, () => typed(trace, file, type.bases[0], null, reader));
    const root = trace.values.step(trace.values.external(`./${file}`, true), { kind: "member", name: type.path });
    if (root.kind !== "external") return NOTHING;
    const value = trace.values.step(root, { kind: "new", call: null });
    this.declarations.set(value, { file, type });
    if (type.returns) this.results.set(value, { file, type: type.returns });
    return [value];
  }

  /** What a member is, by the type of its holder; undefined where that is not known by a declared type. */
  member(trace: Interpreter, holder: ExternalValue, name: string, reader: Frame): ValueSet | undefined {
    const declaration = this.declarations.get(holder);
    if (!declaration) return undefined;
    const { file, type } = declaration;
    const own = type.members.find((member) => member.name === name);
    if (own?.type) return typed(trace, file, own.type, null, reader);
    if (own?.returns) {
      const value = trace.values.step(holder, { kind: "member", name });
      this.results.set(value, { file, type: own.returns });
      return [value];
    }
    return this.once(type, () => this.inherited(trace, declaration, name, reader));
  }

  private inherited(trace: Interpreter, { file, type }: TypeDeclaration, name: string, reader: Frame): ValueSet {
    let found: ValueSet = NOTHING;
    for (const base of type.bases)
      for (const holder of typed(trace, file, base, null, reader))
        found = union(found, members(trace, holder, name, reader), trace.values);
    return found.filter((v) => v.kind !== "unknown" && v.kind !== "literal");
  }

  /** Names of the members that say something, those of other declared types it combines included. */
  memberNames(trace: Interpreter, holder: ExternalValue, reader: Frame): readonly string[] {
    const declaration = this.declarations.get(holder);
    if (!declaration) return [];
    const { file, type } = declaration;
    const inherited = this.once(type, () => type.bases.flatMap((base) => typed(trace, file, base, null, reader)));
    const more = inherited.flatMap((v) => (v.kind === "external" ? this.memberNames(trace, v, reader) : []));
    return [...new Set([...type.members.map((member) => member.name), ...more])];
  }

  /** What a call gives, by the type of what is called. */
  result(trace: Interpreter, callee: ExternalValue, reader: Frame): ValueSet | undefined {
    const given = this.results.get(callee);
    if (!given) return undefined;
    const values = typed(trace, given.file, given.type, null, reader);
    return values.length > 0 ? values : undefined;
  }

  private once(type: TypeDeclaration["type"], find: () => ValueSet): ValueSet {
    if (this.open.has(type)) return NOTHING;
    this.open.add(type);
    const found = find();
    this.open.delete(type);
    return found;
  }
}
