import { describe, expect, test } from "vitest";
import { declarationsOf, resolveInstalled } from "../../server/src/frontends/resolution/installed.ts";

/** Files of `node_modules`; a manifest may be written as its fields. */
function installed(files: Readonly<Record<string, string | object>>): (path: string) => string | undefined {
  return (path) => {
    const content = files[path];
    return content === undefined || typeof content === "string" ? content : JSON.stringify(content);
  };
}

describe("the declarations of an installed package", () => {
  test.each([
    ["types", { types: "./dist/a.d.ts" }, "dist/a.d.ts"],
    ["typings", { typings: "dist/a.d.ts" }, "dist/a.d.ts"],
    ["beside main", { main: "lib/a.js" }, "lib/a.d.ts"],
    ["index", {}, "index.d.ts"],
    [
      "exports with types",
      { exports: { ".": { types: "./t.d.mts", default: "./a.js" } }, types: "old.d.ts" },
      "t.d.mts",
    ],
    ["exports without types", { exports: { import: "./a.mjs", require: "./a.cjs" } }, "a.d.mts"],
  ])("by %s", (_, manifest, file) => {
    const read = installed({ "node_modules/p/package.json": manifest, [`node_modules/p/${file}`]: "" });
    expect(declarationsOf("p", "", read)).toBe(`node_modules/p/${file}`);
  });

  test("of a subpath, mapped or as it is", () => {
    const mapped = installed({
      "node_modules/@a/p/package.json": { exports: { "./x/*": "./dist/*.js" } },
      "node_modules/@a/p/dist/y.d.ts": "",
    });
    expect(declarationsOf("@a/p/x/y", "", mapped)).toBe("node_modules/@a/p/dist/y.d.ts");
    const plain = installed({ "node_modules/p/package.json": {}, "node_modules/p/sub/index.d.ts": "" });
    expect(declarationsOf("p/sub", "", plain)).toBe("node_modules/p/sub/index.d.ts");
  });

  test("nearest first, then above; of `@types` where it has none of its own", () => {
    const read = installed({
      "node_modules/p/package.json": { types: "a.d.ts" },
      "node_modules/p/a.d.ts": "",
      "app/node_modules/p/package.json": { types: "b.d.ts" },
      "app/node_modules/p/b.d.ts": "",
      "node_modules/@s/q/package.json": { main: "q.js" },
      "node_modules/@types/s__q/package.json": {},
      "node_modules/@types/s__q/index.d.ts": "",
    });
    expect(declarationsOf("p", "app/src", read)).toBe("app/node_modules/p/b.d.ts");
    expect(declarationsOf("p", "other", read)).toBe("node_modules/p/a.d.ts");
    expect(declarationsOf("@s/q", "app", read)).toBe("node_modules/@types/s__q/index.d.ts");
    expect(declarationsOf("r", "app", read)).toBeUndefined();
  });

  test("import each other, and other packages", () => {
    const read = installed({ "node_modules/p/types.d.ts": "", "node_modules/p/sub/index.d.ts": "" });
    const from = "node_modules/p/index.d.ts";
    expect(resolveInstalled(from, "./types.js", read)).toEqual({ kind: "file", file: "node_modules/p/types.d.ts" });
    expect(resolveInstalled(from, "./sub", read)).toEqual({ kind: "file", file: "node_modules/p/sub/index.d.ts" });
    expect(resolveInstalled(from, "googleapis", read)).toEqual({ kind: "package", name: "googleapis", subpath: "" });
    expect(resolveInstalled(from, "node:fs", read)).toEqual({ kind: "builtin", name: "fs" });
    expect(resolveInstalled(from, "./gone", read)).toMatchObject({ kind: "unresolved" });
  });
});
