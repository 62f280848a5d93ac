import type { Access, Grant } from "../model/analysis.ts";
import type { Alternatives, Permission } from "../model/permission.ts";
import { permissionKey } from "../model/permission.ts";
import { compareText } from "../model/place.ts";
import { namesCover } from "./covers.ts";
import type { PermissionKnowledge } from "./knowledge.ts";
import type { Demand } from "./minimal-covers.ts";
import { shortestOptions } from "./minimal-covers.ts";
import { Candidates } from "./candidates.ts";
import { possibleDemands } from "./possible.ts";
import type { Meeting } from "./sufficiency.ts";
import { columnOf, meets } from "./sufficiency.ts";

/** What one list has to do with one call. */
export interface CallCoverage {
  readonly access: Access;
  readonly state:
    /** Covered; `demand` is what has to stay true of the list, over keys of candidates. `partly`: for part of the resources only. */
    | { readonly kind: "covered"; readonly demand: Demand; readonly partly: boolean }
    | { readonly kind: "uncovered" }
    /** The facts do not say what it needs. */
    | { readonly kind: "unknown" };
  /** Rests on the hierarchy, on an unknown kind of credential or on an unknown resource, not on the vendor's list alone. */
  readonly assumed: boolean;
}

/** What one list has to do with all the calls it may feed, and the candidates for its target. */
export interface ListCoverage {
  readonly candidates: Candidates;
  readonly calls: readonly CallCoverage[];
  /** What has to stay true of the list because a call, or what runs the code, may need it besides. */
  readonly possible: readonly Demand[];
}

/**
 * A newcomer may not give more than there was: what would serve a call that is not covered today, or only for part of the
 * resources, is no candidate, however little power it has otherwise.
 */
export function coverageOfList(
  grants: readonly Grant[],
  accesses: readonly Access[],
  knowledge: PermissionKnowledge,
): ListCoverage {
  const closed = new Candidates(grants, [], knowledge);
  const today = accesses.map((access) => coverageOf(access, closed, knowledge));
  const short = today.filter(({ state }) => state.kind === "uncovered" || (state.kind === "covered" && state.partly));
  const lacking = new Set(short.flatMap(({ access }) => acceptedNames(access)));
  const isOffered = (provider: string, name: string) => {
    const row = knowledge.permission(provider, name);
    return (
      row !== undefined &&
      row.deprecated !== true &&
      ![...lacking].some((asked) => namesCover(provider, name, asked, knowledge))
    );
  };
  const offered = accesses.flatMap((access) =>
    offeredNames(access).filter((name) => isOffered(access.requirement.provider, name)),
  );
  const candidates = new Candidates(grants, [...new Set(offered)].sort(compareText), knowledge);
  return {
    candidates,
    calls: accesses.map((access) => coverageOf(access, candidates, knowledge)),
    possible: possibleDemands(candidates, accesses, knowledge),
  };
}

function acceptedNames({ requirement, credentialKind }: Access): string[] {
  return columnOf(requirement, credentialKind)?.alternatives.flat() ?? [];
}

function offeredNames({ requirement, credentialKind }: Access): string[] {
  const column = columnOf(requirement, credentialKind);
  return column?.alternatives.flat().filter((name) => !column.enoughIfGranted.has(name)) ?? [];
}

/**
 * What the list has to keep for this call. Where an unrestricted permission serves it today, one that reaches only part
 * of the resources cannot stand in for it; where only such a one is granted, that is enough, and it stays. Likewise for
 * those that are enough only if granted.
 */
function coverageOf(access: Access, candidates: Candidates, knowledge: PermissionKnowledge): CallCoverage {
  const column = columnOf(access.requirement, access.credentialKind);
  if (!column) return { access, state: { kind: "unknown" }, assumed: false };
  const seats = new Seats(access, candidates, knowledge);
  const isReluctant = (alternative: readonly string[]) => alternative.some((name) => column.enoughIfGranted.has(name));
  const optionsOf = (alternatives: Alternatives) =>
    alternatives.flatMap((alternative) => seats.optionsFor(alternative));
  const proper = optionsOf(column.alternatives.filter((alternative) => !isReluctant(alternative)));
  const reluctant = optionsOf(column.alternatives.filter(isReluctant));
  const isHeld = (option: readonly string[]) => option.every((key) => candidates.granted.has(key));
  const isWhole = (option: readonly string[]) => !option.some((key) => candidates.isPartial(key));
  const whole = proper.filter(isWhole);
  const covered = (demand: Demand, partly: boolean): CallCoverage => ({
    access,
    state: { kind: "covered", demand: shortestOptions(demand), partly },
    assumed: column.guessed || !seats.hasListed,
  });

  if (whole.some(isHeld)) return covered(whole, false);
  const held = proper.filter(isHeld);
  const heldReluctantly = reluctant.filter(isHeld);
  if (heldReluctantly.length === 0) {
    return held.length > 0 ? covered(held, true) : { access, state: { kind: "uncovered" }, assumed: column.guessed };
  }
  // Which of them serves the call cannot be told, so all stay; unless what the call asks for takes the place of all.
  const together = [...held, ...heldReluctantly].flat();
  return covered([together, ...(held.length > 0 ? [] : whole)], held.length > 0);
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
    const granted = candidates
      .all(candidates.granted)
      .filter(({ provider }) => provider === access.requirement.provider);
    const column = columnOf(access.requirement, access.credentialKind)!;
    const names = new Set(column.alternatives.flat());
    this.#contexts = granted.filter((permission) => [...names].some((name) => this.#meeting(permission, name)));
  }

  optionsFor(alternative: readonly string[]): string[][] {
    const seats = alternative.map((name) => this.#holders(name));
    const combinations = seats.reduce((count, seat) => count * seat.length, 1);
    const usable = combinations <= MOST_COMBINATIONS ? seats : seats.map((seat) => seat.slice(0, 1));
    const listed = alternative.every((name) =>
      this.#contexts.some((permission) => this.#meeting(permission, name) === "listed"),
    );
    if (listed) this.hasListed = true;
    return combined(usable);
  }

  /**
   * What holds a name, those named by the vendor first. Of grants for several resources none of which surely is the one that the
   * call touches, all are needed.
   */
  #holders(name: string): string[][] {
    const { provider } = this.#access.requirement;
    const granted = this.#contexts.filter((permission) => this.#meeting(permission, name));
    const sure = granted.filter((permission) => this.#meeting(permission, name) !== "assumed");
    const coming = this.#candidates.offered.filter((other) => namesCover(provider, other, name, this.#knowledge));
    const keysAmong = (contexts: readonly Permission[]): string[] => {
      const offered = coming.flatMap((other) =>
        contexts.map((context) => this.#candidates.add({ ...context, name: other })),
      );
      const held = contexts
        .filter((permission) => granted.includes(permission))
        .map(permissionKey)
        .sort((a, b) => Number(this.#candidates.get(b).name === name) - Number(this.#candidates.get(a).name === name));
      return [...new Set([...held, ...offered])];
    };
    if (sure.length > 0 || granted.length === 0)
      return keysAmong(sure.length > 0 ? sure : this.#contexts).map((key) => [key]);
    const limits = new Map(granted.map((permission) => [limitOf(permission), permission]));
    const choices = [...limits.keys()].map((limit) =>
      keysAmong(granted.filter((permission) => limitOf(permission) === limit)).map((key) => [key]),
    );
    const count = choices.reduce((product, { length }) => product * length, 1);
    return combined(count <= MOST_COMBINATIONS ? choices : choices.map((choice) => choice.slice(0, 1)));
  }

  #meeting(permission: Permission, name: string): Meeting | undefined {
    return meets(permission, name, this.#access.requirement, this.#access.credentialKind, this.#knowledge);
  }
}

function limitOf({ resource, condition }: Permission): string {
  return JSON.stringify([resource, condition]);
}

/** One of each, in all ways. */
function combined(seats: readonly (readonly (readonly string[])[])[]): string[][] {
  return seats.reduce<string[][]>(
    (options, seat) => options.flatMap((option) => seat.map((keys) => [...option, ...keys])),
    [[]],
  );
}
