import { describe, expect, test } from "vitest";
import { missingPermission } from "../../server/src/rules/missing-permission.ts";
import { access } from "../match/support.ts";
import { calls, check, fixed, lines, scopes } from "./support.ts";

describe("missing-permission", () => {
  const project = {
    ...scopes(["gmail.modify", "gmail.settings.basic"]),
    accesses: calls("users.messages.modify", "users.messages.delete"),
  };

  test("stands at the call, and says what it needs and what is there", () => {
    const [finding] = check(missingPermission, project);
    expect(lines([finding!])).toEqual([
      "error certain: messages.delete needs mail.google.com, which gmail.modify and gmail.settings.basic do not cover.",
    ]);
    expect(finding).toMatchObject({
      place: access("users.messages.delete").place,
      permission: "mail.google.com",
      service: "google.gmail",
      related: [
        { place: project.grants[0]!.place, message: "gmail.modify and gmail.settings.basic are requested here" },
      ],
      evidence: { narrowest: [["mail.google.com"]], used: ["call:users.messages.delete"] },
    });
  });

  test("its fix widens, and is never applied unasked", () => {
    const [fix] = check(missingPermission, project)[0]!.fixes;
    expect(fix).toMatchObject({
      title: "Request mail.google.com instead of gmail.modify (more power)",
      kind: "widens",
      safe: false,
    });
    expect(fixed(project, fix)).toBe("const SCOPES = [\n  'mail.google.com',\n  'gmail.settings.basic',\n];\n");
  });

  test("what the newcomer does not include stays", () => {
    const other = { ...scopes(["gmail.send"]), accesses: calls("users.messages.list") };
    const [fix] = check(missingPermission, other)[0]!.fixes;
    expect(fix!.title).toBe("Also request gmail.readonly (more power)");
    expect(fixed(other, fix)).toBe("const SCOPES = [\n  'gmail.send',\n  'gmail.readonly',\n];\n");
  });

  test("one finding a call site", () => {
    const twice = {
      ...scopes(["gmail.modify"]),
      accesses: [access("users.messages.delete"), access("users.messages.delete", { id: "call:again" })],
    };
    expect(check(missingPermission, twice)).toHaveLength(2);
  });

  test("no more than likely where nothing reaches the call", () => {
    const dead = {
      ...scopes(["gmail.modify"]),
      accesses: [access("users.messages.delete", { unreached: true, confidence: "likely" })],
    };
    expect(check(missingPermission, dead)).toMatchObject([{ severity: "warning", confidence: "likely" }]);
  });

  test("is silent without a list, about open lists, and where a name that the facts do not know may cover the call", () => {
    expect(check(missingPermission, { ...scopes(["gmail.send", "brand.new"]), accesses: calls("files.list") })).toEqual(
      [],
    );
    expect(check(missingPermission, { accesses: calls("files.list") })).toEqual([]);
    expect(
      check(missingPermission, { ...scopes(["gmail.send"], { open: true }), accesses: calls("files.list") }),
    ).toEqual([]);
  });
});
