import { pairsOf } from "./lists.ts";
import type { ManifestContent, ManifestGrant, ManifestKind, ManifestNeed, ManifestSource } from "./manifest.ts";
import type { ManifestNode, MapEntry, MapNode } from "./tree.ts";
import { at, entry, listAt, mapAt, textAt } from "./tree.ts";

/**
 * A workflow of GitHub Actions: what its token may do, and the steps that have it. A block of `permissions` holds for its job, or
 * for all jobs that have none of their own.
 */
export const githubWorkflow: ManifestKind = {
  id: "github-workflow",
  title: "workflow",
  marks: ["jobs:", "permissions:"],

  files: /(?:^|\/)\.github\/workflows\/[^/]+\.ya?ml$/,

  recognises: (root) => mapAt(root, "jobs") !== undefined,

  read(root, source): ManifestContent {
    const jobs = mapAt(root, "jobs")?.entries ?? [];
    const own = jobs.filter(({ value }) => at(value, "permissions") !== undefined);
    const shared = jobs.filter((job) => !own.includes(job));
    const blocks = [
      { token: "", block: blockOf(root), jobs: shared },
      ...own.map((job) => ({ token: job.key, block: blockOf(job.value), jobs: [job] })),
    ];
    const granted = blocks.filter(({ block }) => block !== undefined);
    return {
      grants: granted.flatMap(({ token, block }) => grantsOfToken(block!, token, source)),
      needs: granted.flatMap(({ token, jobs: governed }) => governed.flatMap((job) => stepsOf(job, root, token))),
      entries: [],
    };
  },
};

function blockOf(node: ManifestNode): MapEntry | undefined {
  return node.kind === "map" ? entry(node, "permissions") : undefined;
}

// ---- what is granted

const LEVELS: ReadonlySet<unknown> = new Set(["read", "write"]);

/** What a block of permissions gives a token. */
export function grantsOfToken({ value, span }: MapEntry, token: string, source: ManifestSource): ManifestGrant[] {
  if (value.kind === "scalar") {
    if (value.value === "read-all")
      return [
        { ...grantOf(value.value, span, token), wildcard: { says: "lets the token read everything", effect: "read" } },
      ];
    if (value.value === "write-all")
      return [
        {
          ...grantOf(value.value, span, token),
          wildcard: { says: "lets the token write everything", effect: "update" },
        },
      ];
    return [];
  }
  return value.kind === "map" ? permissionsOf(value, token, source) : [];
}

function permissionsOf(map: MapNode, token: string, manifest: ManifestSource): ManifestGrant[] {
  const source = pairsOf(map, manifest, "-");
  return map.entries.flatMap(({ key, value, span }, index): ManifestGrant[] => {
    if (value.kind !== "scalar" || !LEVELS.has(value.value)) return [];
    return [{ ...grantOf(`${key}:${String(value.value)}`, span, token), element: { source, index } }];
  });
}

function grantOf(written: string, span: ManifestGrant["span"], token: string): ManifestGrant {
  return {
    provider: "github",
    written,
    span,
    list: `permissions ${token}`,
    token,
    credentialKind: "fine-grained",
    verb: "granted",
  };
}

// ---- what the steps need

/** A token that a step is handed by name: what a command does with it is not followed. */
const TOKEN = /\bgithub\.token\b|\bsecrets\.GITHUB_TOKEN\b|\bsecrets\[/;

function stepsOf({ value: job, span }: MapEntry, root: ManifestNode, token: string): ManifestNeed[] {
  const need = (operation: string, place: ManifestNeed["span"]): ManifestNeed => ({
    provider: "github",
    pack: "github/actions",
    operation,
    noun: "step",
    token,
    span: place,
    credentialKind: "fine-grained",
  });
  const steps = listAt(job, "steps");
  // A job of another workflow.
  if (!steps) return [need("a job without steps", span)];
  const isHanded = [at(root, "env"), at(job, "env"), at(job, "container"), at(job, "services")].some(holdsToken);
  return steps.items.map((step) => {
    const uses = textAt(step, "uses");
    if (isHanded || holdsToken(at(step, "env")) || (uses === undefined && holdsToken(at(step, "run"))))
      return need("a command with the token", step.span);
    return uses === undefined ? need("run", step.span) : need(`uses ${uses.replace(/@.*$/, "")}`, step.span);
  });
}

function holdsToken(node: ManifestNode | undefined): boolean {
  if (node?.kind === "scalar") return TOKEN.test(String(node.value));
  if (node?.kind === "map") return node.entries.some(({ value }) => holdsToken(value));
  return node?.kind === "list" && node.items.some(holdsToken);
}
