import type { ClassSummary, ImportRequest, ModuleExport, Node, NodeId, TypePath } from "../../model/summary.ts";
import type { FunctionHeading, ParameterBinding, VariableBinding } from "../building/function-builder.ts";
import { FunctionBuilder } from "../building/function-builder.ts";
import { UniqueNames } from "../building/unique-names.ts";
import { assignVariable, newVariable, parameterVariable } from "../building/variables.ts";
import { Scope } from "./scopes.ts";
import type { Syntax } from "./syntax.ts";

/** Deeper expressions and statements are given up as `unknown`: the walk is recursive and the stack is not endless. */
export const DEEPEST = 300;

interface Span {
  readonly start: number;
  readonly end: number;
}

/** State of the walk over one file: where it stands, and all that has been found. */
export class Walker {
  readonly text: string;
  readonly functions: FunctionBuilder[] = [];
  readonly classes: { readonly summary: ClassSummary; readonly span: Span }[] = [];
  readonly requests: ImportRequest[] = [];
  readonly requestSpans: Span[] = [];
  readonly exports: ModuleExport[] = [];
  /** Requests of `from x import *`, in order: where a name that nothing declares may come from. */
  readonly stars: number[] = [];
  /** `import a.b.c` makes `a.b.c` a way to a module: requests by the dotted name. */
  readonly dotted = new Map<string, number>();

  function!: FunctionBuilder;
  scope!: Scope;
  depth = 0;
  /** Path of the class whose body this is. */
  owner: string | undefined;
  /** What the method around calls its receiver: `self`, `cls`. */
  receiver: string | undefined;

  private readonly functionPaths = new UniqueNames();
  private readonly classPaths = new UniqueNames();
  private readonly requestBySpecifier = new Map<string, number>();

  constructor(text: string) {
    this.text = text;
  }

  get module(): FunctionBuilder {
    return this.functions[0]!;
  }

  add(node: Node, at: Span): NodeId {
    return this.function.add(node, at.start, at.end);
  }

  unknown(reason: string, at: Span): NodeId {
    return this.add({ kind: "unknown", reason }, at);
  }

  /** One request a specifier and form: Python loads a module once. */
  request(specifier: string, form: ImportRequest["form"], at: Span): number {
    const key = `${form} ${specifier}`;
    const known = this.requestBySpecifier.get(key);
    if (known !== undefined) return known;
    this.requestSpans.push({ start: at.start, end: at.end });
    const made = this.requests.push({ specifier, form, typeOnly: false }) - 1;
    this.requestBySpecifier.set(key, made);
    return made;
  }

  functionPath(segment: string): string {
    return this.functionPaths.take(this.pathOf(segment));
  }

  memberPath(owner: string, name: string): string {
    return this.functionPaths.take(`${owner}.${name}`);
  }

  classPath(segment: string): string {
    return this.classPaths.take(this.pathOf(segment));
  }

  private pathOf(segment: string): string {
    const outer = this.scope.kind === "class" ? this.owner! : this.function.path;
    return outer === "" ? segment : `${outer}.${segment}`;
  }

  /** Runs `body` in a new function with a scope of its own. */
  inFunction(
    heading: FunctionHeading,
    at: Span,
    kind: Scope["kind"],
    body: (built: FunctionBuilder) => void,
  ): FunctionBuilder {
    const outer = { function: this.function, scope: this.scope, receiver: this.receiver };
    const built = new FunctionBuilder(heading, at.start, at.end);
    this.functions.push(built);
    this.function = built;
    this.scope = new Scope(kind, outer.scope, built);
    body(built);
    this.function = outer.function;
    this.scope = outer.scope;
    this.receiver = outer.receiver;
    return built;
  }

  declareVariable(name: string, scope = this.scope): VariableBinding {
    const binding = newVariable(scope.owner, name, false);
    scope.declare(name, binding);
    return binding;
  }

  declareParameter(name: string, index: number, type: TypePath | undefined): ParameterBinding {
    const binding: ParameterBinding = {
      kind: "parameter",
      owner: this.function,
      index,
      name,
      uses: [],
      ...(type && { type }),
    };
    this.scope.declare(name, binding);
    return binding;
  }

  /** The node of a use of `name`. */
  use(name: string, at: Span): NodeId {
    const binding = this.scope.find(name);
    return binding ? this.useBinding(binding, at) : this.undeclared(name, at);
  }

  /** A name of the language, or of a module that gave all its names. */
  private undeclared(name: string, at: Span): NodeId {
    const builtin = this.add({ kind: "global", name }, at);
    if (this.stars.length === 0 || BUILTINS.has(name)) return builtin;
    return this.stars
      .map((request) => this.add({ kind: "import", request, name }, at))
      .reduce((left, right) => this.add({ kind: "logical", operator: "??", left, right }, at));
  }

  private useBinding(binding: VariableBinding | ParameterBinding, at: Span): NodeId {
    if (binding.kind === "variable") return this.useVariable(binding, at);
    if (binding.becomes) return this.useVariable(binding.becomes, at);
    const own = binding.owner === this.function;
    const node = this.add(
      own
        ? { kind: "parameter", index: binding.index }
        : { kind: "parameter", index: binding.index, function: binding.owner.path },
      at,
    );
    binding.uses.push({ in: this.function, node });
    return node;
  }

  private useVariable(variable: VariableBinding, at: Span): NodeId {
    return variable.owner === this.function
      ? this.function.use(variable, at.start, at.end)
      : this.add({ kind: "variable", name: variable.name, function: variable.owner.path }, at);
  }

  /** Gives `name` a new value, wherever it is declared. */
  assign(name: string, value: NodeId, type?: TypePath): void {
    const found = this.scope.find(name) ?? this.declareVariable(name, this.moduleScope());
    const variable = found.kind === "parameter" ? parameterVariable(found) : found;
    if (type) variable.type ??= type;
    assignVariable(this.function, variable, value);
  }

  private moduleScope(): Scope {
    let scope = this.scope;
    while (scope.parent) scope = scope.parent;
    return scope;
  }

  textOf(node: Syntax): string {
    return this.text.slice(node.start, node.end);
  }
}

/** Functions of the language that are commonly used: `from x import *` seldom replaces one. */
const BUILTINS = new Set(
  "abs all any bool bytes callable chr dict dir enumerate filter float format frozenset getattr hasattr hash id input int isinstance issubclass iter len list map max min next object open ord pow print property range repr reversed round set setattr slice sorted staticmethod classmethod str sum super tuple type vars zip Exception BaseException ValueError TypeError KeyError RuntimeError NotImplementedError AttributeError ImportError FileNotFoundError OSError PermissionError StopIteration TimeoutError ConnectionError".split(
    " ",
  ),
);
