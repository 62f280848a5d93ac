import { describe, expect, it } from "vitest";
import type { Engine } from "../../server/src/cli/engine.ts";
import { fixInRounds } from "../../server/src/cli/fix-rounds.ts";
import type { Finding, Fix } from "../../server/src/model/finding.ts";
import type { WorkspaceResult } from "../../server/src/model/result.ts";
import { ResultBuilder } from "../report/support.ts";

type Files = Readonly<Record<string, string>>;
type Judge = (build: ResultBuilder, files: Files) => readonly Finding[];

/** An engine that finds in the texts what `judge` says. */
async function fixed(files: Files, judge: Judge, mayEdit: (file: string) => boolean = () => true) {
  const documents = new Map(Object.entries(files));
  const analyse = async (): Promise<WorkspaceResult> => {
    const now = Object.fromEntries(documents);
    const build = new ResultBuilder(now);
    return build.result({ findings: judge(build, now) });
  };
  const engine = {
    workspace: {
      setDocument: (file: string, text: string) => void documents.set(file, text),
      closeDocument: (file: string) => void documents.set(file, files[file]!),
    },
    analyse,
  } as unknown as Engine;
  const { count, changes, result } = await fixInRounds(engine, await analyse(), { selection: {}, mayEdit });
  return { count, changes, left: result.findings.length, texts: Object.fromEntries(documents) };
}

/** Where `what` stands in a.ts, it is to be replaced. */
function replacing(build: ResultBuilder, what: string, newText: string, more: Partial<Fix> = {}): Finding {
  const fix: Fix = {
    title: `Replace ${what}`,
    kind: "narrows",
    safe: true,
    edits: [{ ...build.place("a.ts", what), newText }],
    ...more,
  };
  return build.finding("a.ts", what, { fixes: [fix] });
}

const wherever = (build: ResultBuilder, files: Files, what: string, newText: string, more?: Partial<Fix>): Finding[] =>
  files["a.ts"]!.includes(what) ? [replacing(build, what, newText, more)] : [];

describe("fixes are applied in rounds", () => {
  it("of two that overlap one waits for the next round", async () => {
    const { count, texts, left } = await fixed({ "a.ts": "abc" }, (build, files) => [
      ...wherever(build, files, "ab", "x"),
      ...wherever(build, files, "bc", "y"),
      ...wherever(build, files, "xc", "z"),
    ]);
    expect({ count, texts, left }).toEqual({ count: 2, texts: { "a.ts": "z" }, left: 0 });
  });

  it("reports one change a file, from the first text to the last", async () => {
    const { changes } = await fixed({ "a.ts": "one" }, (build, files) => [
      ...wherever(build, files, "one", "two"),
      ...wherever(build, files, "two", "three"),
    ]);
    expect(changes).toEqual([{ file: "a.ts", before: "one", after: "three" }]);
  });

  it("takes a round back that makes matters worse, and goes on one by one", async () => {
    const { count, texts, left } = await fixed({ "a.ts": "left right" }, (build, files) => [
      ...wherever(build, files, "left", "-"),
      ...wherever(build, files, "right", "-"),
      // Each may go, but not both.
      ...(files["a.ts"] === "- -" ? [build.finding("a.ts", "- -", { ruleId: "missing-permission" })] : []),
    ]);
    expect({ count, texts, left }).toEqual({ count: 1, texts: { "a.ts": "- right" }, left: 1 });
  });

  it("ends although every fix calls for another", async () => {
    const { count, changes } = await fixed({ "a.ts": "ping" }, (build, files) => [
      ...wherever(build, files, "ping", "pong"),
      ...wherever(build, files, "pong", "ping"),
    ]);
    expect({ count, changes }).toEqual({ count: 20, changes: [] });
  });

  it.each<[string, Partial<Fix>]>([
    ["adds power", { kind: "widens" }],
    ["is not proven", { safe: false }],
    ["changes nothing", { edits: [] }],
  ])("leaves alone what %s", async (_what, more) => {
    const { count, changes } = await fixed({ "a.ts": "x" }, (build, files) => wherever(build, files, "x", "y", more));
    expect({ count, changes }).toEqual({ count: 0, changes: [] });
  });

  it("leaves alone what reaches into a file that may not be edited", async () => {
    const files = { "a.ts": "x", "b.ts": "x" };
    const judge: Judge = (build, now) => {
      if (now["a.ts"] !== "x") return [];
      const edits = ["a.ts", "b.ts"].map((file) => ({ ...build.place(file, "x"), newText: "y" }));
      return wherever(build, now, "x", "y", { edits });
    };
    expect(await fixed(files, judge, (file) => file === "a.ts")).toMatchObject({ count: 0, texts: files });
    expect(await fixed(files, judge)).toMatchObject({ count: 1, texts: { "a.ts": "y", "b.ts": "y" } });
  });
});
