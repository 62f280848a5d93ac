import { describe, expect, test } from "vitest";
import { RULES, runRules } from "../../server/src/rules/index.ts";
import type { Rule } from "../../server/src/rules/rule.ts";
import { unresolvedAccess } from "../../server/src/rules/unresolved-access.ts";
import { unusedSuppression } from "../../server/src/rules/unused-suppression.ts";
import { meaningSentence, whenClause } from "../../server/src/rules/wording.ts";
import { blindSpot, knowledge } from "../match/support.ts";
import { calls, check, fixed, inputOf, lines, placeOf, scopes } from "./support.ts";

describe("unresolved-access", () => {
  test("is off, and tells each blind spot", () => {
    expect(unresolvedAccess.meta.default).toBe("off");
    expect(lines(check(unresolvedAccess, { blindSpots: [blindSpot(["google.gmail"])] }))).toEqual([
      "info certain: Gmail is handed to plugin.run(), chosen at run time: calls made there are not seen.",
    ]);
  });
});

describe("unused-suppression", () => {
  const file = "src/auth.ts";
  const text =
    "  // remit-ignore unused-permission -- kept for the other program\nconst a = 1; // remit-ignore broad-permission\n";
  const comment = (piece: string, more: { rules: readonly string[]; reason?: string; used?: boolean }) => ({
    ...placeOf(file, text, piece),
    reason: undefined,
    used: false,
    ...more,
  });
  const first = comment("// remit-ignore unused-permission -- kept for the other program", {
    rules: ["unused-permission"],
    reason: "kept for the other program",
  });

  test("one that suppresses nothing goes, with its line", () => {
    const project = { files: { [file]: text }, suppressions: [first] };
    const [finding] = check(unusedSuppression, project);
    expect(lines([finding!])).toEqual([
      "info certain: remit-ignore suppresses nothing: no unused-permission is reported here.",
    ]);
    expect(fixed(project, finding!.fixes[0])).toBe("const a = 1; // remit-ignore broad-permission\n");
  });

  test("one without a reason is told so, and stays", () => {
    const bare = comment("// remit-ignore broad-permission", { rules: ["broad-permission"] });
    expect(check(unusedSuppression, { files: { [file]: text }, suppressions: [bare] })).toMatchObject([
      { message: "remit-ignore needs a reason: // remit-ignore broad-permission -- <reason>.", fixes: [] },
    ]);
  });

  test("used ones are fine", () => {
    expect(check(unusedSuppression, { suppressions: [{ ...first, used: true }] })).toEqual([]);
  });
});

describe("all rules", () => {
  test("are listed by id, with a page each", () => {
    const ids = RULES.map(({ meta }) => meta.id);
    expect(ids).toEqual([...ids].sort());
  });

  test("one that fails is named, and the others run", () => {
    const broken: Rule = {
      meta: { ...unresolvedAccess.meta, id: "broken" },
      check: () => {
        throw new Error("no such thing\n at somewhere");
      },
    };
    const results = runRules(
      [broken, ...RULES],
      inputOf({ ...scopes(["gmail.modify"]), accesses: calls("users.messages.list") }),
    );
    expect(results.failures).toEqual([{ ruleId: "broken", message: "rule broken failed on server: no such thing" }]);
    expect(results.findings.map(({ ruleId }) => ruleId)).toEqual(["broad-permission"]);
  });

  test("a grant gets one finding of the three at most", () => {
    const names = [
      "mail.google.com",
      "gmail.modify",
      "gmail.readonly",
      "drive",
      "drive.readonly",
      "documents",
      "calendar",
      "calendar.events",
    ];
    const input = inputOf({
      ...scopes(names),
      accesses: calls("users.messages.list", "documents.get", "files.list", "events.insert"),
    });
    const permissions = runRules(RULES, input).findings.map(({ permission }) => permission);
    expect(new Set(permissions).size).toBe(permissions.length);
    expect(permissions.length).toBeGreaterThan(3);
  });
});

describe("words", () => {
  test("the provider's line becomes a sentence about the user", () => {
    expect(meaningSentence(knowledge.permission("google", "calendar"))).toBe(
      "It can see, edit, share, and permanently delete all the calendars the user can access using Google Calendar.",
    );
    expect(meaningSentence(knowledge.permission("google", "drive.file"))).toBe(
      "It can see, edit, create, and delete only the specific Google Drive files the user uses with this app.",
    );
    expect(meaningSentence(knowledge.permission("google", "openid"))).toBeUndefined();
  });

  test("a condition reads as English", () => {
    expect([null, "savePath", "not options.readOnly", "count > 3"].map(whenClause)).toEqual([
      "",
      " when savePath is given",
      " when readOnly is not given",
      " when count > 3",
    ]);
  });
});
