import type { Finding, Severity } from "../model/finding.ts";
import type { WorkspaceResult } from "../model/result.ts";
import { Locations } from "./locations.ts";
import { isPrinted, select } from "./selection.ts";
import type { Selection, Verbosity } from "./selection.ts";
import { visible } from "./visible.ts";

export interface GitHubOptions extends Selection, Verbosity {
  readonly root: string;
}

const COMMANDS: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "notice" };

/** What `remit check --format github` prints: workflow commands, which show findings beside the changed lines of a pull request. */
export function githubAnnotations(result: WorkspaceResult, options: GitHubOptions): string {
  const locations = new Locations(result, options.root);
  const findings = select(result, options).findings.filter((finding) => isPrinted(finding, options));
  return findings.map((finding) => `${annotation(finding, locations)}\n`).join("");
}

function annotation(finding: Finding, locations: Locations): string {
  const { file, range } = locations.of(finding.place);
  const { start, end } = range;
  const properties = {
    file,
    line: start.line,
    endLine: end.line,
    // GitHub takes columns only where they are of one line.
    ...(start.line === end.line ? { col: start.column, endColumn: end.column } : {}),
    title: `Remit: ${finding.ruleId}`,
  };
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(visible(String(value)))}`);
  const fixes = finding.fixes.map(({ title }) => `fix: ${visible(title)}`);
  const message = [visible(finding.message), ...fixes].join("\n");
  return `::${COMMANDS[finding.severity]} ${list.join(",")}::${escapeData(message)}`;
}

/** As the runner reads it back. */
function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
