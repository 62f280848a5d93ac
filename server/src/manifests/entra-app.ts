import { sourceOf } from "./lists.ts";
import type { ManifestContent, ManifestGrant, ManifestKind, ManifestSource } from "./manifest.ts";
import type { ManifestNode } from "./tree.ts";
import { listAt, textAt } from "./tree.ts";

/** The registration of an app in Microsoft Entra: which permissions of Microsoft Graph it asks for, by their ids. */
export const entraApp: ManifestKind = {
  id: "entra-app",
  title: "Entra app manifest",
  marks: ["requiredResourceAccess", "resourceAppId"],

  recognises: (root) => (listAt(root, "requiredResourceAccess")?.items ?? []).some(isResource),

  read: (root, source): ManifestContent => ({
    grants: listAt(root, "requiredResourceAccess")!.items.flatMap((resource, index) =>
      isGraph(resource) ? permissionsOf(resource, index, source) : [],
    ),
    needs: [],
    entries: [],
  }),
};

function isResource(node: ManifestNode): boolean {
  return textAt(node, "resourceAppId") !== undefined && listAt(node, "resourceAccess") !== undefined;
}

/** Ids are the same everywhere; toolkits write the name. */
function isGraph(resource: ManifestNode): boolean {
  const id = textAt(resource, "resourceAppId");
  return id === "00000003-0000-0000-c000-000000000000" || id === "Microsoft Graph";
}

/** `Scope` is what a user delegates, `Role` the app's own. */
const KINDS: Readonly<Record<string, string>> = { Scope: "delegated", Role: "application" };

function permissionsOf(resource: ManifestNode, ordinal: number, manifest: ManifestSource): ManifestGrant[] {
  const list = listAt(resource, "resourceAccess");
  if (!list) return [];
  const source = sourceOf(list, manifest);
  return list.items.flatMap((item, index): ManifestGrant[] => {
    const [id, type] = [textAt(item, "id"), textAt(item, "type") ?? ""];
    const kind = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
    if (id === undefined || kind === undefined) return [];
    return [
      {
        provider: "microsoft",
        written: id,
        span: item.span,
        list: `${ordinal} ${type}`,
        credentialKind: kind,
        verb: "requested",
        element: { source, index, saysMore: true },
      },
    ];
  });
}
