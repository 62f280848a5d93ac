import type { ManifestNode } from "./tree.ts";

/** What CloudFormation works out when it is deployed: `!Ref Table`, `{ "Fn::GetAtt": ["Table", "Arn"] }`. */
export interface CloudFunction {
  /** Without `!` and `Fn::`: `Ref`, `GetAtt`. */
  readonly name: string;
  readonly argument: ManifestNode;
}

export function cloudFunction(node: ManifestNode): CloudFunction | undefined {
  if (node.tag !== undefined) return { name: node.tag.slice(1), argument: { ...node, tag: undefined } };
  const [only, ...others] = node.kind === "map" ? node.entries : [];
  if (!only || others.length > 0 || !/^(?:Ref$|Fn::|Condition$)/.test(only.key)) return undefined;
  return { name: only.key.replace(/^Fn::/, ""), argument: only.value };
}

/**
 * A text in which references stay what they are, `${Table.Arn}`: nobody knows before it is deployed what they stand for.
 * Undefined: it is no text.
 */
export function referringText(node: ManifestNode | undefined, source: string): string | undefined {
  if (!node) return undefined;
  const made = cloudFunction(node);
  if (made) return textOfFunction(made, source) ?? unknownReference(node, source);
  return node.kind === "scalar" && node.value !== null ? flatReferences(String(node.value)) : undefined;
}

/** `${self:custom.${opt:stage}.table}` is one reference. */
function flatReferences(text: string): string {
  const flat = text.replace(/(\$\{[^{}]*)\$\{([^{}]*)\}/g, "$1$2");
  return flat === text ? text : flatReferences(flat);
}

function textOfFunction({ name, argument }: CloudFunction, source: string): string | undefined {
  const parts = argument.kind === "list" ? argument.items : [argument];
  const texts = parts.map((part) => referringText(part, source));
  switch (name) {
    case "Ref":
    case "GetAtt":
      return texts.every((text) => text !== undefined) ? `\${${texts.join(".")}}` : undefined;
    case "Sub":
      return texts[0];
    case "Join": {
      const [separator, list] = parts;
      const between = list?.kind === "list" ? list.items.map((item) => referringText(item, source)) : [undefined];
      return between.every((text) => text !== undefined) ? between.join(referringText(separator, source)) : undefined;
    }
    default:
      return undefined;
  }
}

/** As it is written, so that two different ones are not taken for one. */
function unknownReference({ span }: ManifestNode, source: string): string {
  return `\${${source
    .slice(span.start, span.end)
    .replaceAll(/[${}\s]+/g, " ")
    .trim()}}`;
}
