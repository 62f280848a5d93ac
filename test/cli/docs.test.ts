import { readFileSync } from "node:fs";
import type { Command, Option } from "commander";
import { describe, expect, it } from "vitest";
import { createProgram } from "../../server/src/cli/program.ts";
import type { Surroundings } from "../../server/src/cli/surroundings.ts";

/* `docs/cli.md` lists every command with all its options, as they are defined. */

const page = readFileSync(new URL("../../docs/cli.md", import.meta.url), "utf8");
const silent = { isTerminal: false, write: async () => {} };
const { commands } = createProgram({ out: silent, err: silent } as unknown as Surroundings, () => {});

describe.each(commands.map((command) => [command.name(), command] as const))("remit %s", (name, command) => {
  it("has its section with all its options", () => {
    expect(optionsOnPage(name)).toBe(["| option | |", "|---|---|", ...visibleOptions(command).map(row)].join("\n"));
  });

  it("is named on the first lines", () => {
    expect(page.split("\n## ")[0]).toMatch(new RegExp(`^ {4}remit \\[?${name}\\b`, "m"));
  });
});

it("speaks of no command that does not exist", () => {
  const sections = [...page.matchAll(/^## remit (\w+)$/gm)].map(([, name]) => name);
  expect(sections).toEqual(commands.map((command) => command.name()));
});

function optionsOnPage(command: string): string | undefined {
  const section = page.split(`\n## remit ${command}\n`)[1]?.split("\n## ")[0];
  return /^\| option \|.*\n(?:\|.*\n?)+/m.exec(section ?? "")?.[0].trimEnd();
}

function visibleOptions(command: Command): Option[] {
  return command.options.filter(({ hidden }) => !hidden);
}

function row({ flags, description, argChoices, defaultValue }: Option): string {
  const choices = argChoices === undefined ? "" : `: ${argChoices.map((choice) => `\`${choice}\``).join(", ")}`;
  const initial = typeof defaultValue === "string" ? `; default \`${defaultValue}\`` : "";
  return `| \`${flags}\` | ${description}${choices}${initial} |`;
}
