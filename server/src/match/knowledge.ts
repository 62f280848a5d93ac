import type { BlindSpot } from "../model/analysis.ts";
import type { PermissionRow } from "../model/pack.ts";
import type { Permission } from "../model/permission.ts";

/** What matching must know about permissions; the fact base satisfies it. */
export interface PermissionKnowledge {
  /** Row of a permission, by its canonical name or another spelling the provider accepts. */
  permission(provider: string, spelled: string): PermissionRow | undefined;
  /** What the platform that runs the code may need whatever the code does; none where the provider has no platform. */
  platformNeeds?(provider: string): readonly string[];
}

/** Row of a permission the vocabulary does not have: nothing is claimed about it. */
export function rowOrBlank(knowledge: PermissionKnowledge, provider: string, name: string): PermissionRow {
  return (
    knowledge.permission(provider, name) ?? {
      name,
      short: name,
      tier: "unknown",
      effect: "read",
      breadth: 0,
      source: 0,
    }
  );
}

/**
 * Whether a call of `service` that is not seen could need this permission. `service` may be a whole provider, or `*`.
 * Not known counts as yes.
 */
export function mayBeNeededBy(
  service: string,
  provider: string,
  name: string,
  knowledge: PermissionKnowledge,
): boolean {
  if (service === "*" || service === provider) return true;
  if (!service.startsWith(`${provider}.`)) return false;
  const services = knowledge.permission(provider, name)?.services;
  return services === undefined || services.includes(service) || services.includes("*");
}

/** Whether a place that is out of sight may hide a call that needs this permission. */
export function mayHideNeed(
  { affects, except = [] }: Pick<BlindSpot, "affects" | "except">,
  { provider, name }: Permission,
  knowledge: PermissionKnowledge,
): boolean {
  if (!affects.some((service) => mayBeNeededBy(service, provider, name, knowledge))) return false;
  const services = knowledge.permission(provider, name)?.services;
  const isExcepted = (service: string) => except.some((e) => service === e || service.startsWith(`${e}.`));
  return except.length === 0 || services === undefined || !services.every(isExcepted);
}
