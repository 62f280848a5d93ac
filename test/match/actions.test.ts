import { describe, expect, test } from "vitest";
import { covers, namesCover } from "../../server/src/match/covers.ts";
import type { PermissionKnowledge } from "../../server/src/match/knowledge.ts";
import type { Plan } from "../../server/src/match/plan.ts";
import { solve } from "../../server/src/match/solve.ts";
import type { Access, Grant } from "../../server/src/model/analysis.ts";
import type { Effect } from "../../server/src/model/effect.ts";
import { containsPattern, isPattern } from "../../server/src/model/pattern.ts";
import { access, list, planFor, verdicts } from "./support.ts";

/** Permissions that are actions: names in any case, patterns, resources, and what is only needed in some cases. */

const ACTIONS: Readonly<Record<string, Effect>> = {
  "s3:GetObject": "read",
  "s3:GetObjectAcl": "read",
  "s3:PutObject": "create",
  "s3:DeleteObject": "delete",
  "kms:Decrypt": "read",
  "kms:Encrypt": "read",
  "kms:ScheduleKeyDeletion": "delete",
  "logs:PutLogEvents": "create",
  "logs:DeleteLogGroup": "delete",
};

const knowledge: PermissionKnowledge = {
  permission(_, spelled) {
    const names = Object.keys(ACTIONS).filter((name) => containsPattern(spelled.toLowerCase(), name.toLowerCase()));
    if (names.length === 0) return undefined;
    const effects = names.map((name) => ACTIONS[name]!);
    return {
      name: isPattern(spelled) ? spelled : names[0]!,
      short: spelled,
      tier: "unknown",
      effect: (["delete", "create", "read"] as const).find((effect) => effects.includes(effect))!,
      breadth: names.length,
      services: [...new Set(names.map((name) => `aws.${name.split(":")[0]}`))],
      source: 0,
    };
  },
  platformNeeds: () => ["logs:PutLogEvents"],
};

const call = (action: string, more: Partial<Access> & { readonly on?: string } = {}): Access =>
  access("users.messages.list", {
    id: `call:${action}`,
    service: `aws.${action.split(":")[0]}`,
    operation: action,
    requirement: {
      provider: "aws",
      byCredential: { any: [[action]] },
      ...(more.on === undefined ? {} : { resources: [more.on] }),
    },
    requires: [[action]],
    credential: "aws",
    ...more,
  });

const granted = (names: readonly string[], resource?: string): Grant[] =>
  list(names, { credential: "aws" }).map((grant) => ({
    ...grant,
    permission: { provider: "aws", name: grant.written, ...(resource === undefined ? {} : { resource }) },
  }));

const plan = (names: readonly string[], calls: readonly Access[], resource?: string): Plan =>
  solve(granted(names, resource), calls, [], knowledge);

const replacements = (found: Plan, name: string) => [planFor(found, name).verdict, planFor(found, name).replacement];

describe("names", () => {
  test.each([
    ["s3:getobject", "s3:GetObject", true],
    ["s3:Get*", "s3:GetObject", true],
    ["S3:gEt*", "s3:GetObject", true],
    ["s3:GetObjec?", "s3:GetObject", true],
    ["*", "s3:GetObject", true],
    ["s3:*", "s3:Get*", true],
    ["s3:Get*", "s3:*", false],
    ["s3:Put*", "s3:GetObject", false],
  ])("%s includes %s: %s", (a, b, expected) => {
    expect(namesCover("aws", a, b, knowledge)).toBe(expected);
  });

  test("other providers mind the case", () => {
    expect(namesCover("google", "Drive", "drive", knowledge)).toBe(false);
    expect(covers({ provider: "aws", name: "S3:*" }, { provider: "aws", name: "s3:GetObject" }, knowledge)).toBe(true);
  });
});

describe("patterns", () => {
  test("one that is wider than the calls shrinks to what they need", () => {
    const found = plan(["s3:*"], [call("s3:GetObject")]);
    expect(replacements(found, "s3:*")).toEqual(["broad", ["s3:GetObject"]]);
    expect(found.missing).toEqual([]);
  });

  test("one whose service nobody calls goes", () => {
    expect(verdicts(plan(["s3:GetObject", "kms:*"], [call("s3:GetObject")]))).toEqual({
      "s3:GetObject": "needed",
      "kms:*": "unused",
    });
  });

  test("a call that none of them includes is missing", () => {
    const found = plan(["s3:Get*"], [call("s3:GetObject"), call("s3:PutObject")]);
    expect(found.missing.map(({ additions }) => additions)).toEqual([[["s3:PutObject"]]]);
  });

  test("the same name in another case is the same permission", () => {
    expect(plan(["S3:GETOBJECT"], [call("s3:GetObject")]).missing).toEqual([]);
  });
});

describe("what is needed in some cases only", () => {
  const encrypted = call("s3:GetObject", { mayNeed: ["kms:Decrypt", "kms:Encrypt"] });

  test("is no excess where it is granted", () => {
    expect(verdicts(plan(["s3:GetObject", "kms:Decrypt"], [encrypted]))).toEqual({
      "s3:GetObject": "needed",
      "kms:Decrypt": "needed",
    });
  });

  test("is not missing where it is not", () => {
    expect(plan(["s3:GetObject"], [encrypted]).missing).toEqual([]);
  });

  test("is excess where no such call is made", () => {
    expect(verdicts(plan(["s3:GetObject", "kms:Decrypt"], [call("s3:GetObject")]))["kms:Decrypt"]).toBe("unused");
  });

  test("stays when what includes it shrinks", () => {
    const found = plan(["*"], [encrypted]);
    expect(replacements(found, "*")).toEqual([
      "broad",
      ["kms:Decrypt", "kms:Encrypt", "logs:PutLogEvents", "s3:GetObject"],
    ]);
  });

  test("does not stay twice: a pattern beside the name goes", () => {
    expect(verdicts(plan(["s3:GetObject", "kms:Decrypt", "kms:Enc*", "kms:*"], [encrypted]))).toMatchObject({
      "kms:Decrypt": "needed",
      "kms:*": "unused",
    });
  });

  test("what the platform may need stays, whatever the code calls", () => {
    const found = plan(["s3:GetObject", "logs:PutLogEvents"], [call("s3:GetObject")]);
    expect(verdicts(found)["logs:PutLogEvents"]).toBe("needed");
  });

  test("of a pattern that can do worse it leaves what may be needed, of one that cannot nothing is said", () => {
    const found = plan(["s3:GetObject", "logs:*", "logs:Put*"], [call("s3:GetObject")]);
    expect(replacements(plan(["s3:GetObject", "logs:*"], [call("s3:GetObject")]), "logs:*")).toEqual([
      "broad",
      ["logs:PutLogEvents"],
    ]);
    expect(verdicts(found)).toMatchObject({ "logs:Put*": "needed", "logs:*": "unused" });
  });

  test("without any call nothing is said", () => {
    expect(verdicts(plan(["logs:*", "kms:*"], []))).toEqual({ "logs:*": "undecidable", "kms:*": "undecidable" });
  });
});

describe("resources", () => {
  const bucket = "arn:aws:s3:::reports/*";
  const missing = (touched: string | undefined, resource: string) =>
    plan(["s3:GetObject"], [call("s3:GetObject", touched === undefined ? {} : { on: touched })], resource).missing;

  test.each([
    ["within", "arn:aws:s3:::reports/2026.csv", bucket],
    ["the same", bucket, bucket],
    [
      "perhaps within: the account is not known",
      "arn:aws:dynamodb:*:*:table/a",
      "arn:aws:dynamodb:eu-west-1:1:table/a",
    ],
    ["perhaps within: a reference", "arn:aws:s3:::${BUCKET}/*", bucket],
    ["the same reference", "arn:aws:s3:::${BUCKET}/*", "arn:aws:s3:::${BUCKET}/*"],
    ["perhaps within: not known at all", undefined, bucket],
  ])("%s is no call that lacks something", (_, touched, resource) => {
    expect(missing(touched, resource)).toEqual([]);
  });

  test("a call that may touch several things is served by what allows one of them", () => {
    const several = call("s3:GetObject", {
      requirement: {
        provider: "aws",
        byCredential: { any: [["s3:GetObject"]] },
        resources: ["arn:aws:s3:::invoices/*", "arn:aws:s3:::reports/*"],
      },
    });
    expect(plan(["s3:GetObject"], [several], bucket).missing).toEqual([]);
    expect(plan(["s3:GetObject"], [several], "arn:aws:s3:::letters/*").missing).toHaveLength(1);
  });

  test.each([
    ["another bucket", "arn:aws:s3:::invoices/*", bucket],
    ["another table, whatever the account", "arn:aws:dynamodb:*:*:table/b", "arn:aws:dynamodb:eu-west-1:1:table/a"],
  ])("%s is", (_, touched, resource) => {
    expect(missing(touched, resource)).toHaveLength(1);
  });
});
