import { effectRank } from "../../../server/src/model/effect.ts";
import {
  PACK_FORMAT,
  type Pack,
  type PermissionRow,
  type PermissionVocabulary,
} from "../../../server/src/model/pack.ts";
import { citable, SOURCE, type MachinePermission, type NodeSources } from "./sources.ts";

/** The flags of Node's permission model, with Deno's as other spellings, and those that Deno alone has. */
export function vocabularyOf(packs: readonly Pack[], sources: NodeSources): PermissionVocabulary {
  return {
    format: PACK_FORMAT,
    provider: "node",
    sources: citable(sources),
    permissions: Object.values(sources.permissions).map((permission) => rowOf(permission, packs)),
  };
}

function rowOf({ node, deno, meaning, tier }: MachinePermission, packs: readonly Pack[]): PermissionRow {
  const name = node ?? deno!;
  const accepting = packs.flatMap((pack) =>
    pack.operations
      .filter(({ requires, also }) =>
        [...Object.values(requires ?? {}).flat(2), ...(also ?? []).map(([ordinal]) => ordinal)].some(
          (ordinal) => pack.permissions[ordinal] === name,
        ),
      )
      .map(({ effect }) => ({ effect, service: pack.service })),
  );
  return {
    name,
    ...(node !== undefined && deno !== undefined && deno !== node ? { aliases: [deno] } : {}),
    short: name,
    meaning,
    tier: tier ?? "unknown",
    effect: highestEffect(name, accepting),
    breadth: accepting.length,
    services: byFrequency(accepting.map(({ service }) => service)),
    source: deno === undefined ? SOURCE.nodePermissions : SOURCE.denoPermissions,
  };
}

/** What copies reads too, and is no reason to say that reading writes. */
function highestEffect(
  name: string,
  accepting: readonly { readonly effect: PermissionRow["effect"] }[],
): PermissionRow["effect"] {
  if (name === "--allow-fs-read") return "read";
  return accepting
    .map(({ effect }) => effect)
    .reduce((a, b) => (effectRank(b) > effectRank(a) ? b : a), "read" as const);
}

function byFrequency(services: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const service of services) counts.set(service, (counts.get(service) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([service]) => service);
}
