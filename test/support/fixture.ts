import { commentSign, isMarkerLine, parseMarker } from "./markers.ts";
import type { Kind, Marker } from "./markers.ts";

/**
 * Literate fixtures. A heading names a case; a line that is a path in backticks, followed by a fence, is a file of its
 * tiny project; lines that hold only a marker say what must be found in the line above them, and are taken out before the
 * analysis. A second fence tagged `fixed` holds the file's text after all safe fixes. Everything else is prose for people.
 *
 * What is found must be exactly what is marked: findings always, calls, grants, tools and blind spots in cases that mark
 * any of them, or that say `Expected: no calls, no grants.` in a line of its own.
 */
export interface FixtureCase {
  readonly name: string;
  /** Line of the heading in the Markdown file, from 1. */
  readonly line: number;
  readonly files: readonly CaseFile[];
  /** Kinds of which the case says that there is none. */
  readonly none: readonly Kind[];
}

export interface CaseFile {
  readonly path: string;
  /** Without markers. */
  readonly text: string;
  readonly markers: readonly Marker[];
  readonly fence: Fence;
  readonly fixed?: Fence;
}

/** A fenced block: its content, and the lines of the Markdown file it takes up, counted from 0, the second exclusive. */
export interface Fence {
  readonly lines: readonly string[];
  readonly from: number;
  readonly to: number;
}

export function parseFixture(markdown: string): FixtureCase[] {
  const lines = markdown.split("\n");
  const cases: { name: string; line: number; files: CaseFile[]; none: Kind[] }[] = [];
  let path: string | undefined;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!;
    const heading = /^#{1,6}\s+(.+?)\s*$/.exec(line);
    const opening = /^(?<fence>`{3,})(?<info>[^`]*)$/.exec(line);
    const current = cases.at(-1);
    if (heading !== null) {
      cases.push({ name: heading[1]!, line: at + 1, files: [], none: [] });
      path = undefined;
    } else if (opening !== null) {
      const fence = readFence(lines, at, opening.groups!["fence"]!);
      if (/\bfixed\b/.test(opening.groups!["info"]!)) addFixed(current?.files ?? [], path, fence);
      else if (path !== undefined && current !== undefined) addFile(current.files, path, fence);
      path = undefined;
      at = fence.to;
    } else if (line.startsWith("Expected: no ")) {
      current?.none.push(...parseNone(line));
    } else if (line.trim() !== "") {
      path = /^`([^`\s]+)`$/.exec(line.trim())?.[1];
    }
  }
  return cases.filter(({ files }) => files.length > 0);
}

/** The analysed project of a case. */
export function projectOf({ files }: FixtureCase): Record<string, string> {
  return Object.fromEntries(files.map(({ path, text }) => [path, text]));
}

function readFence(lines: readonly string[], opening: number, fence: string): Fence {
  const from = opening + 1;
  let to = from;
  while (to < lines.length && lines[to] !== fence) to++;
  if (to === lines.length) throw new Error(`line ${opening + 1}: the fence is not closed`);
  return { lines: lines.slice(from, to), from, to };
}

/** The fixed text of the file before it, or of the one whose path stands above. */
function addFixed(files: CaseFile[], path: string | undefined, fence: Fence): void {
  const known = path === undefined ? files.length - 1 : files.findIndex((file) => file.path === path);
  if (known < 0) throw new Error(`line ${fence.from}: there is no text to be fixed`);
  files[known] = { ...files[known]!, fixed: fence };
}

function addFile(files: CaseFile[], path: string, fence: Fence): void {
  if (files.some((file) => file.path === path)) throw new Error(`line ${fence.from}: ${path} stands twice in one case`);
  const sign = commentSign(path);
  const markers: Marker[] = [];
  const code: string[] = [];
  fence.lines.forEach((line, index) => {
    if (!isMarkerLine(line, sign)) code.push(line);
    else if (code.length === 0) throw new Error(`line ${fence.from + index + 1}: nothing stands above this marker`);
    else markers.push(parseMarker(line, sign, { file: path, line: code.length }, fence.from + index + 1));
  });
  files.push({ path, text: code.map((line) => `${line}\n`).join(""), markers, fence });
}

function parseNone(line: string): Kind[] {
  const names: Readonly<Record<string, Kind>> = {
    calls: "call",
    grants: "grant",
    tools: "tool",
    "blind spots": "blind",
  };
  const list = /^Expected: (no [a-z ]+(?:, no [a-z ]+)*)\.$/.exec(line)?.[1];
  const kinds = list?.split(", ").map((part) => names[part.slice("no ".length)]) ?? [undefined];
  if (kinds.includes(undefined)) throw new Error(`cannot read: ${line}`);
  return kinds as Kind[];
}
