import { describe, expect, test } from "vitest";
import { judge } from "../../scripts/facts/sample/judge.ts";
import { count, measure } from "../../scripts/facts/sample/measure.ts";
import { stratify } from "../../scripts/facts/sample/names.ts";
import { drawOrder, namesHash, SEED } from "../../scripts/facts/sample/order.ts";
import { readSamples, type SampleRow } from "../../scripts/facts/sample/sample.ts";
import { AUTH, facts } from "./google-facts.ts";

const samples = readSamples();

test.each(samples)("$service: 60 operations, each once, with an expectation and where it stands", (sample) => {
  const drawn = sample.rows.map(({ operation }) => operation);
  expect(new Set(drawn).size).toBe(60);
  expect(sample.rows).toHaveLength(60);
  for (const { operation, reason } of sample.skipped) expect([operation, reason]).not.toContain("");
  for (const row of sample.rows) {
    expect(Object.keys(row.expected), row.operation).not.toEqual([]);
    expect(row.citations, row.operation).not.toEqual([]);
    for (const { source, place, sentence } of row.citations) {
      expect(Object.keys(sample.sources), row.operation).toContain(source);
      for (const text of [place, sentence]) expect(text, row.operation).not.toBe("");
    }
  }
});

test("Google's sample is what the seed draws, but for what was skipped", () => {
  const { drawn, rows, skipped } = samples.find(({ service }) => service === "google")!;
  const strata = stratify("google");
  expect({ seed: SEED, ...namesHash(strata) }).toEqual({ seed: drawn.seed, names: drawn.names, sha256: drawn.sha256 });
  const left = new Set(skipped.map(({ operation }) => operation));
  const taken = drawOrder(strata).flatMap(({ take, order }) => order.filter((name) => !left.has(name)).slice(0, take));
  expect(rows.map(({ operation }) => operation)).toEqual(taken);
});

/** Of all that were drawn, whether there are facts of the service yet or not. `npm run facts:score` lists them. */
test("the facts are wrong about at most 1 % of the sample, and know nothing of at most 8 %", () => {
  const measured = measure(facts);
  const drawn = samples.reduce((sum, { rows }) => sum + rows.length, 0);
  expect(count(measured, "wrong")).toBeLessThanOrEqual(0.01 * drawn);
  expect(count(measured, "unknown")).toBeLessThanOrEqual(0.08 * drawn);
  expect(count(measured, "right")).toBeGreaterThan(0);
});

describe("how an operation is judged", () => {
  const judged = (method: string, expected: SampleRow["expected"], more?: Partial<SampleRow>) => {
    const [id, operation] = method.split(" ") as [string, string];
    const row = facts.operation(id, operation);
    const found = row && { pack: facts.pack(id)!, row };
    return judge(facts, { operation, expected, citations: [], ...more }, found);
  };
  const scopes = (...names: string[]) => names.map((name) => [AUTH + name]);
  const LABELS = "google/gmail.v1 users.labels.delete";

  test("right: the least is named first", () => {
    expect(judged(LABELS, { any: scopes("gmail.labels") }).verdict).toBe("right");
  });

  test("wrong: another one is named first, though this one is enough", () => {
    const { verdict, reasons } = judged(LABELS, { any: scopes("gmail.modify") });
    expect(verdict).toBe("wrong");
    expect(reasons[0]).toContain(`any: expected ${AUTH}gmail.modify, the facts say ${AUTH}gmail.labels or`);
  });

  test("wrong: one of several that are each the least is not enough", () => {
    expect(judged(LABELS, { any: scopes("gmail.labels", "gmail.send") }).verdict).toBe("wrong");
  });

  test("wrong: nothing is needed, or none will do", () => {
    expect(judged(LABELS, { any: [[]] }).verdict).toBe("wrong");
    expect(judged(LABELS, { any: null }).verdict).toBe("wrong");
  });

  test("unknown: no row", () => {
    expect(judged("google/gmail.v1 users.labels.paint", { any: scopes("gmail.labels") }).verdict).toBe("unknown");
  });

  test("what is needed in some cases may be asked for, what is not may not", () => {
    const expected = { any: [[]] };
    expect(judged(LABELS, expected, { inSomeCases: [`${AUTH}gmail.labels`] })).toMatchObject({
      verdict: "right",
      named: 1,
    });
    expect(judged(LABELS, expected, { inSomeCases: [`${AUTH}gmail.send`] })).toMatchObject({
      verdict: "wrong",
      named: 0,
    });
  });

  test("a disputed least need not be named first, but must be enough", () => {
    const disputed = ["any"];
    expect(judged(LABELS, { any: scopes("gmail.modify") }, { disputed }).verdict).toBe("right");
    expect(judged(LABELS, { any: scopes("gmail.readonly") }, { disputed }).verdict).toBe("wrong");
  });
});
