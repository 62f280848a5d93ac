import type { ts } from "ts-morph";
import type { NodeId } from "../../model/summary.ts";
import type { FunctionBuilder } from "../building/function-builder.ts";
import type { ParameterBinding, VariableBinding } from "../building/function-builder.ts";

/** What a name of the source stands for. */
export type Binding = TypeScriptVariable | ParameterBinding | ImportBinding | AliasBinding | PartBinding;

/** A variable; what `import Short = Long.Name` declares also stands for a type. */
export type TypeScriptVariable = VariableBinding & { typeName?: ts.EntityName };

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

/** What an earlier part of a namespace exports: all its parts see it by its bare name. */
export interface PartBinding {
  readonly kind: "part";
  readonly of: TypeScriptVariable;
  readonly name: string;
}

/** A name that only types may use. */
export type TypeBinding =
  | { readonly kind: "interface"; readonly declaration: ts.InterfaceDeclaration; readonly path: string }
  | { readonly kind: "alias"; readonly declaration: ts.TypeAliasDeclaration; readonly path: string }
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
