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
    for (const type of [
      "any",
      "unknown",
      "T",
      "typeof x",
      "keyof X",
      "() => void",
      "{ a: 1 }",
      "[a, b]",
      "{ a: string }",
    ])
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

/** The declared types of a text: path, names it is exported under, members, bases. */
function typesOf(source: string): string[] {
  return (summaryOf(source).types ?? []).map(({ path, exported, members, bases, returns }) =>
    [
      path,
      exported && `as ${exported.join(", ")}`,
      ...members.map((m) => `${m.name}${m.returns ? "()" : ""}: ${typeText((m.type ?? m.returns)!)}`),
      ...bases.map((base) => `of ${typeText(base)}`),
      returns && `() => ${typeText(returns)}`,
    ]
      .filter(Boolean)
      .join("; "),
  );
}

describe("declared types", () => {
  const imports = `import type { A, B } from "x";`;

  it("say what their members are, where that can tell what a value is", () => {
    expect(
      typesOf(`${imports} interface C { a?: A; "b": B; c: string; d(): Promise<A>; e: () => B; f: (x: A) => void }`),
    ).toEqual(["C; a: import(0).A; b: import(0).B; d(): Promise<import(0).A>; e(): import(0).B"]);
    expect(typesOf("interface C { a: string } type D = 'a' | 'b'")).toEqual([]);
  });

  it("extend, combine and stand for others", () => {
    expect(typesOf(`${imports} interface C extends A, Omit<B, "x"> {} interface C { a: A }`)).toEqual([
      `C; a: import(0).A; of import(0).A; of Omit<import(0).B, "x">`,
    ]);
    expect(typesOf(`${imports} type C = A & { b: B }; type D = C[]; type E = () => A;`)).toEqual([
      "C; b: import(0).B; of import(0).A",
      "D; of Array<local C>",
      "E; () => import(0).A",
    ]);
  });

  it("are given out under names", () => {
    expect(
      typesOf(
        `${imports} export interface C { a: A } interface D { a: A } export type { D as E, D }; export default D;`,
      ),
    ).toEqual(["C; as C; a: import(0).A", "D; as D, E, default; a: import(0).A"]);
  });

  it("of inner scopes have paths of their own", () => {
    expect(
      typesOf(
        `${imports} interface C { a: A } function f() { interface C { b: B } } namespace N { interface C { b: B } }`,
      ),
    ).toEqual(["C; a: import(0).A", "f.C; b: import(0).B", "N.C; b: import(0).B"]);
  });

  it("may be written out where they are used", () => {
    const source = `${imports} function f(deps: { a: A; inner: { b: B } }) {}`;
    expect(typeText(functionOf(summaryOf(source), "f").parameters[0]!.type!)).toBe("local f.<type>#2");
    expect(typesOf(source)).toEqual(["f.<type>; b: import(0).B", "f.<type>#2; a: import(0).A; inner: local f.<type>"]);
  });
});
