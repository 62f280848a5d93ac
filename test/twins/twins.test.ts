import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { WorkspaceResult } from "../../server/src/model/result.ts";
import { compareText } from "../../server/src/model/place.ts";
import { parseFixture, projectOf } from "../support/fixture.ts";
import { runCase } from "../support/run-case.ts";

const cases = parseFixture(readFileSync(new URL("twins.md", import.meta.url), "utf8"));

test("there are fifteen twins or more", () => {
  expect(cases.length).toBeGreaterThanOrEqual(15);
});

test.each(cases.map((one) => [one.name, one] as const))("%s", async (_, one) => {
  const files = projectOf(one);
  const half = (folder: string) =>
    Object.fromEntries(
      Object.entries(files).flatMap(([path, text]) =>
        path.startsWith(`${folder}/`) ? [[path.slice(folder.length + 1), text]] : [],
      ),
    );
  const typescript = said(await runCase(half("typescript")));
  const python = said(await runCase(half("python")));
  expect(python).toEqual(typescript);
  expect(typescript.calls).not.toEqual([]);
});

/** Everything but places: findings, calls by tool, blind spots. */
function said({ findings, suppressed, deployables }: WorkspaceResult) {
  const toolNames = new Map(deployables.flatMap(({ tools }) => tools.map(({ id, name }) => [id, name] as const)));
  return {
    findings: findings
      .map(({ ruleId, severity, confidence, permission, message, fixes }) => ({
        ruleId,
        severity,
        confidence,
        permission,
        message: message.replace(/[\w/]+\.(?:ts|py):\d+/g, "<place>"),
        fixes: fixes.map(({ title, kind, safe }) => ({
          title: title.replace(/true|false/gi, (word) => word.toLowerCase()),
          kind,
          safe,
        })),
      }))
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
    suppressed: suppressed.map(({ reason }) => reason),
    calls: deployables
      .flatMap(({ accesses }) => accesses)
      .map(({ operation, effect, confidence, reachedBy }) => ({
        operation,
        effect,
        confidence,
        tools: [...new Set(reachedBy.flatMap(({ tool }) => (tool === null ? [] : [toolNames.get(tool)!])))].sort(
          compareText,
        ),
      }))
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
    blindSpots: deployables.flatMap(({ blindSpots }) => blindSpots).map(({ affects }) => affects),
  };
}
