import fc from "fast-check";
import { expect, test } from "vitest";
import { Cancelled } from "../../server/src/model/result.ts";
import { Database } from "../../server/src/query/database.ts";
import { defineInput, defineQuery, type Query } from "../../server/src/query/define.ts";
import { BudgetExceeded, QueryCycle } from "../../server/src/query/errors.ts";

/*
 * Random graphs under random edits. Whatever was asked before, an edited database must answer what a fresh one does. The
 * edges are inputs that come and go, so absences, dynamic dependencies, growing and falling components all occur.
 */

const NODES = ["a", "b", "c", "d", "e", "f"];

interface Node {
  readonly value: number;
  readonly edges: readonly string[];
  /** Asked only for certain results so far: dependencies that depend on values. */
  readonly lateEdges: readonly string[];
}

const node = defineInput<string, Node>("node");

/** Sets of numbers: monotone, so the least fixpoint is unique. */
const sets: Query<string, readonly number[]> = defineQuery({
  name: "sets",
  compute(context, key) {
    const here = context.read(node, key);
    const all = new Set<number>(here ? [here.value] : []);
    for (const edge of here?.edges ?? []) for (const value of context.ask(sets, edge)) all.add(value);
    // An edge that only shows once a cycle has been iterated for a while.
    if (all.has(5))
      for (const edge of here?.lateEdges ?? []) for (const value of context.ask(sets, edge)) all.add(value);
    return [...all].sort((a, b) => a - b);
  },
  cycle: { initial: () => [], limit: 100, bound: () => [-1] },
});

/** Coarser than `sets`: many changes stop here. */
const isLarge: Query<string, boolean> = defineQuery({
  name: "isLarge",
  compute: (context, key) => context.ask(sets, key).length > 2,
});

/** No cycle provided for, errors handled by nobody: a cycle is an answer too. */
const sum: Query<string, number> = defineQuery({
  name: "sum",
  compute(context, key) {
    const here = context.read(node, key);
    if (!here) return 0;
    if (here.value === 7) throw new Error("seven");
    let total = here.value + (context.ask(isLarge, key) ? 10 : 0);
    for (const edge of here.edges) total += context.ask(sum, edge);
    if (total % 2 === 0) for (const edge of here.lateEdges) total += context.ask(sum, edge);
    return total;
  },
});

const guarded: Query<string, number | string> = defineQuery({
  name: "guarded",
  compute(context, key) {
    try {
      return context.ask(sum, key);
    } catch (error) {
      return error instanceof QueryCycle ? "cycle" : "failed";
    }
  },
});

const QUERIES = [sets, isLarge, guarded] as const;

const anyNode: fc.Arbitrary<Node> = fc.record({
  value: fc.integer({ min: 0, max: 7 }),
  edges: fc.subarray(NODES, { maxLength: 2 }),
  lateEdges: fc.subarray(NODES, { maxLength: 1 }),
});
const anyEdit = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("set" as const),
      key: fc.constantFrom(...NODES),
      value: anyNode,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("remove" as const), key: fc.constantFrom(...NODES) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("sweep" as const),
      revisions: fc.integer({ min: 0, max: 2 }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("ask" as const),
      key: fc.constantFrom(...NODES),
      query: fc.constantFrom(...QUERIES),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("interrupted" as const),
      key: fc.constantFrom(...NODES),
      query: fc.constantFrom(...QUERIES),
      budget: fc.nat(12),
    }),
  },
);

/** Cycles of queries without `cycle` name the path they were met on; that they occur is what must agree. */
function answer(db: Database, query: (typeof QUERIES)[number], key: string): unknown {
  return db.ask<string, unknown>(query, key);
}

function fresh(inputs: ReadonlyMap<string, Node>): Database {
  const db = new Database();
  for (const [key, value] of inputs) db.set(node, key, value);
  return db;
}

test("an edited database answers what a fresh one answers, in any order", () => {
  fc.assert(
    fc.property(
      fc.array(anyEdit, { maxLength: 30 }),
      fc.shuffledSubarray(NODES, { minLength: NODES.length }),
      (edits, order) => {
        const db = new Database();
        const inputs = new Map<string, Node>();
        for (const edit of edits) {
          if (edit.kind === "set") {
            db.set(node, edit.key, edit.value);
            inputs.set(edit.key, edit.value);
          } else if (edit.kind === "remove") {
            db.remove(node, edit.key);
            inputs.delete(edit.key);
          } else if (edit.kind === "sweep") {
            db.sweep(edit.revisions);
          } else if (edit.kind === "ask") {
            expect(answer(db, edit.query, edit.key)).toEqual(answer(fresh(inputs), edit.query, edit.key));
          } else {
            try {
              db.ask<string, unknown>(edit.query, edit.key, { budget: edit.budget });
            } catch (error) {
              expect(error).toBeInstanceOf(BudgetExceeded);
            }
          }
        }
        for (const key of order)
          for (const query of QUERIES) expect(answer(db, query, key)).toEqual(answer(fresh(inputs), query, key));
      },
    ),
    { numRuns: 1500, seed: 1 },
  );
});

test("a run cancelled at any point leaves the memory consistent", () => {
  fc.assert(
    fc.property(
      fc.array(anyNode, { minLength: 6, maxLength: 6 }),
      fc.array(anyNode, { minLength: 6, maxLength: 6 }),
      fc.nat(40),
      (first, second, polls) => {
        const inputs = new Map(second.map((value, i) => [NODES[i]!, value]));
        const db = fresh(new Map(first.map((value, i) => [NODES[i]!, value])));
        for (const key of NODES) db.ask(guarded, key);
        for (const [key, value] of inputs) db.set(node, key, value);
        let left = polls;
        const token = {
          get isCancelled() {
            return left-- <= 0;
          },
        };
        try {
          for (const key of NODES) db.ask(guarded, key, { token });
        } catch (error) {
          expect(error).toBeInstanceOf(Cancelled);
        }
        for (const key of NODES) expect(db.ask(guarded, key)).toEqual(fresh(inputs).ask(guarded, key));
      },
    ),
    { numRuns: 500, seed: 2 },
  );
});

test("an edit computes at most what it can reach", () => {
  fc.assert(
    fc.property(
      fc.array(anyNode, { minLength: 6, maxLength: 6 }),
      fc.constantFrom(...NODES),
      anyNode,
      (nodes, key, value) => {
        const before = new Map(nodes.map((each, i) => [NODES[i]!, each]));
        const db = fresh(before);
        for (const each of NODES) db.ask(sets, each);

        const affected = new Set([key]);
        for (let size = 0; size !== affected.size;) {
          size = affected.size;
          for (const [from, { edges, lateEdges }] of before)
            if ([...edges, ...lateEdges].some((to) => affected.has(to))) affected.add(from);
        }
        const untouched = NODES.filter((each) => !affected.has(each));
        db.set(node, key, value);
        const count = db.statistics().get("sets")!.computed;
        for (const each of untouched) db.ask(sets, each);
        expect(db.statistics().get("sets")!.computed).toBe(count);
      },
    ),
    { numRuns: 300, seed: 3 },
  );
});
