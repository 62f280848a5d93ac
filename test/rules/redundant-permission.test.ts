import { describe, expect, test } from "vitest";
import { redundantPermission } from "../../server/src/rules/redundant-permission.ts";
import { calls, check, fixed, lines, scopes } from "./support.ts";

describe("redundant-permission", () => {
  const project = { ...scopes(["calendar", "calendar.events"]), accesses: calls("calendarList.list", "events.insert") };

  test("is said of the narrower one where the wider one is needed", () => {
    const wide = {
      ...scopes(["mail.google.com", "gmail.send"]),
      accesses: calls("users.messages.delete", "users.messages.send"),
    };
    expect(lines(check(redundantPermission, wide))).toEqual([
      "info certain: gmail.send adds nothing: mail.google.com, requested beside it, includes it.",
    ]);
  });

  test("never takes the narrower one away where it would do alone", () => {
    expect(check(redundantPermission, { ...project, accesses: calls("events.insert") })).toEqual([]);
  });

  test("its fix tidies, and is left to whoever asks for it", () => {
    const wide = {
      ...scopes(["mail.google.com", "gmail.send"]),
      accesses: calls("users.messages.delete", "users.messages.send"),
    };
    const [fix] = check(redundantPermission, wide)[0]!.fixes;
    expect(fix).toMatchObject({ kind: "tidies", safe: false });
    expect(fixed(wide, fix)).toBe("const SCOPES = [\n  'mail.google.com',\n];\n");
  });

  test("a repetition is redundant whatever the calls", () => {
    const twice = scopes(["drive.readonly", "drive.readonly"]);
    const [finding] = check(redundantPermission, twice);
    expect(lines([finding!])).toEqual(["info certain: drive.readonly is already in this list (line 2)."]);
    expect(finding!.place).toEqual(twice.grants[1]!.place);
    expect(fixed(twice, finding!.fixes[0])).toBe("const SCOPES = [\n  'drive.readonly',\n];\n");
  });
});
