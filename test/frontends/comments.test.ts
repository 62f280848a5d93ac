import { describe, expect, it } from "vitest";
import { summariseTypeScript } from "../../server/src/frontends/typescript/summarise.ts";
import { functionOf, summaryOf } from "./print-summary.ts";

/** Each directive as `kind subjects -- reason @ lines`. */
function directivesOf(source: string, file = "a.ts"): string[] {
  const { summary, positions } = summariseTypeScript(file, source);
  return summary.directives.map((d, i) => {
    const { firstLine, lastLine, start, end } = positions.directives[i]!;
    expect(source.slice(start, end)).toMatch(/^\/[/*].*remit-/s);
    return `${d.kind} ${d.subjects.join("+")}${d.reason === undefined ? "" : ` -- ${d.reason}`} @ ${firstLine === lastLine ? firstLine : `${firstLine}-${lastLine}`}`;
  });
}

describe("doc comments", () => {
  it("give functions and classes their summary and purpose", () => {
    const source = `
      /**
       * Sends mail
       * to people.
       *
       * More.
       * @purpose send the weekly report
       *   to the team
       * @param x y
       */
      export async function send() {}
      /** @purpose read */
      const list = async () => {};
      const tools = {
        /** Deletes. */
        remove() {},
      };
      /** A client. */
      class Client {
        /** Goes. */
        go() {}
        /** @purpose wait */
        wait = () => {};
      }
      // no doc
      function plain() {}
      exports.x = function () {};`;
    const summary = summaryOf(source);
    const doc = (path: string): unknown => functionOf(summary, path).doc;
    expect(doc("send")).toEqual({ summary: "Sends mail to people.", purpose: "send the weekly report to the team" });
    expect(doc("list")).toEqual({ purpose: "read" });
    expect(doc("tools.remove")).toEqual({ summary: "Deletes." });
    expect(summary.classes[0]!.doc).toEqual({ summary: "A client." });
    expect(doc("Client.go")).toEqual({ summary: "Goes." });
    expect(doc("Client.<fields>.wait")).toEqual({ purpose: "wait" });
    expect(doc("plain")).toBeUndefined();
  });
});

describe("directives", () => {
  it("have subjects and a reason", () => {
    expect(directivesOf("// remit-ignore unused-permission, broad-permission -- asked by legal\nf();")).toEqual([
      "ignore unused-permission+broad-permission -- asked by legal @ 2",
    ]);
    expect(directivesOf("// remit-ignore\nf();")).toEqual(["ignore  @ 2"]);
    expect(directivesOf("// remit-ignore a --\nf();")).toEqual(["ignore a @ 2"]);
    expect(directivesOf("/* remit-assume read-only */ f();")).toEqual(["assume read-only @ 1"]);
  });

  it("speak of their own line after code, of the next line of code otherwise", () => {
    expect(directivesOf("f(); // remit-ignore a -- b\ng();")).toEqual(["ignore a -- b @ 1"]);
    expect(directivesOf("// remit-ignore a -- b\n// and why\n\n/* more */\nf(\n1);")).toEqual(["ignore a -- b @ 5"]);
    expect(directivesOf("f();\n// remit-ignore a -- b\n")).toEqual(["ignore a -- b @ 2"]);
  });

  it("speak of an element within a list", () => {
    expect(
      directivesOf("const s = [\n  'x',\n  // remit-ignore a -- b\n  'y',\n  'z', // remit-ignore c -- d\n];"),
    ).toEqual(["ignore a -- b @ 4", "ignore c -- d @ 5"]);
  });

  it("may stand in JSX", () => {
    expect(directivesOf("const a = <p>\n  {/* remit-ignore a -- b */}\n  <b onClick={f} />\n</p>;", "a.tsx")).toEqual([
      "ignore a -- b @ 3",
    ]);
  });

  it("may be written over several lines", () => {
    expect(directivesOf("/*\n * remit-ignore a -- because\n * of b\n */\nf();")).toEqual([
      "ignore a -- because of b @ 5",
    ]);
  });

  it("may speak of the whole file", () => {
    expect(directivesOf("f();\n// remit-ignore-file a -- b\n")).toEqual(["ignore-file a -- b @ 1-3"]);
  });

  it("are real comments that begin with the word", () => {
    const dollar = "$";
    for (const source of [
      `f("// remit-ignore a");`,
      "f(`// remit-ignore a`);",
      `f(\`${dollar}{x} // remit-ignore a\`);`,
      "f(/[/] remit-ignore a/);",
      "// see remit-ignore a",
      "// remit-ignored a",
      "/** text\n * remit-ignoring */ f();",
      "remit-ignore;",
    ])
      expect(directivesOf(source), source).toEqual([]);
    expect(directivesOf("const a = <p>// remit-ignore a</p>;", "a.tsx")).toEqual([]);
    expect(directivesOf("f(`${ // remit-ignore a -- b\n x}`);")).toEqual(["ignore a -- b @ 1"]);
  });
});
