import type { Access, BlindSpot, Grant } from "../model/analysis.ts";
import { weakest } from "../model/analysis.ts";
import type { Permission } from "../model/permission.ts";
import { permissionKey } from "../model/permission.ts";
import { compareText } from "../model/place.ts";
import { certaintyOf } from "./certainty.ts";
import type { Certainty, Ground } from "./certainty.ts";
import { covers, namesCover } from "./covers.ts";
import type { PermissionKnowledge } from "./knowledge.ts";
import { components, isMet } from "./minimal-covers.ts";
import type { Demand } from "./minimal-covers.ts";
import { kindFor, mayCarry, mayFeed } from "./modes.ts";
import { coverageOfList } from "./options.ts";
import type { Candidates } from "./candidates.ts";
import type { CallCoverage, ListCoverage } from "./options.ts";
import type { GrantPlan, ListPlan } from "./plan.ts";
import { columnOf, opensGroup } from "./sufficiency.ts";
import { targetOf } from "./targets.ts";
import type { Target } from "./targets.ts";

/** Plans one list against all calls it may feed. */
export function planList(
  list: readonly Grant[],
  accesses: readonly Access[],
  blindSpots: readonly BlindSpot[],
  knowledge: PermissionKnowledge,
  budget: number,
): ListPlan {
  const first = list[0]!;
  const ofCredential = accesses.filter((access) => mayCarry(first, access));
  const fed = ofCredential
    .filter((access) => mayFeed(first, access))
    .map((access) => ({ ...access, credentialKind: kindFor(first, access) }));
  const coverage = coverageOfList(list, fed, knowledge);
  const { calls } = coverage;
  const ground: Ground = { calls, blindSpots, guarded: calls.length < ofCredential.length };
  const planner = new ListPlanner(list, coverage, ground, knowledge, budget);
  const grants = planner.grants();
  const target = planner.target(grants);
  return {
    group: first.group,
    mode: first.mode,
    open: list.some((grant) => grant.open || opensGroup(grant.permission)),
    grants,
    calls: calls.map(({ access }) => access.id),
    covered: calls.filter(({ state }) => state.kind === "covered").map(({ access }) => access.id),
    target,
    empties: target.length === 0,
  };
}

class ListPlanner {
  readonly #list: readonly Grant[];
  readonly #candidates: Candidates;
  readonly #ground: Ground;
  readonly #knowledge: PermissionKnowledge;
  /** Per component of calls; undefined where the search was too long. */
  readonly #targets: readonly { readonly demands: readonly Demand[]; readonly target: Target | undefined }[];
  /** Keys that stay or come, over all components. */
  readonly #staying: ReadonlySet<string>;

  constructor(
    list: readonly Grant[],
    { candidates, possible }: ListCoverage,
    ground: Ground,
    knowledge: PermissionKnowledge,
    budget: number,
  ) {
    this.#list = list;
    this.#candidates = candidates;
    this.#ground = ground;
    this.#knowledge = knowledge;
    const needs = ground.calls.length === 0 ? [] : [...distinctDemands(ground.calls), ...possible];
    this.#targets = components([...needs, ...this.#fixtures()]).map((demands) => ({
      demands,
      target: targetOf(demands, candidates, knowledge, budget),
    }));
    this.#staying = new Set(
      this.#targets.flatMap(
        ({ demands, target }) => target?.least[0] ?? demands.flat(2).filter((key) => candidates.granted.has(key)),
      ),
    );
  }

  /** Grants that stay whatever the calls say, as demands of their own, so that the target can count on them. */
  #fixtures(): Demand[] {
    const staying = [...this.#candidates.granted].filter((key) => {
      const permission = this.#candidates.get(key);
      const row = this.#knowledge.permission(permission.provider, permission.name);
      return (
        row === undefined ||
        row.identity === true ||
        row.unlisted === true ||
        opensGroup(permission) ||
        this.#isPartOfMissing(permission)
      );
    });
    return staying.sort(compareText).map((key) => [[key]]);
  }

  /** It is one half of what a call needs whose other half nobody granted. */
  #isPartOfMissing({ provider, name }: Permission): boolean {
    return this.#ground.calls.some(({ access, state }) => {
      if (state.kind !== "uncovered") return false;
      const alternatives = columnOf(access.requirement, access.credentialKind)?.alternatives ?? [];
      return alternatives.some(
        (set) => set.length > 1 && set.some((asked) => namesCover(provider, name, asked, this.#knowledge)),
      );
    });
  }

  grants(): GrantPlan[] {
    const byKey = new Map<string, Grant[]>();
    for (const grant of this.#list)
      byKey.set(permissionKey(grant.permission), [...(byKey.get(permissionKey(grant.permission)) ?? []), grant]);
    return [...byKey].map(([key, grants]) => this.#planOf(key, grants));
  }

  /** Names that remain when every plan is carried out. */
  target(plans: readonly GrantPlan[]): string[] {
    const untouched = plans
      .filter(({ verdict }) => verdict === "identity" || verdict === "undecidable")
      .map(({ permission }) => permission.name);
    return [...new Set([...this.#names(this.#staying), ...untouched])].sort(compareText);
  }

  #planOf(key: string, grants: readonly Grant[]): GrantPlan {
    const { permission } = grants[0]!;
    const row = this.#knowledge.permission(permission.provider, permission.name);
    const component = this.#targets.find(({ demands }) => demands.flat(2).includes(key));
    const blank: GrantPlan = {
      permission,
      row,
      grants,
      verdict: "undecidable",
      confidence: "certain",
      reason: "",
      replacement: [],
      together: [],
      least: [],
      contested: false,
      coveredBy: [],
      serves: this.#serves(key),
      advice: [],
      blindSpots: [],
    };
    if (row?.identity === true) return { ...blank, verdict: "identity", reason: "it says who the user is" };
    if (opensGroup(permission)) return { ...blank, reason: "it stands for whatever the registration lists" };
    if (!row) return { ...blank, reason: "the facts do not know it" };
    if (row.unlisted === true) return { ...blank, reason: "no source says which operations it opens" };
    // What a manifest declares says nothing of the code behind it, which may be elsewhere; but of a job its steps are all there is.
    if (
      this.#ground.calls.every(
        ({ access: { declared, credential } }) => declared !== undefined && !credential.includes("#"),
      )
    )
      return { ...blank, reason: "no call with this credential was seen" };
    if (component && !component.target) return { ...blank, reason: "there are too many combinations to search" };

    const target = component?.target;
    const least = target?.least.map((set) => this.#names(set)) ?? [];
    if (target?.least[0]!.includes(key)) {
      const reason = this.#serves(key).length > 0 ? "a call needs it" : "a call, or what runs the code, may need it";
      return { ...blank, verdict: "needed", reason, least, advice: this.#advice(key, target) };
    }
    if (target?.kept.includes(key)) return { ...blank, verdict: "broad", least, ...this.#broad(key, target, grants) };
    const wider = this.#includedBy(key);
    if (wider.length > 0) {
      const above = this.#list.filter((grant) => wider.includes(grant.permission.name));
      const confidence = weakest(...grants.map((grant) => grant.confidence), ...above.map((grant) => grant.confidence));
      return { ...blank, verdict: "redundant", least, coveredBy: wider, confidence, reason: `${wider[0]} includes it` };
    }
    const contested = target?.least.some((set) => set.includes(key)) ?? false;
    return { ...blank, verdict: "unused", least, contested, coveredBy: this.#keepers(), ...this.#certainty(grants) };
  }

  /** What a call may need besides is taken from documentation, and may not be all. */
  #broad(key: string, target: Target, grants: readonly Grant[]): Partial<GrantPlan> {
    const narrowed = this.#narrowed(key, target);
    const certainty = this.#certainty(grants);
    const asked = new Set(this.#ground.calls.flatMap(({ access }) => access.requires.flat()));
    if (certainty.confidence !== "certain" || narrowed.replacement.every((name) => asked.has(name)))
      return { ...narrowed, ...certainty };
    return {
      ...narrowed,
      ...certainty,
      confidence: "likely",
      reason: "what calls may need besides may not all be known",
    };
  }

  #certainty(grants: readonly Grant[]): Certainty {
    return certaintyOf(grants, this.#ground, this.#knowledge);
  }

  #names(keys: Iterable<string>): string[] {
    return [...new Set([...keys].map((key) => this.#candidates.get(key).name))].sort(compareText);
  }

  #serves(key: string): string[] {
    return this.#ground.calls
      .filter(({ state }) => state.kind === "covered" && state.demand.some((option) => option.includes(key)))
      .map(({ access }) => access.id);
  }

  /** Granted names that cover every call of the list between them. */
  #keepers(): string[] {
    const serving = this.#targets
      .flatMap(({ target }) => target?.kept ?? [])
      .filter((key) => this.#serves(key).length > 0);
    return this.#names(serving);
  }

  /** Names of the granted permissions that stay and include this one. */
  #includedBy(key: string): string[] {
    const permission = this.#candidates.get(key);
    const wider = [...this.#staying].filter(
      (other) =>
        other !== key &&
        this.#candidates.granted.has(other) &&
        covers(this.#candidates.get(other), permission, this.#knowledge),
    );
    return this.#names(wider);
  }

  /** What takes the place of a grant that is to shrink. Grants that share a newcomer shrink together; the first of them gets the newcomers. */
  #narrowed(key: string, target: Target): Pick<GrantPlan, "replacement" | "together" | "contested"> {
    const least = target.least[0]!;
    const leaving = target.kept.filter((other) => !least.includes(other));
    const sharing = leaving.map((other) => ({ members: [other], newcomers: this.#newcomersFor(other, target) }));
    for (let merged = true; merged;) {
      merged = false;
      for (const a of sharing) {
        const b = sharing.find(
          (other) => other !== a && other.newcomers.some((newcomer) => a.newcomers.includes(newcomer)),
        );
        if (!b) continue;
        sharing.splice(sharing.indexOf(b), 1);
        a.members.push(...b.members);
        a.newcomers = [...new Set([...a.newcomers, ...b.newcomers])];
        merged = true;
        break;
      }
    }
    const own = sharing.find(({ members }) => members.includes(key))!;
    return {
      replacement: this.#names(own.newcomers),
      together: this.#names(own.members.filter((member) => member !== key)),
      contested: target.least.length > 1,
    };
  }

  /** New members of the target that serve calls which this grant serves now and nothing else that stays does. */
  #newcomersFor(key: string, target: Target): string[] {
    const least = new Set(target.least[0]);
    const stayers = new Set([...least].filter((member) => this.#candidates.granted.has(member)));
    const relying = target.demands.filter(
      (demand) => demand.some((option) => option.includes(key)) && !isMet(demand, stayers),
    );
    const used = relying
      .flatMap((demand) => demand.filter((option) => option.every((member) => least.has(member))))
      .flat();
    return [...least].filter((member) => !stayers.has(member) && used.includes(member));
  }

  /** Permissions for part of the resources, any one of which would serve every call that relies on this one. */
  #advice(key: string, target: Target): string[] {
    const rest = new Set(target.least[0]!.filter((member) => member !== key));
    const relying = this.#ground.calls.filter(
      ({ state }) =>
        state.kind === "covered" &&
        state.demand.length > 0 &&
        !isMet(state.demand, rest) &&
        state.demand.some((option) => option.includes(key)),
    );
    const sets = relying.map(({ access }) => new Set(access.requires.filter((set) => set.length === 1).flat()));
    const { provider } = this.#candidates.get(key);
    const shared = [...(sets[0] ?? [])].filter((name) => sets.every((set) => set.has(name)));
    return shared.filter((name) => this.#knowledge.permission(provider, name)?.partial === true).sort(compareText);
  }
}

/** Each different demand once, in an order that does not depend on the calls'. Calls that need nothing demand nothing. */
function distinctDemands(calls: readonly CallCoverage[]): Demand[] {
  const byKey = new Map<string, Demand>();
  for (const { state } of calls) {
    if (state.kind !== "covered" || state.demand.some((option) => option.length === 0)) continue;
    const ordered = [...state.demand].sort((a, b) => compareText(a.join(), b.join()));
    byKey.set(JSON.stringify(ordered), ordered);
  }
  return [...byKey].sort(([a], [b]) => compareText(a, b)).map(([, demand]) => demand);
}
