import type { ExternalCall } from "./external-call.ts";
import type { Frame } from "./frames.ts";
import type { HeapObject } from "./heap.ts";
import type { TextPiece } from "./texts.ts";
import { pieceKey } from "./texts.ts";

/**
 * What an expression can be. Values are interned: two equal values are the same object, so that sets of them are cheap to
 * compare. Promises are transparent: the value of a promise is what it resolves to.
 */
export type Value =
  | LiteralValue
  | TextValue
  | ClosureValue
  | ClassValue
  | ObjectValue
  | ModuleValue
  | ExternalValue
  | NativeValue
  | PatternValue
  | UnknownValue;

interface Interned {
  readonly id: number;
}

/** A constant that is no text. */
export interface LiteralValue extends Interned {
  readonly kind: "literal";
  readonly value: number | boolean | null | undefined;
}

/** A text of known and unknown pieces; the known ones remember the literal they come from. */
export interface TextValue extends Interned {
  readonly kind: "text";
  readonly pieces: readonly TextPiece[];
}

/** A function of the workspace with the frame it closes over, and what `bind` fixed. */
export interface ClosureValue extends Interned {
  readonly kind: "closure";
  readonly file: string;
  readonly function: string;
  readonly environment: Frame | null;
  readonly receiver?: Value;
  readonly bound?: readonly ValueSet[];
}

export interface ClassValue extends Interned {
  readonly kind: "class";
  readonly file: string;
  readonly class: string;
  readonly environment: Frame | null;
}

export interface ObjectValue extends Interned {
  readonly kind: "object";
  readonly object: HeapObject;
  /** What is said of a library that it came through: its members rest on that as well. */
  readonly reliesOn: string | null;
}

/** The namespace of a file of the workspace. */
export interface ModuleValue extends Interned {
  readonly kind: "module";
  readonly file: string;
}

/**
 * Something that lives in a package, the language or the host, named by how one gets there, as in an API graph:
 * `googleapis#google.gmail().users.messages.list`. Calls remember where and with what they were called.
 */
export interface ExternalValue extends Interned {
  readonly kind: "external";
  /** `googleapis`, `@modelcontextprotocol/sdk/server/mcp.js`, `node:fs`; `global` for names nothing declares; `model` for what a model sends. */
  readonly package: string;
  readonly parent: ExternalValue | null;
  readonly step: ExternalStep | null;
  /** Known only by an annotation. */
  readonly typed: boolean;
  /** What is said of a library, or of the company's own code, that this rests on: "the library model of p-retry". */
  readonly reliesOn: string | null;
  readonly path: string;
  readonly depth: number;
}

export type ExternalStep =
  | { readonly kind: "member"; readonly name: string }
  | { readonly kind: "index" }
  | { readonly kind: "call"; readonly call: ExternalCall | null }
  | { readonly kind: "new"; readonly call: ExternalCall | null }
  /** What the callee hands to a function it was given: argument and parameter, from 0. */
  | {
      readonly kind: "callback";
      readonly argument: number;
      readonly parameter: number;
      readonly call: ExternalCall | null;
    };

/** A function of the language itself, on a receiver: `[].map`, `"".split`, `Object.keys`. */
export interface NativeValue extends Interned {
  readonly kind: "native";
  readonly name: string;
  readonly receiver: Value | null;
}

/** A regular expression, as it is written: `/\/+$/`. */
export interface PatternValue extends Interned {
  readonly kind: "pattern";
  readonly source: string;
}

export interface UnknownValue extends Interned {
  readonly kind: "unknown";
  /** Why, as a clause: "a parameter nobody passes". */
  readonly reason: string;
}

/** Sorted by id, without doubles. */
export type ValueSet = readonly Value[];

export const NOTHING: ValueSet = [];

/** A set that grows past this is not followed any more; it becomes one `unknown`. */
const LARGEST_SET = 160;
/** Values of packages in one set; past that they become one `unknown`, and what the workspace made stays. */
const MOST_EXTERNALS = 24;
/** Longest way into a package that is still told apart. */
const LONGEST_PATH = 24;

/** Makes values; one table a trace, so that ids do not depend on what was traced before. */
export class ValueTable {
  private readonly byKey = new Map<string, Value>();
  private readonly pieceIds = new WeakMap<TextPiece, number>();
  private readonly pieceIdByKey = new Map<string, number>();
  /** Ways into packages that lead to something else: a company's own factory that gives a client of a provider. */
  private readonly meanings = new Map<string, Value>();
  /** How they end: most steps end none. */
  private readonly lastSteps = new Set<string>();
  /** The same for what libraries pass to functions: `express#default().*(*→0)` is a request, whatever the method. */
  private readonly passed: { readonly pattern: RegExp; readonly value: Value }[] = [];
  readonly undefined: ValueSet;
  readonly tooMany: ValueSet;
  readonly tooManyExternals: ValueSet;

  constructor() {
    this.undefined = [this.literal(undefined)];
    this.tooMany = [this.unknown("too many possible values")];
    this.tooManyExternals = [this.unknown("too many possible values of packages")];
  }

  get size(): number {
    return this.byKey.size;
  }

  private intern<T extends Value>(key: string, make: (id: number) => T): T {
    const known = this.byKey.get(key);
    if (known) return known as T;
    const made = make(this.byKey.size);
    this.byKey.set(key, made);
    return made;
  }

  literal(value: number | boolean | null | undefined): LiteralValue {
    return this.intern(`l${String(value)}`, (id) => ({ kind: "literal", id, value }));
  }

  text(pieces: readonly TextPiece[]): TextValue {
    return this.intern(`t${pieces.map((piece) => this.pieceId(piece)).join()}`, (id) => ({ kind: "text", id, pieces }));
  }

  /** Texts are put together of the same pieces again and again, and some of those are whole pages. */
  private pieceId(piece: TextPiece): number {
    let id = this.pieceIds.get(piece);
    if (id !== undefined) return id;
    const key = pieceKey(piece);
    id = this.pieceIdByKey.get(key);
    if (id === undefined) this.pieceIdByKey.set(key, (id = this.pieceIdByKey.size));
    this.pieceIds.set(piece, id);
    return id;
  }

  closure(
    file: string,
    path: string,
    environment: Frame | null,
    receiver?: Value,
    bound?: readonly ValueSet[],
  ): ClosureValue {
    const boundKey = bound?.map((set) => set.map((v) => v.id).join(",")).join(";") ?? "";
    const where = environment ? `${environment.id} ${path}` : `${file}\u0000${path}`;
    const key = `f${where}\u0000${receiver?.id ?? ""}\u0000${boundKey}`;
    return this.intern(key, (id) => ({ kind: "closure", id, file, function: path, environment, receiver, bound }));
  }

  class(file: string, path: string, environment: Frame | null): ClassValue {
    return this.intern(environment ? `c${environment.id} ${path}` : `c${file}\u0000${path}`, (id) => ({
      kind: "class",
      id,
      file,
      class: path,
      environment,
    }));
  }

  object(object: HeapObject, reliesOn: string | null = null): ObjectValue {
    const key = `o${object.id}${reliesOn === null ? "" : `\u0000${reliesOn}`}`;
    return this.intern(key, (id) => ({ kind: "object", id, object, reliesOn }));
  }

  module(file: string): ModuleValue {
    return this.intern(`m${file}`, (id) => ({ kind: "module", id, file }));
  }

  native(name: string, receiver: Value | null): NativeValue {
    return this.intern(`n${name}\u0000${receiver?.id ?? ""}`, (id) => ({ kind: "native", id, name, receiver }));
  }

  pattern(source: string): PatternValue {
    return this.intern(`p${source}`, (id) => ({ kind: "pattern", id, source }));
  }

  unknown(reason: string): UnknownValue {
    return this.intern(`u${reason}`, (id) => ({ kind: "unknown", id, reason }));
  }

  external(packageName: string, typed = false, reliesOn: string | null = null): ExternalValue {
    return this.intern(`e${typed ? "~" : ""}${packageName}\u0000${reliesOn ?? ""}`, (id) => ({
      kind: "external",
      id,
      package: packageName,
      parent: null,
      step: null,
      typed,
      reliesOn,
      path: packageName,
      depth: 0,
    }));
  }

  /** One step further into a package; past the longest path nothing is told apart any more. */
  step(parent: ExternalValue, step: ExternalStep): Value {
    if (parent.depth >= LONGEST_PATH) return this.unknown("a chain of calls too long to follow");
    const normal = this.normalised(parent, step);
    if (normal) return normal;
    const meaning = this.meaningOf(parent, step);
    if (meaning) return meaning;
    const key = `s${parent.id}\u0000${stepKey(step)}`;
    return this.intern(key, (id) => ({
      kind: "external",
      id,
      package: parent.package,
      parent,
      step,
      typed: parent.typed,
      reliesOn: parent.reliesOn,
      path: parent.path + stepText(parent, step),
      depth: parent.depth + 1,
    }));
  }

  /** Lets a way lead to a value; what was said first counts. A `pattern` is for what libraries pass to functions. */
  mean(way: string | RegExp, value: Value): void {
    if (typeof way !== "string") {
      this.passed.push({ pattern: way, value });
      return;
    }
    if (!this.meanings.has(way)) this.meanings.set(way, value);
    this.lastSteps.add(/(?:[.#][^.#()[\]]+|\([^()]*\)|\[\])$/.exec(way)?.[0].replace("#", ".") ?? "");
  }

  private meaningOf(parent: ExternalValue, step: ExternalStep): Value | undefined {
    const text = stepText(parent, step);
    const last = step.kind === "new" ? "()" : text.replace("#", ".");
    const exact = this.lastSteps.has(last) ? this.meanings.get(parent.path + text) : undefined;
    if (exact || step.kind !== "callback") return exact;
    return this.passed.find(({ pattern }) => pattern.test(parent.path + text))?.value;
  }

  /** The same value, known only because of what somebody says of a library. */
  relying(value: Value, reliesOn: string): Value {
    if ((value.kind !== "external" && value.kind !== "object") || value.reliesOn !== null) return value;
    if (value.kind === "object") return this.object(value.object, reliesOn);
    if (!value.parent) return this.external(value.package, value.typed, reliesOn);
    const parent = this.relying(value.parent, reliesOn);
    return parent.kind === "external" ? this.step(parent, value.step!) : value;
  }

  allRelying(values: ValueSet, reliesOn: string | null): ValueSet {
    if (reliesOn === null) return values;
    return setOf(
      values.map((value) => this.relying(value, reliesOn)),
      this,
    );
  }

  /** `x.default.y` is `x.y`, and calling a whole module calls its default: the two ways JavaScript modules meet CommonJS. */
  private normalised(parent: ExternalValue, step: ExternalStep): Value | undefined {
    const isDefault = parent.depth === 1 && parent.step?.kind === "member" && parent.step.name === "default";
    if (isDefault && step.kind === "member") return this.step(parent.parent!, step);
    const callee = step.kind === "call" || step.kind === "new" ? this.callable(parent) : parent;
    return callee === parent ? undefined : this.step(callee, step);
  }

  /** What is called where a whole module is: its default export. */
  callable(callee: ExternalValue): ExternalValue {
    if (callee.depth > 0 || callee.package === "global") return callee;
    const exported = this.step(callee, { kind: "member", name: "default" });
    return exported.kind === "external" ? exported : callee;
  }
}

function stepKey(step: ExternalStep): string {
  switch (step.kind) {
    case "member":
      return `.${step.name}`;
    case "index":
      return "[]";
    case "call":
      return `()${step.call?.id ?? ""}`;
    case "new":
      return `!${step.call?.id ?? ""}`;
    case "callback":
      return `(${step.argument}/${step.parameter})${step.call?.id ?? ""}`;
  }
}

function stepText(parent: ExternalValue, step: ExternalStep): string {
  switch (step.kind) {
    case "member":
      return (parent.depth === 0 ? "#" : ".") + step.name;
    case "index":
      return "[]";
    case "call":
      return "()";
    case "new":
      return ".new()";
    case "callback":
      return `(${step.argument}→${step.parameter})`;
  }
}

/** The smallest set that holds both; `a` itself if `b` adds nothing. */
export function union(a: ValueSet, b: ValueSet, table: ValueTable): ValueSet {
  if (a === b || b.length === 0) return a;
  if (a.length === 0) return b;
  if (a === table.tooMany || b === table.tooMany) return table.tooMany;
  const merged: Value[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const left = a[i];
    const right = b[j];
    if (left === right) {
      merged.push(left!);
      i++;
      j++;
    } else if (right === undefined || (left !== undefined && left.id < right.id)) {
      merged.push(left!);
      i++;
    } else {
      merged.push(right);
      j++;
    }
  }
  if (merged.length === a.length) return a;
  const kept = bounded(merged, table);
  return kept.length === a.length && kept.every((v, at) => v === a[at]) ? a : kept;
}

/** Keeps a set within its bounds. What was given up stays given up, so that sets only ever grow. */
function bounded(values: Value[], table: ValueTable): ValueSet {
  const [marker] = table.tooManyExternals;
  if (values.length <= MOST_EXTERNALS && !values.includes(marker!)) return values;
  const externals = values.reduce((count, v) => count + (v.kind === "external" ? 1 : 0), 0);
  const given = values.includes(marker!) || externals > MOST_EXTERNALS;
  const kept = given
    ? [...values.filter((v) => v.kind !== "external" && v !== marker), marker!].sort((a, b) => a.id - b.id)
    : values;
  return kept.length > LARGEST_SET ? table.tooMany : kept;
}

export function setOf(values: Iterable<Value>, table: ValueTable): ValueSet {
  return bounded(
    [...new Set(values)].sort((a, b) => a.id - b.id),
    table,
  );
}

/** The outermost external first: `googleapis`, `#google`, `.gmail`, `()`, … */
export function externalChain(value: ExternalValue): ExternalValue[] {
  const chain: ExternalValue[] = [];
  for (let at: ExternalValue | null = value; at; at = at.parent) chain.push(at);
  return chain.reverse();
}
