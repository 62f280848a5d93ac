import { describe, expect, test } from "vitest";
import { Cancelled } from "../../server/src/model/result.ts";
import { Database } from "../../server/src/query/database.ts";
import { defineInput, defineQuery, type Query } from "../../server/src/query/define.ts";
import { BudgetExceeded } from "../../server/src/query/errors.ts";

const text = defineInput<string, string>("text");

/** Words of a text, and their number: a short chain with a place where a change can stop. */
const words: Query<string, readonly string[]> = defineQuery({
  name: "words",
  compute: (context, key) => (context.read(text, key) ?? "").split(" ").filter((word) => word !== ""),
});
const count: Query<string, number> = defineQuery({
  name: "count",
  compute: (context, key) => context.ask(words, key).length,
});
const label: Query<string, string> = defineQuery({
  name: "label",
  compute: (context, key) => `${context.ask(count, key)} words`,
});

function computed(db: Database, name: string): number {
  return db.statistics().get(name)?.computed ?? 0;
}

describe("memory", () => {
  test("an answer is computed once", () => {
    const db = new Database();
    db.set(text, "a", "one two");
    expect(db.ask(label, "a")).toBe("2 words");
    expect(db.ask(label, "a")).toBe("2 words");
    expect(computed(db, "label")).toBe(1);
    expect(db.statistics().get("label")!.reused).toBe(1);
  });

  test("setting what is already there changes nothing", () => {
    const db = new Database();
    db.set(text, "a", "one");
    db.ask(label, "a");
    const before = db.revision;
    db.set(text, "a", "one");
    expect(db.revision).toBe(before);
  });

  test("changes between two questions make one revision", () => {
    const db = new Database();
    db.ask(label, "a");
    const before = db.revision;
    db.set(text, "a", "one");
    db.set(text, "b", "two");
    db.remove(text, "b");
    expect(db.revision).toBe(before + 1);
  });

  test("a change elsewhere computes nothing anew", () => {
    const db = new Database();
    db.set(text, "a", "one");
    db.ask(label, "a");
    db.set(text, "b", "other");
    db.ask(label, "a");
    expect(["words", "count", "label"].map((name) => computed(db, name))).toEqual([1, 1, 1]);
  });

  test("an equal value stops the change, and stays the same object", () => {
    const db = new Database();
    db.set(text, "a", "one two");
    db.ask(label, "a");
    const before = db.ask(words, "a");

    db.set(text, "a", "one  two");
    expect(db.ask(label, "a")).toBe("2 words");
    expect(["words", "count", "label"].map((name) => computed(db, name))).toEqual([2, 1, 1]);
    expect(db.ask(words, "a")).toBe(before);

    db.set(text, "a", "one three");
    db.ask(label, "a");
    expect(["words", "count", "label"].map((name) => computed(db, name))).toEqual([3, 2, 1]);
  });

  test("an absence is a dependency, and so is a removal", () => {
    const db = new Database();
    expect(db.ask(count, "a")).toBe(0);
    db.set(text, "a", "one");
    expect(db.ask(count, "a")).toBe(1);
    db.remove(text, "a");
    expect(db.ask(count, "a")).toBe(0);
  });

  test("keys from user text are only keys", () => {
    const db = new Database();
    db.set(text, "__proto__", "one");
    expect(db.ask(count, "__proto__")).toBe(1);
    expect(db.ask(count, "constructor")).toBe(0);
  });

  test("only what the computation would look at is verified: an old branch is left alone", () => {
    const choice = defineInput<string, boolean>("choice");
    const costly: Query<string, number> = defineQuery({
      name: "costly",
      compute: (context, key) => context.ask(count, key),
    });
    const either: Query<string, number> = defineQuery({
      name: "either",
      compute: (context, key) => (context.read(choice, key) ? context.ask(costly, key) : -1),
    });
    const db = new Database();
    db.set(choice, "a", true);
    db.ask(either, "a");
    db.set(choice, "a", false);
    db.set(text, "a", "changed as well");
    expect(db.ask(either, "a")).toBe(-1);
    expect(computed(db, "costly")).toBe(1);
  });

  test("a thousand queries deep", () => {
    const deep: Query<string, number> = defineQuery({
      name: "deep",
      compute: (context, key) =>
        key === "0" ? context.ask(count, "a") : context.ask(deep, String(Number(key) - 1)) + 1,
    });
    const db = new Database();
    expect(db.ask(deep, "1000")).toBe(1000);
    db.set(text, "a", "one");
    expect(db.ask(deep, "1000")).toBe(1001);
  });
});

describe("ends before the answer", () => {
  const failing = defineInput<string, boolean>("failing");
  const fragile: Query<string, number> = defineQuery({
    name: "fragile",
    compute(context, key) {
      const length = context.ask(count, key);
      if (context.read(failing, "all")) throw new Error("broken");
      return length;
    },
  });
  const careful: Query<string, string> = defineQuery({
    name: "careful",
    compute(context, key) {
      try {
        return String(context.ask(fragile, key));
      } catch (error) {
        return (error as Error).message;
      }
    },
  });

  test("an exception reaches whoever asked and is not remembered", () => {
    const db = new Database();
    db.set(failing, "all", true);
    expect(() => db.ask(fragile, "a")).toThrow("broken");
    expect(() => db.ask(fragile, "a")).toThrow("broken");
    expect(computed(db, "fragile")).toBe(2);
    expect(computed(db, "count")).toBe(1);
    db.remove(failing, "all");
    expect(db.ask(fragile, "a")).toBe(0);
  });

  test("a computation may handle the exception of another, and is computed again when that one recovers", () => {
    const db = new Database();
    expect(db.ask(careful, "a")).toBe("0");
    db.set(failing, "all", true);
    expect(db.ask(careful, "a")).toBe("broken");
    db.remove(failing, "all");
    expect(db.ask(careful, "a")).toBe("0");
  });

  test("a cancelled run stops at the next query, even if a computation catches the end of it", () => {
    const db = new Database();
    const token = { isCancelled: false };
    const stubborn: Query<string, string> = defineQuery({
      name: "stubborn",
      compute(context) {
        token.isCancelled = true;
        try {
          return String(context.ask(count, "a"));
        } catch {
          return "went on regardless";
        }
      },
    });
    expect(() => db.ask(stubborn, "a", { token })).toThrow(Cancelled);
    expect(computed(db, "count")).toBe(0);
    expect(db.ask(stubborn, "a")).toBe("0");
  });

  test("an exhausted budget ends the run; what was done is kept, and the next run goes on from there", () => {
    const db = new Database();
    expect(() => db.ask(label, "a", { budget: 2 })).toThrow(BudgetExceeded);
    expect(db.ask(label, "a", { budget: 3 })).toBe("0 words");
    db.set(text, "a", "one");
    expect(() => db.ask(label, "a", { budget: 2 })).toThrow(BudgetExceeded);
    expect(db.ask(label, "a", { budget: 1 })).toBe("1 words");
  });

  test("the context is of no use outside its computation, and the database of none inside", () => {
    const db = new Database();
    const leaked: (() => unknown)[] = [];
    const leaking: Query<string, number> = defineQuery({
      name: "leaking",
      compute: (context) => leaked.push(() => context.ask(count, "a")),
    });
    db.ask(leaking, "a");
    expect(leaked[0]).toThrow("outside its computation");

    const meddling: Query<string, number> = defineQuery({
      name: "meddling",
      compute: () => db.ask(count, "a"),
    });
    expect(() => db.ask(meddling, "a")).toThrow("ask the context");
    const writing: Query<string, void> = defineQuery({
      name: "writing",
      compute: () => db.set(text, "a", "x"),
    });
    expect(() => db.ask(writing, "a")).toThrow("changed during a computation");
  });
});

describe("sweep", () => {
  test("drops what no recent question needed, and keeps the rest", () => {
    const db = new Database();
    db.set(text, "a", "one");
    db.ask(label, "a");
    db.ask(label, "b");
    for (const value of ["x", "y y", "z"]) {
      db.set(text, "a", value);
      db.ask(label, "a");
    }
    db.sweep(2);
    const before = computed(db, "label");
    db.ask(label, "a");
    expect(computed(db, "label")).toBe(before);
    db.ask(label, "b");
    expect(computed(db, "label")).toBe(before + 1);
  });

  test("a kept answer still notices a change behind a forgotten one", () => {
    const db = new Database();
    db.ask(label, "a");
    db.set(text, "b", "x");
    db.sweep(0);
    db.set(text, "a", "one");
    expect(db.ask(label, "a")).toBe("1 words");
  });
});
