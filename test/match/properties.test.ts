import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Access } from "../../server/src/model/analysis.ts";
import type { Effect } from "../../server/src/model/effect.ts";
import { EFFECTS, effectRank } from "../../server/src/model/effect.ts";
import type { PermissionRow } from "../../server/src/model/pack.ts";
import type { Tier } from "../../server/src/model/permission.ts";
import type { PermissionKnowledge } from "../../server/src/match/knowledge.ts";
import type { GrantPlan, ListPlan } from "../../server/src/match/plan.ts";
import { comparePower, isAtMost } from "../../server/src/match/power.ts";
import { solve } from "../../server/src/match/solve.ts";
import { satisfies } from "../../server/src/match/sufficiency.ts";
import { OPERATIONS, VOCABULARY, access, knowledge, list } from "./support.ts";

/** A list, calls, and a vocabulary that need not make sense. */
interface Scene {
  readonly names: readonly string[];
  readonly calls: readonly Access[];
  readonly knowledge: PermissionKnowledge;
}

const realistic: fc.Arbitrary<Scene> = fc
  .record({
    names: fc.uniqueArray(fc.constantFrom(...VOCABULARY), { minLength: 1, maxLength: 6 }),
    operations: fc.uniqueArray(fc.constantFrom(...Object.keys(OPERATIONS)), { minLength: 1, maxLength: 6 }),
  })
  .map(({ names, operations }) => ({ names, calls: operations.map((operation) => access(operation)), knowledge }));

const NAMES = ["a", "b", "c", "d", "e", "f", "g"] as const;
const TIERS: readonly Tier[] = ["non-sensitive", "sensitive", "restricted"];

const invented: fc.Arbitrary<Scene> = fc
  .record({
    rows: fc.oneof(rowsWith(["unknown"]), rowsWith(TIERS)),
    names: fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 5 }),
    requirements: fc.array(
      fc.uniqueArray(fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 2 }), {
        minLength: 1,
        maxLength: 4,
        selector: (set) => set.join(),
      }),
      { minLength: 1, maxLength: 5 },
    ),
  })
  .map(({ rows, names, requirements }) => ({
    names,
    knowledge: vocabularyOf(coherent(rows)),
    calls: requirements.map((alternatives, at) =>
      access("files.list", {
        id: `call:${at}`,
        requirement: { provider: "google", byCredential: { any: alternatives } },
        requires: alternatives,
      }),
    ),
  }));

function vocabularyOf(rows: readonly PermissionRow[]): PermissionKnowledge {
  return {
    permission: (_, name) => rows.find((row) => row.name === name),
    [fc.toStringMethod]: () => JSON.stringify(rows),
  } as PermissionKnowledge;
}

/** Tiers all known or all unknown: left out where one is unknown, they make an order in which least is not transitive. */
function rowsWith(tiers: readonly Tier[]): fc.Arbitrary<PermissionRow[]> {
  return fc.tuple(...NAMES.map((name, at) => rowNamed(name, NAMES.slice(at + 1), tiers)));
}

/** Includes only later ones: a hierarchy, not a circle. What is granted for part of the resources includes nothing. */
function rowNamed(name: string, later: readonly string[], tiers: readonly Tier[]): fc.Arbitrary<PermissionRow> {
  return fc.record({
    name: fc.constant(name),
    short: fc.constant(name),
    source: fc.constant(0),
    tier: fc.constantFrom(...tiers),
    effect: fc.constantFrom<Effect>(...EFFECTS),
    breadth: fc.integer({ min: 1, max: 20 }),
    partial: fc.constant(name === "g"),
    implies: fc.subarray([...later], { maxLength: Math.min(2, later.length) }),
  });
}

/** Whoever includes another can do at least as much, for all that is known. */
function coherent(rows: readonly PermissionRow[]): PermissionRow[] {
  const done: PermissionRow[] = [];
  for (const row of rows.toReversed()) {
    const below = done.filter(({ name }) => row.implies?.includes(name));
    done.push({
      ...row,
      effect: [row, ...below].map(({ effect }) => effect).reduce((a, b) => (effectRank(b) > effectRank(a) ? b : a)),
      tier: [row, ...below].map(({ tier }) => tier).reduce((a, b) => (TIERS.indexOf(b) > TIERS.indexOf(a) ? b : a)),
      breadth: row.breadth + below.reduce((sum, { breadth }) => sum + breadth, 0),
    });
  }
  return done;
}

const scenes = fc.oneof(realistic, invented);

/** The same, where calls would rather have something else than some of what they accept. */
const reluctantScenes: fc.Arbitrary<Scene> = fc
  .record({ scene: invented, enoughIfGranted: fc.subarray([...NAMES], { minLength: 1, maxLength: 3 }) })
  .map(({ scene, enoughIfGranted }) => ({
    ...scene,
    calls: scene.calls.map((call) => ({
      ...call,
      requirement: { ...call.requirement, enoughIfGranted: { any: enoughIfGranted } },
    })),
  }));
const allScenes = fc.oneof(scenes, reluctantScenes);
const permissions = (names: readonly string[]) => names.map((name) => ({ provider: "google", name }));
const planList = ({ names, calls, knowledge: known }: Scene): ListPlan =>
  solve(list(names), calls, [], known).lists[0]!;
const isCovered = (names: readonly string[], call: Access, known: PermissionKnowledge) =>
  satisfies(permissions(names), call.requirement, null, known).verdict === "satisfied";

/** The list after one step of the plan; what a fix that may not be applied unasked would do is left. */
function apply(names: readonly string[], steps: readonly GrantPlan[], whole: ListPlan): string[] {
  if (whole.empties) return [...names];
  const gone = new Set<string>();
  const come = new Set<string>();
  for (const { verdict, permission, replacement, together, contested } of steps) {
    if (contested || !["unused", "redundant", "broad"].includes(verdict)) continue;
    for (const name of verdict === "broad" ? [permission.name, ...together] : [permission.name]) gone.add(name);
    for (const name of replacement) come.add(name);
  }
  return [...new Set([...names.filter((name) => !gone.has(name)), ...come])].sort();
}

describe("for any list and any calls", () => {
  test("the target covers every call that the list covers, and the list never ends in nothing", () => {
    fc.assert(
      fc.property(allScenes, (scene) => {
        const planned = planList(scene);
        const after = apply(scene.names, planned.grants, planned);
        for (const call of scene.calls)
          if (isCovered(scene.names, call, scene.knowledge))
            expect(isCovered(planned.target, call, scene.knowledge) && isCovered(after, call, scene.knowledge)).toBe(
              true,
            );
        expect(after.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  test("each single step keeps every covered call covered", () => {
    fc.assert(
      fc.property(allScenes, (scene) => {
        const planned = planList(scene);
        for (const step of planned.grants) {
          const after = apply(scene.names, [step], planned);
          for (const call of scene.calls)
            if (isCovered(scene.names, call, scene.knowledge))
              expect(isCovered(after, call, scene.knowledge)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("the target has no more power than what is granted", () => {
    fc.assert(
      fc.property(allScenes, (scene) => {
        const { target } = planList(scene);
        expect(isAtMost(comparePower(permissions(target), permissions(scene.names), scene.knowledge))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test("the order of grants and calls changes nothing", () => {
    fc.assert(
      fc.property(allScenes, fc.func(fc.integer()), (scene, rank) => {
        const grants = list(scene.names);
        const shuffled = <T>(items: readonly T[], key: (item: T) => string) =>
          [...items].sort((a, b) => rank(key(a)) - rank(key(b)));
        const straight = solve(grants, scene.calls, [], scene.knowledge);
        const mixed = solve(
          shuffled(grants, ({ id }) => id),
          shuffled(scene.calls, ({ id }) => id),
          [],
          scene.knowledge,
        );
        expect(mixed).toEqual(straight);
      }),
      { numRuns: 200 },
    );
  });

  test("after the plan is carried out there is nothing left to do", () => {
    fc.assert(
      fc.property(scenes, (scene) => {
        const planned = planList(scene);
        if (planned.empties || planned.grants.some(({ contested }) => contested)) return;
        const after = apply(scene.names, planned.grants, planned);
        const again = planList({ ...scene, names: after });
        expect(
          again.grants
            .map(({ permission, verdict }) => [permission.name, verdict])
            .filter(([, verdict]) => ["unused", "broad", "redundant"].includes(verdict!)),
        ).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test("all steps at once give what one after the other gives, in any order, where there is no choice on the way", () => {
    fc.assert(
      fc.property(scenes, fc.infiniteStream(fc.nat()), (scene, choices) => {
        const planned = planList(scene);
        if (planned.grants.some(({ contested }) => contested)) return;
        const atOnce = apply(scene.names, planned.grants, planned);
        let names: readonly string[] = [...scene.names].sort();
        for (let round = 0; round < 20; round++) {
          const current = planList({ ...scene, names });
          if (current.grants.some(({ contested }) => contested)) return;
          const steps = current.grants.filter(
            (step) => apply(names, [step], current).join() !== [...names].sort().join(),
          );
          if (steps.length === 0) break;
          names = apply(names, [steps[(choices.next().value as number) % steps.length]!], current);
        }
        expect([...names].sort()).toEqual(atOnce.sort());
      }),
      { numRuns: 500 },
    );
  });
});
