import { describe, expect, test } from "vitest";
import { filesRunBy } from "../../server/src/workspace/entries.ts";
import { createMemoryFileSystem } from "../../server/src/workspace/memory-file-system.ts";
import { Workspace, type WorkspaceOptions, type WorkspaceSnapshot } from "../../server/src/workspace/workspace.ts";

async function look(files: Readonly<Record<string, string>>, options?: WorkspaceOptions): Promise<WorkspaceSnapshot> {
  return (await new Workspace(createMemoryFileSystem(files), options).refresh()).snapshot;
}

/** `name (kind) at root: files`. */
function listing(snapshot: WorkspaceSnapshot): string[] {
  return snapshot.deployables.map(
    ({ deployable: { name, kind, root }, files }) => `${name} (${kind}) at ${root || "."}: ${files.join(" ")}`,
  );
}

describe("ownership", () => {
  test("each file belongs to the nearest package", async () => {
    const snapshot = await look({
      "package.json": '{ "name": "outer" }',
      "a.ts": "",
      "functions/package.json": '{ "name": "inner" }',
      "functions/src/b.ts": "",
      "functions/dist/package.json": '{ "type": "module" }',
    });
    expect(listing(snapshot)).toEqual([
      "outer (package) at .: a.ts package.json",
      "inner (package) at functions: functions/dist/package.json functions/package.json functions/src/b.ts",
    ]);
    expect(snapshot.ownerOf("functions/src/b.ts")).toBe(snapshot.deployables[1]!.deployable.id);
  });

  test("without any manifest, the given path owns, else the root", async () => {
    const files = { "a.ts": "", "one/b.ts": "", "one/deep/c.ts": "", "two/readme.md": "" };
    expect(listing(await look(files))).toEqual([". (tree) at .: a.ts one/b.ts one/deep/c.ts two/readme.md"]);
    expect(listing(await look(files, { paths: ["one"] }))).toEqual([
      ". (tree) at .: a.ts two/readme.md",
      "one (tree) at one: one/b.ts one/deep/c.ts",
    ]);
  });

  test("pyproject.toml is a manifest too", async () => {
    expect(listing(await look({ "svc/pyproject.toml": '[project]\nname = "svc-mail"\n', "svc/main.py": "" }))).toEqual([
      "svc-mail (package) at svc: svc/main.py svc/pyproject.toml",
    ]);
  });

  test("the commands of pyproject.toml are entries, below the root or its src", async () => {
    const manifest = '[project]\nname = "a"\n[project.scripts]\nmail = "mail.cli:main"\nnone = "mail.gone:main"\n';
    const snapshot = await look({ "pyproject.toml": manifest, "src/mail/cli.py": "" });
    expect(snapshot.deployables[0]!.entries).toEqual([
      { file: "src/mail/cli.py", kind: "bin", name: "mail", function: "main" },
    ]);
  });

  test("an empty folder, and one that holds no code, have no deployable", async () => {
    expect(listing(await look({}))).toEqual([]);
    expect(listing(await look({ "readme.md": "" }))).toEqual([]);
  });

  test("an id hangs on the place, not on the name or on what is in it", async () => {
    const before = await look({ "p/package.json": '{ "name": "a" }', "p/a.ts": "" });
    const after = await look({ "p/package.json": '{ "name": "b" }', "p/a.ts": "", "p/b.ts": "" });
    expect(after.deployables[0]!.deployable.id).toBe(before.deployables[0]!.deployable.id);
  });
});

describe("workspaces", () => {
  const members = {
    "packages/core/package.json": '{ "name": "@acme/core", "main": "dist/index.js" }',
    "packages/core/src/index.ts": "",
    "packages/app/package.json":
      '{ "name": "@acme/app", "dependencies": { "@acme/core": "workspace:*", "googleapis": "*" } }',
    "packages/app/src/main.ts": "",
    "vitest.config.ts": "",
    "eslint.config.js": "",
  };
  const INSTALLED: Record<string, string> = {
    "node_modules/@acme/core/package.json": '{ "name": "@acme/core" }',
    "node_modules/@acme/core/dist/index.js": "",
    "packages/app/node_modules/googleapis/index.js": "",
  };
  test.each<readonly [string, Record<string, string>]>([
    ["npm", { "package.json": '{ "name": "root", "private": true, "workspaces": ["packages/*"] }' }],
    ["yarn", { "package.json": '{ "name": "root", "private": true, "workspaces": { "packages": ["packages/*"] } }' }],
    [
      "pnpm",
      { "package.json": '{ "name": "root", "private": true }', "pnpm-workspace.yaml": "packages:\n  - packages/*\n" },
    ],
    [
      "lerna",
      { "package.json": '{ "name": "root", "private": true }', "lerna.json": '{ "packages": ["packages/*"] }' },
    ],
  ])("%s: every member is a deployable, a root of tools is none, names lead to sources", async (_, root) => {
    for (const installed of [{}, INSTALLED]) {
      const snapshot = await look({ ...root, ...members, ...installed });
      const [app, core, ...others] = snapshot.deployables;
      expect([app!.deployable.name, core!.deployable.name, others.length]).toEqual(["@acme/app", "@acme/core", 0]);
      expect(app!.dependencies).toEqual([core!.deployable.id]);
      expect(snapshot.resolver.resolve("packages/app/src/main.ts", "@acme/core", "import")).toEqual({
        kind: "file",
        file: "packages/core/src/index.ts",
      });
      expect(snapshot.resolver.resolve("packages/app/src/main.ts", "googleapis", "import")).toEqual({
        kind: "package",
        name: "googleapis",
        subpath: "",
      });
      expect(snapshot.ownerOf("eslint.config.js")).toBeUndefined();
    }
  });

  test("a root with code of its own is one", async () => {
    const snapshot = await look({
      "package.json": '{ "name": "root", "workspaces": ["packages/*"] }',
      "server.ts": "",
      ...members,
    });
    expect(snapshot.deployables.map(({ deployable }) => deployable.name)).toEqual(["root", "@acme/app", "@acme/core"]);
  });

  test("packages of tests are dummies: a name does not mean them", async () => {
    const snapshot = await look({
      "remit.yaml": "lint: { exclude: [test] }",
      "src/a.ts": "",
      "test/fixtures/x/package.json": '{ "name": "googleapis", "main": "index.js" }',
      "test/fixtures/x/index.js": "",
    });
    expect(snapshot.resolver.resolve("src/a.ts", "googleapis", "import")).toEqual({
      kind: "package",
      name: "googleapis",
      subpath: "",
    });
  });

  test("a pnpm file that is no YAML is one line", async () => {
    const { problems } = await look({ "pnpm-workspace.yaml": "packages: [", "a.ts": "" });
    expect(problems).toHaveLength(1);
    expect(problems[0]!.message).toMatch(/^pnpm-workspace\.yaml: [^\n]+$/);
  });
});

describe("entries", () => {
  test("bin, main, exports and scripts, led back to the sources", async () => {
    const snapshot = await look({
      "package.json": JSON.stringify({
        name: "mail",
        bin: { mail: "./dist/cli.js" },
        main: "dist/index.js",
        exports: { ".": { types: "./dist/index.d.ts", default: "./dist/index.js" }, "./tools/*": "./dist/tools/*.js" },
        scripts: {
          start: "NODE_ENV=production node --enable-source-maps dist/server.js",
          dev: "tsx watch src/dev.ts && echo",
          lint: "eslint src/index.ts",
          auth: "npx tsx scripts/auth.ts",
        },
      }),
      "src/cli.ts": "",
      "src/index.ts": "",
      "src/server.ts": "",
      "src/dev.ts": "",
      "src/tools/send.ts": "",
      "src/unused.ts": "",
      "scripts/auth.ts": "",
    });
    expect(snapshot.deployables[0]!.entries.map(({ kind, name, file }) => `${kind} ${name}: ${file}`)).toEqual([
      "script auth: scripts/auth.ts",
      "bin mail: src/cli.ts",
      "script dev: src/dev.ts",
      "exports .: src/index.ts",
      "main .: src/index.ts",
      "script start: src/server.ts",
      "exports ./tools/*: src/tools/send.ts",
    ]);
  });

  test("where the manifest names nothing that is there, the customary file is one", async () => {
    const snapshot = await look({
      "package.json": '{ "name": "a", "main": "index.js" }',
      "src/server.ts": "",
      "src/auth.ts": "",
    });
    expect(snapshot.deployables[0]!.entries).toEqual([{ file: "src/server.ts", kind: "customary", name: "." }]);
  });

  test("a published package: its entries are the built files", async () => {
    const snapshot = await look({ "package.json": '{ "name": "a", "bin": "dist/index.js" }', "dist/index.js": "" });
    expect(snapshot.deployables[0]!.entries).toEqual([{ file: "dist/index.js", kind: "bin", name: "a" }]);
  });

  test.each([
    ["node dist/x.js", ["dist/x.js"]],
    ["cross-env A=b node ./x.mjs --port 3", ["./x.mjs"]],
    ["tsc && node x.js", ["x.js"]],
    ["nodemon --exec tsx src/a.ts", ["src/a.ts"]],
    ["prettier --write src/a.ts", []],
    ["rm -rf dist/index.js", []],
  ])("%s runs %j", (command, files) => expect(filesRunBy(command)).toEqual(files));
});
