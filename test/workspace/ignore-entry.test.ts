import { describe, expect, it } from "vitest";
import { readConfigurationFile } from "../../server/src/workspace/configuration-file.ts";
import { withIgnoreEntry } from "../../server/src/workspace/ignore-entry.ts";

const ENTRY = { path: "src/main.ts", rule: "unused-permission", permission: "drive.readonly", reason: "theirs" };
const WRITTEN = `- path: src/main.ts
  rule: unused-permission
  permission: drive.readonly
  reason: theirs
`;

describe("a new entry of lint.ignore", () => {
  it("begins a file", () => {
    expect(withIgnoreEntry("", ENTRY)).toBe(`lint:\n  ignore:\n${indented(4)}`);
  });

  it("follows what a file says of other things, comments too", () => {
    const before = "# ours\ngranted: []";
    expect(withIgnoreEntry(before, ENTRY)).toBe(`${before}\nlint:\n  ignore:\n${indented(4)}`);
    expect(withIgnoreEntry("# nothing yet\n", ENTRY)).toBe(`# nothing yet\nlint:\n  ignore:\n${indented(4)}`);
  });

  it("stands first in the list, laid out as the others are", () => {
    const list = (indent: string): string =>
      `lint:\n  rules: { unused-permission: info } # for now\n  ignore:\n${indent}# known\n${indent}- { path: a.ts, rule: broad-permission, reason: x }\n`;
    for (const spaces of [2, 4, 6])
      expect(withIgnoreEntry(list(" ".repeat(spaces)), ENTRY)).toBe(
        list(" ".repeat(spaces)).replace(/(?=\s*- \{)/, `\n${indented(spaces)}`.trimEnd()),
      );
  });

  it("makes the list where there is none", () => {
    expect(withIgnoreEntry("lint:\n    rules:\n        unused-permission: off\n", ENTRY)).toBe(
      `lint:\n    ignore:\n${indented(6)}    rules:\n        unused-permission: off\n`,
    );
  });

  it("keeps the line ends of the file", () => {
    const after = withIgnoreEntry("lint:\r\n  exclude: [a]\r\n", ENTRY)!;
    expect(after.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  });

  it("is refused by what is no table of settings", () => {
    expect(withIgnoreEntry("- a\n", ENTRY)).toBeUndefined();
    expect(withIgnoreEntry("lint: [\n", ENTRY)).toBeUndefined();
  });
});

it.each([
  "",
  "granted: []\n",
  "lint: {}\n",
  "lint:\n",
  "lint:\n  ignore:\n",
  "lint: { ignore: [] }\n",
  "{ lint: { exclude: [a], ignore: [{ path: b, rule: broad-permission, reason: x }] } }",
  "lint:\n  ignore:\n  - path: b\n    rule: broad-permission\n    reason: x\n  exclude: a\n",
])("whatever it says, it is read back as it was said: %j", async (text) => {
  for (const hostile of [
    "a: b",
    "#x",
    'it\'s "so" \\ far',
    "- x",
    "yes",
    "null",
    "12",
    "[a]",
    "{b}",
    "&c",
    " d ",
    "é🙂",
    "a #b",
    "x:",
    "!y",
    "*z",
    "%",
    "@",
    "`",
  ]) {
    const entry = { path: `app/[id]/${hostile}.ts`, rule: "unused-permission", permission: hostile, reason: hostile };
    const { json, problems } = await readConfigurationFile(
      "remit.yaml",
      withIgnoreEntry(text, entry)!,
      ["unused-permission", "broad-permission"],
      () => true,
    );
    expect(problems).toEqual(hostile.trim() === "" ? [expect.anything()] : []);
    expect((json["lint"] as unknown as { ignore: unknown[] }).ignore[0]).toEqual(entry);
  }
});

function indented(spaces: number): string {
  return WRITTEN.replace(/^(?=.)/gm, " ".repeat(spaces));
}
