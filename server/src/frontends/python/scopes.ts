import type { FunctionBuilder, ParameterBinding, VariableBinding } from "../building/function-builder.ts";
import type { Syntax } from "./syntax.ts";
import { childOf, childrenOf, namedChildren } from "./syntax.ts";

/** What a name stands for where it is declared. */
export type Binding = VariableBinding | ParameterBinding;

/**
 * The names of one function, class body or module. Python has no blocks: a name that is assigned anywhere in a function is
 * local to all of it, and the names of a class body are not seen by the functions within.
 */
export class Scope {
  readonly kind: "module" | "function" | "class";
  readonly parent: Scope | undefined;
  readonly owner: FunctionBuilder;
  private readonly names = new Map<string, Binding>();
  /** Names that `global` and `nonlocal` take from further out. */
  readonly outer = new Set<string>();

  constructor(kind: Scope["kind"], parent: Scope | undefined, owner: FunctionBuilder) {
    this.kind = kind;
    this.parent = parent;
    this.owner = owner;
  }

  declare(name: string, binding: Binding): void {
    this.names.set(name, binding);
  }

  own(name: string): Binding | undefined {
    return this.names.get(name);
  }

  /** Every name declared here, in order. */
  get all(): ReadonlyMap<string, Binding> {
    return this.names;
  }

  find(name: string): Binding | undefined {
    if (!this.outer.has(name)) {
      const own = this.names.get(name);
      if (own) return own;
    }
    for (let at = this.parent; at; at = at.parent) {
      if (at.kind === "class") continue;
      const found = at.names.get(name);
      if (found && !at.outer.has(name)) return found;
    }
    return undefined;
  }
}

/** Names a body assigns, imports or declares itself, in order; and those it says are from further out. */
export interface AssignedNames {
  readonly local: ReadonlySet<string>;
  readonly outer: ReadonlySet<string>;
}

/** What is assigned in these is theirs. */
const OWN_BODIES = new Set(["function_definition", "class_definition", "lambda"]);
/** Of these only what `:=` assigns is not theirs. */
const COMPREHENSIONS = new Set([
  "list_comprehension",
  "set_comprehension",
  "dictionary_comprehension",
  "generator_expression",
]);

export function assignedNames(body: Syntax): AssignedNames {
  const local = new Set<string>();
  const outer = new Set<string>();
  const pending: { readonly node: Syntax; readonly comprehended: boolean }[] = [{ node: body, comprehended: false }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { node } = next;
    if (node.type === "named_expression") for (const name of targetNames(childOf(node, "name"))) local.add(name);
    else if (node.type === "global_statement" || node.type === "nonlocal_statement")
      for (const child of namedChildren(node)) outer.add(child.text);
    else if (!next.comprehended && node !== body) for (const name of namesGivenBy(node)) local.add(name);
    if (node !== body && OWN_BODIES.has(node.type)) continue;
    const comprehended = next.comprehended || COMPREHENSIONS.has(node.type);
    for (let i = node.children.length - 1; i >= 0; i--) pending.push({ node: node.children[i]!, comprehended });
  }
  for (const name of outer) local.delete(name);
  return { local, outer };
}

function namesGivenBy(node: Syntax): string[] {
  switch (node.type) {
    case "assignment":
    case "augmented_assignment":
    case "for_statement":
      return targetNames(childOf(node, "left"));
    case "function_definition":
    case "class_definition":
      return targetNames(childOf(node, "name"));
    case "as_pattern":
      return targetNames(childOf(node, "alias"));
    case "import_statement":
    case "import_from_statement":
      return importedNames(node);
    case "case_pattern":
    case "splat_pattern":
      return capturedNames(node);
    default:
      return [];
  }
}

/** Names in the target of an assignment: attributes and subscripts are none. */
export function targetNames(target: Syntax | undefined): string[] {
  if (!target) return [];
  switch (target.type) {
    case "identifier":
      return [target.text];
    case "attribute":
    case "subscript":
    case "call":
      return [];
    default:
      return target.children.filter((child) => child.named).flatMap((child) => targetNames(child));
  }
}

/** Names that an import binds: the first of a dotted one, unless it has another. */
function importedNames(node: Syntax): string[] {
  return childrenOf(node, "name").flatMap((name) => {
    const bound = name.type === "aliased_import" ? childOf(name, "alias") : name.children[0];
    return bound ? [bound.text] : [];
  });
}

/** `case x:` gives a name, `case Colour.RED:` and `case _:` none. */
function capturedNames(node: Syntax): string[] {
  return namedChildren(node).flatMap((child) => {
    const [only, ...more] = namedChildren(child);
    if (child.type === "identifier") return [child.text];
    return child.type === "dotted_name" && only && more.length === 0 ? [only.text] : [];
  });
}
