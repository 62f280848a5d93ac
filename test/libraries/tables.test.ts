import { describe, expect, it } from "vitest";
import type { StoreModel, Way } from "../../server/src/libraries/model.ts";
import { FAMILIES, LIBRARIES } from "../../server/src/libraries/tables/index.ts";
import { isTerm } from "../../server/src/libraries/terms.ts";
import { isPattern } from "../../server/src/libraries/way.ts";

/** Ways to functions; patterns read as ways with something in place of the `*`. */
function ways(): Way[] {
  return LIBRARIES.flatMap(({ clients = [], harmless = [], wrappers = [], stores = [] }) => [
    ...clients.flatMap(({ way, is }) => [way, is]),
    ...harmless,
    ...[...wrappers, ...stores].map(({ call }) => call),
  ]);
}

describe("the tables of libraries", () => {
  it("name each package once, in order", () => {
    for (const { libraries } of FAMILIES) {
      const names = libraries.map((library) => library.package);
      expect(names).toEqual([...names].sort());
    }
    expect(new Set(LIBRARIES.map((library) => library.package)).size).toBe(LIBRARIES.length);
  });

  it("say where each row was read", () => {
    for (const { version, source, date } of LIBRARIES) {
      expect(version).toMatch(/^\d+\.\d+/);
      expect(source).not.toBe("");
      expect(date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    }
  });

  it("are written in ways and terms that can be read", () => {
    expect(ways().filter((way) => !isPattern(way))).toEqual([]);
    const terms = LIBRARIES.flatMap(({ wrappers = [], stores = [] }) =>
      [...wrappers, ...stores].flatMap((model: StoreModel) => [
        ...(model.with ?? []),
        ...[model.calls, model.returns, model.keeps].filter((term) => term !== undefined),
      ]),
    );
    expect(terms.filter((term) => term !== "credential" && !isTerm(term))).toEqual([]);
  });

  it("say one thing of a function", () => {
    const calls = LIBRARIES.flatMap(({ wrappers = [], stores = [] }) =>
      [...wrappers, ...stores].map(({ call }) => call),
    );
    expect(calls.filter((call, i) => calls.indexOf(call) !== i)).toEqual([]);
  });

  it("say of every function with a table that it does something", () => {
    const idle = LIBRARIES.flatMap(({ wrappers = [] }) =>
      wrappers.filter(
        ({ calls, returns, fills }) => calls === undefined && returns === undefined && fills === undefined,
      ),
    );
    expect(idle).toEqual([]);
  });
});
