import { describe, expect, test } from "vitest";
import { broadPermission } from "../../server/src/rules/broad-permission.ts";
import { blindSpot } from "../match/support.ts";
import { calls, check, fixed, lines, scopes } from "./support.ts";

describe("broad-permission", () => {
  const project = { ...scopes(["gmail.modify"]), accesses: calls("users.messages.list") };

  test("names the narrower one; an error where only reading is left of writing", () => {
    expect(lines(check(broadPermission, project))).toEqual([
      "error certain: No call needs all of gmail.modify: gmail.readonly covers the one Gmail call. It can read, compose, and send emails from the user's Gmail account.",
    ]);
  });

  test("the fix puts it in the place of the wide one", () => {
    const [fix] = check(broadPermission, project)[0]!.fixes;
    expect(fix).toMatchObject({
      title: "Request gmail.readonly instead of gmail.modify (the one call stays covered)",
      kind: "narrows",
      safe: true,
    });
    expect(fixed(project, fix)).toBe("const SCOPES = [\n  'gmail.readonly',\n];\n");
  });

  test("two narrower ones may be needed", () => {
    const two = {
      ...scopes(["gmail.modify", "openid"]),
      accesses: calls("users.messages.list", "users.messages.send"),
    };
    const [finding] = check(broadPermission, two);
    expect(lines([finding!])).toEqual([
      "warning certain: No call needs all of gmail.modify: gmail.readonly and gmail.send cover both Gmail calls. It can read, compose, and send emails from the user's Gmail account.",
    ]);
    expect(fixed(two, finding!.fixes[0])).toBe(
      "const SCOPES = [\n  'gmail.readonly',\n  'openid',\n  'gmail.send',\n];\n",
    );
  });

  test("names the neighbour that stays and covers the rest of the calls", () => {
    const beside = {
      ...scopes(["gmail.modify", "gmail.send"]),
      accesses: calls("users.messages.list", "users.messages.send"),
    };
    const [finding] = check(broadPermission, beside);
    expect(finding!.message).toContain("gmail.readonly and gmail.send cover both Gmail calls.");
    expect(finding!.fixes[0]!.title).toBe("Request gmail.readonly instead of gmail.modify (both calls stay covered)");
  });

  test("is a warning where a tier is not known", () => {
    const unknown = { ...scopes(["calendar"]), accesses: calls("calendarList.list") };
    expect(check(broadPermission, unknown)).toMatchObject([
      { severity: "warning", confidence: "certain", evidence: { narrowest: [["calendar.readonly"]] } },
    ]);
  });

  test("a relevant blind spot makes it possible: its line is named, nothing is fixed", () => {
    const blind = {
      ...project,
      files: { ...project.files, "src/plugins.ts": "run(gmail)" },
      blindSpots: [blindSpot(["google.gmail"])],
    };
    const [finding] = check(broadPermission, blind);
    expect(lines([finding!])).toEqual([
      "info possible: gmail.readonly would cover the 1 Gmail call seen; src/plugins.ts:1 could hide another, so this is not certain.",
    ]);
    expect(finding!.fixes).toEqual([]);
  });

  test("what reaches only part of the resources is advice, not a finding", () => {
    expect(check(broadPermission, { ...scopes(["drive"]), accesses: calls("files.create") })).toEqual([]);
  });
});
