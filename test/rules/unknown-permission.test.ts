import { describe, expect, test } from "vitest";
import { unknownPermission } from "../../server/src/rules/unknown-permission.ts";
import { check, fixed, lines, scopes } from "./support.ts";

describe("unknown-permission", () => {
  test("a near miss is a warning; spelling it right gives power, so nobody does it unasked", () => {
    const project = scopes(["gmail.read-only", "gmail.send"]);
    const [finding] = check(unknownPermission, project);
    expect(lines([finding!])).toEqual([
      'warning likely: "gmail.read-only" is no Google scope in the facts of 2026-11; gmail.readonly is spelt almost the same.',
    ]);
    expect(finding!.fixes).toMatchObject([{ kind: "widens", safe: false }]);
    expect(fixed(project, finding!.fixes[0])).toContain("'gmail.readonly'");
  });

  test("what is like nothing may be newer than the facts", () => {
    expect(lines(check(unknownPermission, scopes(["brand.new", "gmail.send"])))).toEqual([
      'info possible: "brand.new" is no Google scope in the facts of 2026-11; it may be newer.',
    ]);
  });

  test("deprecated ones are named", () => {
    expect(lines(check(unknownPermission, scopes(["old.feeds"])))).toEqual([
      "warning certain: old.feeds is deprecated by Google.",
    ]);
  });

  test("known ones, and .default, are not", () => {
    expect(check(unknownPermission, scopes(["gmail.send", "https://graph.example/.default"]))).toEqual([]);
  });
});
