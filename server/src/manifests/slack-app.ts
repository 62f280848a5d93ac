import { sourceOf } from "./lists.ts";
import type { ManifestContent, ManifestGrant, ManifestKind, ManifestNeed, ManifestSource } from "./manifest.ts";
import type { ListNode, ManifestNode } from "./tree.ts";
import { at, entry, listAt, mapAt, textItems } from "./tree.ts";

/**
 * The manifest of a Slack app, in JSON or YAML: scopes for the bot's token and for users' tokens, and what the app subscribes
 * to and offers, which needs scopes of its own.
 */
export const slackApp: ManifestKind = {
  id: "slack-app",
  title: "Slack app manifest",
  marks: ["display_information", "scopes"],

  recognises: (root) => mapAt(root, "display_information") !== undefined && mapAt(root, "oauth_config") !== undefined,

  read(root, source): ManifestContent {
    return {
      grants: SCOPES.flatMap(({ field, kind }) =>
        scopesOf(listAt(root, "oauth_config", "scopes", field), field, kind, source),
      ),
      needs: [...eventsOf(root), ...featuresOf(root)],
      entries: [],
    };
  },
};

/** Lists of scopes, and whose token they are for. */
const SCOPES: readonly { readonly field: string; readonly kind: string }[] = [
  { field: "bot", kind: "bot" },
  { field: "bot_optional", kind: "bot" },
  { field: "user", kind: "user" },
  { field: "user_optional", kind: "user" },
];

function scopesOf(list: ListNode | undefined, field: string, kind: string, manifest: ManifestSource): ManifestGrant[] {
  if (!list) return [];
  const source = sourceOf(list, manifest);
  return textItems(list).map(({ text, index, node }) => ({
    provider: "slack",
    written: text,
    span: node.span,
    list: field,
    credentialKind: kind,
    verb: "requested",
    element: { source, index },
  }));
}

const EVENTS: readonly { readonly field: string; readonly kind: string }[] = [
  { field: "bot_events", kind: "bot" },
  { field: "user_events", kind: "user" },
];

function eventsOf(root: ManifestNode): ManifestNeed[] {
  return EVENTS.flatMap(({ field, kind }) => {
    const list = listAt(root, "settings", "event_subscriptions", field);
    return textItems(list ?? { kind: "list", items: [], flow: true, span: { start: 0, end: 0 } }).map(
      ({ text, node }): ManifestNeed => ({
        provider: "slack",
        pack: "slack/events",
        operation: `event ${text}`,
        noun: "event",
        span: node.span,
        credentialKind: kind,
      }),
    );
  });
}

/** Fields of `features` that need a scope where they hold anything; the facts say which. */
const FEATURES: readonly string[] = ["slash_commands", "shortcuts", "assistant_view", "agent_view"];

function featuresOf(root: ManifestNode): ManifestNeed[] {
  const features = mapAt(root, "features");
  return FEATURES.flatMap((name): ManifestNeed[] => {
    const found = features && entry(features, name);
    const value = at(features, name);
    if (!found || !value || (value.kind === "list" && value.items.length === 0)) return [];
    return [
      {
        provider: "slack",
        pack: "slack/events",
        operation: `feature ${name}`,
        noun: "feature",
        span: found.keySpan,
        credentialKind: "bot",
      },
    ];
  });
}
