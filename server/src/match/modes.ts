import type { Access, CredentialKey, Grant, Reach } from "../model/analysis.ts";

/**
 * Whether a token of the one may be the token of the other: only two different resolved clients of a provider are apart, and
 * tokens that are made for one thing alone, `github#job`.
 */
function sameCredential(a: CredentialKey, b: CredentialKey): boolean {
  if (a === b || a.includes("#") || b.includes("#")) return a === b;
  const [left, right] = [a.split(":"), b.split(":")];
  return left[0] === right[0] && (left.length === 1 || right.length === 1);
}

/** Whether the token of a call may be one that a list is of: of the same client, of the same kind, and of the same role. */
export function mayCarry(grant: Grant, access: Access): boolean {
  if (!sameCredential(grant.credential, access.credential) || isOfOthers(grant, access)) return false;
  return grant.credentialKind === undefined || kindFor(grant, access) === grant.credentialKind;
}

/** Every way to the call begins where another role is in force. */
function isOfOthers({ apartFrom }: Grant, { reachedBy }: Access): boolean {
  return (
    apartFrom !== undefined &&
    reachedBy.length > 0 &&
    reachedBy.every(({ from }) => from !== undefined && from.every((file) => apartFrom.includes(file)))
  );
}

/** Whether a call can happen while a list is in force: not if every way to it is under the opposite condition. */
export function mayFeed(grant: Grant, access: Access): boolean {
  if (!mayCarry(grant, access)) return false;
  const { mode } = grant;
  if (mode === undefined || access.reachedBy.length === 0) return true;
  return access.reachedBy.some((reach) => !conditionsOf(reach).some((condition) => contradicts(mode, condition)));
}

/** The kind of credential of a call as far as this list may feed it: a client whose kind is not known may have the list's. */
export function kindFor(grant: Grant, access: Access): string | null {
  return access.credentialKind ?? grant.credentialKind ?? null;
}

/** Conditions on the way to a call, and on the tool it is part of. */
export function conditionsOf({ guard, registered }: Reach): string[] {
  return [guard, registered].filter((condition) => condition !== null && condition !== undefined);
}

/** Conditions are words; of two conjunctions it is enough that one clause of each says the opposite of the other. */
export function contradicts(a: string, b: string): boolean {
  const right = clausesOf(b);
  return clausesOf(a).some((x) => right.some((y) => x.condition === y.condition && x.holds !== y.holds));
}

function clausesOf(condition: string): { condition: string; holds: boolean }[] {
  return condition.split(/\s+and\s+|\s*&&\s*|,\s*/).map((clause) => {
    let rest = clause.trim().replace(/^(?:when|if|where)\s+/, "");
    let holds = true;
    for (let stripped = stripNegation(rest); stripped !== rest; stripped = stripNegation(rest)) {
      rest = stripped;
      holds = !holds;
    }
    const positive = rest.replace(/\s+is\s+not\s+/, " is ");
    return positive === rest ? { condition: rest, holds } : { condition: positive, holds: !holds };
  });
}

function stripNegation(clause: string): string {
  return clause.replace(/^(?:not\s+|!\s*(?!=))\(?(.*?)\)?$/, "$1");
}
