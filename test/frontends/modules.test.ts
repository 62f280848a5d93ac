import { describe, expect, it } from "vitest";
import { exportsOf, stepsOf, summaryOf, variablesOf } from "./print-summary.ts";

const requestsOf = (source: string, file?: string): string[] =>
  summaryOf(source, file).requests.map((r) => `${r.form} ${r.specifier}${r.typeOnly ? " (types)" : ""}`);

describe("requests", () => {
  it("say what a file asks for and in which form", () => {
    expect(
      requestsOf(`import "a"; import b from "b"; import type { C } from "c"; import { type D } from "d"; import { type E, e } from "e";
      export * from "f"; export type { G } from "g"; import h = require("h"); require("i"); import("j"); let k: import("k").K;`),
    ).toEqual([
      "import a",
      "import b",
      "import c (types)",
      "import d (types)",
      "import e",
      "require h",
      "export f",
      "export g (types)",
      "require i",
      "dynamic j",
      "import k (types)",
    ]);
  });
});

describe("exports of ES modules", () => {
  it("are values of the module's body", () => {
    expect(
      exportsOf(
        "export const a = 1, { b } = o; export let c; export function d() {} export class E {} export enum F {} const g = 2; export { g as h, g as default }; export type T = 1; interface I {} export { I }",
      ),
    ).toEqual(["a = a@0", "b = b@0", "c = c", "d = d", "E = E", "F = F", "h = g@0", "default = g@0"]);
  });

  it("may be default, named or not", () => {
    expect(exportsOf("export default function f() {}")).toEqual(["default = f"]);
    expect(exportsOf("export default function () {}")).toEqual(["default = function default"]);
    expect(exportsOf("export default class {}")).toEqual(["default = class default"]);
    expect(exportsOf("export default { a: 1 }")).toEqual(["default = {a: 1}"]);
    expect(exportsOf("const a = 1; export default a")).toEqual(["default = a@0"]);
  });

  it("may come from elsewhere", () => {
    expect(
      exportsOf(
        `export * from "a"; export * as b from "b"; export { c, d as e, default as f } from "c"; import { g } from "g"; import * as h from "h"; export { g, h }`,
      ),
    ).toEqual(["* = * of a", "b = * of b", "c = c of c", "e = d of c", "f = default of c", "g = g of g", "h = * of h"]);
  });

  it("of a namespace are not those of the module", () => {
    expect(exportsOf("export namespace N { export const a = 1 }")).toEqual(["N = N"]);
  });

  it("may be the whole module", () => {
    expect(exportsOf("const a = 1; export = a")).toEqual(["whole = a@0"]);
  });
});

describe("exports of CommonJS", () => {
  it("are the whole module or names of it", () => {
    expect(
      exportsOf("module.exports = { a: f() }; module.exports.b = 1; exports.c = 2; exports['d'] = 3", "a.cjs"),
    ).toEqual(["whole = {a: %1}", "b = 1", "c = 2", "d = 3"]);
    expect(exportsOf("exports = module.exports = create; function create() {}", "a.js")).toEqual(["whole = create@0"]);
    expect(exportsOf(`module.exports = require("./a")`, "a.js")).toEqual(["whole = import(0).*"]);
  });

  it("may be set by a function", () => {
    expect(exportsOf("function init() { exports.client = make() }", "a.js")).toEqual(["client = %1 in init"]);
  });

  it("are read back as variables of the module", () => {
    const source = "exports.go = () => f(); exports.all = () => (0, exports.go)(); use(exports.other)";
    expect(stepsOf(source, "all", "a.js")).toEqual(["%1 = module exports.go()", "return %1"]);
    expect(stepsOf(source, "", "a.js")).toEqual(["%1 = use(exports.other)"]);
    expect(variablesOf(source, "", "a.js")).toEqual(["const exports.go = function go"]);
  });

  it("do not exist where the file declares the names itself", () => {
    expect(exportsOf("function f(module, exports) { exports.a = 1; module.exports = 2 }", "a.js")).toEqual([]);
  });
});

describe("output of the TypeScript compiler", () => {
  const compiled = `"use strict";
    var __awaiter = (this && this.__awaiter) || function (thisArg, _arguments, P, generator) { return new P(generator); };
    var __importDefault = (this && this.__importDefault) || function (mod) { return (mod && mod.__esModule) ? mod : { "default": mod }; };
    var __importStar = (this && this.__importStar) || (function () { return f(); })();
    Object.defineProperty(exports, "__esModule", { value: true });
    exports.list = exports.handler = exports.a = void 0;
    const googleapis_1 = require("googleapis");
    const fs_1 = __importDefault(require("fs"));
    const x_1 = require("./x");
    Object.defineProperty(exports, "a", { enumerable: true, get: function () { return x_1.a; } });
    __exportStar(require("./all"), exports);
    const handler = (e) => __awaiter(void 0, void 0, void 0, function* () {
      const r = yield googleapis_1.google.gmail("v1").users.list(e);
      return (0, x_1.foo)(r, fs_1.default.readFileSync(e));
    });
    exports.handler = handler;
    exports.list = list;
    function list(a) { return __awaiter(this, arguments, void 0, function* (b = 1) { yield this.go(b); }); }`;

  it("exports what the source did", () => {
    expect(exportsOf(compiled, "a.js")).toEqual([
      "a = x_1.a",
      "* = * of ./all",
      "handler = handler@0",
      "list = list@0",
    ]);
  });

  it("exports all of a module that a constant holds", () => {
    expect(exportsOf(`var x_1 = require("./x"); tslib_1.__exportStar(x_1, exports);`, "a.js")).toEqual([
      "* = * of ./x",
    ]);
  });

  it("imports what the source did, without the helpers", () => {
    expect(requestsOf(compiled, "a.js")).toEqual(["require googleapis", "require fs", "require ./x", "require ./all"]);
    expect(variablesOf(compiled, "", "a.js")).toContain("const fs_1 = import(1).*");
    expect(stepsOf(compiled, "", "a.js")).toEqual([]);
  });

  it("awaits what the source did", () => {
    expect(stepsOf(compiled, "handler", "a.js")).toEqual(["%1 = function handler.<async>()", "return %1"]);
    expect(stepsOf(compiled, "handler.<async>", "a.js")).toEqual([
      `%1 = module googleapis_1.google.gmail("v1")`,
      "%2 = %1.users.list(handler $0)",
      "%3 = module fs_1.default.readFileSync(handler $0)",
      "%4 = module x_1.foo(r@0, %3)",
      "return %4",
    ]);
    expect(variablesOf(compiled, "handler.<async>", "a.js")).toEqual(["const r = await %2"]);
    expect(stepsOf(compiled, "list", "a.js")).toEqual(["%1 = function list.<async>($0)", "return %1"]);
    expect(stepsOf(compiled, "list.<async>", "a.js")).toEqual(["%1 = this.go($0)"]);
  });

  it("awaits in the state machines of ES5 too", () => {
    const source = `function get(p) { return __awaiter(this, void 0, void 0, function () { var r; return __generator(this, function (_a) {
      switch (_a.label) {
        case 0: _a.trys.push([0, 2, , 3]); return [4 /*yield*/, api.get(p)];
        case 1: r = _a.sent(); if (!r.ok) return [3 /*break*/, 2]; return [2 /*return*/, use(r)];
        case 2: return [2];
      } }); }); }`;
    expect(stepsOf(source, "get.<async>.<generator>", "a.js")).toEqual([
      "%1 = api.get(get $0)",
      "get.<async> r := await %1",
      "%2 = use(get.<async> r)",
      "return %2",
      "return",
    ]);
  });

  it("builds objects and lists with helpers", () => {
    expect(
      variablesOf(
        `var a = __assign(__assign({}, b), { c: 1 }), l = tslib_1.__spreadArray([1], more, true), r = __rest(a, ["c"]);`,
        "",
        "a.js",
      ),
    ).toEqual([
      "const a = {...{...{}, ...b}, ...{c: 1}}",
      "const l = [...[1], ...more]",
      "const r = rest of a@0 without c",
    ]);
  });
});

describe("output of other compilers", () => {
  it("of esbuild says its exports in a table", () => {
    const source = `var __export = (target, all) => { for (var name in all) __defProp(target, name, { get: all[name] }); };
      var src_exports = {};
      __export(src_exports, { send: () => send, Kind: () => Kind });
      module.exports = __toCommonJS(src_exports);
      var import_x = __toESM(require("x"), 1);
      async function send() { await import_x.default.go(); }
      var Kind = class { static { __name(this, "Kind"); } };
      0 && (module.exports = { send, Kind });`;
    expect(exportsOf(source, "a.js")).toEqual(["send = send", "Kind = Kind"]);
    expect(stepsOf(source, "send", "a.js")).toEqual(["%1 = module import_x.default.go()"]);
  });

  it("of Babel wraps generators", () => {
    const source = `var _x = _interopRequireDefault(require("x")); const f = _asyncToGenerator(function* (a) { yield _x.default(a) })`;
    expect(variablesOf(source, "", "a.js")).toEqual(["const _x = import(0).*", "const f = function <async>"]);
    expect(stepsOf(source, "<async>", "a.js")).toEqual(["%1 = module _x.default($0)"]);
  });
});

describe("a bundled file", () => {
  const line = "const a = 1;\n";

  it("is one of very long lines", () => {
    expect(summaryOf("a();".repeat(1000), "a.js").bundled).toBe(true);
    expect(summaryOf(line.repeat(300), "a.js").bundled).toBe(false);
    expect(summaryOf(`const data = "${"x".repeat(1000)}";`, "a.js").bundled).toBe(false);
  });

  it("is not one of long prompts or drawings", () => {
    expect(
      summaryOf(`const prompt = "${"You are a helpful (and careful) assistant, always. ".repeat(100)}";`).bundled,
    ).toBe(false);
  });

  it("is one with the runtime of a bundler", () => {
    expect(summaryOf(`${line.repeat(300)}var __webpack_require__ = {};`, "a.js").bundled).toBe(true);
    expect(
      summaryOf(`var __defProp = Object.defineProperty;\n${line.repeat(300)}\n// src/index.ts\n`, "a.js").bundled,
    ).toBe(true);
  });
});
