import type { Finding, Fix } from "../../server/src/model/finding.ts";
import type { WorkspaceResult } from "../../server/src/model/result.ts";
import { checkReport, inventoryReport, serialiseReport } from "../../server/src/report/json.ts";
import { compare, mismatches } from "./compare.ts";
import type { Comparison } from "./compare.ts";
import { applyFixes, automaticFix, syntaxProblem } from "./fixes.ts";
import type { Files } from "./fixes.ts";
import { projectOf } from "./fixture.ts";
import type { FixtureCase } from "./fixture.ts";
import { observe } from "./observed.ts";

/** The engine, as fixtures see it. The order of the files' keys is the order in which it is told of them. */
export type Analyse = (files: Files, options?: { readonly prefilter?: boolean }) => Promise<WorkspaceResult>;

export interface Verdict {
  readonly comparison: Comparison;
  /** Texts after all automatic fixes. */
  readonly fixed: Files;
  /** What is marked differently from what was found; `UPDATE=1` puts these right. */
  readonly differences: readonly string[];
  /** What is wrong whatever the markers say. */
  readonly faults: readonly string[];
}

/** Runs everything a case promises. */
export async function verify(fixture: FixtureCase, analyse: Analyse): Promise<Verdict> {
  const files = projectOf(fixture);
  const result = await analyse(files);
  const comparison = compare(fixture, observe(result));
  const faults = [...(await orderFaults(files, result, analyse)), ...(await loneFixFaults(files, result, analyse))];
  const fixed = applyFixes(
    files,
    result.findings.flatMap((finding) => automaticFix(finding) ?? []),
  );
  faults.push(...differingTexts(fixed, await fixOneByOne(files, analyse), "all fixes at once differ from one by one"));
  const expected = fixture.files.flatMap(({ path, fixed: fence }) =>
    fence === undefined ? [] : [[path, fence.lines.map((line) => `${line}\n`).join("")]],
  );
  const differences = [
    ...mismatches(comparison),
    ...differingTexts(fixed, Object.fromEntries(expected) as Files, "the fixed text differs"),
  ];
  return { comparison, fixed, differences, faults };
}

/** The order of the files and the pre-filter must not show. */
async function orderFaults(files: Files, result: WorkspaceResult, analyse: Analyse): Promise<string[]> {
  const expected = reports(result);
  const reversed = reports(await analyse(Object.fromEntries(Object.entries(files).reverse())));
  const unfiltered = reports(await analyse(files, { prefilter: false }));
  return [
    ...(reversed === expected ? [] : ["the report depends on the order of the files"]),
    ...(unfiltered === expected ? [] : ["the report differs without the pre-filter"]),
  ];
}

function reports(result: WorkspaceResult): string {
  const options = { root: ".", version: "0.0.0" };
  return serialiseReport(checkReport(result, options)) + serialiseReport(inventoryReport(result, options));
}

/** Every fix, applied alone: its finding goes, none comes, the files parse. */
async function loneFixFaults(files: Files, before: WorkspaceResult, analyse: Analyse): Promise<string[]> {
  const faults: string[] = [];
  for (const finding of before.findings) {
    for (const fix of finding.fixes) {
      const edited = applyFixes(files, [fix]);
      const fault = fixFault(finding, before, await analyse(edited)) ?? parseFault(files, edited);
      if (fault !== undefined) faults.push(`${finding.ruleId} ${finding.permission ?? ""}: “${fix.title}”: ${fault}`);
    }
  }
  return faults;
}

function fixFault(finding: Finding, before: WorkspaceResult, after: WorkspaceResult): string | undefined {
  const was = countByKey(before.findings);
  const is = countByKey(after.findings);
  const gone = (is.get(keyOf(finding)) ?? 0) < was.get(keyOf(finding))!;
  if (!gone) return "the finding stays";
  const fresh = after.findings.find((other) => (is.get(keyOf(other)) ?? 0) > (was.get(keyOf(other)) ?? 0));
  return fresh === undefined ? undefined : `a new finding comes: ${fresh.ruleId}: ${fresh.message}`;
}

function parseFault(before: Files, after: Files): string | undefined {
  for (const [path, text] of Object.entries(after)) {
    if (text === before[path] || syntaxProblem(path, before[path]!) !== undefined) continue;
    const problem = syntaxProblem(path, text);
    if (problem !== undefined) return `${path} does not parse any more: ${problem}`;
  }
  return undefined;
}

function countByKey(findings: readonly Finding[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const finding of findings) counts.set(keyOf(finding), (counts.get(keyOf(finding)) ?? 0) + 1);
  return counts;
}

function keyOf({ ruleId, permission, place }: Finding): string {
  return JSON.stringify([ruleId, permission, place.file]);
}

/** More rounds than any fixture has findings. */
const MOST_ROUNDS = 30;

async function fixOneByOne(files: Files, analyse: Analyse): Promise<Files> {
  let current = files;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const { findings } = await analyse(current);
    const fix: Fix | undefined = findings.map(automaticFix).find((each) => each !== undefined);
    if (fix === undefined) return current;
    current = applyFixes(current, [fix]);
  }
  throw new Error("fixing one by one does not come to an end");
}

function differingTexts(actual: Files, expected: Files, what: string): string[] {
  return Object.keys(expected)
    .filter((path) => actual[path] !== expected[path])
    .map((path) => `${what}: ${path}\n${actual[path]}--- instead of ---\n${expected[path]}`);
}
