import { describe, expect, test } from "vitest";
import { readManifest } from "../../server/src/manifests/index.ts";
import { readJsonTree } from "../../server/src/manifests/json.ts";
import { at, listAt, mapAt, textAt, type ManifestTree } from "../../server/src/manifests/tree.ts";
import { readYamlTree } from "../../server/src/manifests/yaml.ts";

const YAML = "# top\na:\n  - x # behind\n  - 'y'\nb: { c: \"#no\", d: !Ref Table }\ne: |\n  # no comment\n";
const JSON_TEXT = '// top\n{ "a": ["x", /* behind */ "y",], "b": { "c": "//no" } }';

function quoted(text: string, tree: ManifestTree, ...keys: string[]): string | undefined {
  const node = at(tree.roots[0], ...keys);
  return node && text.slice(node.span.start, node.span.end);
}

describe("everything knows where it stands", () => {
  test("YAML", () => {
    const tree = readYamlTree(YAML);
    expect(listAt(tree.roots[0], "a")!.items.map(({ span }) => YAML.slice(span.start, span.end))).toEqual(["x", "'y'"]);
    expect(listAt(tree.roots[0], "a")).toMatchObject({ flow: false });
    expect(mapAt(tree.roots[0], "b")).toMatchObject({ flow: true });
    expect(at(tree.roots[0], "b", "d")).toMatchObject({ tag: "!Ref", value: "Table" });
    expect(quoted(YAML, tree, "b", "c")).toBe('"#no"');
    expect(tree.comments.map(({ text }) => text.trim())).toEqual(["top", "behind"]);
    for (const { start, end, text } of tree.comments) expect(YAML.slice(start, end)).toBe(`#${text}`);
  });

  test("JSON", () => {
    const tree = readJsonTree(JSON_TEXT);
    expect(quoted(JSON_TEXT, tree, "b")).toBe('{ "c": "//no" }');
    expect(textAt(tree.roots[0], "b", "c")).toBe("//no");
    expect(tree.comments.map(({ text }) => text.trim())).toEqual(["top", "behind"]);
    for (const { start, end } of tree.comments) expect(JSON_TEXT.slice(start, end)).toMatch(/^\/[/*]/);
  });
});

describe("what is wrong with a text is said in a line, and the rest is read", () => {
  test("YAML", () => {
    const tree = readYamlTree('a: 1\nb: "open\nc: [2\n');
    expect(tree.problem).toMatch(/^line \d+: [^\n]+[^.:]$/);
    expect(at(tree.roots[0], "a")).toMatchObject({ value: 1 });
  });
  test("JSON", () => {
    const tree = readJsonTree('{ "a": 1, "b": }');
    expect(tree.problem).toBe("line 1: value expected");
    expect(at(tree.roots[0], "a")).toMatchObject({ value: 1 });
  });
  test("texts that are nothing", () => {
    for (const text of ["", "\u0000", "---\n---\n", "- ? [", "{{ template }}", "&a [*a]", "a: *b"]) {
      expect(() => readYamlTree(text)).not.toThrow();
      expect(() => readJsonTree(text)).not.toThrow();
    }
  });
});

test("aliases stand for what they lead to, and a text that explodes for nothing", () => {
  expect(textAt(readYamlTree("a: &x { b: c }\nd: *x\n").roots[0], "d", "b")).toBe("c");
  const bomb = Array.from({ length: 12 }, (_, i) => `k${i}: &k${i} [${i === 0 ? "x" : `*k${i - 1},`.repeat(9)}]`);
  expect(JSON.stringify(readYamlTree(bomb.join("\n"))).length).toBeLessThan(1_000_000);
});

test("a file without the marks of any kind is not parsed, and one that has them is recognised by what it holds", () => {
  const slack = { display_information: { name: "x" }, oauth_config: { scopes: { bot: ["chat:write"] } } };
  expect(readManifest("any.json", JSON.stringify(slack))?.kind).toBe("slack-app");
  expect(readManifest("any.json", JSON.stringify({ nested: slack }))).toBeUndefined();
  expect(readManifest("any.json", "{}")).toBeUndefined();
});
