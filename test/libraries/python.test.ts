import { expect, test } from "vitest";
import { recorded, type Quote } from "../../scripts/facts/recorded.ts";
import { LIBRARIES } from "../../server/src/libraries/tables/index.ts";

/* What is believed of Python's library is quoted from its documentation, function by function. */

const { rows } = recorded<Quote>("python/harmless.json");

test("every harmless function of Python's library is quoted, and no other", () => {
  const believed = LIBRARIES.flatMap(({ harmless = [] }) => harmless).filter((way) => way.startsWith("python:"));
  const named = believed.map((way) =>
    way
      .slice("python:".length)
      .replace("#", ".")
      .replace(/(\w)\.\*$/, "$1"),
  );
  // A whole module is quoted as such.
  expect(named.map((name) => (name === "pprint" ? "pprint.*" : name)).sort()).toEqual(Object.keys(rows).sort());
});
