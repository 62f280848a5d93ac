import type { FunctionPositions, FunctionSummary, ModuleSummary, SummaryPositions } from "../../model/summary.ts";
import { SUMMARY_VERSION } from "../../model/summary.ts";
import { isBundled } from "./bundled.ts";
import { settleCommonExports } from "./commonjs.ts";
import { readDirectives } from "./directives.ts";
import { docOf } from "./docs.ts";
import { declareStatements, declareVars } from "./hoisting.ts";
import { settleExports } from "./imports.ts";
import { parse, syntaxErrors } from "./parse.ts";
import { statements } from "./statements.ts";
import { settleTypes } from "./type-declarations.ts";
import { Walker } from "./walker.ts";
import { isImportDeclaration } from "./syntax.ts";

export interface Summarised {
  readonly summary: ModuleSummary;
  readonly positions: SummaryPositions;
}

/** What one TypeScript or JavaScript file says, as a function of its text and the extension of its path. Never throws. */
export function summariseTypeScript(path: string, text: string): Summarised {
  try {
    return summarise(path, text);
  } catch (error) {
    const reason =
      error instanceof RangeError
        ? "nested too deeply to be read"
        : `could not be read: ${error instanceof Error ? error.message : String(error)}`;
    return unread(path, text, reason);
  }
}

function summarise(path: string, text: string): Summarised {
  const source = parse(path, text);
  const w = new Walker(source);
  w.inFunction({ path: "", name: "", kind: "module" }, { start: 0, end: text.length }, (module) => {
    const [first] = source.statements;
    if (first && isImportDeclaration(first)) module.doc = docOf(w, first);
    declareVars(w, source.statements);
    declareStatements(w, source.statements);
    statements(w, source.statements);
    settleExports(w);
    settleCommonExports(w);
    settleTypes(w);
  });
  const functions: FunctionSummary[] = [];
  const functionPositions: FunctionPositions[] = [];
  for (const built of w.functions) {
    const finished = built.finish();
    functions.push(finished.summary);
    functionPositions.push(finished.positions);
  }
  const errors = syntaxErrors(source);
  const directives = text.includes("remit-") ? readDirectives(source) : { directives: [], positions: [] };
  return {
    summary: {
      version: SUMMARY_VERSION,
      language: w.javascript ? "javascript" : "typescript",
      requests: w.requests,
      exports: w.exports,
      functions,
      classes: w.classes.map((c) => c.summary),
      ...(w.types.length > 0 && { types: w.types }),
      directives: directives.directives,
      problems: errors.map((e) => e.text),
      bundled: isBundled(text),
    },
    positions: {
      functions: functionPositions,
      classes: w.classes.map((c) => c.span),
      requests: w.requestSpans,
      directives: directives.positions,
      problems: errors.map((e) => e.start),
    },
  };
}

/** The summary of a file that could not be read: an empty module that says so. */
function unread(path: string, text: string, problem: string): Summarised {
  const module: FunctionSummary = {
    path: "",
    name: "",
    kind: "module",
    parameters: [],
    variables: [],
    nodes: [],
    steps: [],
    guards: [],
  };
  return {
    summary: {
      version: SUMMARY_VERSION,
      language: /\.[mc]?jsx?$/i.test(path) ? "javascript" : "typescript",
      requests: [],
      exports: [],
      functions: [module],
      classes: [],
      directives: [],
      problems: [problem],
      bundled: false,
    },
    positions: {
      functions: [{ start: 0, end: text.length, nodes: [], entries: {} }],
      classes: [],
      requests: [],
      directives: [],
      problems: [0],
    },
  };
}
