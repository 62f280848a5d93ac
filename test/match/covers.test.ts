import { describe, expect, test } from "vitest";
import type { Permission } from "../../server/src/model/permission.ts";
import { covers } from "../../server/src/match/covers.ts";
import { containsPattern } from "../../server/src/model/pattern.ts";
import { comparePower } from "../../server/src/match/power.ts";
import { opensGroup, satisfies } from "../../server/src/match/sufficiency.ts";
import { knowledge } from "./support.ts";

const google = (name: string, more: Partial<Permission> = {}): Permission => ({ provider: "google", name, ...more });
const aws = (name: string, resource?: string): Permission => ({ provider: "aws", name, resource });

describe("covers", () => {
  test("the same permission, and by the hierarchy at any remove", () => {
    expect(covers(google("drive"), google("drive"), knowledge)).toBe(true);
    expect(covers(google("mail.google.com"), google("gmail.readonly"), knowledge)).toBe(true);
    expect(covers(google("gmail.readonly"), google("gmail.modify"), knowledge)).toBe(false);
  });

  test("never across providers", () => {
    expect(covers({ provider: "slack", name: "drive" }, google("drive"), knowledge)).toBe(false);
  });

  test("patterns of names and of resources", () => {
    expect(covers(aws("s3:*"), aws("s3:GetObject", "arn:aws:s3:::a/b"), knowledge)).toBe(true);
    expect(covers(aws("s3:Get*", "arn:aws:s3:::a/*"), aws("s3:GetObject", "arn:aws:s3:::a/b*"), knowledge)).toBe(true);
    expect(covers(aws("s3:GetObject", "arn:aws:s3:::a/*"), aws("s3:GetObject"), knowledge)).toBe(false);
    expect(covers(aws("s3:Get*"), aws("s3:PutObject"), knowledge)).toBe(false);
  });

  test("a condition covers only itself, but having none covers any", () => {
    expect(covers(google("drive", { condition: "x" }), google("drive"), knowledge)).toBe(false);
    expect(covers(google("drive", { condition: "x" }), google("drive", { condition: "x" }), knowledge)).toBe(true);
    expect(covers(google("drive"), google("drive", { condition: "x" }), knowledge)).toBe(true);
  });

  test.each([
    ["*", "", true],
    ["a*c", "abc", true],
    ["a*c", "ab", false],
    ["a?c", "abc", true],
    ["a?c", "a*c", false],
    ["a*", "a*b*", true],
    ["a", "*", false],
  ])("pattern %s contains %s: %s", (a, b, expected) => {
    expect(containsPattern(a, b)).toBe(expected);
  });
});

describe("satisfies", () => {
  const either = { provider: "google", byCredential: { any: [["drive.file"], ["drive"]] } };
  const both = { provider: "google", byCredential: { any: [["calendar.readonly", "documents"]] } };

  test("any one alternative is enough, all its members are needed", () => {
    expect(satisfies([google("drive")], either, null, knowledge)).toMatchObject({
      verdict: "satisfied",
      confidence: "certain",
    });
    expect(satisfies([google("documents")], both, null, knowledge)).toEqual({
      verdict: "missing",
      confidence: "certain",
    });
    expect(satisfies([google("documents"), google("calendar.readonly")], both, null, knowledge)).toMatchObject({
      verdict: "satisfied",
    });
  });

  test("what only the hierarchy gives counts, but is no more than likely", () => {
    expect(satisfies([google("calendar"), google("documents")], both, null, knowledge)).toMatchObject({
      verdict: "satisfied",
      confidence: "likely",
    });
  });

  test("known to need nothing is satisfied by nothing", () => {
    expect(satisfies([], { provider: "google", byCredential: { any: [[]] } }, null, knowledge)).toMatchObject({
      verdict: "satisfied",
      by: [],
    });
  });

  const byKind = { provider: "google", byCredential: { user: [["drive"]], bot: [["documents"]] } };

  test("the kind of credential picks the column", () => {
    expect(satisfies([google("documents")], byKind, "bot", knowledge)).toMatchObject({
      verdict: "satisfied",
      confidence: "certain",
    });
    expect(satisfies([google("documents")], byKind, "user", knowledge)).toEqual({
      verdict: "missing",
      confidence: "certain",
    });
    expect(satisfies([google("documents")], byKind, "app", knowledge)).toEqual({ verdict: "unknown" });
  });

  test("an unknown kind is satisfied by any column, at most likely", () => {
    expect(satisfies([google("documents")], byKind, null, knowledge)).toMatchObject({
      verdict: "satisfied",
      confidence: "likely",
    });
    expect(satisfies([google("calendar")], byKind, null, knowledge)).toEqual({
      verdict: "missing",
      confidence: "likely",
    });
  });

  test("no facts, no verdict", () => {
    expect(satisfies([google("drive")], { provider: "google", byCredential: {} }, null, knowledge)).toEqual({
      verdict: "unknown",
    });
  });

  test(".default stands for whatever the registration lists", () => {
    expect(opensGroup(google("https://graph.example/.default"))).toBe(true);
    expect(satisfies([google(".default")], either, null, knowledge)).toMatchObject({
      verdict: "satisfied",
      confidence: "likely",
    });
  });
});

describe("order of power", () => {
  const compare = (a: string[], b: string[]) =>
    comparePower(
      a.map((name) => google(name)),
      b.map((name) => google(name)),
      knowledge,
    );

  test("by effect, tier and breadth", () => {
    expect(compare(["gmail.readonly"], ["gmail.modify"])).toBe("less");
    expect(compare(["gmail.modify"], ["gmail.readonly"])).toBe("more");
    expect(compare([], ["gmail.send"])).toBe("less");
  });

  test("what another member includes is not counted twice", () => {
    expect(compare(["calendar", "calendar.events"], ["calendar"])).toBe("equal");
  });

  test("a strong permission that both need hides nothing", () => {
    expect(compare(["gmail.modify", "drive.metadata"], ["gmail.modify", "drive.readonly"])).toBe("apart");
  });

  test("tier is left out where either is unknown", () => {
    expect(compare(["documents.readonly"], ["drive.readonly"])).toBe("less");
    expect(compare(["drive.readonly"], ["documents"])).toBe("apart");
  });
});
