/** What a call does to the world. Only `read` changes nothing; `send` leaves the organisation or reaches a person. */
export const EFFECTS = ["read", "create", "update", "delete", "send", "execute", "administer"] as const;

export type Effect = (typeof EFFECTS)[number];

/** Effects by how much they can do: the first component of the order of power. Writes of one kind weigh the same. */
const RANK: Record<Effect, number> = { read: 0, create: 1, update: 1, delete: 2, send: 2, execute: 3, administer: 3 };

export function effectRank(effect: Effect): number {
  return RANK[effect];
}

export function changesState(effect: Effect): boolean {
  return effect !== "read";
}
