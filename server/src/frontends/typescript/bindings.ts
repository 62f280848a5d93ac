import type { ts } from "ts-morph";
import type { Definition, NodeId, TypePath } from "../../model/summary.ts";
import type { FunctionBuilder } from "./function-builder.ts";

/** What a name of the source stands for. */
export type Binding = VariableBinding | ParameterBinding | ImportBinding | AliasBinding;

/** Anything assigned or declared with a value: `const`, `let`, `var`, functions, classes, enums, namespaces. */
export interface VariableBinding {
  readonly kind: "variable";
  readonly owner: FunctionBuilder;
  /** Unique within the owner. */
  readonly name: string;
  /** Cannot be assigned again, by its declaration. */
  readonly constant: boolean;
  /** Place in the order in which the owner's variables were declared; tells what a loop declares afresh each time. */
  readonly order: number;
  readonly definitions: Definition[];
  type?: TypePath;
  /** Uses within the owner that list the definitions that reach them. */
  readonly uses: NodeId[];
  /** Another function assigns it: any definition may reach any use. */
  assignedElsewhere: boolean;
  /** The class it is declared as. */
  classPath?: string;
  /** What `import Short = Long.Name` stands for when it is used as a type. */
  typeName?: ts.EntityName;
}

/** A parameter under its own name. Once assigned, it becomes a variable whose first definition is the parameter. */
export interface ParameterBinding {
  readonly kind: "parameter";
  readonly owner: FunctionBuilder;
  readonly index: number;
  readonly name: string;
  readonly type?: TypePath;
  readonly uses: { readonly in: FunctionBuilder; readonly node: NodeId }[];
  becomes?: VariableBinding;
}

export interface ImportBinding {
  readonly kind: "import";
  readonly request: number;
  readonly name: string;
}

/** A name that is just another node of the same function: the members of an enum within its own body. */
export interface AliasBinding {
  readonly kind: "alias";
  readonly owner: FunctionBuilder;
  readonly node: NodeId;
}

/** A name that only types may use. */
export type TypeBinding =
  | { readonly kind: "interface"; readonly declaration: ts.InterfaceDeclaration }
  | { readonly kind: "alias"; readonly declaration: ts.TypeAliasDeclaration }
  | { readonly kind: "parameter" };

/** The names of one block. Values and types live apart, as in the language. */
export class Scope {
  readonly parent: Scope | undefined;
  private values: Map<string, Binding> | undefined;
  private types: Map<string, TypeBinding> | undefined;

  constructor(parent: Scope | undefined) {
    this.parent = parent;
  }

  own(name: string): Binding | undefined {
    return this.values?.get(name);
  }

  ownType(name: string): TypeBinding | undefined {
    return this.types?.get(name);
  }

  declare(name: string, binding: Binding): void {
    this.values ??= new Map();
    this.values.set(name, binding);
  }

  declareType(name: string, binding: TypeBinding): void {
    this.types ??= new Map();
    if (!this.types.has(name)) this.types.set(name, binding);
  }

  find(name: string): Binding | undefined {
    return this.values?.get(name) ?? this.parent?.find(name);
  }
}
