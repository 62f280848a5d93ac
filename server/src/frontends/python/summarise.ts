import type { FunctionPositions, FunctionSummary, ModuleSummary, SummaryPositions } from "../../model/summary.ts";
import { SUMMARY_VERSION } from "../../model/summary.ts";
import { readDirectives } from "./directives.ts";
import { docOf } from "./docs.ts";
import { parsePython } from "./grammar.ts";
import { assignedNames } from "./scopes.ts";
import { statements } from "./statements.ts";
import { Walker } from "./walker.ts";

export interface Summarised {
  readonly summary: ModuleSummary;
  readonly positions: SummaryPositions;
}

/** What one Python file says, as a function of its text. Never throws once the grammar is loaded. */
export function summarisePython(text: string): Summarised {
  const { root, comments, problems } = parsePython(text);
  const w = new Walker(text);
  w.inFunction({ path: "", name: "", kind: "module" }, { start: 0, end: text.length }, "module", (module) => {
    module.doc = docOf(w, root);
    for (const name of assignedNames(root).local) w.declareVariable(name);
    statements(w, root);
    exportNames(w);
  });
  const functions: FunctionSummary[] = [];
  const functionPositions: FunctionPositions[] = [];
  for (const built of w.functions) {
    const { summary, positions } = built.finish();
    functions.push(summary);
    functionPositions.push(positions);
  }
  const directives = readDirectives(text, comments);
  return {
    summary: {
      version: SUMMARY_VERSION,
      language: "python",
      requests: w.requests,
      exports: w.exports,
      functions,
      classes: w.classes.map((c) => c.summary),
      directives: directives.directives,
      problems: problems.map((p) => p.text),
      bundled: false,
    },
    positions: {
      functions: functionPositions,
      classes: w.classes.map((c) => c.span),
      requests: w.requestSpans,
      directives: directives.positions,
      problems: problems.map((p) => p.start),
    },
  };
}

/** A module gives out every name it has. */
function exportNames(w: Walker): void {
  for (const [name, binding] of w.scope.all) {
    if (binding.kind !== "variable") continue;
    const value = w.add({ kind: "variable", name: binding.name }, { start: 0, end: 0 });
    w.exports.push({ kind: "value", name, value });
  }
}
