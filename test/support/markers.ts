import type { Confidence } from "../../server/src/model/analysis.ts";
import type { Severity } from "../../server/src/model/finding.ts";

/**
 * Markers, one a line, below what they speak of:
 *
 *     //  ^^^^^ error[unused-permission] 💡 part of the message    `?` after the bracket: possible, `~`: likely; 💡: has a fix
 *     //  ^^^^^ call: gmail.users.messages.list (read) <- tool_a, tool_b
 *     //  ^^^^^ call: fs.writeFile (update, own state) on {}/.app/list
 *     //  ^^^^^ grant: gmail.readonly, open
 *     //  ^^^^^ blind: part of the reason
 *     //  ^^^^^ tool: name
 *
 * `//<^^^` starts at the beginning of the line. What goes over several lines is marked up to the end of its first line.
 */
export type Kind = "finding" | "call" | "grant" | "blind" | "tool";

/** Columns count from 0; `to` is exclusive. */
export interface Spot {
  readonly file: string;
  /** From 1, in the text without markers. */
  readonly line: number;
}

export interface Marker extends Spot {
  readonly kind: Kind;
  readonly from: number;
  readonly to: number;
  /** What is to be found there, without what may be left out of messages. */
  readonly label: string;
  /** Part of the message of a finding, or of the reason of a blind spot. */
  readonly message: string;
  /** As it is written, after the carets. */
  readonly written: string;
}

export function commentSign(path: string): string {
  return /\.(?:ya?ml|py|toml|sh)$/.test(path) ? "#" : "//";
}

export function isMarkerLine(line: string, sign: string): boolean {
  return line.trimStart().startsWith(sign) && /^<?\s*\^+ /.test(line.trimStart().slice(sign.length));
}

export function parseMarker(line: string, sign: string, spot: Spot, markdownLine: number): Marker {
  const to = line.lastIndexOf("^", line.search(/\^ /)) + 1;
  const from = line.trimStart().startsWith(`${sign}<`) ? 0 : line.indexOf("^");
  const written = line.slice(to).trim();
  return { ...spot, from, to, ...parseText(written, markdownLine), written };
}

function parseText(written: string, markdownLine: number): Pick<Marker, "kind" | "label" | "message"> {
  const finding =
    /^(?<severity>error|warning|info)\[(?<rule>[a-z-]+)\](?<sure>[?~]?)(?<fix> 💡)?(?: (?<message>.*))?$/u.exec(
      written,
    );
  if (finding !== null) {
    const { severity, rule, sure, fix, message } = finding.groups!;
    const label = findingLabel(
      severity as Severity,
      rule!,
      sure === "?" ? "possible" : sure === "~" ? "likely" : "certain",
      fix !== undefined,
    );
    return { kind: "finding", label, message: message ?? "" };
  }
  const fact = /^(?<kind>call|grant|blind|tool): (?<rest>.+)$/.exec(written);
  if (fact === null) throw new Error(`line ${markdownLine}: cannot read the marker: ${written}`);
  const { kind, rest } = fact.groups as { kind: Kind; rest: string };
  return kind === "blind" ? { kind, label: "", message: rest } : { kind, label: rest, message: "" };
}

/** `certain` stands for anything that is neither only likely nor only possible. */
export function findingLabel(severity: Severity, rule: string, confidence: Confidence, hasFix: boolean): string {
  return `${severity}[${rule}]${{ certain: "", likely: "~", possible: "?" }[confidence]}${hasFix ? " 💡" : ""}`;
}

/** The line a marker is written as. */
export function writeMarker({ from, to, written }: Pick<Marker, "from" | "to" | "written">, sign: string): string {
  const start = from < sign.length ? `${sign}<` : sign.padEnd(from);
  return `${start}${"^".repeat(Math.max(1, to - start.length))} ${written}`;
}

/** Whether a written marker says the same as an observed one. Columns a marker cannot show are let pass. */
export function isSame(expected: Marker, observed: Marker, sign: string): boolean {
  const { from, to } = shownColumns(observed, sign);
  return (
    expected.kind === observed.kind &&
    expected.file === observed.file &&
    expected.line === observed.line &&
    expected.from === from &&
    expected.to === to &&
    expected.label === observed.label &&
    observed.message.includes(expected.message)
  );
}

function shownColumns({ from, to }: Marker, sign: string): { from: number; to: number } {
  return from < sign.length ? { from: 0, to: Math.max(to, sign.length + 2) } : { from, to };
}
