import type { CodeAction, CodeActionParams, Diagnostic, Range } from "vscode-languageserver/node";
import { CodeActionKind } from "vscode-languageserver/node";
import { fixAllEdit, hasFixForAll } from "../actions/fix-all.ts";
import { goToBlindSpots } from "../actions/go-to-blind-spot.ts";
import { ignoreAction } from "../actions/ignore.ts";
import { quickFixes } from "../actions/quick-fix.ts";
import { FIX_ALL, SOURCE } from "../capabilities.ts";
import { diagnosticOf, shownFindings } from "../convert/diagnostic.ts";
import { type FixData, fixDataOf, readData } from "../convert/diagnostic-data.ts";
import { protocolSpan } from "../convert/range.ts";
import { contentHash } from "../../edit/compose.ts";
import type { Finding } from "../../model/finding.ts";
import type { View } from "../language-server.ts";
import { pathOfUri } from "../uris.ts";

/** What an unresolved action carries. */
export interface FixAllData {
  readonly fixAll: string;
}

/** Fixes and ways to accept each finding under the cursor, and all safe fixes of the file. */
export async function codeAction(
  { textDocument, range, context }: CodeActionParams,
  view: View,
): Promise<CodeAction[]> {
  const wants = (kind: string): boolean =>
    !context.only || context.only.some((only) => only === "" || kind === only || kind.startsWith(`${only}.`));
  const reported = wants(CodeActionKind.QuickFix) ? findingsAt(range, context.diagnostics, view) : [];
  // All that follows from the snapshot at once: afterwards the documents may be other ones.
  const fixes = reported.flatMap(({ finding, diagnostic }) => fixesFor(finding, diagnostic, view));
  const ways = reported.flatMap(({ finding, diagnostic }) =>
    finding ? goToBlindSpots(finding, diagnostic, view) : [],
  );
  const ignores: CodeAction[] = [];
  for (const { finding, diagnostic } of reported)
    if (finding) ignores.push(...(await ignoreAction(finding, diagnostic, view)));
  const all = wants(FIX_ALL) ? await fixAll(textDocument.uri, view) : [];
  return [...fixes, ...ways, ...ignores, ...all];
}

interface Reported {
  /** Undefined: of an earlier state. */
  readonly finding: Finding | undefined;
  readonly diagnostic: Diagnostic;
}

/** Those the client asks about; the ones it does not know of yet follow, where they touch the range. */
function findingsAt(range: Range, given: readonly Diagnostic[], { server, project, snapshot, file }: View): Reported[] {
  const span = protocolSpan(snapshot.text(file) ?? "", range);
  const here = shownFindings(project, snapshot, file)
    .filter(({ place }) => place.span.start <= span.end && span.start <= place.span.end)
    .map((finding) => ({ finding, diagnostic: diagnosticOf(finding, project, snapshot, server.client) }));
  const asked = given.filter(({ source }) => source === SOURCE);
  const matched = asked.map((diagnostic): Reported => {
    const fingerprint = readData(diagnostic.data)?.fingerprint;
    const found = here.find((each) =>
      fingerprint === undefined ? isSame(each.diagnostic, diagnostic) : each.finding.fingerprint === fingerprint,
    );
    return { finding: found?.finding, diagnostic };
  });
  const seen = new Set(matched.map(({ finding }) => finding));
  return [...matched, ...here.filter(({ finding }) => !seen.has(finding))];
}

function isSame(a: Diagnostic, b: Diagnostic): boolean {
  return a.code === b.code && a.message === b.message && JSON.stringify(a.range) === JSON.stringify(b.range);
}

function fixesFor(finding: Finding | undefined, diagnostic: Diagnostic, view: View): CodeAction[] {
  const { server, project, snapshot } = view;
  const carried = readData(diagnostic.data)?.fixes;
  const fixes = carried?.every((fix) => isOfThisText(fix, view))
    ? carried
    : (finding?.fixes.map((fix) => fixDataOf(fix, project, snapshot)) ?? []);
  return quickFixes(fixes, diagnostic, server.client, server.documents);
}

/** What a diagnostic carries was made for texts that may have changed since. */
function isOfThisText({ texts, edits }: FixData, { server, project, snapshot }: View): boolean {
  return edits.every(({ uri }) => {
    const path = pathOfUri(uri);
    const file = path === undefined ? undefined : project.relative(path);
    const text = path === undefined ? undefined : (server.documents.at(path)?.text ?? snapshot.text(file ?? ""));
    return text !== undefined && texts[uri] === contentHash(text);
  });
}

async function fixAll(uri: string, view: View): Promise<CodeAction[]> {
  if (!hasFixForAll(view)) return [];
  const action = { title: "Apply all safe Remit fixes of this file", kind: FIX_ALL };
  if (view.server.client.resolvesEdits) return [{ ...action, data: { fixAll: uri } satisfies FixAllData }];
  const edit = await fixAllEdit(view);
  return edit ? [{ ...action, edit }] : [];
}
