import { describe, expect, test } from "vitest";
import { unusedPermission } from "../../server/src/rules/unused-permission.ts";
import { access, blindSpot } from "../match/support.ts";
import { calls, check, fixed, grantsIn, lines, scopes } from "./support.ts";

describe("unused-permission", () => {
  const project = {
    ...scopes(["presentations", "drive.readonly"]),
    accesses: calls("presentations.get", "presentations.batchUpdate"),
  };

  test("says which permission covers the calls, and what the unused one can do", () => {
    expect(lines(check(unusedPermission, project))).toEqual([
      "error certain: No call needs drive.readonly: presentations covers both Google calls. It can see and download all of the user's Google Drive files.",
    ]);
  });

  test("carries its proof: a place a call, the facts, the cost", () => {
    const [finding] = check(unusedPermission, project);
    expect(finding).toMatchObject({
      ruleId: "unused-permission",
      permission: "drive.readonly",
      service: "google.drive",
      deployable: "deployable",
      related: [
        { message: "presentations.get → presentations (line 2)" },
        { message: "presentations.batchUpdate → presentations (line 2)" },
      ],
      evidence: {
        used: ["call:presentations.get", "call:presentations.batchUpdate"],
        narrowest: [["presentations"]],
        cost: "sign in again; an old token keeps the scope until it is revoked",
        blindSpots: [],
      },
    });
    expect(finding!.evidence.facts).toHaveLength(2);
  });

  test("the fix stops requesting it", () => {
    const [fix] = check(unusedPermission, project)[0]!.fixes;
    expect(fix).toMatchObject({
      title: "Stop requesting drive.readonly (both calls stay covered)",
      kind: "narrows",
      safe: true,
    });
    expect(fixed(project, fix)).toBe("const SCOPES = [\n  'presentations',\n];\n");
  });

  test("its fingerprint does not change with the place", () => {
    const moved = {
      ...project,
      grants: project.grants.map((grant) => ({
        ...grant,
        place: { ...grant.place, span: { start: grant.place.span.start + 9, end: grant.place.span.end + 9 } },
      })),
    };
    expect(check(unusedPermission, moved)[0]!.fingerprint).toBe(check(unusedPermission, project)[0]!.fingerprint);
  });

  test("a repetition goes with it", () => {
    const twice = {
      ...scopes(["drive.readonly", "presentations", "drive.readonly"]),
      accesses: calls("presentations.batchUpdate"),
    };
    const findings = check(unusedPermission, twice);
    expect(findings).toHaveLength(1);
    expect(fixed(twice, findings[0]!.fixes[0])).toBe("const SCOPES = [\n  'presentations',\n];\n");
  });

  test("a relevant blind spot makes it possible: its line is named, nothing is fixed", () => {
    const blind = {
      ...project,
      files: { ...project.files, "src/plugins.ts": "\n\nrun(gmail)" },
      blindSpots: [blindSpot(["google.drive"])],
    };
    const [finding] = check(unusedPermission, blind);
    expect(lines([finding!])).toEqual([
      "info possible: presentations would cover the 2 Google calls seen, without drive.readonly; src/plugins.ts:3 could hide another, so this is not certain.",
    ]);
    expect(finding).toMatchObject({
      fixes: [],
      evidence: { blindSpots: ["blind:google.drive"] },
      related: [{ message: "gmail is handed to plugin.run(), chosen at run time" }, {}, {}],
    });
  });

  test("is a warning where it is only likely, or where it is small", () => {
    const likely = {
      ...scopes(["presentations", "drive.readonly"], { confidence: "likely" }),
      accesses: calls("presentations.batchUpdate"),
    };
    expect(check(unusedPermission, likely)).toMatchObject([
      { severity: "warning", confidence: "likely", fixes: [{ safe: false }] },
    ]);
    const small = { ...scopes(["gmail.send", "documents.readonly"]), accesses: calls("users.messages.send") };
    expect(lines(check(unusedPermission, small))).toEqual([
      "warning certain: No call needs documents.readonly: gmail.send covers the one Google call.",
    ]);
  });

  test("a list that covers nothing is not emptied", () => {
    const nothing = { ...scopes(["calendar.readonly"]), accesses: calls("files.list") };
    expect(check(unusedPermission, nothing)).toMatchObject([
      {
        message: expect.stringContaining("No call needs calendar.readonly: the one Google call does not accept it."),
        fixes: [],
      },
    ]);
  });

  test("is silent where no call was seen, and about identity and what the facts do not know", () => {
    expect(check(unusedPermission, scopes(["drive"]))).toEqual([]);
    expect(
      check(unusedPermission, {
        ...scopes(["openid", "brand.new", "gmail.send"]),
        accesses: calls("users.messages.send"),
      }),
    ).toEqual([]);
  });

  test("tools that reach the calls are named", () => {
    const reachedBy = [{ tool: "tool:1", agent: "agent:1", guard: null, trace: [] }];
    const [finding] = check(unusedPermission, {
      ...project,
      accesses: [access("presentations.batchUpdate", { reachedBy })],
    });
    expect(finding).toMatchObject({ tools: ["tool:1"], agents: ["agent:1"] });
  });

  describe("a text that feeds several lists", () => {
    const file = "src/auth.ts";
    const text = "const SCOPES = ['presentations', 'drive.readonly'];\n";
    const both = (second: readonly string[]) => {
      const a = grantsIn(file, text, ["presentations", "drive.readonly"], { group: "a", sharedWith: ["b"] });
      const b = grantsIn(file, text, second, { group: "b", sharedWith: ["a"] });
      return {
        files: { [file]: text },
        grants: [...a, ...b],
        accesses: calls("presentations.get", "presentations.batchUpdate"),
      };
    };

    test("is one finding, and fixed where that is right for each", () => {
      const findings = check(unusedPermission, both(["presentations", "drive.readonly"]));
      expect(findings).toHaveLength(1);
      expect(findings[0]!.fixes).toHaveLength(1);
    });

    test("is not edited where one of them needs it", () => {
      expect(check(unusedPermission, both(["drive.readonly"]))).toMatchObject([
        { permission: "drive.readonly", fixes: [] },
      ]);
    });
  });
});
