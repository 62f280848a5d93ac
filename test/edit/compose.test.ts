import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyEdits } from "../../server/src/edit/apply.ts";
import { composeFixes, contentHash } from "../../server/src/edit/compose.ts";
import { addToList, removeFromList, replaceInList } from "../../server/src/edit/list.ts";
import type { Edit, Fix, ListChange } from "../../server/src/model/finding.ts";
import { listIn } from "./lists.ts";

function fixOf(title: string, edits: readonly Edit[], listChanges?: readonly ListChange[]): Fix {
  return { title, kind: "narrows", safe: true, edits, listChanges };
}

function edit(file: string, start: number, end: number, newText: string): Edit {
  return { file, span: { start, end }, newText };
}

const SCOPES = "const scopes = ['a', 'b', 'c'];\n";

function removal(index: number, text = SCOPES, file = "scopes.ts"): Fix {
  const list = listIn(text, "array", file);
  return fixOf(`remove ${index}`, removeFromList(list, text, [index]), [{ kind: "remove", list, index }]);
}

function replacement(index: number, newText: string): Fix {
  const list = listIn(SCOPES, "array", "scopes.ts");
  return fixOf(`replace ${index}`, replaceInList(list, SCOPES, index, newText), [
    { kind: "replace", list, index, newText },
  ]);
}

function addition(newText: string): Fix {
  const list = listIn(SCOPES, "array", "scopes.ts");
  return fixOf(`add ${newText}`, addToList(list, SCOPES, newText), [{ kind: "add", list, newText }]);
}

const FILES: Readonly<Record<string, string>> = { "a.ts": "0123456789", "b.ts": "abcdefghij", "scopes.ts": SCOPES };

function compose(fixes: readonly Fix[], expectedHash?: ReadonlyMap<string, string>) {
  const { applied, skipped, texts } = composeFixes(fixes, (file) => FILES[file], { expectedHash });
  return {
    applied: applied.map((fix) => fix.title),
    skipped: skipped.map(({ fix, reason }) => `${fix.title}: ${reason}`),
    texts: Object.fromEntries(texts),
  };
}

describe("edits of one text", () => {
  test("in any order; an insertion comes before what starts at its place", () => {
    const edits = [edit("a.ts", 5, 6, "F"), edit("a.ts", 1, 3, ""), edit("a.ts", 5, 5, "<")];
    expect(applyEdits(FILES["a.ts"]!, edits)).toBe("034<F6789");
  });
  test("that overlap are a mistake of the caller", () => {
    expect(() => applyEdits("0123", [edit("a.ts", 0, 2, ""), edit("a.ts", 1, 3, "")])).toThrow("overlaps");
    expect(() => applyEdits("0123", [edit("a.ts", 3, 5, "")])).toThrow("outside the text");
  });
});

describe("fixes together", () => {
  test("several files, several fixes", () => {
    expect(
      compose([
        fixOf("both", [edit("b.ts", 0, 1, "A"), edit("a.ts", 0, 1, "")]),
        fixOf("one", [edit("a.ts", 9, 10, "!")]),
      ]),
    ).toEqual({
      applied: ["both", "one"],
      skipped: [],
      texts: { "a.ts": "12345678!", "b.ts": "Abcdefghij" },
    });
  });

  test("of two that overlap the first by place is applied, the other not at all", () => {
    const fixes = [
      fixOf("later", [edit("a.ts", 3, 6, "x"), edit("b.ts", 0, 1, "X")]),
      fixOf("earlier", [edit("a.ts", 2, 4, "y")]),
    ];
    const expected = {
      applied: ["earlier"],
      skipped: ["later: it overlaps another fix in a.ts"],
      texts: { "a.ts": "01y456789" },
    };
    expect(compose(fixes)).toEqual(expected);
    expect(compose(fixes.toReversed())).toEqual(expected);
  });

  test("the same edit of two fixes is made once; two insertions at one place are not ordered, so only one is made", () => {
    expect(compose([fixOf("one", [edit("a.ts", 2, 2, "+")]), fixOf("two", [edit("a.ts", 2, 2, "+")])]).texts).toEqual({
      "a.ts": "01+23456789",
    });
    expect(compose([fixOf("one", [edit("a.ts", 2, 2, "+")]), fixOf("two", [edit("a.ts", 2, 2, "-")])]).skipped).toEqual(
      ["two: it overlaps another fix in a.ts"],
    );
  });

  test("a file that is another by now, or gone", () => {
    const fixes = [
      fixOf("one", [edit("a.ts", 0, 1, "")]),
      fixOf("two", [edit("b.ts", 0, 1, "")]),
      fixOf("three", [edit("gone.ts", 0, 0, "x")]),
    ];
    const hashes = new Map([
      ["a.ts", contentHash("what it was")],
      ["b.ts", contentHash(FILES["b.ts"]!)],
    ]);
    expect(compose(fixes, hashes)).toEqual({
      applied: ["two"],
      skipped: ["one: a.ts has changed since the fix was computed", "three: gone.ts cannot be read"],
      texts: { "b.ts": "bcdefghij" },
    });
  });
});

describe("fixes of one list", () => {
  test("neighbours go together, although each fix alone takes the comma between them", () => {
    expect(compose([removal(1), removal(2)]).texts["scopes.ts"]).toBe("const scopes = ['a'];\n");
    expect(compose([removal(2), removal(0), removal(1)]).texts["scopes.ts"]).toBe("const scopes = [];\n");
  });
  test("removals, replacements and additions", () => {
    const all = [removal(0), replacement(1, "'B'"), removal(2), addition("'y'"), addition("'x'")];
    expect(compose(all)).toEqual({
      applied: expect.arrayContaining(all.map((fix) => fix.title)),
      skipped: [],
      texts: { "scopes.ts": "const scopes = ['B', 'x', 'y'];\n" },
    });
  });
  test("the same change of two fixes is made once", () => {
    expect(compose([addition("'x'"), { ...addition("'x'"), title: "add x too" }]).texts["scopes.ts"]).toBe(
      "const scopes = ['a', 'b', 'c', 'x'];\n",
    );
  });
  test("two wishes for one element do not go together", () => {
    expect(compose([removal(0), replacement(0, "'A'")]).skipped).toEqual([
      "replace 0: another fix changes the same element in scopes.ts",
    ]);
    expect(compose([replacement(0, "'A'"), { ...replacement(0, "'x'"), title: "z" }]).skipped).toEqual([
      "z: another fix changes the same element in scopes.ts",
    ]);
  });
  test("a plain edit within the list stays out, one beside it does not", () => {
    const within = fixOf("within", [edit("scopes.ts", 22, 23, "")]);
    const beside = fixOf("beside", [edit("scopes.ts", 0, 5, "let")]);
    expect(compose([removal(1), within, beside])).toEqual({
      applied: ["beside", "remove 1"],
      skipped: ["within: it overlaps another fix in scopes.ts"],
      texts: { "scopes.ts": "let scopes = ['a', 'c'];\n" },
    });
  });
  test("a list that cannot be edited", () => {
    const text = "scope: 'a'";
    const list = listIn(text, "single", "single.ts");
    const fix = fixOf("remove", [], [{ kind: "remove", list, index: 0 }]);
    expect(composeFixes([fix], () => text).skipped).toEqual([
      { fix, reason: "the list in single.ts cannot be edited" },
    ]);
    expect(composeFixes([fixOf("empty", [])], () => text).skipped[0]!.reason).toBe("it changes nothing");
  });
});

test("any set of removals together is what the list itself makes of it, in any order of fixes", () => {
  const text = "[\n  // about a\n  'a', // why\n  'b', 'c',\n\n  // Drive\n  'd',\n  'e' // last\n]";
  const list = listIn(text, "array", "l.ts");
  fc.assert(
    fc.property(fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 1 }), (indexes) => {
      const fixes = indexes.map((index) => removal(index, text, "l.ts"));
      const { texts, skipped } = composeFixes(fixes, () => text);
      expect(skipped).toEqual([]);
      expect(texts.get("l.ts")).toBe(applyEdits(text, removeFromList(list, text, indexes)));
    }),
    { seed: 7 },
  );
});
