import { runInThisContext } from "node:vm";
import fc from "fast-check";
import { expect, test } from "vitest";
import { quoteLike } from "../../server/src/edit/literal.ts";

test("a literal takes the quotes of its sample", () => {
  expect(quoteLike(`"a"`, "x")).toBe(`"x"`);
  expect(quoteLike(`'a'`, "x")).toBe(`'x'`);
  expect(quoteLike("`a`", "x")).toBe("`x`");
  expect(quoteLike("SCOPE", "x")).toBe(`"x"`);
});

test("only its own quote is escaped", () => {
  expect(quoteLike(`'a'`, `it's "so"`)).toBe(`'it\\'s "so"'`);
  expect(quoteLike(`"a"`, `it's "so"`)).toBe(`"it's \\"so\\""`);
  expect(quoteLike("`a`", "`${x}`")).toBe("`\\`\\${x}\\``");
});

test("whatever the value, the literal means it", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(`'`, `"`, "`"),
      fc.string({
        unit: fc.constantFrom("a", "b", "'", '"', "`", "\\", "$", " ", "{", "}", "\n", "\r", "\u2028", "\0", "é"),
      }),
      (quote, value) => {
        expect(runInThisContext(`(${quoteLike(quote, value)})`)).toBe(value);
      },
    ),
    { numRuns: 2000, seed: 6 },
  );
});
