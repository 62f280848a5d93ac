import { effectRank, EFFECTS, type Effect } from "../../../server/src/model/effect.ts";
import { PACK_FORMAT, type PermissionRow, type PermissionVocabulary } from "../../../server/src/model/pack.ts";
import type { Tier } from "../../../server/src/model/permission.ts";
import { compareText } from "../../../server/src/model/place.ts";
import { SAYS_NOTHING_ABOUT_POWER } from "./effects.ts";
import type { DerivedApi } from "./packs.ts";
import { ALIASES, isIdentity, onlyReads, shortName } from "./scopes.ts";
import { SOURCE, type GoogleSources } from "./sources.ts";

/** What all operations together say of one scope. */
interface Acceptance {
  /** Undefined while no operation says anything. */
  effect: Effect | undefined;
  /** `<api>:<operation>`: versions of one API count once. */
  readonly operations: Set<string>;
  readonly byService: Map<string, number>;
}

export function vocabularyOf(apis: readonly DerivedApi[], sources: GoogleSources): PermissionVocabulary {
  const accepted = acceptances(apis);
  const names = [...new Set([...sources.scopes.keys(), ...accepted.keys()])].sort(compareText);
  const closure = transitiveClosure(sources.implies);
  const row = (name: string): PermissionRow => {
    const text = sources.scopes.get(name) ?? {};
    const acceptance = accepted.get(name);
    const aliases = ALIASES.get(name);
    const implies = closure.get(name);
    return {
      name,
      ...(aliases && { aliases }),
      short: shortName(name),
      ...(text.meaning && { meaning: text.meaning }),
      tier: text.tier ?? "unknown",
      effect:
        onlyReads(name) || isIdentity(name) ? "read" : (acceptance?.effect ?? effectByMeaning(text.meaning ?? "")),
      breadth: acceptance?.operations.size ?? 0,
      ...(text.partial && { partial: true }),
      ...(isIdentity(name) && { identity: true }),
      ...(implies && { implies }),
      ...(acceptance && { services: servicesOf(acceptance) }),
      source: 0,
    };
  };
  return { format: PACK_FORMAT, provider: "google", sources: [SOURCE.package], permissions: names.map(row) };
}

function acceptances(apis: readonly DerivedApi[]): Map<string, Acceptance> {
  const silent = new Set(SAYS_NOTHING_ABOUT_POWER.map(({ operation }) => operation));
  const accepted = new Map<string, Acceptance>();
  for (const api of apis) {
    for (const operation of api.operations) {
      const key = `${api.api}:${operation.name}`;
      const scopes = new Set([...(operation.scopes ?? []), ...operation.variants.flatMap((variant) => variant.scopes)]);
      for (const scope of scopes) {
        const acceptance: Acceptance = accepted.get(scope) ?? {
          effect: undefined,
          operations: new Set(),
          byService: new Map(),
        };
        accepted.set(scope, acceptance);
        if (!silent.has(key)) acceptance.effect = higherEffect(acceptance.effect ?? "read", operation.effect);
        if (acceptance.operations.has(key)) continue;
        acceptance.operations.add(key);
        acceptance.byService.set(api.api, (acceptance.byService.get(api.api) ?? 0) + 1);
      }
    }
  }
  return accepted;
}

/** For a scope that no operation speaks of: what Google says of it. */
function effectByMeaning(meaning: string): Effect {
  if (/\bdelete\b/i.test(meaning)) return "delete";
  if (/\bsend\b/i.test(meaning)) return "send";
  return /\b(?:add|create|edit|make|manage|update|upload)\b/i.test(meaning) ? "update" : "read";
}

/** Of two effects that weigh the same, the later in the list of effects. */
function higherEffect(a: Effect, b: Effect): Effect {
  return (effectRank(a) - effectRank(b) || EFFECTS.indexOf(a) - EFFECTS.indexOf(b)) >= 0 ? a : b;
}

/** Most operations first: the first is the service a scope belongs to. */
function servicesOf({ byService }: Acceptance): readonly string[] {
  return [...byService].sort((a, b) => b[1] - a[1] || compareText(a[0], b[0])).map(([api]) => `google.${api}`);
}

function transitiveClosure(implies: ReadonlyMap<string, readonly string[]>): Map<string, readonly string[]> {
  const closed = new Map<string, readonly string[]>();
  for (const name of implies.keys()) {
    const reached = new Set<string>();
    const visit = (next: string): void => {
      for (const implied of implies.get(next) ?? []) {
        if (reached.has(implied) || implied === name) continue;
        reached.add(implied);
        visit(implied);
      }
    };
    visit(name);
    closed.set(name, [...reached].sort(compareText));
  }
  return closed;
}

/** A tier that Google does not state is taken for the middle one, so that it puts no scope before one that is rated so. */
const TIER_RANK: Readonly<Record<Tier, number>> = {
  none: 0,
  "non-sensitive": 1,
  unknown: 2,
  sensitive: 2,
  restricted: 3,
  admin: 4,
};

/**
 * Least first: scopes for all resources before those for a part of them or for identity alone, then by effect, tier, number of operations, name. The
 * order of power is partial; this is one total order that respects it, for the order in which alternatives are named.
 */
export function byPower(vocabulary: PermissionVocabulary): (a: string, b: string) => number {
  const rows = new Map(vocabulary.permissions.map((row) => [row.name, row]));
  const rank = (name: string): readonly number[] => {
    const row = rows.get(name)!;
    return [row.partial || row.identity ? 1 : 0, effectRank(row.effect), TIER_RANK[row.tier], row.breadth];
  };
  return (a, b) => {
    const [left, right] = [rank(a), rank(b)];
    const differs = left.findIndex((value, at) => value !== right[at]);
    return differs === -1 ? compareText(a, b) : left[differs]! - right[differs]!;
  };
}
