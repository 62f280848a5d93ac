import { describe, expect, it } from "vitest";
import { WayIndex, isWay, makerOf, receiverOf, valueAt } from "../../server/src/libraries/way.ts";
import { ValueTable } from "../../server/src/trace/values.ts";

describe("a way", () => {
  it("leads to the value that the trace names so", () => {
    const values = new ValueTable();
    for (const way of [
      "googleapis#google.gmail()",
      "@acme/x#Client.new().list",
      "./src/a.ts#make()[]",
      "x#run(1→0).get",
    ])
      expect(valueAt(way, values, null)).toMatchObject({ kind: "external", path: way, reliesOn: null });
    expect(valueAt("x#run(1->0)", values, "remit.yaml")).toMatchObject({ path: "x#run(1→0)", reliesOn: "remit.yaml" });
  });

  it("begins with a package and leads somewhere", () => {
    for (const text of ["p-retry", "#x", "p-retry#", "p-retry#a..b", "p-retry#a(b)", ""])
      expect(isWay(text)).toBe(false);
  });

  it("tells what a method is called on, and what makes that", () => {
    expect(receiverOf("lru-cache#LRUCache.new().get")).toBe("lru-cache#LRUCache.new()");
    expect(receiverOf("socket.io#connect")).toBeUndefined();
    expect(makerOf("lru-cache#LRUCache.new()")).toBe("lru-cache#LRUCache");
    expect(makerOf("mitt#default()")).toBe("mitt#default");
  });
});

describe("an index of ways", () => {
  it("prefers the exact way, and what was said first", () => {
    const index = new WayIndex<string>();
    index.add("a#*", "all");
    index.add("a#b", "first");
    index.add("a#b", "second");
    expect(["a#b", "a#c", "a", "ab#c", "b#b"].map((way) => index.find(way))).toEqual([
      "first",
      "all",
      "all",
      undefined,
      undefined,
    ]);
  });

  it("takes `*` for anything, and a constructor for its class", () => {
    const index = new WayIndex<string>();
    index.add("a#*.execute", "runs");
    index.add("a#is*", "asks");
    index.add("@acme/*", "ours");
    index.add("a#Client", "class");
    expect(index.find("a#retry().execute")).toBe("runs");
    expect(index.find("a#execute")).toBeUndefined();
    expect(index.find("a#isText")).toBe("asks");
    expect(index.find("@acme/log#info")).toBe("ours");
    expect(index.find("a#Client.new")).toBe("class");
  });
});
