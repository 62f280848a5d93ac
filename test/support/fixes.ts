import { ts } from "ts-morph";
import { parse as parseYaml } from "yaml";
import type { Finding, Fix } from "../../server/src/model/finding.ts";

export type Files = Readonly<Record<string, string>>;

/** The fix of a finding that may be applied unasked: safe, adding no power, and the only one on offer. */
export function automaticFix(finding: Finding): Fix | undefined {
  const fixes = finding.fixes.filter(({ safe, kind }) => safe && kind !== "widens");
  return fixes.length === 1 ? fixes[0] : undefined;
}

/** Applies fixes together. Deletions may share characters (the comma between two elements that both go); nothing else may. */
export function applyFixes(files: Files, fixes: readonly Fix[]): Files {
  const edited = { ...files };
  for (const [path, text] of Object.entries(files)) {
    const edits = fixes
      .flatMap((fix) => fix.edits)
      .filter((edit) => edit.file === path)
      .map(({ span, newText }) => ({ start: span.start, end: span.end, newText }))
      .sort((a, b) => a.start - b.start || a.end - b.end);
    let result = "";
    let done = 0;
    let last: (typeof edits)[number] | undefined;
    for (const edit of edits) {
      const isRepeated =
        last !== undefined && last.start === edit.start && last.end === edit.end && last.newText === edit.newText;
      if (isRepeated) continue;
      const overlaps = edit.start < done;
      if (overlaps && (edit.newText !== "" || last?.newText !== "")) {
        throw new Error(`${path}: two fixes change the same text at ${edit.start}`);
      }
      result += text.slice(done, Math.max(done, edit.start)) + edit.newText;
      done = Math.max(done, edit.end);
      last = edit;
    }
    edited[path] = result + text.slice(done);
  }
  return edited;
}

/** Why the text of a file cannot be right, if so. */
export function syntaxProblem(path: string, text: string): string | undefined {
  try {
    if (/\.[cm]?[jt]sx?$/.test(path)) {
      const [problem] = ts.transpileModule(text, { fileName: path, reportDiagnostics: true }).diagnostics ?? [];
      return problem === undefined ? undefined : ts.flattenDiagnosticMessageText(problem.messageText, " ");
    }
    if (path.endsWith(".json")) JSON.parse(text);
    if (/\.ya?ml$/.test(path)) parseYaml(text, { logLevel: "error" });
    return undefined;
  } catch (error) {
    return String(error);
  }
}
