import { pairsOf } from "./lists.ts";
import type { ManifestContent, ManifestGrant, ManifestKind, ManifestNeed, ManifestSource } from "./manifest.ts";
import type { MapNode } from "./tree.ts";
import { listAt, mapAt, textItems } from "./tree.ts";

/** The manifest of a GitHub App: what Probot keeps in `app.yml`, and what is posted when an app is registered. */
export const githubApp: ManifestKind = {
  id: "github-app",
  title: "GitHub App manifest",
  marks: ["default_permissions"],

  recognises: (root) => mapAt(root, "default_permissions") !== undefined,

  read(root, source): ManifestContent {
    const events = listAt(root, "default_events");
    return {
      grants: permissionsOf(mapAt(root, "default_permissions"), source),
      needs: events ? textItems(events).map(({ text, node }) => eventNeed(text, node.span)) : [],
      entries: [],
    };
  },
};

const LEVELS: ReadonlySet<unknown> = new Set(["read", "write", "admin"]);

function permissionsOf(map: MapNode | undefined, manifest: ManifestSource): ManifestGrant[] {
  if (!map) return [];
  const source = pairsOf(map, manifest, "_");
  return map.entries.flatMap(({ key, value, span }, index): ManifestGrant[] => {
    if (value.kind !== "scalar" || !LEVELS.has(value.value)) return [];
    return [
      {
        provider: "github",
        written: `${key}:${String(value.value)}`,
        span,
        list: "default_permissions",
        credentialKind: "fine-grained",
        verb: "requested",
        element: { source, index },
      },
    ];
  });
}

function eventNeed(event: string, span: ManifestNeed["span"]): ManifestNeed {
  return {
    provider: "github",
    pack: "github/events",
    operation: `event ${event}`,
    noun: "event",
    span,
    credentialKind: "fine-grained",
  };
}
