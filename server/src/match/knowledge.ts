import type { PermissionRow } from "../model/pack.ts";

/** What matching must know about permissions; the fact base satisfies it. */
export interface PermissionKnowledge {
  /** Row of a permission, by its canonical name or another spelling the provider accepts. */
  permission(provider: string, spelled: string): PermissionRow | undefined;
  /**
   * Whether any operation of a service accepts this permission: which permissions a call that is not seen could need.
   * Absent, or `undefined`, is *not known* and counts as yes.
   */
  accepts?(service: string, name: string): boolean | undefined;
}

/** Row of a permission the vocabulary does not have: nothing is claimed about it. */
export function rowOrBlank(knowledge: PermissionKnowledge, provider: string, name: string): PermissionRow {
  return knowledge.permission(provider, name) ?? { name, short: name, tier: "unknown", effect: "read", breadth: 0, source: 0 };
}
