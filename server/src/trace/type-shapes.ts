import type { ClassSummary, FunctionSummary, Node, NodeId, TypePath, TypeSummary } from "../model/summary.ts";
import type { Exported, Program } from "./program.ts";

/** What a type says of a member. */
export interface ShapeMember {
  readonly type?: TypePath;
  /** What it gives when it is called. */
  readonly returns?: TypePath;
  /** It comes from elsewhere, under another name. */
  readonly from?: Exported & { readonly kind: "external" };
}

/** What is declared of the members of something, in one file. */
export interface Shape {
  readonly file: string;
  readonly names: readonly string[];
  readonly bases: readonly TypePath[];
  member(name: string): ShapeMember | undefined;
}

export function shapeOfType(file: string, { members, bases }: TypeSummary): Shape {
  return {
    file,
    bases,
    names: members.map(({ name }) => name),
    member: (name) => members.find((member) => member.name === name),
  };
}

/** A class of a declaration file: there is no code behind it. */
export function shapeOfClass(program: Program, file: string, owner: ClassSummary): Shape {
  const functions = program.module(file)!.functions;
  const instance = owner.members.filter((member) => !member.static);
  return {
    file,
    names: [...owner.fields, ...instance].map(({ name }) => name),
    bases: owner.bases.flatMap((base) => basePath(functions.get(base.function), base.node) ?? []),
    member(name) {
      const field = owner.fields.find((one) => one.name === name && !one.static);
      if (field) return field.type && { type: field.type };
      const found = instance.find((member) => member.name === name);
      const returns = found && functions.get(found.function)?.returnType;
      if (!returns) return undefined;
      return found.kind === "getter" ? { type: returns } : { returns };
    },
  };
}

function basePath(body: FunctionSummary | undefined, at: NodeId): TypePath | undefined {
  const node = body && valueNode(body, at);
  if (node?.kind === "import") return { root: { kind: "import", request: node.request, name: node.name }, path: [] };
  return node?.kind === "class" ? { root: { kind: "class", class: node.class }, path: [] } : undefined;
}

/** The node that a name stands for. */
function valueNode(body: FunctionSummary, at: NodeId): Node | undefined {
  const node = body.nodes[at];
  if (node?.kind !== "variable") return node;
  const [definition] = body.variables.find(({ name }) => name === node.name)?.definitions ?? [];
  return definition && body.nodes[definition.value];
}

/** What a declaration file exports. */
export function shapeOfModule(program: Program, file: string): Shape {
  return { file, names: [], bases: [], member: (name) => exportedMember(program, program.export(file, name)) };
}

function exportedMember(program: Program, exported: Exported): ShapeMember | undefined {
  if (exported.kind === "external") return { from: exported };
  if (exported.kind !== "node") return undefined;
  const module = program.module(exported.file);
  const body = module?.functions.get(exported.function);
  const node = body?.nodes[exported.node];
  const type = node?.kind === "variable" ? body?.variables.find(({ name }) => name === node.name)?.type : undefined;
  if (type) return { type };
  const value = body && valueNode(body, exported.node);
  return value?.kind === "function" ? returnsOf(module?.functions.get(value.function)?.returnType) : undefined;
}

function returnsOf(returns: TypePath | undefined): ShapeMember | undefined {
  return returns && { returns };
}
