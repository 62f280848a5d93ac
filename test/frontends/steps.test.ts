import { describe, expect, it } from "vitest";
import { functionOf, stepsOf, summaryOf } from "./print-summary.ts";

describe("steps", () => {
  it("come in the order of evaluation, one for each call", () => {
    expect(stepsOf("a(b(), new C(d())).e[f()](...g())")).toEqual([
      "%1 = b()",
      "%2 = d()",
      "%3 = new C(%2)",
      "%4 = a(%1, %3)",
      "%5 = f()",
      "%6 = g()",
      "%7 = %4.e[%5](...%6)",
    ]);
  });

  it("set, delete, assign, throw, yield", () => {
    expect(
      stepsOf(
        "function* f() { this.a = 1; o[k] += 2; o.n++; delete o.x; g = 3; const s = yield 4; yield* s; throw s }",
        "f",
      ),
    ).toEqual([
      "this.a := 1",
      "o[k] := (o[k] + 2)",
      "o.n := (o.n + 1)",
      "delete o.x",
      "global g := 3",
      "yield 4",
      "yield element of s@0",
      "throw s@0",
    ]);
  });

  it("stand under the branch they are in", () => {
    expect(stepsOf("if (a) f(); else if (b) g(); else h()")).toEqual([
      "%1 = f() if a",
      "%2 = g() if b if not a",
      "%3 = h() if not b if not a",
    ]);
  });

  it("stand under the opposite of a branch that left", () => {
    expect(stepsOf("function f(a, b) { if (!a) return; x(); if (b) throw 1; else y(); z() }", "f")).toEqual([
      "return if ! $0",
      "%1 = x() if not ! $0",
      "throw 1 if $1 if not ! $0",
      "%2 = y() if not $1 if not ! $0",
      "%3 = z() if not $1 if not ! $0",
    ]);
  });

  it("stand under no guard again after branches that come together", () => {
    expect(stepsOf("if (a) { if (b) throw 1; f() } g()")).toEqual([
      "throw 1 if b if a",
      "%1 = f() if not b if a",
      "%2 = g()",
    ]);
  });

  it("stand under what a try left, where its catch does not come back", () => {
    expect(stepsOf("function f(a) { try { if (!a) return } catch { throw 1 } g() }", "f")).toEqual([
      "return if ! $0",
      "throw 1 catch",
      "%1 = g() if not ! $0",
    ]);
  });

  it("take process.exit for a call like any other", () => {
    expect(stepsOf("if (a) process.exit(1); f()")).toEqual(["%1 = process.exit(1) if a", "%2 = f()"]);
  });

  it("know the cases of a switch, fall-through and default", () => {
    expect(
      stepsOf(
        "function f(n) { switch (n) { case 'a': case 'b': return x(); case 'c': y(); default: z() } after() }",
        "f",
      ),
    ).toEqual([
      `%1 = x() case $0 of "a", "b"`,
      `return %1 case $0 of "a", "b"`,
      `%2 = y() case $0 of "c"`,
      `%3 = z() case $0 of none of "a", "b"`,
      `%4 = after() case $0 of none of "a", "b"`,
    ]);
  });

  it("follow a switch only in the cases that do not leave", () => {
    expect(stepsOf("function f(n) { switch (n) { case 'a': break; default: throw 1 } after() }", "f")).toEqual([
      `throw 1 case $0 of none of "a"`,
      `%1 = after() case $0 of "a"`,
    ]);
  });

  it("know the conditions inside expressions", () => {
    expect(stepsOf("a && f(); b || g(); c ?? h(); d ? i() : j(); e?.k(l()); m ||= n()")).toEqual([
      "%1 = f() if a",
      "%2 = g() if not b",
      "%3 = h() if (c == null)",
      "%4 = i() if d",
      "%5 = j() if not d",
      "%6 = l()",
      "%7 = e.k?.(%6)",
      "%8 = n() if not m",
      "global m := (m || %8)",
    ]);
  });

  it("know the default of a parameter or pattern to be conditional", () => {
    expect(stepsOf("function f(a = g()) { const { b = h() } = a }", "f")).toEqual([
      "%1 = g() if ($0 === undefined)",
      "%2 = h() if ($0.b === undefined)",
    ]);
  });

  it("know the loops and what they go over", () => {
    expect(
      stepsOf(
        "for (const x of xs) f(x); for (const k in o) g(k); for (let i = 0; i < n(); i++) h(); while (w()) v(); do { u() } while (t())",
      ),
    ).toEqual([
      "%1 = f(x@0) loop over xs",
      "%2 = g(k@0) loop over o",
      "%3 = n() loop",
      "%4 = h() loop",
      "%5 = w() loop",
      "%6 = v() loop",
      "%7 = u() loop",
      "%8 = t() loop",
    ]);
    expect(stepsOf("for (const x of xs) { if (x) continue; f() } g()")).toEqual([
      "%1 = f() if not x@0 loop over xs",
      "%2 = g()",
    ]);
  });

  it("bind what a loop gives: elements, keys, awaited elements", () => {
    const { nodes } = functionOf(summaryOf("for await (const { a } of xs) f(a); for (const k in o) ;"), "");
    expect(nodes.filter((n) => n.kind === "element" || n.kind === "await")).toEqual([
      { kind: "element", of: 0, loop: 0 },
      { kind: "await", of: 1 },
      { kind: "element", of: 7, loop: 1, keys: true },
    ]);
  });

  it("know what runs after an error", () => {
    expect(stepsOf("try { f() } catch (e) { g(e); throw e } finally { h() } i()")).toEqual([
      "%1 = f()",
      "%2 = g(e@0) catch",
      "throw e@0 catch",
      "%3 = h()",
      "%4 = i()",
    ]);
  });

  it("do not go on after a loop without end", () => {
    expect(stepsOf("function f(a) { if (a) { while (true) { x() } } y() }", "f")).toEqual([
      "%1 = x() loop if $0",
      "%2 = y() if not $0",
    ]);
    expect(stepsOf("function f(a) { if (a) { for (;;) { if (x()) break } } y() }", "f")).toEqual([
      "%1 = x() loop if $0",
      "%2 = y()",
    ]);
  });

  it("stay calm at jumps to labels", () => {
    expect(
      stepsOf("outer: for (const a of as) { for (const b of bs) { if (b) continue outer; f() } g() } h()"),
    ).toEqual(["%1 = f() if not b@0 loop over bs loop over as", "%2 = g() loop over as", "%3 = h()"]);
  });

  it("call a tag with the texts and the values of its template", () => {
    expect(stepsOf("sql`select ${a} from ${b}`")).toEqual([`%1 = tag sql(["select ", " from ", ""], a, b)`]);
  });

  it("see what goes into JSX", () => {
    expect(
      stepsOf(
        "const v = <Page title='x' onSend={() => send()} {...rest}>{list.map(f)}<b>{g()}</b></Page>; use(v)",
        "",
        "a.tsx",
      ),
    ).toEqual(["%1 = list.map(f)", "%2 = g()", "%3 = use(v@0)"]);
    expect(stepsOf("const v = <Page onSend={() => send()} />", "onSend", "a.tsx")).toEqual([
      "%1 = send()",
      "return %1",
    ]);
  });

  it("enter what `using` holds", () => {
    expect(stepsOf("function f() { using h = open(); h.go() }", "f")).toEqual(["%1 = open()", "%2 = h@0.go()"]);
  });

  it("pass through parentheses, commas and assertions", () => {
    expect(stepsOf("(0, x.f)(); (a as any)!.g(); (h(), i)()")).toEqual([
      "%1 = x.f()",
      "%2 = a.g()",
      "%3 = h()",
      "%4 = i()",
    ]);
  });
});
