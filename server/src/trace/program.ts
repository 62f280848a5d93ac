import type {
  ClassSummary,
  FunctionSummary,
  ImportRequest,
  ModuleExport,
  ModuleSummary,
  NodeId,
  TypeSummary,
} from "../model/summary.ts";

/** What an import request leads to. */
export type Resolution =
  | { readonly kind: "file"; readonly file: string }
  | { readonly kind: "package"; readonly name: string; readonly subpath: string }
  | { readonly kind: "builtin"; readonly name: string }
  | { readonly kind: "unresolved"; readonly reason: string };

/** Where the trace gets summaries from; answers are recorded by whoever provides them. */
export interface ProgramHost {
  summary(file: string): ModuleSummary | undefined;
  resolve(file: string, request: ImportRequest): Resolution;
  /** The file that declares the types of an installed package; absent where those are not read. */
  declarations?(packagePath: string): string | undefined;
}

/** A summary with its parts findable by path. */
export interface Module {
  readonly file: string;
  readonly summary: ModuleSummary;
  readonly body: FunctionSummary;
  readonly functions: ReadonlyMap<string, FunctionSummary>;
  readonly classes: ReadonlyMap<string, ClassSummary>;
  /** Own exports by name, in the order of the source; under `*` the modules whose names are passed on. */
  readonly exports: ReadonlyMap<string, readonly NamedExport[]>;
  readonly whole: WholeExport | undefined;
  /** Types that are no classes, by declaration path. */
  readonly types: ReadonlyMap<string, TypeSummary>;
}

/** A declared type, and where it stands. */
export interface TypeDeclaration {
  readonly file: string;
  readonly type: TypeSummary;
}

type NamedExport = Exclude<ModuleExport, WholeExport>;
type WholeExport = Extract<ModuleExport, { readonly kind: "whole" }>;

/** A name a module gives out. */
export type Exported =
  | { readonly kind: "node"; readonly file: string; readonly function: string; readonly node: NodeId }
  | { readonly kind: "namespace"; readonly file: string }
  | { readonly kind: "external"; readonly package: string; readonly name: string }
  | {
      readonly kind: "memberOfWhole";
      readonly file: string;
      readonly function: string;
      readonly node: NodeId;
      readonly name: string;
    }
  | { readonly kind: "absent" };

const ABSENT: Exported = { kind: "absent" };

/** Modules and the names they export to each other, across re-exports and their cycles. */
export class Program {
  private readonly host: ProgramHost;
  private readonly modules = new Map<string, Module | null>();
  private readonly exported = new Map<string, Exported>();
  private readonly resolved = new Map<Module, Resolution[]>();
  private readonly named = new Map<string, Resolution>();
  private readonly declarations = new Map<string, string | undefined>();
  /** Functions in the modules looked at so far. */
  size = 0;

  constructor(host: ProgramHost) {
    this.host = host;
  }

  module(file: string): Module | undefined {
    let module = this.modules.get(file);
    if (module === undefined) this.modules.set(file, (module = this.load(file)));
    return module ?? undefined;
  }

  private load(file: string): Module | null {
    const summary = this.host.summary(file);
    const body = summary?.functions[0];
    if (!summary || !body) return null;
    this.size += summary.functions.length;
    return {
      file,
      summary,
      body,
      functions: new Map(summary.functions.map((f) => [f.path, f])),
      classes: new Map(summary.classes.map((c) => [c.path, c])),
      exports: byName(summary.exports),
      whole: summary.exports.findLast((e) => e.kind === "whole"),
      types: new Map(summary.types?.map((t) => [t.path, t])),
    };
  }

  resolve(file: string, request: number): Resolution {
    const module = this.module(file);
    const asked = module?.summary.requests[request];
    if (!module || !asked) return { kind: "unresolved", reason: "no such import" };
    let known = this.resolved.get(module);
    if (!known) this.resolved.set(module, (known = []));
    return (known[request] ??= this.host.resolve(file, asked));
  }

  /** What a name that is put together at run time leads to. */
  resolveNamed(file: string, specifier: string, form: "dynamic" | "require"): Resolution {
    const key = `${file}\u0000${form}\u0000${specifier}`;
    let known = this.named.get(key);
    if (!known) this.named.set(key, (known = this.host.resolve(file, { specifier, form, typeOnly: false })));
    return known;
  }

  /** The module `name` below one that is asked for, where names are dotted: `a.b` for `from a import b`, `.b` for `from . import b`. */
  resolveBelow(file: string, request: number, name: string): Resolution | undefined {
    const asked = this.module(file)?.summary.requests[request];
    if (!asked) return undefined;
    const between = asked.specifier === "" || asked.specifier.endsWith(".") ? "" : ".";
    return this.host.resolve(file, { ...asked, specifier: asked.specifier + between + name });
  }

  /** What `name` of `file` is; `"*"` is the namespace or, where the module is one value, that value. */
  export(file: string, name: string): Exported {
    const key = `${file}\u0000${name}`;
    let found = this.exported.get(key);
    if (!found) {
      found = this.findExport(file, name, new Set());
      this.exported.set(key, found);
    }
    return found;
  }

  /** The file that declares the types of a package, where such files are read. */
  declarationsOf(name: string): string | undefined {
    if (!this.host.declarations || /^(?:\.|node:|python:|global$|model$)/.test(name)) return undefined;
    if (!this.declarations.has(name)) this.declarations.set(name, this.host.declarations(name));
    return this.declarations.get(name);
  }

  /** The class that a module gives out under a name. */
  exportedClass(file: string, name: string): { readonly file: string; readonly class: ClassSummary } | undefined {
    const exported = this.export(file, name);
    if (exported.kind !== "node") return undefined;
    const module = this.module(exported.file);
    const body = module?.functions.get(exported.function);
    let node = body?.nodes[exported.node];
    if (node?.kind === "variable") {
      const { name: variable } = node;
      const [definition] = body?.variables.find((v) => v.name === variable)?.definitions ?? [];
      node = definition && body?.nodes[definition.value];
    }
    const owner = node?.kind === "class" ? module?.classes.get(node.class) : undefined;
    return owner && { file: exported.file, class: owner };
  }

  /** The declared type that a module gives out under a name, or a namespace of it under a chain of names. */
  exportedType(
    file: string,
    [name = "", ...below]: readonly string[],
    seen = new Set<string>(),
  ): TypeDeclaration | undefined {
    const module = this.module(file);
    const key = JSON.stringify([file, name, below]);
    if (!module || seen.has(key)) return undefined;
    seen.add(key);
    const path = [name, ...below].join(".");
    for (const type of module.types.values())
      if (type.path === path || (below.length === 0 && type.exported?.includes(name))) return { file, type };
    for (const e of [...(module.exports.get(name) ?? []), ...(module.exports.get("*") ?? [])]) {
      const target = e.kind === "from" ? this.resolve(file, e.request) : undefined;
      if (e.kind !== "from" || target?.kind !== "file") continue;
      const wanted = e.name === "*" ? [name, ...below] : e.imported === "*" ? below : [e.imported, ...below];
      const found = this.exportedType(target.file, wanted, seen);
      if (found) return found;
    }
    return undefined;
  }

  /** Names of a module's exports, re-exports included, sorted. */
  exportNames(file: string, seen = new Set<string>()): string[] {
    if (seen.has(file)) return [];
    seen.add(file);
    const names = new Set<string>();
    for (const e of this.module(file)?.summary.exports ?? []) {
      if (e.kind === "whole") continue;
      if (e.name !== "*") names.add(e.name);
      else if (e.kind === "from") {
        const target = this.resolve(file, e.request);
        if (target.kind === "file")
          for (const n of this.exportNames(target.file, seen)) if (n !== "default") names.add(n);
      }
    }
    return [...names].sort();
  }

  private findExport(file: string, name: string, seen: Set<string>): Exported {
    const module = this.module(file);
    if (!module) return ABSENT;
    const own = module.exports.get(name) ?? [];
    const stars = module.exports.get("*") ?? [];
    // Most modules that are asked neither have the name nor pass any on.
    if (own.length + stars.length === 0 && !module.whole) return name === "*" ? { kind: "namespace", file } : ABSENT;
    const key = `${file}\u0000${name}`;
    if (seen.has(key)) return ABSENT;
    seen.add(key);
    for (const e of own.toReversed()) {
      if (e.kind === "value") return { kind: "node", file, function: e.function ?? "", node: e.value };
      if (name !== "*") return this.through(file, e.request, e.imported, seen);
    }
    if (module.whole) {
      const at = { file, function: module.whole.function ?? "", node: module.whole.value };
      return name === "*" || name === "default" ? { kind: "node", ...at } : { kind: "memberOfWhole", ...at, name };
    }
    if (name === "*") return { kind: "namespace", file };
    for (const e of stars) {
      if (e.kind !== "from" || name === "default") continue;
      const found = this.through(file, e.request, name, seen);
      if (found.kind !== "absent") return found;
    }
    return ABSENT;
  }

  private through(file: string, request: number, name: string, seen: Set<string>): Exported {
    const target = this.resolve(file, request);
    switch (target.kind) {
      case "file":
        return name === "*" ? { kind: "namespace", file: target.file } : this.findExport(target.file, name, seen);
      case "package":
        return { kind: "external", package: packagePath(target), name };
      case "builtin":
        return { kind: "external", package: `node:${target.name}`, name };
      case "unresolved":
        return ABSENT;
    }
  }
}

function byName(exports: readonly ModuleExport[]): ReadonlyMap<string, readonly NamedExport[]> {
  const names = new Map<string, NamedExport[]>();
  for (const each of exports) {
    if (each.kind === "whole") continue;
    const same = names.get(each.name);
    if (same) same.push(each);
    else names.set(each.name, [each]);
  }
  return names;
}

export function packagePath(target: { readonly name: string; readonly subpath: string }): string {
  const subpath = target.subpath.replace(/^\.?\/+/, "");
  return subpath === "" || subpath === "." ? target.name : `${target.name}/${subpath}`;
}
