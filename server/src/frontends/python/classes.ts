import type { ClassField, ClassMember, NodeId, NodeRef, TypePath } from "../../model/summary.ts";
import type { FunctionHeading } from "../building/function-builder.ts";
import { docOf } from "./docs.ts";
import { expression } from "./expressions.ts";
import { decorate, headingOf, lowerFunction } from "./functions.ts";
import { assignedNames } from "./scopes.ts";
import { statements } from "./statements.ts";
import type { Syntax } from "./syntax.ts";
import { childOf, namedChildren } from "./syntax.ts";
import { typePath } from "./types.ts";
import type { Walker } from "./walker.ts";

interface Method {
  readonly node: Syntax;
  readonly name: string;
  readonly decorators: readonly Syntax[];
}

/** A class by statement. Its body runs once, as the initialiser of the class itself. */
export function classDefinition(w: Walker, node: Syntax, decorators: readonly Syntax[]): void {
  const name = childOf(node, "name");
  if (!name) return;
  const bases = basesOf(w, node);
  const path = w.classPath(name.text);
  const value = w.add({ kind: "class", class: path }, node);
  const body = childOf(node, "body");
  const members: ClassMember[] = [];
  const fields = fieldsOf(w, body);
  const doc = docOf(w, body);
  w.classes.push({
    summary: { path, name: name.text, parent: w.function.path, bases, members, fields, ...(doc && { doc }) },
    span: { start: node.start, end: node.end },
  });
  const outer = w.owner;
  w.owner = path;
  classBody(w, node, body, path, members);
  if (
    !members.some(({ kind }) => kind === "constructor") &&
    fields.length > 0 &&
    (bases.length > 0 || decorators.length > 0)
  )
    generatedConstructor(w, node, path, fields, members);
  w.owner = outer;
  w.assign(name.text, value);
  if (w.scope.kind === "class") {
    const of = w.add({ kind: "receiver" }, name);
    w.function.step({ kind: "set", target: w.add({ kind: "member", of, name: name.text }, name), value });
  }
  decorate(w, decorators, value, undefined);
}

/** `class C(A, B[T], metaclass=M)`: `A` and `B`. */
function basesOf(w: Walker, node: Syntax): NodeRef[] {
  const given = childOf(node, "superclasses");
  return (given ? namedChildren(given) : []).flatMap((base): NodeRef[] => {
    if (base.type === "keyword_argument" || base.type === "list_splat" || base.type === "dictionary_splat") return [];
    const named = base.type === "subscript" ? childOf(base, "value") : base;
    return named ? [{ function: w.function.path, node: expression(w, named) }] : [];
  });
}

/** `name: T` and `name: T = value`, in order: also what a data class is built from. */
function fieldsOf(w: Walker, body: Syntax | undefined): ClassField[] {
  return (body ? namedChildren(body) : []).flatMap((statement): ClassField[] => {
    const [inner] = namedChildren(statement);
    const target = inner?.type === "assignment" ? childOf(inner, "left") : undefined;
    const annotation = inner && childOf(inner, "type");
    if (target?.type !== "identifier" || !annotation) return [];
    const type = typePath(w, annotation);
    return [{ name: target.text, ...(type && { type }) }];
  });
}

/** Methods become members; all else runs, in order, with the class as receiver. */
function classBody(w: Walker, node: Syntax, body: Syntax | undefined, path: string, members: ClassMember[]): void {
  const functionPath = w.memberPath(path, "<class>");
  const heading: FunctionHeading = {
    path: functionPath,
    name: "<class>",
    kind: "initializer",
    owner: path,
    static: true,
    parent: w.function.path,
  };
  members.push({ name: "<class>", function: functionPath, kind: "initializer", static: true });
  const parent = w.function.path;
  w.inFunction(heading, node, "class", () => {
    if (!body) return;
    for (const name of assignedNames(body).local) w.declareVariable(name);
    for (const child of namedChildren(body)) {
      const method = methodOf(child);
      if (method) memberFunction(w, method, path, parent, members);
      else statements(w, { ...body, children: [child] });
    }
  });
}

function methodOf(node: Syntax): Method | undefined {
  const definition = node.type === "decorated_definition" ? childOf(node, "definition") : node;
  const name = definition?.type === "function_definition" ? childOf(definition, "name") : undefined;
  if (!definition || !name) return undefined;
  return {
    node: definition,
    name: name.text,
    decorators: node.type === "decorated_definition" ? node.children.filter(({ type }) => type === "decorator") : [],
  };
}

/** Decorators of the language itself, by their last name, and what they make of a method. */
const GETTERS = new Set(["property", "cached_property", "computed_field", "hybrid_property"]);

/**
 * A method. What decorators make of it is an attribute of the class, as in the language; only methods that are left as
 * they are written count as members.
 */
function memberFunction(
  w: Walker,
  { node, name, decorators }: Method,
  owner: string,
  parent: string,
  members: ClassMember[],
): void {
  const names = decorators.map(lastName);
  const isStatic = names.includes("staticmethod");
  const isStaticMember = isStatic || names.includes("classmethod");
  const kind =
    name === "__init__"
      ? "constructor"
      : names.includes("setter")
        ? "setter"
        : names.some((each) => GETTERS.has(each))
          ? "getter"
          : "method";
  const path = w.memberPath(owner, name);
  const heading: FunctionHeading = {
    ...headingOf(w, node),
    parent,
    path,
    name,
    kind,
    owner,
    ...(isStaticMember && { static: true }),
    ...(isStatic && { lexicalReceiver: true }),
  };
  const value = w.add({ kind: "function", function: path }, node);
  lowerFunction(w, node, heading, isStatic ? undefined : "first");
  const own = decorators.filter((decorator) => !LANGUAGE.has(lastName(decorator)));
  const made = decorate(w, own, value, path);
  w.assign(name, made);
  if (own.length > 0 && kind === "method") {
    const of = w.add({ kind: "receiver" }, node);
    w.function.step({ kind: "set", target: w.add({ kind: "member", of, name }, node), value: made });
    return;
  }
  members.push({
    name: kind === "constructor" ? "constructor" : name,
    function: path,
    kind,
    ...(isStaticMember && { static: true }),
  });
}

const LANGUAGE = new Set([...GETTERS, "staticmethod", "classmethod", "setter", "abstractmethod", "override"]);

/** `@functools.cached_property` → `cached_property`; of a call, that of what is called. */
function lastName(decorator: Syntax): string {
  let [at] = namedChildren(decorator);
  if (at?.type === "call") at = childOf(at, "function");
  if (at?.type === "attribute") at = childOf(at, "attribute");
  return at?.text ?? "";
}

/** What `@dataclass`, pydantic and their kin write: one parameter a field, each kept under its name. */
function generatedConstructor(
  w: Walker,
  node: Syntax,
  owner: string,
  fields: readonly ClassField[],
  members: ClassMember[],
): void {
  const path = w.memberPath(owner, "<init>");
  const heading: FunctionHeading = { path, name: "__init__", kind: "constructor", owner, parent: w.function.path };
  w.inFunction(heading, node, "function", (built) => {
    for (const [index, { name, type }] of fields.entries()) {
      const parameter: { name: string; type?: TypePath; default: NodeId } = {
        name,
        ...(type && { type }),
        default: w.add({ kind: "member", of: w.add({ kind: "class", class: owner }, node), name }, node),
      };
      built.parameters.push(parameter);
      built.parameterSpans.push({ start: node.start, end: node.start });
      const value = w.add({ kind: "parameter", index }, node);
      const target = w.add({ kind: "member", of: w.add({ kind: "receiver" }, node), name }, node);
      built.step({ kind: "set", target, value });
    }
  });
  members.push({ name: "constructor", function: path, kind: "constructor" });
}
