import { grantsOfToken } from "./github-workflow.ts";
import type { ManifestContent, ManifestGrant, ManifestKind, ManifestSource } from "./manifest.ts";
import { listedRules } from "./rules-in-text.ts";
import type { ManifestNode } from "./tree.ts";
import { at, entry, mapAt } from "./tree.ts";

/** A GitHub agentic workflow: Markdown whose front matter says what the agent's token, tools and commands may do. */
export const agenticWorkflow: ManifestKind = {
  id: "agentic-workflow",
  title: "agentic workflow",
  marks: ["on:"],

  files: /(?:^|\/)workflows\/[^/]+\.md$/,

  recognises: (root) => at(root, "on") !== undefined && SIGNS.some((key) => at(root, key) !== undefined),

  read(root, source): ManifestContent {
    const block = root.kind === "map" ? entry(root, "permissions") : undefined;
    return {
      grants: [
        ...(block ? grantsOfToken(block, "agent", source) : []),
        ...toolsetsOf(root, source),
        ...commandsOf(root, source),
      ],
      needs: [],
      entries: [],
    };
  },
};

/** What no other Markdown with triggers has. */
const SIGNS: readonly string[] = ["engine", "tools", "safe-outputs", "permissions", "network"];

function toolsetsOf(root: ManifestNode, manifest: ManifestSource): ManifestGrant[] {
  return listedRules(at(root, "tools", "github", "toolsets"), manifest).map(({ text, span, source, index }) => ({
    provider: "gh-aw",
    written: `toolset ${text}`,
    span,
    list: "toolsets",
    verb: "granted",
    element: { source, index },
    ...(text === "all" && {
      wildcard: { says: "offers the agent every tool of GitHub's server", effect: "read" as const },
    }),
  }));
}

/** `true`, or a list of commands of which a star is any; the job is in a sandbox. */
function commandsOf(root: ManifestNode, manifest: ManifestSource): ManifestGrant[] {
  const bash = mapAt(root, "tools") && entry(mapAt(root, "tools")!, "bash");
  if (!bash) return [];
  const base = { provider: "gh-aw", list: "bash", verb: "granted" } as const;
  const wildcard = { says: "lets the agent run any command of its sandbox", effect: "read" } as const;
  if (bash.value.kind === "scalar")
    return bash.value.value === true ? [{ ...base, written: "bash", span: bash.span, wildcard }] : [];
  return listedRules(bash.value, manifest).map(({ text, span, source, index }) => ({
    ...base,
    written: `bash ${text}`,
    span,
    element: { source, index },
    // A star is any command, as is `true`.
    ...((text === "*" || text === ":*") && { name: "bash", wildcard }),
  }));
}
