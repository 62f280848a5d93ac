import { anyOf } from "../model/pattern.ts";
import type { GrantInList } from "../model/analysis.ts";
import { cloudFunction, referringText } from "./cloud-references.ts";
import { isPolling } from "./lambda-events.ts";
import { sourceOf } from "./lists.ts";
import type { ManifestGrant, ManifestSource } from "./manifest.ts";
import type { ManifestNode, ScalarNode } from "./tree.ts";
import { at, textAt } from "./tree.ts";

/** Who has what some statements allow. */
export interface PolicyHolder {
  /** The list that takes effect as a whole: all that one role may do. */
  readonly list: string;
  /** Whoever has the role runs none of the code beside it. */
  readonly token?: string;
}

/**
 * What the statements of a policy document of AWS allow: one statement, or a list of them. Nothing is ever missing from it: a bucket,
 * a queue, a key may have a policy of its own that allows a call, and other policies may be attached to the same role.
 */
export function readStatements(
  node: ManifestNode | undefined,
  holder: PolicyHolder,
  source: ManifestSource,
): readonly ManifestGrant[] {
  if (!node || cloudFunction(node)) return [];
  if (node.kind === "list") return node.items.flatMap((item) => readStatements(item, holder, source));
  const action = at(node, "Action");
  // All but what `NotAction` names: what that is, the facts of today do not say of tomorrow.
  return textAt(node, "Effect") === "Allow" && action ? readActions(node, action, holder, source) : [];
}

function readActions(
  statement: ManifestNode,
  action: ManifestNode,
  holder: PolicyHolder,
  source: ManifestSource,
): ManifestGrant[] {
  const items = action.kind === "list" && action.tag === undefined ? action.items : [action];
  const limits = limitsOf(statement, source.text);
  return items.flatMap((item, index): ManifestGrant[] =>
    isPlainText(item)
      ? [
          {
            provider: "aws",
            written: item.value,
            ...limits,
            span: item.span,
            ...(isPolling(item.value) ? polling(holder) : holder),
            open: true,
            verb: "granted",
            ...elementOf(action, item, index, source),
          },
        ]
      : [],
  );
}

/** Which of them a function needs for what it is called with, nobody can tell who does not see all that calls it. */
function polling({ list, token = "" }: PolicyHolder): PolicyHolder {
  return { list: `${list} polling`, token: `${token} polling` };
}

function isPlainText(node: ManifestNode): node is ScalarNode & { readonly value: string } {
  return (
    node.kind === "scalar" && node.tag === undefined && typeof node.value === "string" && !node.value.includes("${")
  );
}

/** A statement without actions is none: the last one of it cannot be taken out. */
function elementOf(
  action: ManifestNode,
  item: ManifestNode,
  index: number,
  source: ManifestSource,
): { readonly element?: GrantInList } {
  if (item.kind !== "scalar" || item.block) return {};
  if (action.kind === "list" && action.items.length > 1)
    return { element: { source: { ...sourceOf(action, source), keepsOne: true }, index } };
  return {
    element: { source: { file: source.path, form: "single", span: item.span, elements: [item.span] }, index: 0 },
  };
}

// ---- what it is limited to

/** Absent where it holds for everything. */
function limitsOf(statement: ManifestNode, text: string): Pick<ManifestGrant, "resource" | "condition"> {
  const resources = resourcesOf(at(statement, "Resource"), text);
  const conditions = [
    ["Condition", at(statement, "Condition")] as const,
    ["NotResource", at(statement, "NotResource")] as const,
  ].flatMap(([key, node]) => (node ? [`${key}: ${writtenIn(node, text)}`] : []));
  return {
    ...(resources.length > 0 && !resources.includes("*") && { resource: anyOf(resources) }),
    ...(conditions.length > 0 && { condition: conditions.join("; ") }),
  };
}

function resourcesOf(node: ManifestNode | undefined, text: string): string[] {
  if (!node) return [];
  const items = node.kind === "list" && node.tag === undefined ? node.items : [node];
  return items.map((item) => referringText(item, text) ?? `\${${writtenIn(item, text)}}`);
}

function writtenIn({ span }: ManifestNode, text: string): string {
  return text
    .slice(span.start, span.end)
    .replaceAll(/[${}\s]+/g, " ")
    .trim();
}
