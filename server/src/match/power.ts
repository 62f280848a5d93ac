import { effectRank } from "../model/effect.ts";
import type { Permission, Tier } from "../model/permission.ts";
import { permissionKey } from "../model/permission.ts";
import { compareText } from "../model/place.ts";
import { covers } from "./covers.ts";
import type { PermissionKnowledge } from "./knowledge.ts";
import { rowOrBlank } from "./knowledge.ts";

/** Outcome of comparing two things of which neither need be more than the other. */
export type Order = "less" | "equal" | "more" | "apart";

const TIER_RANK: Record<Exclude<Tier, "unknown">, number> = {
  none: 0,
  "non-sensitive": 1,
  sensitive: 2,
  restricted: 3,
  admin: 4,
};

/**
 * Compares the power of two sets of permissions by highest effect, highest tier and breadth. What both hold says nothing
 * about either, so effect and tier look at the members in which they differ; otherwise one strong permission that both
 * need would hide every difference among the rest. Tier is left out where either is unknown.
 */
export function comparePower(
  a: readonly Permission[],
  b: readonly Permission[],
  knowledge: PermissionKnowledge,
): Order {
  const left = withoutImplied(a, knowledge);
  const right = withoutImplied(b, knowledge);
  const onlyLeft = without(left, right);
  const onlyRight = without(right, left);
  const breadth = Math.sign(breadthOf(left, knowledge) - breadthOf(right, knowledge));
  const effect = Math.sign(highestEffect(onlyLeft, knowledge) - highestEffect(onlyRight, knowledge));
  const signs = [breadth, effect, compareTiers(highestTier(onlyLeft, knowledge), highestTier(onlyRight, knowledge))];
  const less = signs.includes(-1);
  const more = signs.includes(1);
  return less ? (more ? "apart" : "less") : more ? "more" : "equal";
}

export function isAtMost(order: Order): boolean {
  return order === "less" || order === "equal";
}

/** The members that no other member includes, in order of their keys. Of two that include each other the first stays. */
export function withoutImplied(permissions: readonly Permission[], knowledge: PermissionKnowledge): Permission[] {
  const unique = [...new Map(permissions.map((permission) => [permissionKey(permission), permission])).entries()];
  const sorted = unique.sort(([a], [b]) => compareText(a, b)).map(([, permission]) => permission);
  return sorted.filter(
    (permission, index) =>
      !sorted.some(
        (other, at) =>
          at !== index && covers(other, permission, knowledge) && (at < index || !covers(permission, other, knowledge)),
      ),
  );
}

function without(permissions: readonly Permission[], others: readonly Permission[]): Permission[] {
  const keys = new Set(others.map(permissionKey));
  return permissions.filter((permission) => !keys.has(permissionKey(permission)));
}

function breadthOf(permissions: readonly Permission[], knowledge: PermissionKnowledge): number {
  return permissions.reduce((sum, { provider, name }) => sum + rowOrBlank(knowledge, provider, name).breadth, 0);
}

/** Of nothing: less than that of any permission. */
function highestEffect(permissions: readonly Permission[], knowledge: PermissionKnowledge): number {
  return Math.max(
    -1,
    ...permissions.map(({ provider, name }) => effectRank(rowOrBlank(knowledge, provider, name).effect)),
  );
}

/** `null`: one of them is unknown. Nothing at all has less than the lowest. */
function highestTier(permissions: readonly Permission[], knowledge: PermissionKnowledge): number | null {
  let highest = -1;
  for (const { provider, name } of permissions) {
    const { tier } = rowOrBlank(knowledge, provider, name);
    if (tier === "unknown") return null;
    highest = Math.max(highest, TIER_RANK[tier]);
  }
  return highest;
}

function compareTiers(a: number | null, b: number | null): number {
  return a === null || b === null ? 0 : Math.sign(a - b);
}
