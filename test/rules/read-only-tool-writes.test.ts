import { describe, expect, test } from "vitest";
import type { Access, Tool } from "../../server/src/model/analysis.ts";
import { readOnlyToolWrites } from "../../server/src/rules/read-only-tool-writes.ts";
import { access } from "../match/support.ts";
import { check, fixed, lines, placeOf } from "./support.ts";

const FILE = "src/tools.ts";

/** A tool whose annotations stand in `text`, and the calls it reaches. */
function toolIn(text: string, accesses: readonly Access[], hints: Tool["annotations"] = { readOnlyHint: true }) {
  const entry = (name: string) => /\S+$/.exec(text.slice(0, text.indexOf(name)))?.index ?? text.indexOf(name);
  const place = (name: string) => {
    const at = /: *(\w+)/d.exec(text.slice(text.indexOf(name)))!.indices![1]!;
    return { file: FILE, span: { start: text.indexOf(name) + at[0], end: text.indexOf(name) + at[1] } };
  };
  const names = ["readOnlyHint", "destructiveHint"].filter((name) => text.includes(name));
  const places = Object.fromEntries(names.map((name) => [name, place(name)]));
  const open = text.indexOf("{");
  const tool: Tool = {
    id: "tool",
    name: "download_content",
    framework: "mcp",
    agent: null,
    description: null,
    approval: null,
    blindSpots: [],
    place: placeOf(FILE, text, "download_content"),
    handler: null,
    annotations: hints,
    annotationPlaces: places,
    annotationsObject: {
      place: { file: FILE, span: { start: open, end: text.indexOf("}") + 1 } },
      entries: names.map((name) => ({ file: FILE, span: { start: entry(name), end: places[name]!.span.end } })),
    },
    accesses: accesses.map(({ id }) => id),
  };
  return { files: { [FILE]: text }, tools: [tool], accesses };
}

const reachedBy = (guard: string | null) => [{ tool: "tool", agent: null, guard, trace: [] }];
const writeFile = access("files.create", {
  operation: "fs.writeFile",
  service: "fs",
  effect: "update",
  reachedBy: reachedBy("savePath"),
});

describe("read-only-tool-writes", () => {
  const project = toolIn("tool('download_content', { readOnlyHint: true })", [
    writeFile,
    access("files.list", { reachedBy: reachedBy(null) }),
  ]);

  test("names the call that writes, and when", () => {
    const [finding] = check(readOnlyToolWrites, project);
    expect(lines([finding!])).toEqual([
      "error certain: download_content declares readOnlyHint: true, but writes a file when savePath is given.",
    ]);
    expect(finding).toMatchObject({
      tools: ["tool"],
      place: project.tools[0]!.annotationsObject!.entries[0],
      related: [{ message: "fs.writeFile when savePath is given" }],
    });
  });

  test("the fix declares both hints, in the manner of the one that is there", () => {
    const fixOf = (text: string, hints?: Tool["annotations"]) => {
      const one = toolIn(text, [writeFile], hints);
      return fixed(one, check(readOnlyToolWrites, one)[0]!.fixes[0], FILE);
    };
    expect(fixOf("tool('download_content', { readOnlyHint: true })")).toBe(
      "tool('download_content', { readOnlyHint: false, destructiveHint: true })",
    );
    expect(fixOf("tool('download_content', {\n  'readOnlyHint': true,\n})")).toBe(
      "tool('download_content', {\n  'readOnlyHint': false,\n  'destructiveHint': true,\n})",
    );
    expect(
      fixOf("tool('download_content', { destructiveHint: false, readOnlyHint: true })", {
        readOnlyHint: true,
        destructiveHint: false,
      }),
    ).toBe("tool('download_content', { destructiveHint: true, readOnlyHint: false })");
  });

  test("an API call is named with what it does; more are counted", () => {
    const two = toolIn("tool('download_content', { readOnlyHint: true })", [
      access("users.messages.delete", { reachedBy: reachedBy(null) }),
      access("users.messages.send", { reachedBy: reachedBy(null) }),
    ]);
    expect(lines(check(readOnlyToolWrites, two))).toEqual([
      "error certain: download_content declares readOnlyHint: true, but calls messages.send, which sends something, and makes 1 other call that changes something.",
    ]);
  });

  test("reading, own state and tools that say they write are fine", () => {
    const text = "tool('download_content', { readOnlyHint: true })";
    expect(check(readOnlyToolWrites, toolIn(text, [access("files.list")]))).toEqual([]);
    expect(check(readOnlyToolWrites, toolIn(text, [{ ...writeFile, ownState: true }]))).toEqual([]);
    expect(check(readOnlyToolWrites, toolIn(text, [writeFile], { readOnlyHint: false }))).toEqual([]);
    expect(check(readOnlyToolWrites, toolIn(text, [writeFile], {}))).toEqual([]);
  });

  test("no more severe than it is sure, and fixed only where the hint is a literal", () => {
    const text = "tool('download_content', { readOnlyHint: true })";
    expect(check(readOnlyToolWrites, toolIn(text, [{ ...writeFile, confidence: "likely" }]))).toMatchObject([
      { severity: "warning", fixes: [{ safe: false }] },
    ]);
    const computed = toolIn(text, [writeFile]);
    expect(
      check(readOnlyToolWrites, { ...computed, tools: [{ ...computed.tools[0]!, annotationPlaces: {} }] }),
    ).toMatchObject([{ severity: "error", fixes: [] }]);
  });
});
