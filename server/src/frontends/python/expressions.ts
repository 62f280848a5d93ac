import type { Argument, ListItem, NodeId, ObjectEntry } from "../../model/summary.ts";
import { SLICE } from "../../model/summary.ts";
import { conditionally } from "../building/flow.ts";
import { assignTo } from "./assignments.ts";
import { comprehension } from "./comprehensions.ts";
import { lambda } from "./functions.ts";
import { dottedImport } from "./imports.ts";
import { concatenated, stringLiteral } from "./strings.ts";
import type { Syntax } from "./syntax.ts";
import { childOf, childrenOf, namedChildren } from "./syntax.ts";
import type { Walker } from "./walker.ts";
import { DEEPEST } from "./walker.ts";

/** The node of an expression, after the steps of all that it does. */
export function expression(w: Walker, node: Syntax): NodeId {
  if (w.depth >= DEEPEST) return w.unknown("nested too deeply", node);
  w.depth++;
  const result = (READERS[node.type] ?? unread)(w, node);
  w.depth--;
  return result;
}

type Reader = (w: Walker, node: Syntax) => NodeId;

const unread: Reader = (w, node) => w.unknown(node.type, node);
const only: Reader = (w, node) => {
  const [inner] = namedChildren(node);
  return inner ? expression(w, inner) : w.unknown(node.type, node);
};
const constant =
  (value: boolean | null): Reader =>
  (w, node) =>
    w.add({ kind: "literal", value }, node);
const number: Reader = (w, node) => {
  const value = Number(node.text.replaceAll("_", "").replace(/[jJlL]$/, ""));
  return Number.isFinite(value) ? w.add({ kind: "literal", value }, node) : w.unknown("number", node);
};

/** How each kind of expression is read. */
const READERS: Readonly<Record<string, Reader>> = {
  identifier: (w, node) => (node.text === w.receiver ? w.add({ kind: "receiver" }, node) : w.use(node.text, node)),
  integer: number,
  float: number,
  true: constant(true),
  false: constant(false),
  none: constant(null),
  string: stringLiteral,
  concatenated_string: concatenated,
  parenthesized_expression: only,
  attribute,
  subscript,
  call,
  list: listOf,
  tuple: listOf,
  set: listOf,
  expression_list: listOf,
  pattern_list: listOf,
  dictionary,
  list_comprehension: comprehension,
  set_comprehension: comprehension,
  dictionary_comprehension: comprehension,
  generator_expression: comprehension,
  lambda,
  conditional_expression: conditional,
  boolean_operator: logical,
  binary_operator: binary,
  not_operator: (w, node) => operation(w, node, "not", [childOf(node, "argument")]),
  unary_operator: unary,
  comparison_operator: comparison,
  await: (w, node) => w.add({ kind: "await", of: only(w, node) }, node),
  yield: yielded,
  named_expression: named,
  list_splat: only,
  dictionary_splat: only,
  ellipsis: constant(null),
  type: only,
  as_pattern: (w, node) => expression(w, namedChildren(node)[0] ?? node.children[0]!),
  print_statement: only,
};

// ---- names, members, calls

/** `a.b`; where `import a.b` made it a way to a module, that module. */
function attribute(w: Walker, node: Syntax): NodeId {
  const imported = dottedImport(w, node);
  if (imported !== undefined) return imported;
  const object = childOf(node, "object");
  const name = childOf(node, "attribute");
  if (!object || !name) return w.unknown(node.type, node);
  return w.add({ kind: "member", of: holder(w, object), name: name.text }, node);
}

/** What a member is taken of. `super()` is the base class, not a call. */
function holder(w: Walker, node: Syntax): NodeId {
  return isSuper(node) ? w.add({ kind: "base" }, node) : expression(w, node);
}

function isSuper(node: Syntax): boolean {
  return node.type === "call" && childOf(node, "function")?.text === "super";
}

/** `a[0]`, `a["k"]`; a slice keeps what it cuts from. */
function subscript(w: Walker, node: Syntax): NodeId {
  const value = childOf(node, "value");
  const [key, ...more] = childrenOf(node, "subscript");
  if (!value || !key) return w.unknown(node.type, node);
  const of = expression(w, value);
  if (key.type === "slice") return sliced(w, node, of, key);
  const keys = [key, ...more].map((each) => expression(w, each));
  const index = keys.length === 1 ? keys[0]! : w.unknown("several subscripts", node);
  return w.add({ kind: "index", of, key: index }, node);
}

/** `name[7:end]` is a call of its own, with where the part begins and ends; in steps, as much as all of it. */
function sliced(w: Walker, node: Syntax, of: NodeId, key: Syntax): NodeId {
  const colons = key.children.flatMap((child, i) => (child.type === ":" ? [i] : []));
  const bounds = [key.children.slice(0, colons[0]), key.children.slice(colons[0]! + 1, colons[1])].map((part) =>
    part.filter((child) => child.named).map((child) => expression(w, child)),
  );
  if (colons.length > 1) return of;
  const [[start = w.add({ kind: "literal", value: 0 }, key)] = [], [end] = []] = bounds;
  const callee = w.add({ kind: "member", of, name: SLICE }, node);
  const given = end === undefined ? [start] : [start, end];
  const made = w.add({ kind: "call", callee, arguments: given.map((value) => ({ value })) }, node);
  w.function.step({ kind: "call", node: made });
  return made;
}

function call(w: Walker, node: Syntax): NodeId {
  const called = childOf(node, "function");
  const given = childOf(node, "arguments");
  if (!called) return w.unknown(node.type, node);
  const callee = calleeOf(w, called);
  const args = given ? argumentsOf(w, given) : [];
  const made = w.add({ kind: "call", callee, arguments: args }, node);
  w.function.step({ kind: "call", node: made });
  // `ToolAnnotations(readOnlyHint=True)` is edited as an object literal is.
  if (given && args.some(({ name }) => name !== undefined))
    w.function.entries[made] = namedChildren(given).flatMap(({ start, end }) => [start, end]);
  return made;
}

/** `super().__init__` calls the base's constructor. */
function calleeOf(w: Walker, node: Syntax): NodeId {
  const object = node.type === "attribute" ? childOf(node, "object") : undefined;
  if (object && isSuper(object) && childOf(node, "attribute")?.text === "__init__")
    return w.add({ kind: "base" }, node);
  return expression(w, node);
}

/** Positional, named and spread arguments, in order. `f(x for x in y)` passes one generator. */
export function argumentsOf(w: Walker, node: Syntax): Argument[] {
  if (node.type === "generator_expression") return [{ value: expression(w, node) }];
  return namedChildren(node).map((child): Argument => {
    switch (child.type) {
      case "keyword_argument": {
        const value = childOf(child, "value");
        return {
          name: childOf(child, "name")?.text ?? "",
          value: value ? expression(w, value) : w.unknown(child.type, child),
        };
      }
      case "list_splat":
        return { value: expression(w, child), spread: "list" };
      case "dictionary_splat":
        return { value: expression(w, child), spread: "named" };
      default:
        return { value: expression(w, child) };
    }
  });
}

// ---- literals

function listOf(w: Walker, node: Syntax): NodeId {
  const entries: number[] = [];
  const items = namedChildren(node).map((child): ListItem => {
    entries.push(child.start, child.end);
    return child.type === "list_splat" ? { spread: expression(w, child) } : expression(w, child);
  });
  const made = w.add({ kind: "list", items }, node);
  w.function.entries[made] = entries;
  return made;
}

function dictionary(w: Walker, node: Syntax): NodeId {
  const spans: number[] = [];
  const entries = namedChildren(node).map((child): ObjectEntry => {
    spans.push(child.start, child.end);
    const [key, value] = [childOf(child, "key"), childOf(child, "value")];
    if (child.type !== "pair" || !key || !value) return { spread: expression(w, child) };
    const read = expression(w, key);
    const literal = w.function.nodes[read]!;
    return literal.kind === "literal" && typeof literal.value === "string"
      ? { key: literal.value, value: expression(w, value) }
      : { computed: read, value: expression(w, value) };
  });
  const made = w.add({ kind: "object", entries }, node);
  w.function.entries[made] = spans;
  return made;
}

// ---- operators

function operation(w: Walker, node: Syntax, operator: string, operands: readonly (Syntax | undefined)[]): NodeId {
  const read = operands.map((operand) => (operand ? expression(w, operand) : w.unknown("operand", node)));
  return w.add({ kind: "operation", operator, operands: read }, node);
}

function binary(w: Walker, node: Syntax): NodeId {
  const [left, right] = [childOf(node, "left"), childOf(node, "right")];
  const operator = childOf(node, "operator")?.type ?? "?";
  const isArithmetic = [left, right].some((operand) => operand?.type === "integer" || operand?.type === "float");
  return operator === "/" && left && right && !isArithmetic
    ? below(w, node, left, right)
    : operation(w, node, operator, [left, right]);
}

/** `folder / name` calls `folder.__truediv__(name)`, and the path of a file grows by it. */
function below(w: Walker, node: Syntax, left: Syntax, right: Syntax): NodeId {
  const callee = w.add({ kind: "member", of: expression(w, left), name: "__truediv__" }, node);
  const made = w.add({ kind: "call", callee, arguments: [{ value: expression(w, right) }] }, node);
  w.function.step({ kind: "call", node: made });
  return made;
}

function unary(w: Walker, node: Syntax): NodeId {
  const argument = childOf(node, "argument");
  const operator = childOf(node, "operator")?.type ?? "?";
  if (operator === "-" && argument?.type === "integer")
    return w.add({ kind: "literal", value: -Number(argument.text.replaceAll("_", "")) }, node);
  return operation(w, node, operator, [argument]);
}

/** `a < b < c` is `a < b and b < c`. */
function comparison(w: Walker, node: Syntax): NodeId {
  const operators = childrenOf(node, "operators");
  const operands = namedChildren(node)
    .filter((child) => child.field !== "operators")
    .map((child) => expression(w, child));
  const parts = operators.map((operator, i) =>
    compare(
      w,
      node,
      operator.type,
      operands[i] ?? w.unknown("operand", node),
      operands[i + 1] ?? w.unknown("operand", node),
    ),
  );
  const [first, ...more] = parts;
  if (first === undefined) return w.unknown(node.type, node);
  return more.reduce((left, right) => w.add({ kind: "logical", operator: "&&", left, right }, node), first);
}

function compare(w: Walker, node: Syntax, operator: string, left: NodeId, right: NodeId): NodeId {
  if (operator !== "not in")
    return w.add({ kind: "operation", operator: operator === "<>" ? "!=" : operator, operands: [left, right] }, node);
  const within = w.add({ kind: "operation", operator: "in", operands: [left, right] }, node);
  return w.add({ kind: "operation", operator: "not", operands: [within] }, node);
}

function logical(w: Walker, node: Syntax): NodeId {
  const [first, second] = [childOf(node, "left"), childOf(node, "right")];
  if (!first || !second) return w.unknown(node.type, node);
  const operator = childOf(node, "operator")?.type === "or" ? "||" : "&&";
  const left = expression(w, first);
  const right = conditionally(w, { kind: "if", condition: left, when: operator === "&&" }, () => expression(w, second));
  return w.add({ kind: "logical", operator, left, right }, node);
}

/** `a if c else b`. */
function conditional(w: Walker, node: Syntax): NodeId {
  const [yes, test, no] = namedChildren(node);
  if (!yes || !test || !no) return w.unknown(node.type, node);
  const condition = expression(w, test);
  const then = conditionally(w, { kind: "if", condition, when: true }, () => expression(w, yes));
  const otherwise = conditionally(w, { kind: "if", condition, when: false }, () => expression(w, no));
  return w.add({ kind: "conditional", condition, then, otherwise }, node);
}

/** `name := value`. */
function named(w: Walker, node: Syntax): NodeId {
  const [name, value] = [childOf(node, "name"), childOf(node, "value")];
  if (!name || !value) return w.unknown(node.type, node);
  const read = expression(w, value);
  assignTo(w, name, read);
  return read;
}

function yielded(w: Walker, node: Syntax): NodeId {
  const [inner] = namedChildren(node);
  const value = inner ? expression(w, inner) : w.add({ kind: "literal", value: null }, node);
  const passesOn = node.children.some((child) => child.type === "from");
  const given = passesOn ? w.add({ kind: "element", of: value }, node) : value;
  w.function.step({ kind: "yield", value: given });
  return w.add({ kind: "yield", of: given }, node);
}
