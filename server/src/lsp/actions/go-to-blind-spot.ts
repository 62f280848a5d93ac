import type { CodeAction, Diagnostic } from "vscode-languageserver/node";
import { CodeActionKind } from "vscode-languageserver/node";
import type { Finding } from "../../model/finding.ts";
import { SHOW } from "../commands/names.ts";
import { protocolRange } from "../convert/range.ts";
import { placeText } from "../hover/seen.ts";
import type { View } from "../language-server.ts";

/** More would bury the fixes. */
const MOST = 3;

/** Ways to the places that keep a finding from being certain: whoever says what they do there settles it. */
export function goToBlindSpots(finding: Finding, diagnostic: Diagnostic, view: View): CodeAction[] {
  const { server, project, snapshot } = view;
  if (!server.client.showsDocuments) return [];
  const spots = snapshot.result.deployables
    .flatMap(({ blindSpots }) => blindSpots)
    .filter(({ id }) => finding.evidence.blindSpots.includes(id));
  return spots.slice(0, MOST).map(({ place }) => {
    const title = `Go to the blind spot (${placeText(place, snapshot)})`;
    const range = protocolRange(snapshot.lineStarts(place.file), place.span);
    const command = { title, command: SHOW, arguments: [project.uri(place.file), range] };
    return { title, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], command };
  });
}
