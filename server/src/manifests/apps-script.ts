import { sourceOf } from "./lists.ts";
import type { ManifestContent, ManifestGrant, ManifestKind, ManifestSource } from "./manifest.ts";
import type { ManifestNode } from "./tree.ts";
import { at, listAt, textItems } from "./tree.ts";

/** `appsscript.json` of a Google Apps Script project: the scopes it asks for, where it lists them, and the addresses it may fetch. */
export const appsScript: ManifestKind = {
  id: "apps-script",
  title: "Apps Script manifest",
  marks: ["oauthScopes"],

  recognises: (root) => listAt(root, "oauthScopes") !== undefined && SIGNS.some((key) => at(root, key) !== undefined),

  read: (root, source): ManifestContent => ({
    grants: [
      ...itemsOf(root, "oauthScopes", "google", "requested", source),
      ...itemsOf(root, "urlFetchWhitelist", "host", "granted", source),
    ],
    needs: [],
    entries: [],
  }),
};

/** What no other file with such a list has. */
const SIGNS: readonly string[] = ["timeZone", "runtimeVersion", "exceptionLogging", "addOns"];

function itemsOf(
  root: ManifestNode,
  field: string,
  provider: string,
  verb: ManifestGrant["verb"],
  manifest: ManifestSource,
): ManifestGrant[] {
  const list = listAt(root, field);
  if (!list) return [];
  const source = sourceOf(list, manifest);
  return textItems(list).map(({ text, index, node }) => ({
    provider,
    written: text,
    span: node.span,
    list: field,
    verb,
    element: { source, index },
  }));
}
