import { describe, expect, test, vi } from "vitest";
import { packFile, sha256 } from "../../scripts/facts/pack-file.ts";
import { checkFacts } from "../../scripts/facts/check-facts.ts";
import { createFacts, type Facts } from "../../server/src/facts/lookup.ts";
import { PACK_FORMAT, type BundleHead, type Pack, type PackIndex } from "../../server/src/model/pack.ts";

/** A provider whose packs lie in one file, each with the permissions of its own service. */

const SOURCE = { name: "a package", version: "1.0.0", date: "2026-11-22", licence: "MIT" };

const pail: Pack = {
  format: PACK_FORMAT,
  id: "cloud/pail",
  provider: "cloud",
  service: "cloud.pail",
  title: "Pails",
  spelling: "colon",
  sources: [SOURCE, { ...SOURCE, name: "a page" }],
  permissions: ["pail:GetThing", "pail:PutThing", "pail:PutThingAcl", "key:Open"],
  aliases: { waitUntilThingExists: "HeadThing" },
  operations: [
    { name: "CopyThing", effect: "create", requires: { any: [[0, 1]] }, also: [[2, "Acl"], [3]], source: 1 },
    { name: "HeadThing", effect: "read", requires: { any: [[0]] }, source: 1 },
  ],
  vocabulary: {
    prefix: "pail:",
    resources: [
      ["pail", "crn:${Pail}"],
      ["thing", "crn:${Pail}/${Thing}"],
    ],
    conditions: ["cloud:Tag"],
    groups: [
      {
        level: "Read",
        effect: "read",
        resources: [1],
        conditions: [0],
        names: "GetThing ListThings",
        meanings: "See a thing|",
      },
      { level: "Write", effect: "create", resources: [0, 1], names: "PutThing" },
      { level: "Permissions management", effect: "administer", tier: "admin", names: "PutThingAcl" },
    ],
  },
};

const key: Pack = {
  format: PACK_FORMAT,
  id: "cloud/key",
  provider: "cloud",
  service: "cloud.key",
  title: "Keys",
  spelling: "colon",
  sources: [SOURCE],
  permissions: [],
  operations: [],
  vocabulary: {
    prefix: "key:",
    resources: [],
    conditions: [],
    groups: [{ level: "Write", effect: "update", names: "Open" }],
    services: { "key:Open": ["cloud.pail"] },
  },
};

const head: BundleHead = {
  format: PACK_FORMAT,
  provider: "cloud",
  sources: [SOURCE],
  packs: ["cloud/key", "cloud/pail"],
  clients: { bucketclient: "cloud/pail" },
  platform: ["key:Open"],
};

function filesOf(bundle: Uint8Array): Readonly<Record<string, Uint8Array>> {
  const index: PackIndex = {
    format: PACK_FORMAT,
    date: "2026-11",
    packs: {},
    hosts: {},
    bundles: { cloud: { packs: 2, operations: 7, permissions: 5, sha256: sha256(bundle) } },
  };
  return { "index.json": Buffer.from(JSON.stringify(index)), "cloud/packs.jsonl.br": bundle };
}

function factsOf(packs: readonly (Pack | { format: number })[] = [key, pail]): Facts {
  const files = filesOf(packFile(head, ...packs));
  return createFacts((path) => files[path]);
}

describe("operations", () => {
  const facts = factsOf();
  const needs = (name: string, given: Readonly<Record<string, string>> = {}) => {
    const pack = facts.packOfClient("cloud", "bucket-client")!;
    const found = facts.requirement(pack, facts.operation(pack.id, name)!, (path) => given[path] ?? null);
    return { any: found.requires!["any"], also: found.mayNeed ?? [], source: found.source.name };
  };

  test("one that is named like a permission needs it, in whatever case it is written", () => {
    expect(needs("GetThing")).toEqual({ any: [["pail:GetThing"]], also: [], source: "a package" });
    expect(needs("getThing").any).toEqual([["pail:GetThing"]]);
  });

  test("a row says otherwise", () => {
    expect(needs("HeadThing").any).toEqual([["pail:GetThing"]]);
    expect(facts.operation("cloud/pail", "TiltPail")).toBeUndefined();
  });

  test("a library's own name leads to the operation", () => {
    expect(facts.operation("cloud/pail", "waitUntilThingExists")?.name).toBe("HeadThing");
  });

  test("what is needed in some cases is told apart, by the argument that calls for it", () => {
    expect(needs("CopyThing").any).toEqual([["pail:GetThing", "pail:PutThing"]]);
    expect(needs("CopyThing").also).toEqual(["key:Open"]);
    expect(needs("CopyThing", { Acl: "public" }).also).toEqual(["key:Open", "pail:PutThingAcl"]);
  });

  test("a client is known by its names in code, however they are written; others have no pack", () => {
    for (const name of ["bucket-client", "BucketClient", "pail", "Pail"])
      expect(facts.packOfClient("cloud", name)?.id).toBe("cloud/pail");
    expect(facts.packOfClient("cloud", "__proto__")).toBeUndefined();
    expect(facts.packOfClient("google", "pail")).toBeUndefined();
  });
});

describe("permissions", () => {
  const facts = factsOf();

  test("say what they are about", () => {
    expect(facts.permission("cloud", "pail:getthing")).toEqual({
      name: "pail:GetThing",
      short: "pail:GetThing",
      meaning: "See a thing",
      tier: "unknown",
      effect: "read",
      breadth: 3,
      services: ["cloud.pail"],
      level: "Read",
      resources: ["thing"],
      conditions: ["cloud:Tag"],
      source: 0,
    });
    expect(facts.permission("cloud", "key:Open")?.services).toEqual(["cloud.key", "cloud.pail"]);
  });

  test("a pattern is as strong and as broad as all it stands for", () => {
    const about = (spelled: string) => {
      const row = facts.permission("cloud", spelled);
      return row && [row.effect, row.tier, row.breadth];
    };
    expect(about("pail:*Thing*")).toEqual(["administer", "admin", 7]);
    expect(about("pail:P?tThing")).toEqual(["create", "unknown", 2]);
    expect(about("PAIL:get*")).toEqual(["read", "unknown", 3]);
    expect(about("*")).toEqual(["administer", "admin", 7]);
    expect(about("pail:Tilt*")).toBeUndefined();
    expect(about("jug:*")).toBeUndefined();
  });

  test("a slip in the action or in the service is found", () => {
    expect(facts.nearMisses("cloud", "pail:GetThimg")).toEqual(["pail:GetThing"]);
    expect(facts.nearMisses("cloud", "pale:PutThing")).toEqual([]);
    expect(facts.nearMisses("cloud", "pai:PutThing")).toEqual(["pail:PutThing"]);
    expect(facts.nearMisses("cloud", "pail:GetThing")).toEqual([]);
    expect(facts.nearMisses("cloud", "GetThing")).toEqual([]);
  });

  test("what the platform may need is known without reading a service", () => {
    expect(facts.platformNeeds("cloud")).toEqual(["key:Open"]);
    expect(facts.platformNeeds("google")).toEqual([]);
  });
});

test("only the services that are asked about are read", () => {
  const facts = factsOf([{ format: 99 }, pail]);
  expect(facts.permission("cloud", "pail:*")?.breadth).toBe(7);
  expect(facts.permission("cloud", "*")?.breadth).toBe(7);
  expect(() => facts.permission("cloud", "key:Open")).toThrow("format 99");
});

test("the bundle is unpacked when its provider is first asked about, and once", () => {
  const files = filesOf(packFile(head, key, pail));
  const read = vi.fn<(path: string) => Uint8Array | undefined>((path) => files[path]);
  const facts = createFacts(read);
  expect(facts.providers).toEqual(["cloud"]);
  facts.permission("google", "openid");
  expect(read.mock.calls.flat()).toEqual(["index.json"]);
  facts.permission("cloud", "pail:GetThing");
  facts.operation("cloud/key", "Open");
  expect(read.mock.calls.flat()).toEqual(["index.json", "cloud/packs.jsonl.br"]);
});

test("the check of fact files looks into a bundle", () => {
  const problemsOf = (...packs: readonly object[]) => {
    const files = filesOf(packFile(...packs));
    return checkFacts(Object.keys(files), (file) => files[file]!).problems.filter((problem) =>
      problem.startsWith("cloud/"),
    );
  };
  expect(problemsOf(head, key, pail)).toEqual([]);
  expect(problemsOf(head, { ...key, id: "cloud/lock" }, pail)).toEqual([
    "cloud/packs.jsonl.br: cloud/key: says it is cloud/lock",
  ]);
  expect(problemsOf({ ...head, platform: ["key:Turn"], clients: { jug: "cloud/jug" } }, key, pail)).toEqual([
    "cloud/packs.jsonl.br: client jug leads to cloud/jug, which is no pack",
    "cloud/packs.jsonl.br: key:Turn is not in the vocabulary",
  ]);
  const [copy, ...rest] = pail.operations;
  expect(problemsOf(head, key, { ...pail, operations: [{ ...copy, also: [[9]] }, ...rest] })).toEqual([
    "cloud/packs.jsonl.br: cloud/pail: CopyThing may need permission 9, which the pack does not have",
  ]);
});
