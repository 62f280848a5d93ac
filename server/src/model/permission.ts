/** One unit a service hands out. Two permissions are the same if their keys are. */
export interface Permission {
  /** Who hands it out and keeps its vocabulary: `google`, `aws`, `slack`. */
  readonly provider: string;
  /** Canonical name, as the pack spells it: `https://www.googleapis.com/auth/drive.readonly`, `s3:GetObject`. */
  readonly name: string;
  /** What it is restricted to: an ARN or path pattern, or several (`anyOf`). Absent = everything. */
  readonly resource?: string;
  /** A condition the provider checks, kept verbatim. A permission with a condition covers only itself. */
  readonly condition?: string;
  /** Column of the provider's tables it belongs to: `user`, `bot`, `delegated`, `application`. Absent = any. */
  readonly credentialKind?: string;
}

export function permissionKey(permission: Permission): string {
  const { provider, name, resource, condition, credentialKind } = permission;
  return [provider, name, resource ?? "", condition ?? "", credentialKind ?? ""].join("\u0000");
}

/** Providers to whom `s3:getobject` is `s3:GetObject`. */
const BLIND_TO_CASE: ReadonlySet<string> = new Set(["aws"]);

/** A permission's name as the provider compares it. */
export function foldedName(provider: string, name: string): string {
  return BLIND_TO_CASE.has(provider) ? name.toLowerCase() : name;
}

/** Providers whose permissions are a noun and a level, `contents:write`, where a level includes those below by definition. */
const BY_LEVEL: ReadonlySet<string> = new Set(["github"]);

/** Whether two permissions differ in nothing but their level. */
export function isSameNoun(provider: string, a: string, b: string): boolean {
  const nounOf = (name: string): string => name.slice(0, Math.max(0, name.lastIndexOf(":")));
  return BY_LEVEL.has(provider) && nounOf(a) !== "" && nounOf(a) === nounOf(b);
}

/**
 * What a call needs: alternatives, each a set of permission names that are all needed; the first is the least.
 * An empty list of alternatives never occurs; an alternative `[]` is *known to need nothing*.
 */
export type Alternatives = readonly (readonly string[])[];

export interface Requirement {
  readonly provider: string;
  /** By kind of credential; `any` where the provider does not distinguish. */
  readonly byCredential: Readonly<Record<string, Alternatives>>;
  /**
   * By kind of credential: accepted, and yet not what the call asks for: it gives part of the answer, or belongs to
   * another family of resources. Enough where it is what was granted; never offered, and nothing else goes because of it.
   */
  readonly enoughIfGranted?: Readonly<Record<string, readonly string[]>>;
  /** An argument that is not known decides which alternatives are enough: nothing is ever missing. */
  readonly argumentUnknown?: boolean;
  /**
   * All that the call may touch, as patterns for permissions that are bound to a resource; `*` and `${TABLE}` in one stand for
   * what is not known. Absent: not known.
   */
  readonly resources?: readonly string[];
}

/** How sensitive the provider itself rates a permission. `unknown` never counts in a comparison. */
export type Tier = "none" | "non-sensitive" | "sensitive" | "restricted" | "admin" | "unknown";
