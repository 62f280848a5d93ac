import { describe, expect, it } from "vitest";
import { functionOf, stepsOf, summaryOf, typeText, variablesOf } from "./print-summary.ts";

/** The type of the only parameter of a function `f`. */
function typeOf(annotation: string, before = ""): string {
  const type = functionOf(summaryOf(`${before}\nfunction f<T>(a: ${annotation}) {}`), "f").parameters[0]!.type;
  return type ? typeText(type) : "nothing";
}

describe("annotations", () => {
  const imports = `import { google, gmail_v1 } from "googleapis"; import type Auth from "auth"; import * as ns from "ns";`;

  it("are paths from where the root comes from", () => {
    expect(typeOf("gmail_v1.Gmail", imports)).toBe("import(0).gmail_v1.Gmail");
    expect(typeOf("Auth", imports)).toBe("import(1).default");
    expect(typeOf("ns.Client.Inner", imports)).toBe("import(2).Client.Inner");
    expect(typeOf("Client", "class Client {}")).toBe("class Client");
    expect(typeOf("Deps", "interface Deps {}")).toBe("local Deps");
    expect(typeOf("Console")).toBe("Console");
    expect(typeOf("string")).toBe("string");
  });

  it("see through aliases of the same file", () => {
    expect(typeOf("Mail | null", `${imports} type Mail = gmail_v1.Gmail;`)).toBe("import(0).gmail_v1.Gmail");
    expect(typeOf("A", "type A = B; type B = A;")).toBe("local B");
    expect(typeOf("S", `${imports} import S = gmail_v1.Schema;`)).toBe("import(0).gmail_v1.Schema");
  });

  it("keep what generics hold", () => {
    expect(typeOf("Promise<gmail_v1.Gmail | undefined>", imports)).toBe("Promise<import(0).gmail_v1.Gmail>");
    expect(typeOf("readonly Auth[]", imports)).toBe("Array<import(1).default>");
    expect(typeOf("Map<string, () => void>")).toBe("Map<string, unknown>");
  });

  it("keep unions of literals, and drop other unions", () => {
    expect(typeOf("'a' | 'b' | 1 | true | null")).toBe(`"a" | "b" | 1 | true`);
    expect(typeOf("string | number")).toBe("nothing");
    expect(typeOf("(Auth)", imports)).toBe("import(1).default");
  });

  it("of import types make a request of their own, once", () => {
    expect(typeOf("import('x').Y.Z")).toBe("import(0).Y.Z");
    expect(summaryOf("let a: import('x').Y, b: import('x').Z").requests).toEqual([
      { specifier: "x", form: "import", typeOnly: true },
    ]);
  });

  it("that say nothing about a value are left out", () => {
    for (const type of ["any", "unknown", "T", "typeof x", "keyof X", "() => void", "{ a: 1 }", "[a, b]"])
      expect(typeOf(type)).toBe("nothing");
  });

  it("reach variables, fields, return types and destructured members", () => {
    expect(variablesOf("let a: Client; const { b }: { b?: Client } = o;")).toEqual([
      "const a: Client = undefined",
      "const b: Client = o.b",
    ]);
    expect(variablesOf("interface Deps { b: Client } function f({ b }: Deps) {}", "f")).toEqual([
      "const b: Client = $0.b",
    ]);
    expect(summaryOf("class A { c?: Client }").classes[0]!.fields).toEqual([
      { name: "c", type: { root: { kind: "global", name: "Client" }, path: [] } },
    ]);
    expect(typeText(functionOf(summaryOf("function f(): Client {}"), "f").returnType!)).toBe("Client");
  });

  it("by `as`, `<T>` and `satisfies` stand on the value", () => {
    expect(stepsOf("use(a as Client, b satisfies Client, c as const, d as any)")).toEqual([
      "%1 = use((a as Client), (b as Client), c, d)",
    ]);
    expect(stepsOf("use(<Client>a)")).toEqual(["%1 = use((a as Client))"]);
  });

  it("of JavaScript stand in its doc comments", () => {
    const source = `
      /** @param {import("googleapis").gmail_v1.Gmail} gmail
       *  @returns {Promise<string>} */
      function f(gmail) {}
      /** @type {Client} */
      let c;`;
    const f = functionOf(summaryOf(source, "a.js"), "f");
    expect(typeText(f.parameters[0]!.type!)).toBe("import(0).gmail_v1.Gmail");
    expect(typeText(f.returnType!)).toBe("Promise<string>");
    expect(variablesOf(source, "", "a.js")).toContain("const c: Client = undefined");
  });
});
