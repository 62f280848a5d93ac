import type { Access, Grant } from "../model/analysis.ts";
import type { Permission } from "../model/permission.ts";
import { permissionKey } from "../model/permission.ts";
import type { PermissionKnowledge } from "./knowledge.ts";
import type { Demand } from "./minimal-covers.ts";
import { shortestOptions } from "./minimal-covers.ts";
import type { Meeting } from "./sufficiency.ts";
import { columnOf, meets } from "./sufficiency.ts";

/** What one list has to do with one call. */
export interface CallCoverage {
  readonly access: Access;
  readonly state:
    /** Covered; `demand` is what has to stay true of the list, over keys of candidates. */
    | { readonly kind: "covered"; readonly demand: Demand }
    | { readonly kind: "uncovered" }
    /** The facts do not say what it needs. */
    | { readonly kind: "unknown" };
  /** Rests on the hierarchy, on an unknown kind of credential or on an unknown resource, not on the vendor's list alone. */
  readonly assumed: boolean;
}

/** Permissions that a target may be made of, by key. */
export class Candidates {
  readonly #byKey = new Map<string, Permission>();
  readonly granted: ReadonlySet<string>;
  readonly #knowledge: PermissionKnowledge;

  constructor(grants: readonly Grant[], knowledge: PermissionKnowledge) {
    this.#knowledge = knowledge;
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

/**
 * What the list has to keep for this call. Where an unrestricted permission serves it today, one that reaches only part
 * of the resources cannot stand in for it; where only such a one is granted, that is enough, and it stays.
 */
export function coverageOf(access: Access, candidates: Candidates, knowledge: PermissionKnowledge): CallCoverage {
  const column = columnOf(access.requirement, access.credentialKind);
  if (!column) return { access, state: { kind: "unknown" }, assumed: false };
  const seats = new Seats(access, candidates, knowledge);
  const options = column.alternatives.flatMap((alternative) => seats.optionsFor(alternative));
  const held = options.filter((option) => option.every((key) => candidates.granted.has(key)));
  if (held.length === 0) return { access, state: { kind: "uncovered" }, assumed: column.guessed };
  const whole = (option: readonly string[]) => !option.some((key) => candidates.isPartial(key));
  const demand = held.some(whole) ? options.filter(whole) : held;
  return { access, state: { kind: "covered", demand: shortestOptions(demand) }, assumed: column.guessed || !seats.hasListed };
}

/** Alternatives are at most this many combinations of holders; beyond, only permissions named by the vendor count. */
const MOST_COMBINATIONS = 64;

/** Finds which candidates can take the place of each name a call asks for. */
class Seats {
  readonly #access: Access;
  readonly #candidates: Candidates;
  readonly #knowledge: PermissionKnowledge;
  /** Restrictions under which the call is served today: what replaces a grant inherits them. */
  readonly #contexts: readonly Permission[];
  /** Some alternative is held by permissions that the vendor's list names. */
  hasListed = false;

  constructor(access: Access, candidates: Candidates, knowledge: PermissionKnowledge) {
    this.#access = access;
    this.#candidates = candidates;
    this.#knowledge = knowledge;
    const granted = candidates.all(candidates.granted).filter(({ provider }) => provider === access.requirement.provider);
    const column = columnOf(access.requirement, access.credentialKind)!;
    const names = new Set(column.alternatives.flat());
    this.#contexts = granted.filter((permission) => [...names].some((name) => this.#meeting(permission, name)));
  }

  optionsFor(alternative: readonly string[]): string[][] {
    const seats = alternative.map((name) => this.#holders(name));
    const combinations = seats.reduce((count, seat) => count * seat.length, 1);
    const usable = combinations <= MOST_COMBINATIONS ? seats : seats.map((seat) => seat.slice(0, 1));
    const listed = alternative.every((name) => this.#contexts.some((permission) => this.#meeting(permission, name) === "listed"));
    if (listed) this.hasListed = true;
    return usable.reduce<string[][]>((options, seat) => options.flatMap((option) => seat.map((key) => [...option, key])), [[]]);
  }

  /** Those named by the vendor first. */
  #holders(name: string): string[] {
    const { provider } = this.#access.requirement;
    const granted = this.#contexts.filter((permission) => this.#meeting(permission, name));
    const row = this.#knowledge.permission(provider, name);
    const offered = row && row.deprecated !== true ? this.#contexts.map((context) => this.#candidates.add({ ...context, name })) : [];
    const held = granted.map(permissionKey).sort((a, b) => Number(this.#candidates.get(b).name === name) - Number(this.#candidates.get(a).name === name));
    return [...new Set([...held, ...offered])];
  }

  #meeting(permission: Permission, name: string): Meeting | undefined {
    return meets(permission, name, this.#access.requirement, this.#access.credentialKind, this.#knowledge);
  }
}
