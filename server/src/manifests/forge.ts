import { sourceOf } from "./lists.ts";
import type {
  ManifestContent,
  ManifestEntry,
  ManifestGrant,
  ManifestKind,
  ManifestNeed,
  ManifestSource,
} from "./manifest.ts";
import type { ManifestNode } from "./tree.ts";
import { listAt, mapAt, textAt, textItems } from "./tree.ts";

/** The manifest of an Atlassian Forge app: scopes, hosts it may reach, events it is told of, and the functions it consists of. */
export const forgeApp: ManifestKind = {
  id: "forge",
  title: "Forge manifest",
  marks: ["modules", "app"],

  recognises: (root) => mapAt(root, "modules") !== undefined && textAt(root, "app", "id") !== undefined,

  read: (root, source): ManifestContent => ({
    grants: [...scopesOf(root, source), ...hostsOf(root, source)],
    needs: [...eventsOf(root), ...modulesOf(root)],
    entries: functionsOf(root),
  }),
};

function scopesOf(root: ManifestNode, manifest: ManifestSource): ManifestGrant[] {
  const list = listAt(root, "permissions", "scopes");
  if (!list) return [];
  const source = sourceOf(list, manifest);
  return textItems(list).map(({ text, index, node }) => ({
    provider: "atlassian",
    written: text,
    span: node.span,
    list: "scopes",
    verb: "requested",
    element: { source, index },
  }));
}

/** Where code and pages may send requests: `permissions.external`. */
const EGRESS: readonly (readonly string[])[] = [
  ["fetch", "backend"],
  ["fetch", "client"],
];

function hostsOf(root: ManifestNode, manifest: ManifestSource): ManifestGrant[] {
  return EGRESS.flatMap((path) => {
    const list = listAt(root, "permissions", "external", ...path);
    if (!list) return [];
    const source = sourceOf(list, manifest);
    return list.items.flatMap((item, index): ManifestGrant[] => {
      const address = item.kind === "scalar" ? item.value : textAt(item, "address");
      if (typeof address !== "string") return [];
      const grant = {
        provider: "host",
        written: address,
        span: item.span,
        list: path.join("."),
        verb: "granted",
      } as const;
      return [{ ...grant, element: { source, index } }];
    });
  });
}

/** Events of products that triggers name; those of Forge itself need nothing. */
function eventsOf(root: ManifestNode): ManifestNeed[] {
  const triggers = listAt(root, "modules", "trigger")?.items ?? [];
  return triggers.flatMap((trigger) => {
    const events = listAt(trigger, "events");
    return (events ? textItems(events) : [])
      .filter(({ text }) => !text.startsWith("avi:forge:"))
      .map(({ text, node }): ManifestNeed => ({
        provider: "atlassian",
        pack: "atlassian/forge-events",
        operation: `event ${text}`,
        noun: "event",
        span: node.span,
      }));
  });
}

/** Modules that are more than a place for a page or a function: products ask for scopes before they run them. */
const ASKING = /^(?:jira:(?:workflow|jqlFunction|customField)|bitbucket:mergeCheck|compass:|rovo:agentConnector)/;

function modulesOf(root: ManifestNode): ManifestNeed[] {
  return (mapAt(root, "modules")?.entries ?? []).flatMap(({ key, keySpan }): ManifestNeed[] => {
    if (!ASKING.test(key)) return [];
    const operation = `module ${key}`;
    return [{ provider: "atlassian", pack: "atlassian/forge-events", operation, noun: "module", span: keySpan }];
  });
}

/** `index.handler` is what `src/index` exports as `handler`. */
function functionsOf(root: ManifestNode): ManifestEntry[] {
  return (listAt(root, "modules", "function")?.items ?? []).flatMap((item): ManifestEntry[] => {
    const [, file, name] = /^(.+)\.([^.]+)$/.exec(textAt(item, "handler") ?? "") ?? [];
    return file !== undefined && name !== undefined ? [{ file: `src/${file}`, function: name }] : [];
  });
}
