import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readLibraries } from "../../scripts/facts/node/libraries.ts";
import { readSources } from "../../scripts/facts/node/sources.ts";
import { createFacts } from "../../server/src/facts/lookup.ts";
import type { ArgumentReader, Requirements } from "../../server/src/facts/lookup.ts";
import { operationTitle } from "../../server/src/model/pack.ts";

const facts = createFacts((file) => readFileSync(new URL(`../../server/facts/${file}`, import.meta.url)));

function needs(module: string, name: string, read: ArgumentReader = () => undefined): Requirements {
  const pack = facts.pack(`node/${module}`)!;
  return facts.requirement(pack, facts.operation(`node/${module}`, name)!, read);
}

describe("every function of the source", () => {
  const groups = readSources().functions;
  const functions = groups.flatMap(({ module, names }) => names.split(" ").map((name) => ({ module, name })));

  // The source has 166, of which two are one function: a database in memory, and one in a file.
  test("there are 165", () => expect(functions).toHaveLength(165));
  test.each(functions)("$module $name has a row", ({ module, name }) =>
    expect(facts.operation(`node/${module}`, name)).toBeDefined(),
  );
});

describe("every function of the libraries", () => {
  const functions = readLibraries().flatMap((library) =>
    library.functions.flatMap(({ effect, names }) =>
      names.split(" ").map((name) => ({ pack: library.package, name, effect })),
    ),
  );
  test("there are 179", () => expect(functions).toHaveLength(179));
  test.each(functions)("$pack $name: $effect", ({ pack, name, effect }) =>
    expect(needs(pack, name)).toMatchObject({ effect, requires: { any: [expect.any(Array)] } }),
  );
});

test.each([
  ["fs", "readFile", "read", [["--allow-fs-read"]]],
  ["fs", "existsSync", "read", [["--allow-fs-read"]]],
  ["fs", "writeFileSync", "update", [["--allow-fs-write"]]],
  ["fs", "promises.mkdir", "create", [["--allow-fs-write"]]],
  ["fs", "promises.unlink", "delete", [["--allow-fs-write"]]],
  ["fs", "rmSync", "delete", [["--allow-fs-read", "--allow-fs-write"]]],
  ["fs", "copyFile", "create", [["--allow-fs-read", "--allow-fs-write"]]],
  ["fs", "lchown", "update", [["--allow-fs-write"]]],
  ["fs", "fchmodSync", "update", [[]]],
  ["fs", "FileHandle.writeFile", "update", [[]]],
  ["fs", "FileHandle.readFile", "read", [[]]],
  ["child_process", "exec", "execute", [["--allow-child-process"]]],
  ["child_process", "spawnSync", "execute", [["--allow-child-process"]]],
  ["net", "createConnection", "send", [["--allow-net"]]],
  ["net", "createServer().listen", "read", [["--allow-net"]]],
  ["dns", "resolveTxt", "read", [["--allow-net"]]],
  ["http", "get", "send", [["--allow-net"]]],
  ["worker_threads", "Worker", "execute", [["--allow-worker"]]],
  ["process", "dlopen", "execute", [["--allow-addons"]]],
  ["globals", "fetch", "send", [["--allow-net"]]],
  ["globals", "eval", "execute", [[]]],
  ["os", "networkInterfaces", "read", [[]]],
] as const)("%s.%s: %s, %j", (module, name, effect, any) => {
  const found = needs(module, name);
  expect([found.effect, found.requires]).toEqual([effect, { any }]);
});

describe("arguments", () => {
  const flags = (value: ReturnType<ArgumentReader>) =>
    needs("fs", "open", (path) => (path === "1" ? value : undefined));

  test("opening a file reads where no flags are given, and where they say so", () => {
    expect(flags(null)).toMatchObject({ effect: "read", requires: { any: [["--allow-fs-read"]] } });
    expect(flags("r")).toMatchObject({ effect: "read" });
    expect(flags("w")).toMatchObject({
      effect: "update",
      requires: { any: [["--allow-fs-read", "--allow-fs-write"]] },
      argumentUnknown: false,
    });
  });
  test("flags that are not known may be any", () =>
    expect(flags(undefined)).toMatchObject({ effect: "update", argumentUnknown: true }));
  test("a thread runs the program's own file, unless it is handed code", () => {
    expect(needs("worker_threads", "Worker", () => null).effect).toBe("read");
    expect(needs("worker_threads", "Worker", () => true).effect).toBe("execute");
  });
  test("a database in memory is no file", () =>
    expect(needs("sqlite", "DatabaseSync", () => ":memory:")).toMatchObject({
      effect: "read",
      requires: { any: [[]] },
    }));
});

describe("permissions", () => {
  test("Deno's flags are other spellings of Node's", () => {
    expect(facts.permission("node", "--allow-read")?.name).toBe("--allow-fs-read");
    expect(facts.permission("node", "--allow-run")).toMatchObject({ name: "--allow-child-process", tier: "admin" });
  });
  test("what only Deno asks for is needed in some cases only", () =>
    expect(needs("os", "userInfo")).toMatchObject({ requires: { any: [[]] }, mayNeed: ["--allow-sys"] }));
  test("reading stays reading, though copying reads too", () =>
    expect(facts.permission("node", "--allow-fs-read")?.effect).toBe("read"));
  test("what is refused whatever is allowed has no known need", () =>
    expect(needs("process", "binding").requires).toBeUndefined());
});

test.each([
  ["fs", "writeFile", "fs.writeFile"],
  ["child_process", "exec", "child_process.exec"],
  ["globals", "fetch", "fetch"],
])("%s %s is called %s", (module, name, title) => expect(operationTitle(needs(module, name))).toBe(title));
