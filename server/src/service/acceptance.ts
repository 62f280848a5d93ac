import { parseDirective } from "../frontends/building/directive.ts";
import { directoryOf, relativeTo } from "../frontends/resolution/paths.ts";
import { summarise } from "../frontends/summarise.ts";
import { readManifest } from "../manifests/index.ts";
import type { Finding, TextChange } from "../model/finding.ts";
import { lineStartsOf, positionAt } from "../model/place.ts";
import { CONFIGURATION_FILE } from "../workspace/configuration.ts";
import { withIgnoreEntry } from "../workspace/ignore-entry.ts";
import { isAnalysedCode } from "../workspace/languages.ts";
import type { WorkspaceSnapshot } from "../workspace/workspace.ts";

/** How a finding is accepted: a comment above it, or where its file takes none an entry in `remit.yaml`. */
export interface Acceptance extends TextChange {
  readonly how: "comment" | "entry";
}

/** Undefined where neither can be written. */
export function acceptance(
  finding: AcceptedFinding,
  reason: string,
  snapshot: WorkspaceSnapshot,
): Acceptance | undefined {
  const said = reason.replace(/\s+/g, " ").trim();
  return commentFor(finding, said, snapshot) ?? entryFor(finding, said, snapshot);
}

export type AcceptedFinding = Pick<Finding, "place" | "ruleId" | "permission">;

/** A line of its own above the finding. The front-end is asked whether it reads it there: inside a template it would be text. */
function commentFor(
  { place, ruleId }: AcceptedFinding,
  reason: string,
  snapshot: WorkspaceSnapshot,
): Acceptance | undefined {
  const { file, span } = place;
  const language = snapshot.fileAt(file)?.language;
  const text = textOf(snapshot, file);
  const isYaml = language === "yaml" && file !== CONFIGURATION_FILE && !file.endsWith(`/${CONFIGURATION_FILE}`);
  if (language === undefined || !(isAnalysedCode(language) || isYaml) || text === undefined) return undefined;
  const starts = lineStartsOf(text);
  const { line } = positionAt(starts, span.start);
  const offset = starts[line - 1]!;
  const indentation = /^[^\S\r\n]*/.exec(text.slice(offset))![0];
  const comment = `${language === "python" || isYaml ? "#" : "//"} remit-ignore ${ruleId} -- ${reason}`;
  const added = `${indentation}${comment}${text.includes("\r\n") ? "\r\n" : "\n"}`;
  const after = text.slice(0, offset) + added + text.slice(offset);
  const start = offset + indentation.length;
  const isRead = isYaml
    ? isReadInManifest(file, after, start, reason)
    : isReadInCode(file, after, start, line + 1, reason);
  return isRead ? { how: "comment", file, before: text, after } : undefined;
}

function isReadInCode(file: string, text: string, at: number, line: number, reason: string): boolean {
  const { summary, positions } = summarise(file, text);
  return positions.directives.some(
    ({ start, firstLine, lastLine }, i) =>
      start === at && firstLine <= line && line <= lastLine && summary.directives[i]!.reason === reason,
  );
}

function isReadInManifest(file: string, text: string, at: number, reason: string): boolean {
  const comments = readManifest(file, text)?.comments ?? [];
  return comments.some((comment) => comment.start === at && parseDirective(comment.text)?.reason === reason);
}

/** In the file whose list counts for the finding: a nearer one would hide what the other accepts. */
function entryFor(
  { place, ruleId, permission }: AcceptedFinding,
  reason: string,
  snapshot: WorkspaceSnapshot,
): Acceptance | undefined {
  const file = snapshot.configurationFor(place.file).ignoreFile;
  const text = textOf(snapshot, file);
  const path = relativeTo(place.file, directoryOf(file));
  const after = withIgnoreEntry(text ?? "", { path, rule: ruleId, permission, reason });
  if (after === undefined) return undefined;
  return { how: "entry", file, before: text ?? null, after };
}

function textOf(snapshot: WorkspaceSnapshot, file: string): string | undefined {
  const content = snapshot.read(file);
  return content.kind === "text" ? content.text : undefined;
}
