import { describe, expect, test } from "vitest";
import { readConfigurations, type Configurations } from "../../server/src/workspace/configuration.ts";

const RULES = ["unused-permission", "broad-permission", "missing-permission"];

async function configured(files: Readonly<Record<string, string>>): Promise<Configurations> {
  return readConfigurations(Object.keys(files), (path) => files[path], RULES);
}

async function complaints(text: string): Promise<string[]> {
  return (await configured({ "remit.yaml": text })).problems.map(({ message }) => message);
}

describe("what it supports", () => {
  test("rule levels, suppressions and grants made elsewhere, with their lines", async () => {
    const { configurationFor, problems } = await configured({
      "app/remit.yaml": `
lint:
  rules:
    unused-permission: warning
  ignore:
    - path: src/legacy
      rule: unused-permission
      permission: drive.readonly
      reason: used by the mobile client
      expires: 2027-01-31
granted:
  - provider: google
    permissions: [gmail.send]
    path: "src/**"
    reason: admin console
agents: { mail: { purpose: sends mail } }
`,
    });
    expect(problems).toEqual([]);
    const configuration = configurationFor("app/src/legacy/a.ts");
    expect([...configuration.rules]).toEqual([["unused-permission", "warning"]]);
    expect(configuration.ignore).toMatchObject([
      {
        file: "app/remit.yaml",
        line: 6,
        rule: "unused-permission",
        permission: "drive.readonly",
        expires: "2027-01-31",
      },
    ]);
    expect(configuration.ignore[0]!.matches("app/src/legacy/a.ts")).toBe(true);
    expect(configuration.ignore[0]!.matches("app/src/other.ts")).toBe(false);
    expect(configuration.granted).toMatchObject([{ line: 12, provider: "google", permissions: ["gmail.send"] }]);
    expect(configuration.granted[0]!.matches("app/src/a.ts")).toBe(true);
    expect(configuration.granted[0]!.matches("app/b.ts")).toBe(false);
    expect(configuration.agents).toEqual({ mail: { purpose: "sends mail" } });
    expect(configurationFor("other/a.ts").rules.size).toBe(0);
  });

  test("the nearest file wins, key by key and rule by rule", async () => {
    const { configurationFor } = await configured({
      "remit.yaml": "lint:\n  exclude: [legacy]\n  rules: { unused-permission: off, broad-permission: info }\n",
      "app/remit.yaml": "lint:\n  rules: { unused-permission: error }\n",
    });
    expect([...configurationFor("app/a.ts").rules]).toEqual([
      ["unused-permission", "error"],
      ["broad-permission", "info"],
    ]);
    expect(configurationFor("legacy/a.ts").isIncluded).toBe(false);
    expect(configurationFor("app/legacy/a.ts").isIncluded).toBe(true);
  });

  test("include and exclude", async () => {
    const { configurationFor } = await configured({
      "remit.yaml": 'lint:\n  include: ["src/**/*.ts", tools]\n  exclude: "**/*.gen.ts"\n',
    });
    const included = (file: string): boolean => configurationFor(file).isIncluded;
    expect(["src/a.ts", "src/b/c.ts", "tools/x.js"].every(included)).toBe(true);
    expect(["src/a.js", "src/a.gen.ts", "other/a.ts"].some(included)).toBe(false);
  });

  test("an empty file says nothing", async () => expect(await complaints("# nothing yet\n")).toEqual([]));
});

describe("what is wrong with it", () => {
  test.each([
    [
      "lint:\n  rules:\n\n    unusedpermission: error\n",
      ["remit.yaml:4: lint.rules.unusedpermission is not a rule; did you mean unused-permission"],
    ],
    [
      "lint:\n  rules:\n    unused-permission: fatal\n",
      ["remit.yaml:3: lint.rules.unused-permission is fatal; it must be one of error, warning, info, off"],
    ],
    ["lint:\n  rule: {}\n", ["remit.yaml:2: lint.rule is not a setting; did you mean rules"]],
    ["lint:\n  include: 3\n", ["remit.yaml:2: lint.include must be a text or a list of texts"]],
    [
      "lint:\n  ignore:\n    - path: a\n      rule: unused-permission\n",
      ["remit.yaml:3: lint.ignore[0] has no reason"],
    ],
    [
      "lint:\n  ignore:\n    - { path: a, rule: unused-permission, reason: ' ' }\n",
      ["remit.yaml:3: lint.ignore[0].reason is empty"],
    ],
    ["lint:\n  ignore:\n    - { path: a, rule: nope, reason: x }\n", ["remit.yaml:3: nope is not a rule"]],
    [
      "lint:\n  ignore:\n    - { path: a, rule: unused-permission, reason: x, expires: soon }\n",
      ["remit.yaml:3: lint.ignore[0].expires is soon; write a day as 2026-12-31"],
    ],
    ["granted:\n  - permissions: [a]\n", ["remit.yaml:2: granted[0] names neither a provider nor a service"]],
    ["granted: all\n", ["remit.yaml:1: granted must be a list"]],
    ["- a\n", ["remit.yaml:1: is not a table of settings; see the schema of remit.yaml"]],
  ])("%j", async (text, expected) => expect(await complaints(text)).toEqual(expected));

  test("text that is no YAML is one line with its place", async () => {
    const [message, ...others] = await complaints("lint:\n  rules: [\n");
    expect(others).toEqual([]);
    expect(message).toMatch(/^remit\.yaml:\d+: [^\n]+; nothing in it counts until it is valid YAML$/);
  });

  test("a bomb of aliases is refused", async () => {
    const levels = Array.from(
      { length: 20 },
      (_, i) => `k${i + 1}: &k${i + 1} [${Array.from({ length: 9 }, () => `*k${i}`).join(", ")}]`,
    );
    expect(await complaints(["k0: &k0 [x]", ...levels].join("\n"))).toEqual([
      "remit.yaml:1: uses its anchors too often; write the values out",
    ]);
  });

  test("the rest of the file counts, and half a suppression suppresses nothing", async () => {
    const { configurationFor, problems } = await configured({
      "remit.yaml":
        "lint:\n  rules: { unusedpermission: off, broad-permission: off }\n  ignore:\n    - { path: a }\n    - { path: b, rule: broad-permission, reason: x }\n__proto__: { polluted: true }\n",
    });
    expect(problems).toHaveLength(4);
    const configuration = configurationFor("a.ts");
    expect([...configuration.rules]).toEqual([["broad-permission", "off"]]);
    expect(configuration.ignore.map(({ path, line }) => [path, line])).toEqual([["b", 5]]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});
