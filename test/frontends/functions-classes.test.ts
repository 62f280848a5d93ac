import { describe, expect, it } from "vitest";
import { functionOf, stepsOf, summaryOf, variablesOf } from "./print-summary.ts";

const pathsOf = (source: string, file?: string): string[] => summaryOf(source, file).functions.map((f) => f.path);

describe("functions", () => {
  it("are called by where they are declared", () => {
    expect(
      pathsOf(`
      function a() { function b() {} }
      const c = () => {}, d = function () {};
      const tools = { list: async () => {}, get() {}, deep: { "set-it": function () {} } };
      server.tool("x", async () => {}, () => { on(function () {}) });
      this.handler = () => {};
      export default () => {};`),
    ).toEqual([
      "",
      "a",
      "a.b",
      "c",
      "d",
      "tools.list",
      "tools.get",
      "tools.deep.set-it",
      "<arrow>",
      "<arrow>#2",
      "<arrow>#2.<function>",
      "handler",
      "default",
    ]);
  });

  it("carry their marks", () => {
    const { functions } = summaryOf("async function a() {} function* b() {} const c = async () => {};");
    expect(
      functions.slice(1).map(({ async, generator, lexicalReceiver }) => ({ async, generator, lexicalReceiver })),
    ).toEqual([{ async: true }, { generator: true }, { async: true, lexicalReceiver: true }]);
  });

  it("return what an arrow without a block is", () => {
    expect(stepsOf("const f = (a) => a.b", "f")).toEqual(["return $0.b"]);
  });

  it("know their parameters", () => {
    const f = functionOf(summaryOf("function f(this: Window, a: string, b = 1, { c }, ...d) {}"), "f");
    expect(f.parameters).toEqual([
      { name: "a", type: { root: { kind: "global", name: "string" }, path: [] } },
      { name: "b", default: 1 },
      { name: "" },
      { name: "d", rest: "list" },
    ]);
  });

  it("know `arguments`", () => {
    expect(stepsOf("function f() { g(arguments) }", "f")).toEqual(["%1 = g(arguments)"]);
  });

  it("leave out overloads, and keep functions that only a declaration file tells of", () => {
    expect(pathsOf("function f(a: string): void; function f(a: number): void; function f(a: any) { g() }")).toEqual([
      "",
      "f",
    ]);
    expect(
      functionOf(summaryOf("export declare function f(a: string): Promise<Gmail>;", "a.d.ts"), "f").returnType,
    ).toEqual({
      root: { kind: "global", name: "Promise" },
      path: [],
      arguments: [{ root: { kind: "global", name: "Gmail" }, path: [] }],
    });
  });

  it("as getters and setters of an object stand behind its property", () => {
    expect(variablesOf("const o = { get token() { return read() }, set token(v) { write(v) } }")).toEqual([
      "const o = {get token: function o.token, set token: function o.token#2}",
    ]);
    expect(stepsOf("const o = { get token() { return read() } }")).toEqual([]);
  });
});

describe("classes", () => {
  const source = `
    class Mail extends mixin(Base) implements Sender, api.Closer {
      static count = start();
      static { register(this) }
      #gmail = google.gmail("v1");
      limit: number;
      constructor(private auth: Auth, readonly log?: Log, plain = 1) { super(auth); this.limit = plain }
      async send() { return this.#gmail.users.send() }
      get size() { return 1 }
      set size(v) { this.limit = v }
      static of() { return new Mail() }
      ["quoted"]() {}
      [Symbol.iterator]() {}
    }`;
  const [mail] = summaryOf(source).classes;

  it("know their members by kind", () => {
    expect(mail!.members.map((m) => `${m.static ? "static " : ""}${m.kind} ${m.name}: ${m.function}`)).toEqual([
      "constructor constructor: Mail.constructor",
      "method send: Mail.send",
      "getter size: Mail.size",
      "setter size: Mail.size#2",
      "static method of: Mail.of",
      "method quoted: Mail.quoted",
      "initializer <fields>: Mail.<fields>",
      "static initializer <static>: Mail.<static>",
    ]);
  });

  it("know their bases, interfaces and fields", () => {
    expect(stepsOf(source)).toEqual(["%1 = mixin(Base)"]);
    expect(mail!.bases).toEqual([{ function: "", node: 2 }]);
    expect(mail!.implements?.map((t) => t.path)).toEqual([[], ["Closer"]]);
    expect(mail!.fields.map((f) => `${f.static ? "static " : ""}${f.name}`)).toEqual([
      "auth",
      "log",
      "static count",
      "#gmail",
      "limit",
    ]);
  });

  it("set their fields in an initialiser, those of the class in another", () => {
    expect(stepsOf(source, "Mail.<fields>")).toEqual([
      `%1 = google.gmail("v1")`,
      "this.#gmail := %1",
      "this[Symbol.iterator] := function Mail.<fields>.<function>",
    ]);
    expect(stepsOf(source, "Mail.<static>")).toEqual(["%1 = start()", "this.count := %1", "%2 = register(this)"]);
  });

  it("set parameter properties by the parameter", () => {
    expect(functionOf(summaryOf(source), "Mail.constructor").parameters.map((p) => [p.name, p.field])).toEqual([
      ["auth", "auth"],
      ["log", "log"],
      ["plain", undefined],
    ]);
    expect(stepsOf(source, "Mail.constructor")).toEqual(["%1 = super($0)", "this.limit := $2"]);
  });

  it("see their own name, as a declaration and as an expression", () => {
    expect(stepsOf(source, "Mail.of")).toEqual(["%1 = new module Mail()", "return %1"]);
    expect(stepsOf("const A = class B { static of() { return new B() } }", "B.of")).toEqual([
      "%1 = new module B()",
      "return %1",
    ]);
    expect(summaryOf("const A = class { m() {} }").classes[0]!.path).toBe("A");
  });

  it("call their decorators with what these decorate", () => {
    const decorated = "@Controller('x') class A { @tool({ name: 'a' }) run(@Inject() b) {} @field f = 1 }";
    expect(stepsOf(decorated)).toEqual([
      `%1 = Controller("x")`,
      "%2 = decorator %1(class A)",
      "%3 = Inject()",
      "%4 = decorator %3()",
      `%5 = tool({name: "a"})`,
      "%6 = decorator %5(function A.run)",
      "%7 = decorator field()",
    ]);
    const summary = summaryOf(decorated);
    expect(summary.classes[0]!.decorators).toEqual([{ function: "", node: 4 }]);
    expect(functionOf(summary, "A.run").decorators?.length).toBe(1);
  });

  it("leave out abstract methods", () => {
    expect(pathsOf("abstract class A { abstract a(): void; b() {} }")).toEqual(["", "A.b"]);
  });
});
