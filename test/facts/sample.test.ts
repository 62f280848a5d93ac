import { expect, test } from "vitest";
import { readSamples } from "../../scripts/facts/sample/sample.ts";

test.each(readSamples())("$service: 60 operations, each once, with an expectation and where it stands", (sample) => {
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
