import { ts } from "ts-morph";
import { mayHaveCommentTypes } from "./jsdoc-types.ts";

/** Parses a file by the kind its name says. Doc comments are parsed only where JavaScript may state types in them. */
export function parse(path: string, text: string): ts.SourceFile {
  const kind = scriptKind(path);
  const isJavaScript = kind === ts.ScriptKind.JS || kind === ts.ScriptKind.JSX;
  const jsDocParsingMode =
    isJavaScript && mayHaveCommentTypes(text) ? ts.JSDocParsingMode.ParseAll : ts.JSDocParsingMode.ParseNone;
  return ts.createSourceFile(path, text, { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode }, false, kind);
}

function scriptKind(path: string): ts.ScriptKind {
  if (/\.tsx$/i.test(path)) return ts.ScriptKind.TSX;
  if (/\.[mc]?ts$/i.test(path)) return ts.ScriptKind.TS;
  if (/\.jsx$/i.test(path)) return ts.ScriptKind.JSX;
  return ts.ScriptKind.JS;
}

/** Syntax errors as the parser words them, with where they stand. */
export function syntaxErrors(source: ts.SourceFile): { readonly text: string; readonly start: number }[] {
  const { parseDiagnostics = [] } = source as ts.SourceFile & {
    readonly parseDiagnostics?: readonly ts.DiagnosticWithLocation[];
  };
  return parseDiagnostics.map((d) => ({ text: ts.flattenDiagnosticMessageText(d.messageText, "\n"), start: d.start }));
}
