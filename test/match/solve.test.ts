import { describe, expect, test } from "vitest";
import type { PermissionRow } from "../../server/src/model/pack.ts";
import { solve } from "../../server/src/match/solve.ts";
import { access, blindSpot, knowledge, list, planFor, verdicts } from "./support.ts";

function withoutServices(row: PermissionRow | undefined): PermissionRow | undefined {
  return row && { ...row, services: undefined };
}

const plan = (
  grants: ReturnType<typeof list>,
  operations: readonly string[],
  blind: Parameters<typeof solve>[2] = [],
) =>
  solve(
    grants,
    operations.map((operation) => access(operation)),
    blind,
    knowledge,
  );

describe("one target, one verdict a grant", () => {
  test("unused: the neighbour covers every call", () => {
    const solved = plan(list(["presentations", "drive.readonly"]), ["presentations.get", "presentations.batchUpdate"]);
    expect(verdicts(solved)).toEqual({ presentations: "needed", "drive.readonly": "unused" });
    expect(planFor(solved, "drive.readonly")).toMatchObject({
      confidence: "certain",
      coveredBy: ["presentations"],
      contested: false,
    });
    expect(solved.lists[0]).toMatchObject({ target: ["presentations"], empties: false });
  });

  test("broad: narrower ones cover what it is needed for, together if need be", () => {
    const reads = plan(list(["gmail.modify"]), ["users.messages.list"]);
    expect(planFor(reads, "gmail.modify")).toMatchObject({
      verdict: "broad",
      replacement: ["gmail.readonly"],
      confidence: "certain",
    });
    const sends = plan(list(["gmail.modify"]), ["users.messages.list", "users.messages.send"]);
    expect(planFor(sends, "gmail.modify")).toMatchObject({
      verdict: "broad",
      replacement: ["gmail.readonly", "gmail.send"],
    });
  });

  test("redundant: the wider one is needed, and includes it", () => {
    const solved = plan(list(["calendar.readonly", "calendar.events.readonly", "calendar.events"]), [
      "calendarList.list",
      "events.insert",
      "events.list",
    ]);
    expect(verdicts(solved)).toEqual({
      "calendar.readonly": "needed",
      "calendar.events.readonly": "redundant",
      "calendar.events": "needed",
    });
    expect(planFor(solved, "calendar.events.readonly").coveredBy).toEqual(["calendar.events", "calendar.readonly"]);
  });

  test("of a wide and a narrow one the wide one goes if the narrow one is enough", () => {
    expect(verdicts(plan(list(["calendar", "calendar.events"]), ["events.insert"]))).toEqual({
      calendar: "unused",
      "calendar.events": "needed",
    });
  });

  test("identity is never excess", () => {
    expect(verdicts(plan(list(["openid", "gmail.send"]), ["users.messages.send"]))).toEqual({
      openid: "identity",
      "gmail.send": "needed",
    });
  });

  test("what the facts do not know gets no verdict", () => {
    expect(verdicts(plan(list(["brand.new", "gmail.send"]), ["users.messages.send"]))).toEqual({
      "brand.new": "undecidable",
      "gmail.send": "needed",
    });
  });

  test("where no call was seen nothing is said", () => {
    expect(verdicts(plan(list(["drive", "drive.readonly"]), []))).toEqual({
      drive: "undecidable",
      "drive.readonly": "undecidable",
    });
  });

  test("two that shrink into the same narrower one shrink together", () => {
    const rows = ["a", "b", "c"].map((name) => ({
      name,
      short: name,
      tier: "unknown" as const,
      effect: "update" as const,
      breadth: name === "c" ? 3 : 10,
      source: 0,
    }));
    const calls = [
      ["a", "c"],
      ["b", "c"],
    ].map((names, index) =>
      access("files.list", {
        id: `call:${index}`,
        requirement: { provider: "google", byCredential: { any: names.map((name) => [name]) } },
      }),
    );
    const solved = solve(list(["a", "b"]), calls, [], {
      permission: (_, name) => rows.find((row) => row.name === name),
    });
    expect(planFor(solved, "a")).toMatchObject({ verdict: "broad", replacement: ["c"], together: ["b"] });
    expect(planFor(solved, "b")).toMatchObject({ verdict: "broad", replacement: ["c"], together: ["a"] });
  });

  test("several least sets: all are offered, none is chosen", () => {
    const rows = ["a", "b"].map((name) => ({
      name,
      short: name,
      tier: "unknown" as const,
      effect: "update" as const,
      breadth: 5,
      source: 0,
    }));
    const call = access("files.list", { requirement: { provider: "google", byCredential: { any: [["a"], ["b"]] } } });
    const solved = solve(list(["a", "b"]), [call], [], {
      permission: (_, name) => rows.find((row) => row.name === name),
    });
    expect(verdicts(solved)).toEqual({ a: "needed", b: "unused" });
    expect(planFor(solved, "b")).toMatchObject({ contested: true, least: [["a"], ["b"]] });
  });

  test("a search that is too long says so and claims nothing", () => {
    const solved = solve(list(["gmail.modify"]), [access("users.messages.list")], [], knowledge, 1);
    expect(planFor(solved, "gmail.modify")).toMatchObject({
      verdict: "undecidable",
      reason: "there are too many combinations to search",
    });
  });

  test("a list of which nothing would be left says so", () => {
    const solved = plan(list(["calendar.readonly"]), ["files.list"]);
    expect(solved.lists[0]).toMatchObject({ empties: true, target: [] });
  });

  test("a list's repetition is one plan with two places", () => {
    expect(
      planFor(plan(list(["drive.readonly", "drive.readonly"]), ["files.export"]), "drive.readonly").grants,
    ).toHaveLength(2);
  });
});

describe("permissions for part of the resources", () => {
  test("are advice where a wider one is granted", () => {
    expect(planFor(plan(list(["drive"]), ["files.create"]), "drive")).toMatchObject({
      verdict: "needed",
      advice: ["drive.file"],
    });
  });

  test("are enough where they are what was granted", () => {
    const solved = plan(list(["drive.file"]), ["files.create", "files.list", "documents.get"]);
    expect(verdicts(solved)).toEqual({ "drive.file": "needed" });
    expect(solved.missing).toEqual([]);
  });

  test("do not push out the wider one beside them", () => {
    expect(verdicts(plan(list(["drive.file", "documents"]), ["documents.get", "documents.batchUpdate"]))).toEqual({
      "drive.file": "unused",
      documents: "needed",
    });
    expect(verdicts(plan(list(["drive.file", "drive.readonly"]), ["files.create", "files.export"]))).toEqual({
      "drive.file": "needed",
      "drive.readonly": "needed",
    });
  });
});

describe("permissions that are enough only if granted", () => {
  const reading = (names: readonly string[]) => {
    const { requirement } = access("files.list");
    return access("files.list", { requirement: { ...requirement, enoughIfGranted: { any: names } } });
  };
  const read = (grants: readonly string[], reluctant: readonly string[]) =>
    solve(list(grants), [reading(reluctant)], [], knowledge);

  test("are not offered, although they would be the least", () => {
    expect(planFor(read(["drive"], []), "drive").replacement).toEqual(["drive.metadata.readonly"]);
    const metadata = ["drive.metadata.readonly", "drive.metadata"];
    expect(planFor(read(["drive"], metadata), "drive").replacement).toEqual(["drive.readonly"]);
  });

  test("are enough where they are what was granted, all of them", () => {
    const solved = read(["drive.metadata", "drive.metadata.readonly"], ["drive.metadata.readonly", "drive.metadata"]);
    expect(verdicts(solved)).toEqual({ "drive.metadata": "needed", "drive.metadata.readonly": "needed" });
    expect(solved.missing).toEqual([]);
  });

  test("do not push out what the call asks for", () => {
    expect(verdicts(read(["drive.readonly", "drive.metadata"], ["drive.metadata.readonly", "drive.metadata"]))).toEqual(
      {
        "drive.readonly": "needed",
        "drive.metadata": "unused",
      },
    );
  });

  test("give way to what the call asks for, if that is less", () => {
    expect(planFor(read(["drive"], ["drive", "drive.metadata", "drive.metadata.readonly"]), "drive")).toMatchObject({
      verdict: "broad",
      replacement: ["drive.readonly"],
    });
  });

  test("are no addition while there is another", () => {
    const solved = solve(list(["documents"]), [reading(["drive.metadata.readonly"])], [], knowledge);
    expect(solved.missing[0]?.additions).not.toContainEqual(["drive.metadata.readonly"]);
  });
});

describe("kinds of credential", () => {
  const bothKinds = (credentialKind: string | null) =>
    access("files.export", {
      credentialKind,
      requirement: {
        provider: "google",
        byCredential: { delegated: [["drive.readonly"], ["drive"]], application: [["documents.readonly"]] },
      },
    });

  test("a call whose client is not known is judged by the column of the list", () => {
    const delegated = list(["drive"], { credentialKind: "delegated" });
    const solved = solve(delegated, [bothKinds(null)], [], knowledge);
    expect(planFor(solved, "drive")).toMatchObject({
      verdict: "broad",
      replacement: ["drive.readonly"],
      confidence: "certain",
    });
    const wrong = solve(
      list(["documents.readonly"], { credentialKind: "delegated" }),
      [bothKinds(null)],
      [],
      knowledge,
    );
    expect(wrong.missing[0]).toMatchObject({ confidence: "likely" });
  });

  test("a list does not feed a client of another kind", () => {
    const solved = solve(list(["drive"], { credentialKind: "delegated" }), [bothKinds("application")], [], knowledge);
    expect(verdicts(solved)).toEqual({ drive: "undecidable" });
    expect(solved.missing).toEqual([]);
  });
});

test("an argument that is not known and decides: nothing is missing", () => {
  const { requirement } = access("files.export");
  const call = access("files.export", { requirement: { ...requirement, argumentUnknown: true } });
  expect(solve(list(["gmail.send"]), [call], [], knowledge).missing).toEqual([]);
});

test("a permission of which no source says what it opens is not judged", () => {
  const unlisted = {
    permission: (provider: string, name: string) => {
      const row = knowledge.permission(provider, name);
      return row && { ...row, unlisted: name === "calendar" };
    },
  };
  const solved = solve(list(["calendar", "gmail.send"]), [access("users.messages.send")], [], unlisted);
  expect(verdicts(solved)).toEqual({ calendar: "undecidable", "gmail.send": "needed" });
});

describe("missing", () => {
  test("a call that nothing in a visible, closed list covers, with the least that would", () => {
    const solved = plan(list(["gmail.modify", "gmail.settings.basic"]), [
      "users.messages.delete",
      "users.messages.modify",
      "users.settings.filters.create",
    ]);
    expect(verdicts(solved)).toEqual({ "gmail.modify": "needed", "gmail.settings.basic": "needed" });
    expect(solved.missing).toMatchObject([
      {
        access: { operation: "users.messages.delete" },
        additions: [["mail.google.com"]],
        confidence: "certain",
        groups: ["list"],
      },
    ]);
  });

  test("what reaches only part of the resources is not what is missing", () => {
    expect(plan(list(["drive.metadata.readonly"]), ["files.create"]).missing).toMatchObject([
      { additions: [["drive"]] },
    ]);
  });

  test("no list, no verdict; an open list lacks nothing, but can have too much", () => {
    expect(plan([], ["files.list"]).missing).toEqual([]);
    const open = plan(list(["gmail.send", "drive.readonly"], { open: true }), [
      "users.messages.delete",
      "users.messages.send",
    ]);
    expect(open.missing).toEqual([]);
    expect(verdicts(open)).toEqual({ "gmail.send": "needed", "drive.readonly": "unused" });
    expect(plan(list(["https://graph.example/.default", "gmail.send"]), ["users.messages.delete"]).missing).toEqual([]);
  });

  test("is likely where nothing reaches the call, or where the list names nothing of the service", () => {
    const unreached = solve(
      list(["gmail.modify"]),
      [access("users.messages.delete", { unreached: true })],
      [],
      knowledge,
    );
    expect(unreached.missing).toMatchObject([{ confidence: "likely" }]);
    expect(plan(list(["gmail.send"]), ["users.messages.send", "events.list"]).missing).toMatchObject([
      { access: { operation: "events.list" }, confidence: "likely" },
    ]);
  });
});

describe("credentials, several lists, modes", () => {
  test("only two different resolved clients are apart", () => {
    const grants = list(["gmail.send"], { credential: "google:a" });
    const missing = (credential: string) =>
      solve(grants, [access("users.messages.delete", { credential })], [], knowledge).missing.length;
    expect([missing("google"), missing("google:a"), missing("google:b")]).toEqual([1, 1, 0]);
  });

  test("of lists without a mode one that covers the call is enough", () => {
    const lists = [
      ...list(["gmail.send"], { group: "a-sign-in" }),
      ...list(["calendar.readonly"], { group: "b-service" }),
    ];
    const solved = plan(lists, ["users.messages.send", "calendarList.list"]);
    expect(solved.missing).toEqual([]);
    expect(solved.lists.map((_, at) => verdicts(solved, at))).toEqual([
      { "gmail.send": "needed" },
      { "calendar.readonly": "needed" },
    ]);
  });

  test("a call that none of them covers is missing from all, once", () => {
    const lists = [...list(["gmail.send"], { group: "a" }), ...list(["gmail.readonly"], { group: "b" })];
    expect(plan(lists, ["users.messages.delete"]).missing).toMatchObject([{ groups: ["a", "b"] }]);
  });

  const modes = [
    ...list(["gmail.readonly"], { group: "a", mode: "readOnly" }),
    ...list(["gmail.modify"], { group: "b", mode: "not readOnly" }),
  ];
  const under = (guard: string | null) => [{ tool: null, agent: null, guard, trace: [] }];

  test("a list is judged by the calls that can happen in its mode", () => {
    const calls = [
      access("users.messages.list", { reachedBy: under(null) }),
      access("users.messages.modify", { reachedBy: under("not readOnly") }),
    ];
    const solved = solve(modes, calls, [], knowledge);
    expect(solved.lists.map((_, at) => verdicts(solved, at))).toEqual([
      { "gmail.readonly": "needed" },
      { "gmail.modify": "needed" },
    ]);
    expect(solved.missing).toEqual([]);
  });

  test("missing is judged per mode, and then no more than likely", () => {
    const solved = solve(modes, [access("users.messages.modify", { reachedBy: under(null) })], [], knowledge);
    expect(solved.missing).toMatchObject([{ groups: ["a"], mode: "readOnly", confidence: "likely" }]);
  });

  test("nothing is missing in a mode where the call has a condition of its own", () => {
    const solved = solve(modes, [access("users.messages.modify", { reachedBy: under("config.write") })], [], knowledge);
    expect(solved.missing).toEqual([]);
  });
});

describe("certainty", () => {
  test("a relevant blind spot makes a verdict possible; another service's does not", () => {
    const confidence = (affects: string) =>
      planFor(plan(list(["gmail.modify"]), ["users.messages.list"], [blindSpot([affects])]), "gmail.modify").confidence;
    expect(["google.gmail", "google", "google.calendar", "slack"].map(confidence)).toEqual([
      "possible",
      "possible",
      "certain",
      "certain",
    ]);
  });

  test("a blind spot of a service that accepts the grant is relevant too", () => {
    const solved = plan(
      list(["documents", "drive.readonly"]),
      ["documents.get", "documents.batchUpdate"],
      [blindSpot(["google.slides"])],
    );
    expect(planFor(solved, "drive.readonly")).toMatchObject({
      verdict: "unused",
      confidence: "possible",
      blindSpots: ["blind:google.slides"],
    });
  });

  test("whether a service accepts it counts as yes where the facts do not tell", () => {
    const silent = {
      permission: (provider: string, name: string) => withoutServices(knowledge.permission(provider, name)),
    };
    const solved = solve(
      list(["gmail.modify"]),
      [access("users.messages.list")],
      [blindSpot(["google.calendar"])],
      silent,
    );
    expect(planFor(solved, "gmail.modify").confidence).toBe("possible");
  });

  test("an operation without facts for its credential hides what it needs", () => {
    const unknown = access("files.list", { requirement: { provider: "google", byCredential: {} } });
    const solved = solve(
      list(["drive.readonly", "gmail.send"]),
      [unknown, access("users.messages.send")],
      [],
      knowledge,
    );
    expect(planFor(solved, "drive.readonly")).toMatchObject({ verdict: "unused", confidence: "possible" });
    expect(solved.missing).toEqual([]);
  });

  test("likely grants and calls make a likely verdict", () => {
    const likelyCall = solve(
      list(["gmail.modify"]),
      [access("users.messages.list", { confidence: "likely" })],
      [],
      knowledge,
    );
    expect(planFor(likelyCall, "gmail.modify").confidence).toBe("likely");
    const likelyGrant = solve(
      list(["gmail.modify"], { confidence: "likely" }),
      [access("users.messages.list")],
      [],
      knowledge,
    );
    expect(planFor(likelyGrant, "gmail.modify").confidence).toBe("likely");
  });

  test("a call that nothing reaches protects what it needs", () => {
    const solved = solve(
      list(["gmail.modify"]),
      [access("users.messages.modify", { unreached: true, confidence: "likely" })],
      [],
      knowledge,
    );
    expect(verdicts(solved)).toEqual({ "gmail.modify": "needed" });
  });
});
