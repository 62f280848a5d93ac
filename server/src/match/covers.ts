import { containsPattern, isPattern, patternsOf } from "../model/pattern.ts";
import { foldedName, type Permission } from "../model/permission.ts";
import type { PermissionKnowledge } from "./knowledge.ts";

/**
 * Whether whoever holds `a` may do all that `b` allows: the same permission, one that includes it by the provider's
 * hierarchy, or a pattern that contains it; on resources that contain those of `b`.
 */
export function covers(a: Permission, b: Permission, knowledge: PermissionKnowledge): boolean {
  if (a.provider !== b.provider) return false;
  if (a.condition !== undefined && a.condition !== b.condition) return false;
  if (a.credentialKind !== undefined && a.credentialKind !== b.credentialKind) return false;
  if (a.resource !== undefined && (b.resource === undefined || !holdsAll(a.resource, b.resource))) return false;
  return namesCover(a.provider, a.name, b.name, knowledge);
}

function holdsAll(a: string, b: string): boolean {
  return patternsOf(b).every((narrow) => patternsOf(a).some((wide) => containsPattern(wide, narrow)));
}

/** `covers` for names alone. */
export function namesCover(provider: string, a: string, b: string, knowledge: PermissionKnowledge): boolean {
  if (a === b) return true;
  const [wide, narrow] = [foldedName(provider, a), foldedName(provider, b)];
  if (wide === narrow) return true;
  if (isPattern(a)) return containsPattern(wide, narrow);
  return implied(provider, a, knowledge).has(b);
}

/** All that a permission includes, at any remove; the permission itself not, unless the hierarchy runs in a circle. */
export function implied(provider: string, name: string, knowledge: PermissionKnowledge): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [name];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const below of knowledge.permission(provider, next)?.implies ?? []) {
      if (!found.has(below)) {
        found.add(below);
        open.push(below);
      }
    }
  }
  return found;
}
