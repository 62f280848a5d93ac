import type { Grant } from "../model/analysis.ts";
import type { Permission } from "../model/permission.ts";
import { permissionKey } from "../model/permission.ts";
import type { PermissionKnowledge } from "./knowledge.ts";

/** Permissions that a target may be made of, by key. */
export class Candidates {
  readonly #byKey = new Map<string, Permission>();
  readonly granted: ReadonlySet<string>;
  /** Names that may come in place of a grant. */
  readonly offered: readonly string[];
  readonly #knowledge: PermissionKnowledge;

  constructor(grants: readonly Grant[], offered: readonly string[], knowledge: PermissionKnowledge) {
    this.#knowledge = knowledge;
    this.offered = offered;
    for (const { permission } of grants) this.#byKey.set(permissionKey(permission), permission);
    this.granted = new Set(this.#byKey.keys());
  }

  get(key: string): Permission {
    return this.#byKey.get(key)!;
  }

  all(keys: Iterable<string>): Permission[] {
    return [...keys].map((key) => this.get(key));
  }

  add(permission: Permission): string {
    const key = permissionKey(permission);
    if (!this.#byKey.has(key)) this.#byKey.set(key, permission);
    return key;
  }

  isPartial(key: string): boolean {
    const { provider, name } = this.get(key);
    return this.#knowledge.permission(provider, name)?.partial === true;
  }
}
