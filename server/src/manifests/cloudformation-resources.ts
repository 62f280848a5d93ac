import type { ManifestNode } from "./tree.ts";
import { at, mapAt, textAt } from "./tree.ts";

/** One resource of a template. */
export interface CloudResource {
  /** What references call it. */
  readonly name: string;
  readonly type: string;
  readonly node: ManifestNode;
  readonly properties: ManifestNode | undefined;
}

export function resourcesOf(root: ManifestNode): CloudResource[] {
  return (mapAt(root, "Resources")?.entries ?? []).flatMap(({ key, value }) => {
    const type = textAt(value, "Type");
    return type === undefined ? [] : [{ name: key, type, node: value, properties: at(value, "Properties") }];
  });
}
