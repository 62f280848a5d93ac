import { weakest } from "../model/analysis.ts";
import type { Confidence } from "../model/analysis.ts";
import { containsPattern, isPattern, patternsMeet, patternsOf } from "../model/pattern.ts";
import { foldedName, isSameNoun, type Alternatives, type Permission, type Requirement } from "../model/permission.ts";
import { covers } from "./covers.ts";
import type { PermissionKnowledge } from "./knowledge.ts";

/** The alternatives that count for a kind of credential. */
export interface Column {
  readonly alternatives: Alternatives;
  /** Of these, see `Requirement.enoughIfGranted`. */
  readonly enoughIfGranted: ReadonlySet<string>;
  /** Several columns were thrown together because the kind is not known. */
  readonly guessed: boolean;
}

/** Column of the kind that reaches the client; for an unknown kind all of them, any of which is enough. Undefined: no facts. */
export function columnOf(requirement: Requirement, credentialKind: string | null): Column | undefined {
  const columns = new Map(Object.entries(requirement.byCredential));
  const reluctant = new Map(Object.entries(requirement.enoughIfGranted ?? {}));
  if (credentialKind !== null) {
    const kind = columns.has(credentialKind) ? credentialKind : "any";
    const alternatives = columns.get(kind);
    return alternatives && { alternatives, enoughIfGranted: new Set(reluctant.get(kind)), guessed: false };
  }
  if (columns.size === 0) return undefined;
  return {
    alternatives: [...columns.values()].flat(),
    enoughIfGranted: new Set([...reluctant.values()].flat()),
    guessed: columns.size > 1,
  };
}

/** How one granted permission stands to one that is asked for. */
export type Meeting =
  /** The vendor's list names it (or a pattern contains it). */
  | "listed"
  /** It includes the one that is listed. */
  | "implied"
  /** It is bound to a resource or a condition, and whether the call is about the one and meets the other is not known. */
  | "assumed";

/** Whether a granted permission gives what `name` gives, for this requirement; undefined = no. */
export function meets(
  granted: Permission,
  name: string,
  requirement: Requirement,
  credentialKind: string | null,
  knowledge: PermissionKnowledge,
): Meeting | undefined {
  if (granted.credentialKind !== undefined && credentialKind !== null && granted.credentialKind !== credentialKind)
    return undefined;
  const contained = areWithin(requirement.resources, granted.resource);
  if (contained === false) return undefined;
  const asked: Permission = {
    provider: requirement.provider,
    name,
    resource: granted.resource,
    condition: granted.condition,
    credentialKind: granted.credentialKind,
  };
  if (!covers(granted, asked, knowledge)) return undefined;
  if (contained === undefined || granted.condition !== undefined) return "assumed";
  const { provider } = requirement;
  const isNamed = foldedName(provider, granted.name) === foldedName(provider, name);
  return isNamed || isPattern(granted.name) || isSameNoun(provider, granted.name, name) ? "listed" : "implied";
}

/** Whether what a call touches lies within what is granted; undefined: some of it does, or may. */
function areWithin(touched: readonly string[] | undefined, granted: string | undefined): boolean | undefined {
  if (granted === undefined) return true;
  if (touched === undefined || touched.length === 0) return undefined;
  const patterns = patternsOf(granted);
  if (touched.every((one) => patterns.some((pattern) => containsPattern(pattern, one)))) return true;
  return touched.some((one) => patterns.some((pattern) => patternsMeet(pattern, one))) ? undefined : false;
}

/** A grant that stands for whatever the registration in the provider's console lists. */
export function opensGroup(permission: Permission): boolean {
  return permission.name === ".default" || permission.name.endsWith("/.default");
}

export type Sufficiency =
  | { readonly verdict: "satisfied"; readonly confidence: Confidence; readonly by: readonly Permission[] }
  | { readonly verdict: "missing"; readonly confidence: Confidence }
  /** No facts for this kind of credential. */
  | { readonly verdict: "unknown" };

/** Whether what is granted is enough for a call: one alternative of which every member is held. */
export function satisfies(
  granted: readonly Permission[],
  requirement: Requirement,
  credentialKind: string | null,
  knowledge: PermissionKnowledge,
): Sufficiency {
  const column = columnOf(requirement, credentialKind);
  if (!column) return { verdict: "unknown" };
  const atMost: Confidence = column.guessed ? "likely" : "certain";
  let best: Extract<Sufficiency, { verdict: "satisfied" }> | undefined;
  for (const alternative of column.alternatives) {
    const held = alternative.map((name) => holderOf(granted, name, requirement, credentialKind, knowledge));
    if (held.some((h) => h === undefined)) continue;
    const sure = held.every((h) => h!.meeting === "listed");
    if (best && (best.confidence === "certain" || !sure)) continue;
    best = {
      verdict: "satisfied",
      confidence: weakest(atMost, sure ? "certain" : "likely"),
      by: held.map((h) => h!.permission),
    };
  }
  if (best) return best;
  const opened = granted.find((permission) => permission.provider === requirement.provider && opensGroup(permission));
  if (opened) return { verdict: "satisfied", confidence: "likely", by: [opened] };
  return { verdict: "missing", confidence: atMost };
}

function holderOf(
  granted: readonly Permission[],
  name: string,
  requirement: Requirement,
  credentialKind: string | null,
  knowledge: PermissionKnowledge,
): { permission: Permission; meeting: Meeting } | undefined {
  let found: { permission: Permission; meeting: Meeting } | undefined;
  for (const permission of granted) {
    const meeting = meets(permission, name, requirement, credentialKind, knowledge);
    if (meeting === "listed") return { permission, meeting };
    if (meeting && !found) found = { permission, meeting };
  }
  return found;
}
