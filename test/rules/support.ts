import type {
  Access,
  BlindSpot,
  DeployableAnalysis,
  Grant,
  SourceList,
  Tool,
} from "../../server/src/model/analysis.ts";
import type { Finding, Fix } from "../../server/src/model/finding.ts";
import type { Place } from "../../server/src/model/place.ts";
import { applyEdits } from "../../server/src/edit/apply.ts";
import type { Rule, RuleInput, Suppression } from "../../server/src/rules/rule.ts";
import { ruleInput } from "../../server/src/rules/rule.ts";
import { access, knowledge, list } from "../match/support.ts";

/** A project made by hand: texts, and what the engine would have found in them. */
export interface Project {
  readonly files?: Readonly<Record<string, string>>;
  readonly grants?: readonly Grant[];
  readonly accesses?: readonly Access[];
  readonly tools?: readonly Tool[];
  readonly blindSpots?: readonly BlindSpot[];
  readonly suppressions?: readonly Suppression[];
}

export function inputOf(project: Project): RuleInput {
  const analysis: DeployableAnalysis = {
    deployable: { id: "deployable", name: "server", kind: "package", root: "" },
    agents: [],
    tools: project.tools ?? [],
    accesses: project.accesses ?? [],
    grants: project.grants ?? [],
    blindSpots: project.blindSpots ?? [],
    assumptions: [],
  };
  return ruleInput({
    analysis,
    knowledge: { ...knowledge, nearMisses: (_, spelled) => (spelled === "gmail.read-only" ? ["gmail.readonly"] : []) },
    factsDate: "2026-11",
    suppressions: project.suppressions ?? [],
    textOf: (file) => project.files?.[file],
  });
}

export function check(rule: Rule, project: Project): Finding[] {
  return [...rule.check(inputOf(project))];
}

/** `src/auth.ts` with one list, an element a line from line 2 on, and its grants. */
export function scopes(
  names: readonly string[],
  more: Partial<Grant> = {},
): { files: Record<string, string>; grants: Grant[] } {
  const file = "src/auth.ts";
  const text = `const SCOPES = [\n${names.map((name) => `  '${name}',\n`).join("")}];\n`;
  return { files: { [file]: text }, grants: grantsIn(file, text, names, more) };
}

/** Grants at the literals of a text's first list. */
export function grantsIn(file: string, text: string, names: readonly string[], more: Partial<Grant> = {}): Grant[] {
  const start = text.indexOf("[");
  let from = start;
  const elements = names.map((name) => {
    const at = text.indexOf(`'${name}'`, from);
    from = at + name.length + 2;
    return { start: at, end: from };
  });
  const source: SourceList = { file, form: "array", span: { start, end: text.indexOf("]", start) + 1 }, elements };
  return list(names, more).map((grant, index) => ({
    ...grant,
    place: { file, span: elements[index]! },
    list: { source, index },
  }));
}

export function calls(...operations: readonly string[]): Access[] {
  return operations.map((operation) => access(operation));
}

/** Where a piece of a text stands. */
export function placeOf(file: string, text: string, piece: string): Place {
  const start = text.indexOf(piece);
  return { file, span: { start, end: start + piece.length } };
}

/** The file's text after a fix. */
export function fixed(project: Project, fix: Fix | undefined, file = "src/auth.ts"): string | undefined {
  return (
    fix &&
    applyEdits(
      project.files![file]!,
      fix.edits.filter((edit) => edit.file === file),
    )
  );
}

/** `severity confidence message`. */
export function lines(findings: readonly Finding[]): string[] {
  return findings.map(({ severity, confidence, message }) => `${severity} ${confidence}: ${message}`);
}
