import { describe, expect, test } from "vitest";
import { generatedPages } from "../../scripts/generated-pages.ts";
import { FRAMEWORKS } from "../../server/src/agents/index.ts";
import { MANIFEST_KINDS } from "../../server/src/manifests/index.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { parseFixture } from "../support/fixture.ts";
import { exists, headings, pages, read } from "./project.ts";

/* Every rule and every framework has a page. Their examples are linted with the fixtures: `test/fixtures`. */

const SECTIONS = [
  "What it says",
  "Why",
  "Example",
  "How to fix",
  "What it cannot see",
  "When not to use it",
  "Options and defaults",
];

/** How a page begins to speak of each level. */
const LEVELS = { error: "Error", warning: "Warning", info: "Information", off: "Off" } as const;

describe.each(RULES.map(({ meta }) => [meta.id, meta] as const))("the page of %s", (id, meta) => {
  const path = `docs/rules/${id}.md`;

  test("has its sections, in order", () => {
    expect(headings(path)).toEqual([id, ...SECTIONS]);
  });

  test("states the level and the fix of the metadata", () => {
    const options = read(path).split("## Options and defaults\n")[1]!.trim();
    expect(options.startsWith(LEVELS[meta.default]), options).toBe(true);
    expect(options).toContain(meta.fix === null ? "No fix" : `Fix: ${meta.fix}`);
  });

  test("has an example in which the rule speaks, unless it is off", () => {
    const found = markedRules(path);
    if (meta.default === "off") expect(found).not.toContain(id);
    else expect(found).toContain(id);
  });
});

function markedRules(path: string): string[] {
  const markers = parseFixture(read(path)).flatMap(({ files }) => files.flatMap((file) => file.markers));
  return markers.flatMap(({ kind, label }) => (kind === "finding" ? (/\[(.+)\]/.exec(label)?.[1] ?? []) : []));
}

describe.each(FRAMEWORKS.map(({ id }) => id))("the page of the framework %s", (id) => {
  const path = `docs/frameworks/${id}.md`;

  test("says what is recognised, with examples, and what is not seen", () => {
    expect(headings(path)).toEqual(expect.arrayContaining(["What is recognised", "What it cannot see"]));
    const markers = parseFixture(read(path)).flatMap(({ files }) => files.flatMap((file) => file.markers));
    expect(new Set(markers.map(({ kind }) => kind))).toEqual(new Set(["tool", "call", "finding"]));
  });
});

describe.each(MANIFEST_KINDS.map(({ id }) => id))("the page of the manifest kind %s", (id) => {
  const path = `docs/manifests/${id}.md`;

  test("says what is read, with examples, and what is not seen", () => {
    expect(headings(path)).toEqual(expect.arrayContaining(["What is read", "What it cannot see"]));
    const files = parseFixture(read(path)).flatMap((fixture) => fixture.files);
    expect(files.some(({ markers }) => markers.length > 0)).toBe(true);
  });
});

test("every page about a rule, a framework or a manifest is about one that exists", () => {
  const known = [
    ...RULES.map(({ meta }) => `rules/${meta.id}`),
    ...FRAMEWORKS.map(({ id }) => `frameworks/${id}`),
    ...MANIFEST_KINDS.map(({ id }) => `manifests/${id}`),
  ];
  const written = pages().flatMap(
    (path) => /^docs\/((?:rules|frameworks|manifests)\/(?!README).+)\.md$/.exec(path)?.[1] ?? [],
  );
  expect(written.sort()).toEqual(known.sort());
});

describe("what `npm run generate` writes", () => {
  test.each(Object.entries(generatedPages()))("%s is up to date", (path, text) => {
    expect(exists(path)).toBe(true);
    expect(read(path), "npm run generate").toBe(text);
  });
});
