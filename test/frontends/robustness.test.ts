import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { summariseTypeScript } from "../../server/src/frontends/typescript/summarise.ts";
import { functionOf, stepsOf, summaryOf } from "./print-summary.ts";

describe("bad input", () => {
  it("with syntax errors is read as far as it goes, and the errors are told", () => {
    const { summary, positions } = summariseTypeScript("a.ts", "f(1;\ng();");
    expect(summary.problems).toEqual(["')' expected."]);
    expect(positions.problems).toEqual([3]);
    expect(stepsOf("f(1;\ng();")).toEqual(["%1 = f(1)", "%2 = g()"]);
  });

  it("typed halfway never throws", () => {
    const source =
      "import { a } from 'x'; export class A<T> extends b(c) { @d #e = `f${g}`; async *[h]({ i = 1, ...j }) { for await (const k of this.#e) { switch (k) { case 1: return await l?.m!; } } } } enum N { O = 1 } namespace P { export const q = <R>s => s as T; }";
    for (let end = 0; end <= source.length; end++) {
      for (const file of ["a.ts", "a.tsx", "a.js"])
        expect(summariseTypeScript(file, source.slice(0, end)).summary.functions.length).toBeGreaterThan(0);
    }
  });

  it("of any kind never throws", () => {
    const words = fc.constantFrom(
      "class",
      "function",
      "{",
      "}",
      "(",
      ")",
      "=>",
      "=",
      "a",
      "const",
      "let",
      "export",
      "default",
      "import",
      "from",
      "'x'",
      "`",
      "${",
      "[",
      "]",
      "...",
      ",",
      ";",
      "\n",
      "async",
      "await",
      "yield",
      "*",
      "@",
      "?.",
      "<",
      ">",
      "/",
      "enum",
      "namespace",
      "switch",
      "case",
      ":",
      "break",
      "a.b",
      "#c",
      "this",
      "super",
      "new",
      "0",
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 40 }), fc.constantFrom("a.ts", "a.tsx", "a.cjs"), (parts, file) => {
        const { summary } = summariseTypeScript(file, parts.join(" "));
        return summary.problems.every((p) => !p.startsWith("could not be read"));
      }),
      { numRuns: 2000, seed: 7 },
    );
  });

  it("nested too deeply costs what is nested, not the file", () => {
    const nested = (n: number): string => `before(); const a = ${"[".repeat(n)}${"]".repeat(n)}; after();`;
    expect(stepsOf(nested(600))).toEqual(["%1 = before()", "%2 = after()"]);
    expect(summaryOf(nested(20_000)).problems).toEqual(["nested too deeply to be read"]);
    expect(stepsOf(`${"if (a) { ".repeat(500)}f()${"}".repeat(500)} after()`)).toContain("%1 = after()");
  });

  it("in long chains is read to the end", () => {
    const steps = (source: string): number => functionOf(summaryOf(source), "").steps.length;
    expect(steps(`use(${Array.from({ length: 20_000 }, () => "a").join(" + ")})`)).toBe(1);
    expect(steps(Array.from({ length: 20_000 }, () => "f()").join(" && "))).toBe(20_000);
    expect(steps(`for (;;) { ${"if (a) continue; ".repeat(20_000)} f() }`)).toBe(1);
    expect(steps(`a${".b()".repeat(3000)}`)).toBe(3000);
  }, 60_000);

  it("may begin with a byte order mark or a hashbang", () => {
    expect(stepsOf("\uFEFFf()")).toEqual(["%1 = f()"]);
    expect(stepsOf("#!/usr/bin/env node\nf()", "", "a.mjs")).toEqual(["%1 = f()"]);
  });

  it("is linear: ten times the text takes no more than some thirty times as long", () => {
    const time = (n: number): number => {
      const source = Array.from(
        { length: n },
        (_, i) => `let v${i} = f(${i}); if (v${i}) v${i} = g(v${i}); for (const x of v${i}) h(() => x);`,
      ).join("\n");
      const runs = [1, 2, 3].map(() => {
        const start = performance.now();
        summariseTypeScript("a.ts", source);
        return performance.now() - start;
      });
      return Math.min(...runs);
    };
    expect(time(5000)).toBeLessThan(Math.max(time(500), 5) * 30);
  });
});
