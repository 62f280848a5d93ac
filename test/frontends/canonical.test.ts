import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalise, parseSummary } from "../../server/src/frontends/canonical.ts";
import { summariseTypeScript } from "../../server/src/frontends/typescript/summarise.ts";
import { functionOf } from "./print-summary.ts";

/** Every line break is one where a blank line or a comment may stand. */
const SOURCES = [
  `import { google } from "googleapis";
const SCOPES = [
  "a",
  ...more,
];
export async function list(
  auth: Auth,
  query = "x",
) {
  const gmail = google.gmail({
    version: "v1",
    auth,
  });
  if (!query)
    return [];
  for (const id of query) {
    await gmail.users.messages.get({ id });
  }
  return gmail
    .users
    .list();
}`,
  `class A extends B {
  #x = 1;
  /** Goes. */
  go() {
    switch (this.#x) {
      case 1:
        return f();
      default:
        throw new Error("no");
    }
  }
}
module.exports = {
  A,
  get b() {
    return 1;
  },
};`,
];

describe("the canonical form of a summary", () => {
  it("does not change with blank lines and comments", () => {
    const insertion = fc.constantFrom("", "\n", "\n\n", "  // a note\n", "/* a\n note */\n", "\t\n");
    fc.assert(
      fc.property(
        fc.constantFrom(...SOURCES),
        fc.array(insertion, { minLength: 40, maxLength: 40 }),
        (source, inserted) => {
          const spaced = source
            .split("\n")
            .map((line, i) => `${inserted[i] ?? ""}${line}`)
            .join("\n");
          expect(canonicalise(summariseTypeScript("a.ts", spaced).summary)).toBe(
            canonicalise(summariseTypeScript("a.ts", source).summary),
          );
        },
      ),
      { numRuns: 200, seed: 7 },
    );
  });

  it("does not change with the order in which keys were written", () => {
    const { summary } = summariseTypeScript("a.ts", SOURCES[0]!);
    const turned = Object.fromEntries(Object.entries(summary).reverse()) as unknown as typeof summary;
    expect(canonicalise(turned)).toBe(canonicalise(summary));
  });

  it("is read back, unless it is damaged or of another version", () => {
    const { summary } = summariseTypeScript("a.ts", SOURCES[1]!);
    const text = canonicalise(summary);
    expect(canonicalise(parseSummary(text)!)).toBe(text);
    expect(parseSummary(text.replace('"version":1', '"version":0'))).toBeUndefined();
    expect(parseSummary(text.slice(1))).toBeUndefined();
    expect(parseSummary("null")).toBeUndefined();
    expect(parseSummary('{"version":1}')).toBeUndefined();
  });
});

describe("positions", () => {
  it("place every function, node and entry", () => {
    const source = "const t = { a: 1, ...b, ['c']: [x, ...y] };\nfunction f(p) { return g(p) }";
    const { summary, positions } = summariseTypeScript("a.ts", source);
    const texts = (spans: readonly number[]): string[] =>
      spans.flatMap((start, i) => (i % 2 === 0 ? [source.slice(start, spans[i + 1])] : []));
    const at = summary.functions.indexOf(functionOf(summary, "f"));
    expect(source.slice(positions.functions[at]!.start, positions.functions[at]!.end)).toBe(
      "function f(p) { return g(p) }",
    );
    expect(texts(positions.functions[at]!.nodes)).toEqual(["g", "p", "g(p)"]);
    const { nodes } = summary.functions[0]!;
    const entries = positions.functions[0]!.entries;
    expect(texts(entries[nodes.findIndex((n) => n.kind === "object")]!)).toEqual(["a: 1", "...b", "['c']: [x, ...y]"]);
    expect(texts(entries[nodes.findIndex((n) => n.kind === "list")]!)).toEqual(["x", "...y"]);
  });

  it("move with the text while the shape stays", () => {
    const [before, after] = ["f(a)", "\n\nf(a)"].map((text) => summariseTypeScript("a.ts", text));
    expect(after!.summary).toEqual(before!.summary);
    expect(after!.positions.functions[0]!.nodes).toEqual(before!.positions.functions[0]!.nodes.map((n) => n + 2));
  });
});
