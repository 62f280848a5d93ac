import type { Syntax } from "../../../server/src/frontends/python/syntax.ts";
import { childOf, namedChildren } from "../../../server/src/frontends/python/syntax.ts";

/** What a text can be in the source of a Python library, with `{}` for each part that is only known at run time. */
export type Alternatives = readonly string[];

const UNKNOWN: Alternatives = ["{}"];
const MOST = 8;

/** Names and what they hold, as far as they hold texts. */
export interface Names {
  readonly source: string;
  readonly locals: Map<string, Alternatives>;
  /** Constants of all files. */
  readonly constants: ReadonlyMap<string, Alternatives>;
  /** What a call gives, where the library has functions that put addresses together. */
  called(call: Syntax, names: Names): Alternatives | undefined;
}

export function sourceOf(node: Syntax, { source }: Pick<Names, "source">): string {
  return source.slice(node.start, node.end).replaceAll(/\s+/g, "");
}

/** What an expression can be as a text. */
export function textsOf(node: Syntax | undefined, names: Names): Alternatives {
  if (!node) return UNKNOWN;
  switch (node.type) {
    case "string":
      return joined(parts(node, names));
    case "concatenated_string":
      return joined(namedChildren(node).map((part) => textsOf(part, names)));
    case "parenthesized_expression":
      return textsOf(namedChildren(node)[0], names);
    case "identifier":
      return names.locals.get(node.text) ?? names.constants.get(node.text) ?? UNKNOWN;
    case "attribute":
      return names.constants.get(childOf(node, "attribute")?.text ?? "") ?? UNKNOWN;
    case "conditional_expression": {
      const [then, , otherwise] = namedChildren(node);
      return [...new Set([...textsOf(then, names), ...textsOf(otherwise, names)])].slice(0, MOST);
    }
    case "binary_operator":
      return operated(node, names);
    case "call":
      return formatted(node, names) ?? names.called(node, names) ?? UNKNOWN;
    default:
      return UNKNOWN;
  }
}

function joined(all: readonly Alternatives[]): Alternatives {
  return all
    .reduce<Alternatives>((left, right) => left.flatMap((a) => right.map((b) => a + b)).slice(0, MOST), [""])
    .map((text) => text.replaceAll(/(?:\{\})+/g, "{}"));
}

function parts(node: Syntax, names: Names): Alternatives[] {
  return namedChildren(node).flatMap((part): Alternatives[] => {
    if (part.type === "string_content") return [[names.source.slice(part.start, part.end)]];
    return part.type === "interpolation" ? [textsOf(namedChildren(part)[0], names)] : [];
  });
}

/** `a + b`, `"…%s…" % (a, b)`. */
function operated(node: Syntax, names: Names): Alternatives {
  const operator = childOf(node, "operator")?.type;
  const left = textsOf(childOf(node, "left"), names);
  const right = childOf(node, "right");
  if (operator === "+") return joined([left, textsOf(right, names)]);
  if (operator !== "%" || !right) return UNKNOWN;
  const given = right.type === "tuple" ? namedChildren(right) : [right];
  return left.flatMap((text) => filled(text.split(/%(?:\(\w+\))?[sdr]/), (at) => textsOf(given[at], names)));
}

/** `"…{}…".format(a, name=b)`. */
function formatted(call: Syntax, names: Names): Alternatives | undefined {
  const callee = childOf(call, "function");
  if (callee?.type !== "attribute" || childOf(callee, "attribute")?.text !== "format") return undefined;
  const given = namedChildren(childOf(call, "arguments") ?? call);
  const named = new Map(
    given.flatMap((one) =>
      one.type === "keyword_argument" ? [[childOf(one, "name")?.text ?? "", childOf(one, "value")] as const] : [],
    ),
  );
  return textsOf(childOf(callee, "object"), names).flatMap((text) => {
    let next = 0;
    const places = [...text.matchAll(/\{(\w*)[^{}]*\}/g)].map(([, name = ""]) =>
      name === "" ? given[next++] : /^\d+$/.test(name) ? given[Number(name)] : named.get(name),
    );
    return filled(text.split(/\{\w*[^{}]*\}/), (at) => textsOf(places[at], names));
  });
}

function filled(pieces: readonly string[], hole: (at: number) => Alternatives): Alternatives {
  return joined(pieces.flatMap((piece, at) => (at === 0 ? [[piece]] : [hole(at - 1), [piece]])));
}
