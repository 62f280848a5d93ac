import { describe, expect, test } from "vitest";
import { createTypeScriptResolver } from "../../server/src/frontends/resolution/typescript.ts";
import type { Resolution, ResolutionHost } from "../../server/src/frontends/resolution/host.ts";
import { readConfiguration } from "../../server/src/frontends/resolution/tsconfig.ts";
import { createJsonSource } from "../../server/src/frontends/resolution/host.ts";

/** A host over a table of files; what is asked is written down. */
function hostOf(
  files: Readonly<Record<string, string>>,
  packages: Readonly<Record<string, readonly string[]>> = {},
): ResolutionHost & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    exists(path) {
      asked.push(path);
      return Object.hasOwn(files, path);
    },
    readText: (path) => (Object.hasOwn(files, path) ? files[path] : undefined),
    packagesNamed: (name) => (Object.hasOwn(packages, name) ? packages[name]! : []),
  };
}

/** `a.ts` for a file, `googleapis` or `googleapis + /sub` for a package, `node:fs`, `? reason`. */
function words(resolution: Resolution): string {
  switch (resolution.kind) {
    case "file":
      return resolution.file;
    case "package":
      return resolution.subpath === ""
        ? `package ${resolution.name}`
        : `package ${resolution.name} + ${resolution.subpath}`;
    case "builtin":
      return `node:${resolution.name}`;
    case "unresolved":
      return `? ${resolution.reason}`;
  }
}

function resolving(files: Readonly<Record<string, string>>, packages?: Readonly<Record<string, readonly string[]>>) {
  const resolver = createTypeScriptResolver(hostOf(files, packages));
  return (from: string, specifier: string, form: "import" | "require" = "import"): string =>
    words(resolver.resolve(from, specifier, form));
}

describe("relative imports", () => {
  const resolve = resolving({
    "src/a.ts": "",
    "src/view.tsx": "",
    "src/both.ts": "",
    "src/both.js": "",
    "src/esm.mts": "",
    "src/common.cts": "",
    "src/plain.js": "",
    "src/data.json": "{}",
    "src/mail.service.ts": "",
    "src/folder/index.ts": "",
    "src/package/package.json": '{ "main": "./lib/start.js" }',
    "src/package/lib/start.js": "",
    "src/types.d.ts": "",
    "index.ts": "",
  });
  test.each([
    ["./a", "src/a.ts"],
    ["./a.js", "src/a.ts"],
    ["./a.ts", "src/a.ts"],
    ["./view.js", "src/view.tsx"],
    ["./view.jsx", "src/view.tsx"],
    ["./esm.mjs", "src/esm.mts"],
    ["./common.cjs", "src/common.cts"],
    ["./plain", "src/plain.js"],
    ["./data.json", "src/data.json"],
    ["./mail.service", "src/mail.service.ts"],
    ["./folder", "src/folder/index.ts"],
    ["./folder/", "src/folder/index.ts"],
    ["./package", "src/package/lib/start.js"],
    ["..", "index.ts"],
    ["./a.ts?raw", "src/a.ts"],
  ])("%s is %s", (specifier, file) => expect(resolve("src/main.ts", specifier)).toBe(file));

  test("the source wins over what was compiled beside it", () =>
    expect(resolve("src/main.ts", "./both.js")).toBe("src/both.ts"));
  test("what leads out of the workspace is not followed", () =>
    expect(resolve("src/main.ts", "../../x")).toBe("? ../../x leads out of the workspace"));
  test("what is not there is said", () =>
    expect(resolve("src/main.ts", "./gone.js")).toBe("? ./gone.js is not in the workspace"));
  test("declarations are no code", () =>
    expect(resolve("src/main.ts", "./types")).toBe("? ./types has only declarations in the workspace"));
});

describe("names", () => {
  const resolve = resolving({
    "package.json":
      '{ "name": "app", "dependencies": { "gapi": "npm:googleapis@^100", "__proto__": "1" }, "imports": { "#mail": { "types": "./dist/mail.d.ts", "default": "./dist/mail.js" }, "#lib/*": "./src/lib/*.js", "#dep": "googleapis" } }',
    "src/mail.ts": "",
    "src/lib/text.ts": "",
    "src/index.ts": "",
  });
  test.each([
    ["googleapis", "package googleapis"],
    ["googleapis/build/src/apis/gmail", "package googleapis + build/src/apis/gmail"],
    ["@googleapis/gmail", "package @googleapis/gmail"],
    ["@modelcontextprotocol/sdk/server/mcp.js", "package @modelcontextprotocol/sdk + server/mcp.js"],
    ["gapi", "package googleapis"],
    ["npm:googleapis@118/build", "package googleapis + build"],
    ["npm:@googleapis/gmail@1", "package @googleapis/gmail"],
    ["node:fs/promises", "node:fs/promises"],
    ["fs", "node:fs"],
    ["__proto__", "package __proto__"],
    ["constructor", "package constructor"],
    ["#mail", "src/mail.ts"],
    ["#lib/text", "src/lib/text.ts"],
    ["#dep", "package googleapis"],
    ["app", "src/index.ts"],
    ["#nothing", "? #nothing is not among the imports of the package"],
    ["https://esm.sh/googleapis", "? https: imports are not followed"],
  ])("%s is %s", (specifier, expected) => expect(resolve("src/main.ts", specifier)).toBe(expected));

  test("a path into node_modules names the package, whether or not it is installed", () => {
    const bare = { "src/main.ts": "" };
    const installed = {
      ...bare,
      "node_modules/googleapis/index.js": "",
      "node_modules/googleapis/package.json": '{ "name": "googleapis" }',
    };
    for (const files of [bare, installed]) {
      expect(resolving(files)("src/main.ts", "../node_modules/googleapis/index.js")).toBe(
        "package googleapis + index.js",
      );
      expect(resolving(files)("src/main.ts", "googleapis")).toBe("package googleapis");
    }
  });
});

describe("tsconfig", () => {
  test("paths, exact before the longest prefix, relative to the file that has them", () => {
    const resolve = resolving({
      "config/base.json": '{ "compilerOptions": { "paths": { "~base": ["../src/base.ts"] } } }',
      "packages/a/tsconfig.json":
        '// comment\n{ "extends": "../../config/base.json", "compilerOptions": { "paths": { "@/*": ["./src/*"], "@/mail/*": ["./src/gmail/*",], "@/exact": ["./src/other.ts"] } } }',
      "packages/a/src/x.ts": "",
      "packages/a/src/gmail/send.ts": "",
      "packages/a/src/other.ts": "",
      "packages/b/tsconfig.json": '{ "extends": ["../../config/base"] }',
      "src/base.ts": "",
    });
    expect(resolve("packages/a/src/x.ts", "@/x.js")).toBe("packages/a/src/x.ts");
    expect(resolve("packages/a/src/x.ts", "@/mail/send")).toBe("packages/a/src/gmail/send.ts");
    expect(resolve("packages/a/src/x.ts", "@/exact")).toBe("packages/a/src/other.ts");
    expect(resolve("packages/b/y.ts", "~base")).toBe("src/base.ts");
  });

  test("baseUrl", () => {
    const resolve = resolving({
      "tsconfig.json": '{ "compilerOptions": { "baseUrl": "src" } }',
      "src/tools/send.ts": "",
      "src/fs.ts": "",
    });
    expect(resolve("src/main.ts", "tools/send")).toBe("src/tools/send.ts");
    expect(resolve("src/main.ts", "fs")).toBe("node:fs");
  });

  test("a configuration that only lists references speaks through those beside it", () => {
    const resolve = resolving({
      "tsconfig.json": '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }] }',
      "tsconfig.app.json": '{ "compilerOptions": { "paths": { "$lib/*": ["./app/lib/*"] } } }',
      "app/lib/x.ts": "",
    });
    expect(resolve("app/main.ts", "$lib/x")).toBe("app/lib/x.ts");
  });

  test("a shared configuration from a package of the workspace is followed", () => {
    const resolve = resolving(
      {
        "packages/config/base.json": '{ "compilerOptions": { "paths": { "lib/*": ["${configDir}/source/*"] } } }',
        "app/tsconfig.json": '{ "extends": "@acme/config/base.json" }',
        "app/source/x.ts": "",
      },
      { "@acme/config": ["packages/config"] },
    );
    expect(resolve("app/main.ts", "lib/x")).toBe("app/source/x.ts");
  });

  test.each([
    [{ "tsconfig.json": '{ "extends": "./tsconfig.json" }' }, "tsconfig.json: extends itself"],
    [
      {
        "tsconfig.json": '{ "extends": "./base.json" }',
        "base.json": '{ "extends": "./tsconfig" }',
      },
      "tsconfig.json: extends itself through base.json",
    ],
  ])("a circle of extends is one clear value, and the rest still counts", (files, message) => {
    const host = hostOf(files);
    const { problems } = readConfiguration(createJsonSource(host), "tsconfig.json");
    expect(problems).toEqual([{ file: "tsconfig.json", message: `${message}; remove one "extends" of the circle` }]);
    expect(words(createTypeScriptResolver(host).resolve("a.ts", "googleapis", "import"))).toBe("package googleapis");
  });

  test("a generated configuration that is not there explains an import that leads nowhere", () => {
    const resolve = resolving({ "tsconfig.json": '{ "extends": "./.svelte-kit/tsconfig.json" }' });
    expect(resolve("src/a.ts", "$:x")).toBe(
      "? $:x is neither a file nor a package name (tsconfig.json extends ./.svelte-kit/tsconfig.json, which is not there)",
    );
  });

  test("without any configuration, @/ starts at the source by custom", () => {
    expect(resolving({ "package.json": '{ "name": "a" }', "src/x.ts": "" })("src/main.ts", "@/x")).toBe("src/x.ts");
  });
});

describe("packages of the workspace", () => {
  const files = {
    "package.json": '{ "private": true, "workspaces": ["packages/*"] }',
    "packages/app/package.json":
      '{ "name": "@acme/app", "dependencies": { "@acme/core": "workspace:*", "core2": "workspace:@acme/core@*", "near": "file:../core", "far": "npm:@acme/core@1" } }',
    "packages/app/src/main.ts": "",
    "packages/core/package.json":
      '{ "name": "@acme/core", "exports": { ".": { "types": "./dist/index.d.ts", "import": "./dist/index.js", "require": "./dist/index.cjs" }, "./tools/*": "./dist/tools/*.js", "./private/*": null } }',
    "packages/core/tsconfig.json": '{ "compilerOptions": { "outDir": "dist", "rootDir": "source" } }',
    "packages/core/source/index.ts": "",
    "packages/core/source/tools/send.ts": "",
    "packages/plain/package.json": '{ "name": "plain", "main": "lib/index.js" }',
    "packages/plain/src/index.js": "",
    "packages/plain/src/deep.js": "",
  };
  const packages = { "@acme/core": ["packages/core"], plain: ["packages/plain"] };
  const cases: readonly (readonly [string, string])[] = [
    ["@acme/core", "packages/core/source/index.ts"],
    ["@acme/core/tools/send", "packages/core/source/tools/send.ts"],
    ["@acme/core/private/x", "? @acme/core of this workspace does not export ./private/x"],
    ["@acme/core/other", "? @acme/core of this workspace does not export ./other"],
    ["core2", "packages/core/source/index.ts"],
    ["near", "packages/core/source/index.ts"],
    ["far", "package @acme/core"],
    ["plain", "packages/plain/src/index.js"],
    ["plain/deep", "packages/plain/src/deep.js"],
  ];
  test.each(cases)("%s is %s", (specifier, expected) =>
    expect(resolving(files, packages)("packages/app/src/main.ts", specifier)).toBe(expected),
  );

  test("the build changes nothing", () => {
    const built = {
      ...files,
      "packages/core/dist/index.js": "",
      "packages/core/dist/index.d.ts": "",
      "packages/core/dist/index.cjs": "",
      "packages/core/dist/tools/send.js": "",
      "packages/plain/lib/index.js": "",
    };
    for (const [specifier, expected] of cases.slice(0, 8)) {
      if (specifier === "plain") continue;
      expect(resolving(built, packages)("packages/app/src/main.ts", specifier)).toBe(expected);
    }
  });
});

describe("built files", () => {
  test("a launcher that imports the build is led to the source, built or not", () => {
    const files = { "package.json": '{ "name": "a" }', "bin/run.js": "", "src/cli.ts": "" };
    expect(resolving(files)("bin/run.js", "../dist/cli.js")).toBe("src/cli.ts");
    expect(resolving({ ...files, "dist/cli.js": "" })("bin/run.js", "../dist/cli.js")).toBe("src/cli.ts");
  });
  test("a published package has only its build", () => {
    const files = {
      "package.json": '{ "name": "a", "main": "dist/index.js" }',
      "dist/index.js": "",
      "dist/mail.js": "",
    };
    expect(resolving(files)("dist/index.js", "./mail.js")).toBe("dist/mail.js");
    expect(resolving(files)("bin.js", "./dist/index.js")).toBe("dist/index.js");
  });
  test("lib/auth.ts is not the build of auth.ts", () => {
    const files = {
      "package.json": '{ "name": "a" }',
      "auth.ts": "",
      "lib/auth.ts": "",
      "lib/plain.js": "",
      "plain.ts": "",
    };
    expect(resolving(files)("app/page.tsx", "../lib/auth")).toBe("lib/auth.ts");
    expect(resolving(files)("app/page.tsx", "../lib/plain.js")).toBe("lib/plain.js");
  });
});

test("absences are asked for, so that a caller can forget the answer when the file comes", () => {
  const host = hostOf({ "src/main.ts": "" });
  createTypeScriptResolver(host).resolve("src/main.ts", "./mail.js", "import");
  expect(host.asked).toContain("src/mail.ts");
  expect(host.asked).toContain("src/mail.js");
  expect(host.asked.some((path) => path.includes("node_modules"))).toBe(false);
});
