import type { ManifestContent, ManifestGrant, ManifestKind, ManifestSource } from "./manifest.ts";
import { listedRules } from "./rules-in-text.ts";
import type { ManifestNode } from "./tree.ts";
import { at, listAt, textAt } from "./tree.ts";

/** The settings of Claude Code: rules for what it does unasked, and for what it asks. */
export const claudeCodeSettings: ManifestKind = {
  id: "claude-code-settings",
  title: "Claude Code settings",
  marks: ["permissions"],

  recognises: (root) => ["allow", "ask", "deny"].some((field) => isRules(listAt(root, "permissions", field))),

  read: (root, source): ManifestContent => ({
    grants: [
      ...rulesAt(root, ["permissions", "allow"], true, source),
      ...rulesAt(root, ["permissions", "ask"], false, source),
    ],
    needs: [],
    entries: [],
  }),
};

/**
 * Commands and skills of Claude Code, with tools that they may use unasked, and sub-agents, with the tools they have. A sub-agent
 * without a list has all that its parent has, which is nothing to complain about.
 */
export const claudeCodeTools: ManifestKind = {
  id: "claude-code-tools",
  title: "Claude Code front matter",
  marks: ["tools"],
  files: /(?:^|\/)(?:agents\/[^/]+|commands\/.+|SKILL)\.md$/,

  recognises: (root) => at(root, "allowed-tools") !== undefined || isAgent(root),

  read: (root, source): ManifestContent => ({
    grants: [
      ...rulesAt(root, ["allowed-tools"], true, source),
      ...(isAgent(root) ? rulesAt(root, ["tools"], false, source) : []),
    ],
    needs: [],
    entries: [],
  }),
};

/** How a rule is written, unlike permissions of other hosts. */
const RULE = /^(?:mcp__\S+|[A-Z]\w*(?:\(.*\))?)$/s;

function isRules(list: ManifestNode | undefined): boolean {
  if (list?.kind !== "list") return false;
  const texts = list.items.map((item) => (item.kind === "scalar" ? String(item.value) : ""));
  return texts.length > 0 && texts.every((text) => RULE.test(text));
}

function isAgent(root: ManifestNode): boolean {
  return textAt(root, "name") !== undefined && at(root, "tools") !== undefined;
}

/** `unasked`: what the rules name is done without a question. */
function rulesAt(
  root: ManifestNode,
  path: readonly string[],
  unasked: boolean,
  manifest: ManifestSource,
): ManifestGrant[] {
  return listedRules(at(root, ...path), manifest).map(({ text, span, source, index }) => ({
    provider: "claude-code",
    written: text,
    span,
    list: path.join("."),
    verb: "granted",
    element: { source, index },
    ...(unasked &&
      ANY_COMMAND.test(text) && { wildcard: { says: "runs any command unasked", effect: "execute" as const } }),
  }));
}

const ANY_COMMAND = /^(?:Bash|PowerShell)(?:\((?:\*|:\*)?\))?$/;
