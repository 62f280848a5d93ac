import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { recorded, type Quote } from "../../scripts/facts/recorded.ts";
import { PYTHON_FRAMEWORKS, type Argument, type PythonFramework } from "../../server/src/agents/python-frameworks.ts";

/* The table of agent frameworks of Python against what is quoted from their sources, and the pages of frameworks against both. */

const { documents, rows } = recorded<Quote>("python/frameworks.json");

/** What is quoted of a framework. */
const quotesOf = ({ id }: PythonFramework): readonly Quote[] =>
  Object.entries(rows).flatMap(([name, quote]) => (name.startsWith(`${id} `) ? [quote] : []));

const argumentsOf = ({ lists, decorators = [], wrappers = [] }: PythonFramework): readonly Argument[] =>
  [
    ...lists.flatMap(({ agent, tools }) => [tools, ...(agent ? [agent.name, ...agent.purpose] : [])]),
    ...[...decorators, ...wrappers].flatMap(({ name, description, annotations }) => [name, description, annotations]),
    ...wrappers.flatMap(({ functions }) => functions),
  ].filter((argument) => argument !== undefined);

describe.each(PYTHON_FRAMEWORKS.map((framework) => [framework.id, framework] as const))("%s", (_, framework) => {
  const text = quotesOf(framework)
    .map(({ says }) => says)
    .join("\n");
  const words = new Set(text.match(/\w+/g));

  test("every parameter and every method stands in its source", () => {
    const { types, names } = framework.fills;
    const wanted = [
      ...argumentsOf(framework).flatMap((one) => one.names),
      ...(framework.runs ?? []),
      ...names,
      ...types,
    ];
    expect(wanted.filter((name) => !words.has(name))).toEqual([]);
  });

  test("a place is that of the parameter in a declaration", () => {
    const placed = argumentsOf(framework).filter(({ at }) => at !== undefined);
    for (const { names, at } of placed)
      expect(
        quotesOf(framework).some(({ says }) => parametersOf(says)[at!] === names[0]),
        `${names[0]} as number ${at}`,
      ).toBe(true);
  });
});

test.each([
  ["python-agents.md", documents],
  ["mcp-python.md", recorded<Quote>("python/mcp.json").documents],
])("%s names each source with its version", (file, cited) => {
  const page = readFileSync(fileURLToPath(new URL(`../../docs/frameworks/${file}`, import.meta.url)), "utf8");
  for (const { name, version } of Object.values(cited)) expect(page).toContain(`| ${name} | ${version} |`);
});

/** Names of parameters, or of the fields of a class, in order. */
function parametersOf(says: string): string[] {
  let inside = says
    .replace(/^.*?\bdef \w+\(|^class .*?\):/, "")
    .replace(/"""[^"]*"""/g, ",")
    .replace(/# noqa: \S+/g, "")
    .replace(/\)(?:$| ->.*)/, "");
  for (let before = ""; before !== inside;) [before, inside] = [inside, inside.replace(/\[[^[\]]*\]|\([^()]*\)/g, "")];
  const names = [...inside.matchAll(/(\w+)\s*:|(?<=^|,)\s*\*?(\w+)\s*(?=,|$)/g)].map(
    ([, typed, bare]) => typed ?? bare!,
  );
  return names.filter((name) => name !== "self" && name !== "cls");
}
