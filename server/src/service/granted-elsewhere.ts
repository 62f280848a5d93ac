import type { Facts } from "../facts/lookup.ts";
import type { DeployableAnalysis, Grant } from "../model/analysis.ts";
import { structuralId } from "../model/hash.ts";
import { lineStartsOf } from "../model/place.ts";
import type { Place } from "../model/place.ts";
import type { WorkspaceSnapshot } from "../workspace/workspace.ts";

/** Adds what `granted:` in `remit.yaml` says was granted in a console or admin centre. */
export function withGrantsElsewhere(
  analysis: DeployableAnalysis,
  snapshot: WorkspaceSnapshot,
  facts: Facts,
): DeployableAnalysis {
  const { deployable } = analysis;
  const probe = deployable.root === "" ? "remit.yaml" : `${deployable.root}/remit.yaml`;
  const entries = snapshot
    .configurationFor(probe)
    .granted.filter((e) => (e.deployable === undefined || e.deployable === deployable.name) && e.matches(probe));
  if (entries.length === 0) return analysis;
  const grants = entries.flatMap((entry): Grant[] => {
    const provider = entry.provider ?? entry.service?.split(".")[0] ?? "";
    const group = structuralId("granted", deployable.id, entry.file, String(entries.indexOf(entry)));
    const at = placeOfLine(snapshot, entry.file, entry.line);
    return entry.permissions.map((written) => ({
      id: structuralId("grant", group, written),
      permission: { provider, name: facts.permission(provider, written)?.name ?? written },
      written,
      service: provider,
      place: wordIn(snapshot, at, written),
      form: "remit.yaml",
      verb: "granted",
      level: "deployable",
      group,
      open: false,
      credential: provider,
      confidence: "certain",
      sharedWith: [],
      takesEffectAt: at,
      ...(entry.credentialKind === undefined ? {} : { credentialKind: entry.credentialKind }),
    }));
  });
  return { ...analysis, grants: [...analysis.grants, ...grants] };
}

function placeOfLine(snapshot: WorkspaceSnapshot, file: string, line: number): Place {
  const content = snapshot.read(file);
  const text = content.kind === "text" ? content.text : "";
  const starts = lineStartsOf(text);
  const start = starts[line - 1] ?? 0;
  return { file, span: { start, end: Math.max(start, (starts[line] ?? text.length + 1) - 1) } };
}

/** Where a permission is written, at or after the start of its entry. */
function wordIn(snapshot: WorkspaceSnapshot, entry: Place, written: string): Place {
  const content = snapshot.read(entry.file);
  const start = content.kind === "text" ? content.text.indexOf(written, entry.span.start) : -1;
  return start < 0 ? entry : { file: entry.file, span: { start, end: start + written.length } };
}
