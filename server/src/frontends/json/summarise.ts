import { parseTree, type Node as JsonNode, type ParseError } from "jsonc-parser";
import type { FunctionSummary, ModuleSummary, Node, ObjectEntry, SummaryPositions } from "../../model/summary.ts";
import { SUMMARY_VERSION } from "../../model/summary.ts";

/** Values nested deeper than this are not looked at. */
const DEEPEST = 200;

/** A JSON file that code imports, as a module that is one value. Comments and trailing commas are let pass. */
export function summariseJson(text: string): { summary: ModuleSummary; positions: SummaryPositions } {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  const builder = new Builder();
  const value = tree === undefined ? undefined : builder.add(tree, 0);
  const body: FunctionSummary = {
    path: "",
    name: "",
    kind: "module",
    parameters: [],
    variables: [],
    nodes: builder.nodes,
    steps: [],
    guards: [],
  };
  return {
    summary: {
      version: SUMMARY_VERSION,
      language: "javascript",
      requests: [],
      exports: value === undefined ? [] : [{ kind: "whole", value }],
      functions: [body],
      classes: [],
      directives: [],
      problems: errors.length > 0 ? ["not JSON"] : [],
      bundled: false,
    },
    positions: {
      functions: [{ start: 0, end: text.length, nodes: builder.offsets, entries: builder.entries }],
      classes: [],
      requests: [],
      directives: [],
      problems: errors.slice(0, 1).map((error) => error.offset),
    },
  };
}

class Builder {
  readonly nodes: Node[] = [];
  readonly offsets: number[] = [];
  readonly entries: Record<number, number[]> = {};

  add(json: JsonNode, depth: number): number {
    if (depth > DEEPEST) return this.push(json, { kind: "unknown", reason: "nested too deeply" });
    const children = json.children ?? [];
    switch (json.type) {
      case "object": {
        const entries = children.flatMap((property): ObjectEntry[] => {
          const [key, value] = property.children ?? [];
          return key && value ? [{ key: String(key.value), value: this.add(value, depth + 1) }] : [];
        });
        return this.push(
          json,
          { kind: "object", entries },
          children.filter((property) => property.children?.length === 2),
        );
      }
      case "array":
        return this.push(json, { kind: "list", items: children.map((item) => this.add(item, depth + 1)) }, children);
      case "null":
        return this.push(json, { kind: "literal", value: null });
      default:
        return this.push(json, { kind: "literal", value: json.value as string | number | boolean });
    }
  }

  private push(json: JsonNode, node: Node, parts?: readonly JsonNode[]): number {
    const id = this.nodes.push(node) - 1;
    this.offsets.push(json.offset, json.offset + json.length);
    if (parts) this.entries[id] = parts.flatMap((part) => [part.offset, part.offset + part.length]);
    return id;
  }
}
