import { describe, expect, it } from "vitest";
import { stepsOf, variablesOf } from "./print-summary.ts";

describe("names", () => {
  it("tells the ways a module can be imported apart", () => {
    const source = `
      import whole, * as everything from "a";
      import { x as y, default as z } from "b";
      import old = require("c");
      use(whole, everything, y, z, old, require("d"), await import("e"));`;
    expect(stepsOf(source)).toEqual([
      "%1 = use(import(0).default, import(0).*, import(1).x, import(1).default, import(2).*, import(3).*, import(4).*)",
    ]);
  });

  it("leaves a require of a computed name a call", () => {
    expect(stepsOf("require(name); import(name)", "", "a.cjs")).toEqual(["%1 = require(name)", "%2 = import(name)"]);
  });

  it("takes a require that createRequire made for a require, and a function of the file for what it is", () => {
    expect(stepsOf(`const require = createRequire(import.meta.url); use(require("a"))`)).toEqual([
      "%1 = createRequire(import.meta.url)",
      "%2 = use(import(0).*)",
    ]);
    expect(stepsOf(`function require(x) {} use(require("a"))`)).toEqual([`%1 = require@0("a")`, "%2 = use(%1)"]);
  });

  it("keeps shadowing variables of one function apart", () => {
    expect(
      stepsOf("const a = 1; { const a = 2; use(a); } use(a); function f(a) { use(a); { let a = 3; use(a); } }"),
    ).toEqual(["%1 = use(a#2@0)", "%2 = use(a@0)"]);
    expect(stepsOf("const a = 1; function f(a) { use(a); { let a = 3; use(a); } }", "f")).toEqual([
      "%1 = use($0)",
      "%2 = use(a@0)",
    ]);
  });

  it("sees functions above their declaration, and var through blocks", () => {
    expect(stepsOf("f(); if (c) { var v = 1; } use(v); function f() {}")).toEqual(["%1 = f@0()", "%2 = use(v@0)"]);
  });

  it("names the function that declares what a closure uses", () => {
    const source = "const m = 1; function outer(p) { let v = 2; return () => use(m, p, v); }";
    expect(stepsOf(source, "outer.<arrow>")).toEqual(["%1 = use(module m, outer $0, outer v)", "return %1"]);
  });

  it("gives a function expression its own name only within", () => {
    expect(stepsOf("const a = function b() { return b(); }; b()", "b")).toEqual(["%1 = module b()", "return %1"]);
    expect(stepsOf("const a = function b() { return b(); }; b()")).toEqual(["%1 = b()"]);
  });

  it("takes destructuring apart, defaults and rest included", () => {
    expect(
      variablesOf("const { a, b: { c = f() }, ['d']: d, [k]: e, ...rest } = o; const [x, , y = 1, ...z] = l;"),
    ).toEqual([
      "const a = o.a",
      "const c = (o.b.c ??undefined %1)",
      "const d = o.d",
      "const e = o[k]",
      "const rest = rest of o without a, b, d",
      "const x = l[0]",
      "const y = (l[2] ??undefined 1)",
      "const z = rest of l without the first 3",
    ]);
  });

  it("takes destructured parameters apart", () => {
    expect(variablesOf("function f({ to, cc = 'none' }: { to: string }, [first]) {}", "f")).toEqual([
      "const to: string = $0.to",
      `const cc = ($0.cc ??undefined "none")`,
      "const first = $1[0]",
    ]);
  });

  it("assigns through patterns", () => {
    expect(stepsOf("let a; [a, o.b = 1] = l; ({ c: o.c, a } = m); use(a)")).toEqual([
      "o.b := (l[1] ??undefined 1)",
      "o.c := m.c",
      "%1 = use(a@2)",
    ]);
  });

  it("reads an enum as an object of its values", () => {
    expect(variablesOf("const enum Scope { Read = 'r', Write = 'w', All = Read, One = 1, Two }")).toEqual([
      `const Scope = {Read: "r", Write: "w", All: "r", One: 1, Two: 2}`,
    ]);
  });

  it("reads a namespace as an object of what it exports", () => {
    const source = "namespace N { const secret = 1; export const open = secret; export function f() { return open; } }";
    expect(variablesOf(source)).toEqual([
      "const N = {open: open@0, f: f@0}",
      "const secret = 1",
      "const open = secret@0",
      "const f = function N.f",
    ]);
    expect(stepsOf(source, "N.f")).toEqual(["return module open"]);
  });

  it("adds the namespace of a function to the function", () => {
    expect(stepsOf("function f() {} namespace f { export const limit = 3 }")).toEqual(["f@0.limit := limit@0"]);
  });

  it("resolves `import x = A.B`", () => {
    expect(variablesOf(`import * as a from "a"; import short = a.b.c; use(short)`)).toEqual([
      "const short = import(0).*.b.c",
    ]);
  });

  it("takes names such as __proto__ and constructor for any other", () => {
    expect(
      stepsOf(
        "const { __proto__, constructor } = o; use(__proto__, constructor, toString, { ['__proto__']: 1 }.__proto__)",
      ),
    ).toEqual(["%1 = use(__proto__@0, constructor@0, toString, {__proto__: 1}.__proto__)"]);
  });

  it("calls what nothing declares global", () => {
    expect(stepsOf("process.exit(undefined); arguments; x = 1")).toEqual([
      "%1 = process.exit(undefined)",
      "global x := 1",
    ]);
  });
});

describe("definitions that reach a use", () => {
  it("are the last one, or one of each branch", () => {
    expect(stepsOf("let a = 1; use(a); a = 2; use(a); if (c) a = 3; else if (d) a = 4; use(a)")).toEqual([
      "%1 = use(a@0)",
      "%2 = use(a@1)",
      "%3 = use(a@1,2,3)",
    ]);
  });

  it("do not come out of a branch that leaves", () => {
    expect(stepsOf("function f(c) { let a = 1; if (c) { a = 2; return; } use(a) }", "f")).toEqual([
      "return if $0",
      "%1 = use(a@0) if not $0",
    ]);
  });

  it("come round in a loop", () => {
    expect(stepsOf("let page; do { const r = list(page); page = r.next } while (page); use(page)")).toEqual([
      "%1 = list(page@0,1) loop",
      "%2 = use(page@1)",
    ]);
    expect(stepsOf("let a = 0; while (c) { a = 1 } use(a); do { if (d) continue; a = 2 } while (c); use(a)")).toEqual([
      "%1 = use(a@0,1)",
      "%2 = use(a@0,1,2)",
    ]);
    expect(stepsOf("for (const x of xs) { let y = x; use(y); y = 2 }")).toEqual(["%1 = use(y@0) loop over xs"]);
  });

  it("come out of a try at any point", () => {
    expect(stepsOf("let a = 0; try { a = 1; f(); a = 2 } catch { use(a) } use(a)")).toEqual([
      "%1 = f()",
      "%2 = use(a@0,1,2) catch",
      "%3 = use(a@0,1,2)",
    ]);
    expect(stepsOf("let a = 0; try { a = 1 } finally { use(a) } use(a)")).toEqual([
      "%1 = use(a@0,1)",
      "%2 = use(a@0,1)",
    ]);
  });

  it("come out of a switch from each clause that ends in a break", () => {
    expect(
      stepsOf(
        "let a = 0; switch (k) { case 1: a = 1; break; case 2: a = 2; case 3: use(a); break; case 4: a = 4; throw a } use(a)",
      ),
    ).toEqual(["%1 = use(a@0,2) case k of 2, 3", "throw a@3 case k of 4", "%2 = use(a@0,1,2) case k of none of 4"]);
  });

  it("come out of a labelled block from each break", () => {
    expect(stepsOf("let a = 0; out: { if (c) { a = 1; break out; } a = 2; } use(a)")).toEqual(["%1 = use(a@1,2)"]);
  });

  it("may be made by the right side of a logical operator, and by a conditional", () => {
    expect(stepsOf("let a = 0; c && (a = 1); use(a); c ? (a = 2) : (a = 3); use(a); a ??= 4; use(a)")).toEqual([
      "%1 = use(a@0,1)",
      "%2 = use(a@0,1,2,3)",
      "%3 = use(a@4)",
    ]);
  });

  it("are not listed where they are many", () => {
    const [use] = stepsOf(`let a = 0; ${"if (c) a = 1; ".repeat(100)} use(a)`);
    expect(use).toBe("%1 = use(a)");
  });

  it("are not told where another function assigns", () => {
    const source = "let client = null; function get() { if (!client) client = make(); return client } use(client)";
    expect(stepsOf(source)).toEqual(["%1 = use(client)"]);
    expect(stepsOf(source, "get")).toEqual([
      "%1 = make() if ! module client",
      "module client := %1 if ! module client",
      "return module client",
    ]);
    expect(variablesOf(source)[0]).toBe("let client = null | %1 in get");
  });

  it("begin with the parameter once a parameter is assigned", () => {
    const source = "function f(a) { use(a); const g = () => a; a = a ?? 1; use(a) }";
    expect(stepsOf(source, "f")).toEqual(["%1 = use(a@0)", "%2 = use(a@1)"]);
    expect(stepsOf(source, "f.g")).toEqual(["return f a"]);
    expect(variablesOf(source, "f")).toEqual(["const g = function f.g", "let a = $0 | (a@0 ?? 1)"]);
  });
});
