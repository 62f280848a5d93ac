import { describe, expect, test } from "vitest";
import { Database } from "../../server/src/query/database.ts";
import { defineInput, defineQuery, type Query } from "../../server/src/query/define.ts";
import { QueryCycle } from "../../server/src/query/errors.ts";

/** A graph: what each node has, and which nodes it points to. */
const own = defineInput<string, readonly string[]>("own");
const next = defineInput<string, readonly string[]>("next");

type Names = readonly string[];

function union(...sets: readonly Names[]): Names {
  return [...new Set(sets.flat())].sort();
}

/** Everything reachable: the classic question whose answer is a least fixpoint. */
const reach: Query<string, Names> = defineQuery({
  name: "reach",
  compute: (context, key) =>
    union(context.read(own, key) ?? [], ...(context.read(next, key) ?? []).map((node) => context.ask(reach, node))),
  cycle: { initial: () => [], limit: 50, bound: () => ["?"] },
});

function graph(edges: Record<string, string>): Database {
  const db = new Database();
  for (const [node, targets] of Object.entries(edges)) {
    db.set(own, node, [node.toUpperCase()]);
    db.set(next, node, targets.split(""));
  }
  return db;
}

function permutations(items: readonly string[]): string[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item) => permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]));
}

function everyOrder(edges: Record<string, string>, answers: Record<string, string>): void {
  for (const order of permutations(Object.keys(edges))) {
    const db = graph(edges);
    for (const node of order)
      expect([order.join(""), node, db.ask(reach, node).join("")]).toEqual([order.join(""), node, answers[node]]);
  }
}

describe("fixpoint", () => {
  test("a query that asks itself", () => {
    everyOrder({ a: "a" }, { a: "A" });
  });

  test("a ring, whichever member is asked first", () => {
    everyOrder({ a: "b", b: "c", c: "d", d: "a" }, { a: "ABCD", b: "ABCD", c: "ABCD", d: "ABCD" });
  });

  test("two rings that share a member, one behind them and one before", () => {
    everyOrder({ a: "b", b: "acd", c: "b", d: "", e: "a" }, { a: "ABCD", b: "ABCD", c: "ABCD", d: "D", e: "ABCDE" });
  });

  test("a ring within a ring, met from the inside", () => {
    everyOrder({ a: "b", b: "c", c: "bd", d: "a" }, { a: "ABCD", b: "ABCD", c: "ABCD", d: "ABCD" });
  });

  test("a cross edge into a component that is still open", () => {
    everyOrder({ a: "bd", b: "c", c: "ba", d: "c" }, { a: "ABCD", b: "ABCD", c: "ABCD", d: "ABCD" });
  });

  test("a large ring comes to rest in a few rounds", () => {
    const db = new Database();
    for (let i = 0; i < 300; i++) {
      db.set(own, `n${i}`, [`n${i}`]);
      db.set(next, `n${i}`, [`n${(i * 7 + 7) % 300 === i ? 0 : (i + 1) % 300}`]);
    }
    expect(db.ask(reach, "n150")).toHaveLength(300);
    expect(db.statistics().get("reach")!.computed).toBeLessThan(300 * 5);
  });

  test("a member that shows only during the iteration is iterated with the rest", () => {
    const late: Query<string, Names> = defineQuery({
      name: "late",
      compute(context, key) {
        const ask = (node: string) => context.ask(late, node);
        if (key === "a") return [...ask("b"), ...ask("c").filter(() => false), "5"].slice(0, 1);
        if (key === "b") return ask("a").length > 0 ? ask("n") : [];
        if (key === "c") return union(ask("d"), ["C"]);
        if (key === "d") return ask("a").length > 0 ? union(ask("e"), ["D"]) : [];
        if (key === "e") return ask("a").length > 0 && ask("c").includes("D") ? ["E"] : [];
        return ask("c"); // "n", which b asks only once it has seen something of a
      },
      cycle: { initial: () => [], limit: 50, bound: () => ["?"] },
    });
    for (const order of permutations(["a", "b", "c", "n"])) {
      const db = new Database();
      const answers = Object.fromEntries(order.map((node) => [node, db.ask(late, node).join("")]));
      expect(answers).toEqual({ a: "C", b: "CDE", c: "CDE", n: "CDE" });
    }
  });

  test("a provisional value is not remembered, and a settled one is", () => {
    const db = graph({ a: "b", b: "a" });
    db.ask(reach, "a");
    const { computed } = db.statistics().get("reach")!;
    db.ask(reach, "b");
    db.ask(reach, "a");
    expect(db.statistics().get("reach")!.computed).toBe(computed);
  });

  test("after a change what fell away is gone: members do not hold one another up", () => {
    const db = graph({ a: "b", b: "ac", c: "" });
    expect(db.ask(reach, "a")).toEqual(["A", "B", "C"]);
    db.set(next, "b", ["a"]);
    expect(db.ask(reach, "a")).toEqual(["A", "B"]);
    expect(db.ask(reach, "b")).toEqual(["A", "B"]);
  });

  test("a change that leaves a component equal stops there, with the same objects", () => {
    const size: Query<string, number> = defineQuery({
      name: "size",
      compute: (context, key) => context.ask(reach, key).length,
    });
    const db = graph({ a: "b", b: "ac", c: "a" });
    db.ask(size, "a");
    const before = db.ask(reach, "b");
    db.set(next, "c", ["b"]);
    db.ask(size, "a");
    expect(db.ask(reach, "b")).toBe(before);
    expect(db.statistics().get("size")!.computed).toBe(1);
  });

  test("a long chain that an edit closes to a ring takes few computations", () => {
    const db = new Database();
    for (let i = 0; i < 40; i++) {
      db.set(own, `n${i}`, [`n${i}`]);
      db.set(next, `n${i}`, i < 39 ? [`n${i + 1}`] : []);
    }
    db.ask(reach, "n0");
    db.set(next, "n39", ["n0"]);
    expect(db.ask(reach, "n0", { budget: 400 })).toHaveLength(40);
  });

  test("two queries in turn form one component", () => {
    const odd: Query<string, Names> = defineQuery({
      name: "odd",
      compute: (context, key) => union([`odd ${key}`], context.ask(even, key)),
      cycle: { initial: () => [], limit: 10, bound: () => ["?"] },
    });
    const even: Query<string, Names> = defineQuery({
      name: "even",
      compute: (context, key) => union([`even ${key}`], context.ask(odd, key)),
      cycle: { initial: () => [], limit: 10, bound: () => ["?"] },
    });
    expect(new Database().ask(odd, "x")).toEqual(["even x", "odd x"]);
    expect(new Database().ask(even, "x")).toEqual(["even x", "odd x"]);
  });

  test("join merges rounds that would otherwise swing for ever", () => {
    const swing = (join?: (old: Names, next: Names) => Names) =>
      defineQuery<string, Names>({
        name: "swing",
        compute(context, key): Names {
          const self = defined.get("swing")!;
          return context.ask(self, key).includes("x") ? ["y"] : ["x"];
        },
        cycle: { initial: () => [], join, limit: 20, bound: () => ["?"] },
      });
    const defined = new Map<string, ReturnType<typeof swing>>();
    defined.set("swing", swing());
    expect(new Database().ask(defined.get("swing")!, "a")).toEqual(["?"]);
    defined.set("swing", swing(union));
    expect(new Database().ask(defined.get("swing")!, "a")).toEqual(["x", "y"]);
  });
});

describe("limit", () => {
  /** Grows for ever around a ring. */
  const growing: Query<string, number> = defineQuery({
    name: "growing",
    compute: (context, key) =>
      Math.max(0, ...(context.read(next, key) ?? []).map((node) => context.ask(growing, node))) + 1,
    cycle: { initial: () => 0, limit: 9, bound: () => Infinity },
  });

  test("all members of a component that does not come to rest get the bound, in any order", () => {
    const edges = { a: "b", b: "c", c: "ad", d: "", e: "a" };
    for (const order of permutations(Object.keys(edges))) {
      const db = graph(edges);
      const answers = new Map(order.map((node) => [node, db.ask(growing, node)]));
      expect([...answers].sort(([a], [b]) => (a < b ? -1 : 1))).toEqual([
        ["a", Infinity],
        ["b", Infinity],
        ["c", Infinity],
        ["d", 1],
        ["e", Infinity],
      ]);
    }
  });

  test("the bound goes once the ring is broken", () => {
    const db = graph({ a: "b", b: "a" });
    expect(db.ask(growing, "a")).toBe(Infinity);
    db.set(next, "b", []);
    expect(db.ask(growing, "a")).toBe(2);
    db.set(next, "b", ["a"]);
    expect(db.ask(growing, "b")).toBe(Infinity);
  });
});

describe("a cycle nobody provided for", () => {
  const plain: Query<string, string> = defineQuery({
    name: "plain",
    compute: (context, key) => (context.read(next, key) ?? []).map((node) => context.ask(plain, node)).join("") + key,
  });
  const tolerant: Query<string, string> = defineQuery({
    name: "tolerant",
    compute(context, key) {
      try {
        return context.ask(plain, key);
      } catch (error) {
        return error instanceof QueryCycle ? "cycle" : "other";
      }
    },
  });

  test("names the path", () => {
    const db = graph({ a: "b", b: "c", c: "a" });
    expect(() => db.ask(plain, "a")).toThrow("query depends on itself: plain(a) → plain(b) → plain(c) → plain(a)");
  });

  test("leaves everything else intact, and goes with the edit that opens it", () => {
    const db = graph({ a: "b", b: "ac", c: "" });
    expect(() => db.ask(plain, "a")).toThrow(QueryCycle);
    expect(db.ask(plain, "c")).toBe("c");
    expect(db.ask(tolerant, "a")).toBe("cycle");
    db.set(next, "b", ["c"]);
    expect(db.ask(tolerant, "a")).toBe("cba");
    db.set(next, "c", ["a"]);
    expect(db.ask(tolerant, "b")).toBe("cycle");
  });

  test("fails all its members, even if one of them catches it: which one is asked first makes no difference", () => {
    const catching: Query<string, string> = defineQuery({
      name: "catching",
      compute(context, key) {
        try {
          return context.ask(throwing, key);
        } catch {
          return "caught";
        }
      },
    });
    const throwing: Query<string, string> = defineQuery({
      name: "throwing",
      compute: (context, key) => context.ask(catching, key),
    });
    expect(() => new Database().ask(catching, "a")).toThrow(QueryCycle);
    expect(() => new Database().ask(throwing, "a")).toThrow(QueryCycle);
  });

  test("a cycle that only an outdated component would close is none", () => {
    const source = defineInput<string, string>("source");
    const ring: Query<string, string> = defineQuery({
      name: "ring",
      compute: (context, key) =>
        (context.read(source, key) ?? "")
          .split("")
          .map((node) => (node === node.toUpperCase() ? context.ask(leaf, node) : context.ask(ring, node)))
          .join("") + key,
      cycle: { initial: () => "", join: (_, value) => value.slice(0, 3), limit: 9, bound: () => "?" },
    });
    const leaf: Query<string, string> = defineQuery({
      name: "leaf",
      compute: (context, key) =>
        (context.read(source, key) ?? "").replace(/./g, (node) => context.ask(ring, node)) + key,
    });
    const db = new Database();
    db.set(source, "a", "bL");
    db.set(source, "b", "a");
    db.ask(ring, "b");
    // Now L needs b, and b no longer needs a: but b was last seen in one component with a, which asked L.
    db.set(source, "b", "");
    db.set(source, "L", "b");
    expect(db.ask(ring, "b")).toBe("b");
    expect(db.ask(ring, "a")).toBe("bbLa");
  });

  test("one member without a definition is enough", () => {
    const through: Query<string, Names> = defineQuery({
      name: "through",
      compute: (context, key) => context.ask(around, key),
    });
    const around: Query<string, Names> = defineQuery({
      name: "around",
      compute: (context, key) => context.ask(through, key),
      cycle: { initial: () => [], limit: 5, bound: () => [] },
    });
    expect(() => new Database().ask(through, "a")).toThrow(QueryCycle);
    expect(() => new Database().ask(around, "a")).toThrow(QueryCycle);
  });
});
