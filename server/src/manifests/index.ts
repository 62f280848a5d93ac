import { compareText } from "../model/place.ts";
import { agenticWorkflow } from "./agentic-workflow.ts";
import { appsScript } from "./apps-script.ts";
import { claudeCodeSettings, claudeCodeTools } from "./claude-code.ts";
import { cloudFormation } from "./cloudformation.ts";
import { entraApp } from "./entra-app.ts";
import { forgeApp } from "./forge.ts";
import { readFrontMatter } from "./front-matter.ts";
import { githubApp } from "./github-app.ts";
import { githubWorkflow } from "./github-workflow.ts";
import { iamPolicy } from "./iam-policy.ts";
import { readJsonTree } from "./json.ts";
import type { ManifestContent, ManifestKind } from "./manifest.ts";
import { mcpClient } from "./mcp-client.ts";
import { serverless } from "./serverless.ts";
import { slackApp } from "./slack-app.ts";
import type { ManifestComment, ManifestTree } from "./tree.ts";
import { readYamlTree } from "./yaml.ts";

/** All kinds, the first that recognises a document reads it. */
export const MANIFEST_KINDS: readonly ManifestKind[] = [
  agenticWorkflow,
  appsScript,
  claudeCodeSettings,
  claudeCodeTools,
  cloudFormation,
  entraApp,
  forgeApp,
  githubApp,
  githubWorkflow,
  iamPolicy,
  mcpClient,
  serverless,
  slackApp,
].sort((a, b) => compareText(a.id, b.id));

/** What a file says as a manifest. */
export interface ManifestReading {
  readonly kind: string;
  readonly title: string;
  readonly content: ManifestContent;
  readonly comments: readonly ManifestComment[];
  /** The first thing wrong with its text. */
  readonly problem?: string;
}

/** Larger files are data. */
const LARGEST = 1_000_000;

/** Reads a text as a manifest; undefined where it is none of a known kind. Pure: the same for the same text and path. */
export function readManifest(path: string, text: string): ManifestReading | undefined {
  if (text.length > LARGEST) return undefined;
  const kinds = MANIFEST_KINDS.filter(
    ({ marks, files }) => files?.test(path) !== false && marks.every((mark) => text.includes(mark)),
  );
  if (kinds.length === 0) return undefined;
  const tree = treeOf(path, text);
  for (const root of tree.roots) {
    const kind = kinds.find((one) => one.recognises(root, path));
    if (!kind) continue;
    return {
      kind: kind.id,
      title: kind.title,
      content: kind.read(root, { path, text }),
      comments: tree.comments,
      ...(tree.problem !== undefined && { problem: tree.problem }),
    };
  }
  return undefined;
}

function treeOf(path: string, text: string): ManifestTree {
  if (/\.md$/i.test(path)) return readFrontMatter(text);
  return /\.ya?ml$/i.test(path) ? readYamlTree(text) : readJsonTree(text);
}
