import type { TypePath } from "../../model/summary.ts";
import { plainText } from "./strings.ts";
import type { Syntax } from "./syntax.ts";
import { childOf, childrenOf, firstOfType, namedChildren } from "./syntax.ts";
import type { Walker } from "./walker.ts";

/** Types that say nothing but what they hold: the promise is that of the first argument. */
const TRANSPARENT = new Set([
  "Optional",
  "Annotated",
  "Final",
  "ClassVar",
  "Awaitable",
  "Coroutine",
  "Required",
  "NotRequired",
]);

/** An annotation as a path from a root; undefined where it is none that can be followed. */
export function typePath(w: Walker, node: Syntax): TypePath | undefined {
  switch (node.type) {
    case "type":
    case "parenthesized_expression": {
      const [inner] = namedChildren(node);
      return inner && typePath(w, inner);
    }
    case "identifier":
      return named(w, [node.text]);
    case "attribute":
    case "member_type": {
      const names = namesOf(node);
      return names && named(w, names);
    }
    case "generic_type":
    case "subscript":
      return generic(w, node);
    case "union_type":
    case "binary_operator":
      return firstReal(
        w,
        namedChildren(node).filter(({ field }) => field !== "operator"),
      );
    case "string":
    case "concatenated_string":
      return quoted(w, plainText(w, node));
    default:
      return undefined;
  }
}

/** `X | None`: `X`. */
function firstReal(w: Walker, parts: readonly Syntax[]): TypePath | undefined {
  for (const part of parts) {
    if (part.type === "none" || (part.type === "type" && namedChildren(part)[0]?.type === "none")) continue;
    const path = typePath(w, part);
    if (path) return path;
  }
  return undefined;
}

/** `list[X]`, `Optional[X]`, `Union[X, None]`. */
function generic(w: Walker, node: Syntax): TypePath | undefined {
  const base = node.type === "subscript" ? childOf(node, "value") : namedChildren(node)[0];
  const parameters = firstOfType(node, "type_parameter");
  const held = parameters ? namedChildren(parameters) : childrenOf(node, "subscript");
  if (!base) return undefined;
  const last = namesOf(base)?.at(-1);
  if (last === "Union") return firstReal(w, held);
  if (last === "Literal") {
    const values = held.map((each) => plainText(w, each.type === "type" ? (namedChildren(each)[0] ?? each) : each));
    return values.every((value) => value !== undefined) ? { root: { kind: "literals", values }, path: [] } : undefined;
  }
  if (last !== undefined && TRANSPARENT.has(last)) return held[0] && typePath(w, held[0]);
  const path = typePath(w, base);
  const inner = held.flatMap((each) => typePath(w, each) ?? []);
  return path && (inner.length > 0 ? { ...path, arguments: inner } : path);
}

function namesOf(node: Syntax): string[] | undefined {
  if (node.type === "identifier") return [node.text];
  const parts = node.type === "attribute" ? [childOf(node, "object"), childOf(node, "attribute")] : namedChildren(node);
  const names = parts.map((part) => part && namesOf(part));
  return names.length > 0 && names.every((each) => each !== undefined) ? names.flat() : undefined;
}

/** A forward reference in quotes: a dotted name, perhaps `| None`. */
function quoted(w: Walker, text: string | undefined): TypePath | undefined {
  const name = text && /^\s*(?:Optional\[)?([A-Za-z_][\w.]*)/.exec(text)?.[1];
  return name ? named(w, name.split(".")) : undefined;
}

function named(w: Walker, names: readonly string[]): TypePath {
  const [first, ...rest] = names as [string, ...string[]];
  const binding = w.scope.find(first);
  if (binding?.kind === "variable") {
    if (binding.classPath !== undefined) return { root: { kind: "class", class: binding.classPath }, path: rest };
    const imported = binding.definitions
      .map(({ value, function: within }) => (within === undefined ? binding.owner.nodes[value] : undefined))
      .find((node) => node?.kind === "import");
    if (imported?.kind === "import") {
      const full = w.dotted.get(names.slice(0, -1).join("."));
      return full === undefined
        ? { root: { kind: "import", request: imported.request, name: imported.name }, path: rest }
        : { root: { kind: "import", request: full, name: "*" }, path: names.slice(-1) };
    }
    return { root: { kind: "local", name: first }, path: rest };
  }
  return { root: { kind: "global", name: first }, path: rest };
}
