import type { Access } from "../model/analysis.ts";
import { effectRank } from "../model/effect.ts";
import type { Permission } from "../model/permission.ts";
import { foldedName, permissionKey } from "../model/permission.ts";
import { compareText } from "../model/place.ts";
import { namesCover } from "./covers.ts";
import type { PermissionKnowledge } from "./knowledge.ts";
import { rowOrBlank } from "./knowledge.ts";
import type { Demand } from "./minimal-covers.ts";
import type { Candidates } from "./candidates.ts";

/**
 * What is granted today and may be needed stays granted; what is not is not asked for, since whether it is needed is not known.
 * A grant by that very name stays, and one that includes a little more; of one that can do worse, no more than the names do.
 */
export function possibleDemands(
  candidates: Candidates,
  accesses: readonly Access[],
  knowledge: PermissionKnowledge,
): Demand[] {
  const held = candidates.all(candidates.granted);
  const provider = held[0]?.provider ?? "";
  const needed = accesses.flatMap(({ mayNeed }) => mayNeed ?? []);
  const names = [...new Set([...needed, ...(knowledge.platformNeeds?.(provider) ?? [])])].sort(compareText);
  const includes = (permission: Permission, name: string) => namesCover(provider, permission.name, name, knowledge);
  const rankOf = (name: string) => effectRank(rowOrBlank(knowledge, provider, name).effect);
  const doesWorse = (permission: Permission) =>
    names.every((name) => !includes(permission, name) || rankOf(name) < rankOf(permission.name));
  const worse = new Set(held.filter(doesWorse));

  return names.flatMap((name): Demand[] => {
    const holders = held.filter((permission) => includes(permission, name));
    const exact = holders.filter((one) => foldedName(provider, one.name) === foldedName(provider, name));
    const staying = exact.length > 0 ? exact : holders.filter((permission) => !worse.has(permission));
    if (staying.length > 0) return staying.map((permission) => [[permissionKey(permission)]]);
    const instead = holders.map((permission) => candidates.add({ ...permission, name }));
    return holders.length === 0 ? [] : [[...holders.map(permissionKey), ...new Set(instead)].map((key) => [key])];
  });
}
