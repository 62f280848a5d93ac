import type { OperationRow, Pack, PermissionGroup, PermissionRow, ServiceVocabulary } from "../model/pack.ts";

/** The permissions of a folded vocabulary, one by one, each with the number of the pack's operations that accept it. */
export function permissionRows(pack: Pack, vocabulary: ServiceVocabulary): PermissionRow[] {
  const accepting = acceptances(pack);
  return vocabulary.groups.flatMap((group) => rowsOf(group, pack, vocabulary, accepting));
}

function rowsOf(
  group: PermissionGroup,
  pack: Pack,
  { prefix, resources, conditions, services }: ServiceVocabulary,
  accepting: ReadonlyMap<string, number>,
): PermissionRow[] {
  const types = group.resources?.map((ordinal) => resources[ordinal]![0]);
  const limits = group.conditions?.map((ordinal) => conditions[ordinal]!);
  const meanings = group.meanings?.split("|") ?? [];
  return group.names.split(" ").map((bare, at) => {
    const name = prefix + bare;
    return {
      name,
      short: name,
      ...(meanings[at] ? { meaning: meanings[at] } : {}),
      tier: group.tier ?? "unknown",
      effect: group.effect,
      breadth: Math.max(1, accepting.get(name) ?? 0),
      services: [pack.service, ...(services?.[name] ?? [])],
      level: group.level,
      ...(types && { resources: types }),
      ...(limits && { conditions: limits }),
      source: 0,
    };
  });
}

function acceptances({ operations, permissions }: Pack): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { requires } of operations) {
    const accepted = new Set(Object.values(requires ?? {}).flat(2));
    for (const ordinal of accepted) counts.set(permissions[ordinal]!, (counts.get(permissions[ordinal]!) ?? 0) + 1);
  }
  return counts;
}

/** The pack with a row for each operation that is named like a permission of its own vocabulary. */
export function unfold(pack: Pack): Pack {
  if (pack.vocabulary === undefined) return pack;
  const { prefix, groups, noOperations = "" } = pack.vocabulary;
  const stated = new Set([...pack.operations.map(({ name }) => name), ...noOperations.split(" ")].map(folded));
  const permissions = [...pack.permissions];
  const ordinals = new Map(permissions.map((name, ordinal) => [name, ordinal]));
  const ordinalOf = (name: string): number => {
    const known = ordinals.get(name);
    if (known !== undefined) return known;
    ordinals.set(name, permissions.length);
    return permissions.push(name) - 1;
  };
  const own = groups.flatMap(({ names, effect }) =>
    names
      .split(" ")
      .filter((name) => !stated.has(folded(name)))
      .map((name): OperationRow => ({ name, effect, requires: { any: [[ordinalOf(prefix + name)]] }, source: 0 })),
  );
  return { ...pack, permissions, operations: [...pack.operations, ...own] };
}

const folded = (name: string): string => name.toLowerCase();
