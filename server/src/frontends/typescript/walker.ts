import type { ts } from "ts-morph";
import type { ClassSummary, ImportRequest, ModuleExport, Node, NodeId, TypeSummary } from "../../model/summary.ts";
import type { Binding, TypeScriptVariable } from "./bindings.ts";
import type { VariableBinding } from "../building/function-builder.ts";
import { Scope } from "./bindings.ts";
import type { CommonExport } from "./commonjs.ts";
import type { FunctionHeading } from "../building/function-builder.ts";
import { FunctionBuilder } from "../building/function-builder.ts";
import { UniqueNames } from "../building/unique-names.ts";
import { assignVariable, newVariable, parameterVariable } from "../building/variables.ts";
import { NodeFlags } from "./syntax.ts";

/** Deeper expressions and statements are given up as `unknown`: the walk is recursive and the stack is not endless. */
export const DEEPEST = 400;

interface Span {
  readonly start: number;
  readonly end: number;
}

export interface DeclaredType {
  readonly declaration: ts.InterfaceDeclaration | ts.TypeAliasDeclaration;
  readonly path: string;
  readonly scope: Scope;
}

/** State of the walk over one file: where it stands, and all that has been found. */
export class Walker {
  readonly source: ts.SourceFile;
  readonly text: string;
  readonly javascript: boolean;
  readonly ambient: boolean;
  /** Saves asking at every member whether it is one of CommonJS `exports`. */
  readonly mentionsExports: boolean;
  readonly functions: FunctionBuilder[] = [];
  readonly classes: { readonly summary: ClassSummary; readonly span: Span }[] = [];
  readonly types: TypeSummary[] = [];
  readonly requests: ImportRequest[] = [];
  readonly requestSpans: Span[] = [];
  readonly exports: ModuleExport[] = [];
  /** `export { a }` speaks of variables that may come later: answered at the end of the module. */
  readonly pendingExports: { readonly name: string; readonly local: ts.Identifier }[] = [];
  /** Declared types, with the scope their members are read in once every name of the module is known. */
  readonly declaredTypes: DeclaredType[] = [];
  /** Names under which the module gives a declared type out, by its path. */
  readonly exportedTypes = new Map<string, Set<string>>();
  /** Functions declared by statement, by the path they were given when their block was entered. */
  readonly declaredFunctions = new Map<ts.Node, string>();
  /** Classes likewise. */
  readonly declaredClasses = new Map<ts.Node, string>();
  /** `exports.a` under CommonJS, as a variable of the module: what it was set to, and where it is read. */
  readonly commonExports = new Map<string, CommonExport>();
  /** Requests of `import("x").T`, by specifier. */
  readonly typeRequests = new Map<string, number>();

  function!: FunctionBuilder;
  scope: Scope;
  depth = 0;
  /** The statement being read, where it is an expression. */
  statement: ts.ExpressionStatement | undefined;
  /** Within `declare namespace` and its kin: functions and classes have no bodies. */
  ambientDepth = 0;
  /** What the parts of each namespace export, so far. */
  readonly namespaceNames = new Map<Binding, readonly string[]>();
  /** Within a namespace `export` speaks of the namespace and not of the module. */
  namespaceDepth = 0;
  /** Path of the namespace around, within the current function. */
  namespace = "";
  /** Reading something that runs later than where it is written: any definition may reach it. */
  late = false;

  private readonly functionPaths = new UniqueNames();
  private readonly classPaths = new UniqueNames();
  private readonly typePaths = new UniqueNames();

  constructor(source: ts.SourceFile) {
    this.source = source;
    this.text = source.text;
    this.javascript = (source.flags & NodeFlags.JavaScriptFile) !== 0;
    this.ambient = source.isDeclarationFile;
    this.mentionsExports = source.text.includes("exports");
    this.scope = new Scope(undefined);
  }

  get module(): FunctionBuilder {
    return this.functions[0]!;
  }

  /** Start of the text of a node, after blanks and comments. Most nodes start at once or after one space. */
  startOf(node: ts.Node): number {
    const at = node.pos;
    if (at < 0) return 0;
    const unit = this.text.charCodeAt(at);
    if (unit > 47 && unit < 127) return at;
    if (unit === 32) {
      const next = this.text.charCodeAt(at + 1);
      if (next > 47 && next < 127) return at + 1;
    }
    return node.getStart(this.source);
  }

  add(node: Node, at: ts.Node): NodeId {
    return this.function.add(node, this.startOf(at), at.end);
  }

  addSpan(node: Node, start: number, end: number): NodeId {
    return this.function.add(node, start, end);
  }

  request(request: ImportRequest, at: ts.Node): number {
    this.requestSpans.push({ start: this.startOf(at), end: at.end });
    return this.requests.push(request) - 1;
  }

  exportLater(name: string, local: ts.Identifier): void {
    if (this.function === this.module && this.namespaceDepth === 0) this.pendingExports.push({ name, local });
  }

  functionPath(wanted: string): string {
    return this.functionPaths.take(wanted);
  }

  classPath(wanted: string): string {
    return this.classPaths.take(wanted);
  }

  typePath(wanted: string): string {
    return this.typePaths.take(wanted);
  }

  /** Path of something called `segment` that is written in the current function. */
  pathOf(segment: string): string {
    const outer = this.namespace === "" ? this.function.path : this.namespace;
    return outer === "" ? segment : `${outer}.${segment}`;
  }

  /** Runs `body` in a new function. */
  inFunction(
    heading: FunctionHeading,
    span: Span,
    body: (built: FunctionBuilder) => void,
    awaiter = false,
  ): FunctionBuilder {
    const outer = { function: this.function, scope: this.scope, late: this.late, namespace: this.namespace };
    const built = new FunctionBuilder(heading, span.start, span.end, awaiter);
    this.functions.push(built);
    this.function = built;
    this.scope = new Scope(this.scope);
    this.late = false;
    this.namespace = "";
    body(built);
    this.function = outer.function;
    this.scope = outer.scope;
    this.late = outer.late;
    this.namespace = outer.namespace;
    return built;
  }

  /** Runs `body` in a scope of its own. */
  inScope(body: () => void): void {
    const outer = this.scope;
    this.scope = new Scope(outer);
    body();
    this.scope = outer;
  }

  newVariable(name: string, constant: boolean, owner = this.function): TypeScriptVariable {
    return newVariable(owner, name, constant);
  }

  declareVariable(name: string, constant: boolean, scope = this.scope): TypeScriptVariable {
    const known = scope.own(name);
    if (known?.kind === "variable" && known.owner === this.function) return known;
    const binding = this.newVariable(name, constant);
    scope.declare(name, binding);
    return binding;
  }

  /** The node of a use of `name` at `at`. */
  use(name: string, at: ts.Node): NodeId {
    const binding = this.scope.find(name);
    return binding
      ? this.useBinding(binding, at)
      : this.add(name === "undefined" ? { kind: "undefined" } : { kind: "global", name }, at);
  }

  private useBinding(binding: Binding, at: ts.Node): NodeId {
    switch (binding.kind) {
      case "import":
        return this.add({ kind: "import", request: binding.request, name: binding.name }, at);
      case "alias":
        return binding.owner === this.function
          ? binding.node
          : this.add({ kind: "unknown", reason: "enum member" }, at);
      case "part":
        return this.add({ kind: "member", of: this.useVariable(binding.of, at), name: binding.name }, at);
      case "variable":
        return this.useVariable(binding, at);
      case "parameter": {
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
    }
  }

  useVariable(variable: VariableBinding, at: ts.Node): NodeId {
    if (variable.owner !== this.function)
      return this.add({ kind: "variable", name: variable.name, function: variable.owner.path }, at);
    if (this.late) return this.add({ kind: "variable", name: variable.name }, at);
    return this.function.use(variable, this.startOf(at), at.end);
  }

  /** Gives `name` a new value, wherever it is declared. */
  assign(name: string, value: NodeId): void {
    const found = this.scope.find(name);
    const binding = found?.kind === "parameter" ? parameterVariable(found) : found;
    if (binding?.kind === "variable") this.assignVariable(binding, value);
    else this.function.step({ kind: "assign", name, value });
  }

  assignVariable(variable: VariableBinding, value: NodeId): void {
    assignVariable(this.function, variable, value);
  }
}
