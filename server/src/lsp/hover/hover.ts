import type { Hover } from "vscode-languageserver/node";
import type { BlindSpot, DeployableAnalysis, Tool } from "../../model/analysis.ts";
import type { Place, Span } from "../../model/place.ts";
import { positionAt } from "../../model/place.ts";
import { markup, type Paragraph } from "../convert/markup.ts";
import { protocolRange } from "../convert/range.ts";
import type { Snapshot } from "../snapshot.ts";
import { callHover } from "./call-hover.ts";
import { grantHover } from "./grant-hover.ts";
import { blindSpotsFor, callsOf, seenLine } from "./seen.ts";
import { toolHover } from "./tool-hover.ts";

/** Something a hover can speak of, and how far it reaches. */
interface Subject {
  readonly span: Span;
  /** Of two that reach equally far the first kind is meant. */
  readonly rank: number;
  paragraphs(): Paragraph[];
}

/** Says what is known of the innermost thing at an offset; null if there is none. */
export function hoverAt(snapshot: Snapshot, file: string, offset: number, isMarkdown: boolean): Hover | null {
  const subjects = snapshot.result.deployables.flatMap((analysis) => subjectsOf(analysis, snapshot, file));
  const [first] = subjects
    .filter(({ span }) => span.start <= offset && offset <= span.end)
    .sort((a, b) => length(a.span) - length(b.span) || a.rank - b.rank);
  if (!first) return null;
  return {
    contents: markup(first.paragraphs(), isMarkdown),
    range: protocolRange(snapshot.lineStarts(file), first.span),
  };
}

function subjectsOf(analysis: DeployableAnalysis, snapshot: Snapshot, file: string): Subject[] {
  const here = ({ place }: { readonly place: Place }): boolean => place.file === file;
  const findings = snapshot.findingsIn(file);
  return [
    ...analysis.grants.filter(here).map((grant): Subject => ({
      span: grant.place.span,
      rank: 0,
      paragraphs: () => {
        const own = findings.filter(({ place }) => isSame(place.span, grant.place.span));
        return grantHover(grant, analysis, own, snapshot);
      },
    })),
    ...analysis.accesses.filter(here).map((access): Subject => ({
      span: access.place.span,
      rank: 1,
      paragraphs: () => callHover(access, analysis, snapshot),
    })),
    ...analysis.blindSpots.filter(here).map((spot): Subject => ({
      span: spot.place.span,
      rank: 2,
      paragraphs: () => blindSpotHover(spot, analysis, snapshot),
    })),
    ...analysis.tools.filter(here).flatMap((tool) =>
      declarationOf(tool, snapshot).map((span): Subject => ({
        span,
        rank: 3,
        paragraphs: () => toolHover(tool, analysis, snapshot),
      })),
    ),
  ];
}

function blindSpotHover(spot: BlindSpot, analysis: DeployableAnalysis, snapshot: Snapshot): Paragraph[] {
  const [service = ""] = spot.affects;
  const provider = service.split(".")[0]!;
  return [
    [{ strong: "Blind spot" }, ` — ${spot.reason}`],
    [`It could hide calls of ${spot.affects.join(", ")}: what depends on them is not certain.`],
    seenLine(
      {
        calls: callsOf(analysis, provider),
        blindSpots: blindSpotsFor(analysis, provider),
        ruleId: "unresolved-access",
      },
      snapshot,
    ),
  ];
}

/** A declaration may hold its whole handler: the tool is meant where either begins and names it, and in what it says of itself. */
function declarationOf(
  { name, place, handler, annotationsObject, annotationPlaces }: Tool,
  snapshot: Snapshot,
): Span[] {
  const { file, span } = place;
  const named = [span, ...(handler?.file === file ? [firstLine(handler, snapshot)] : [])];
  const said = [annotationsObject?.place, ...Object.values(annotationPlaces)];
  return [
    firstLine(place, snapshot),
    ...named.flatMap(({ start, end }) => nameIn(snapshot.text(file) ?? "", start, end, name)),
    ...said.flatMap((each) => (each?.file === file ? [each.span] : [])),
  ];
}

function firstLine({ file, span }: Place, snapshot: Snapshot): Span {
  const starts = snapshot.lineStarts(file);
  const next = starts[positionAt(starts, span.start).line];
  return next === undefined ? span : { start: span.start, end: Math.min(span.end, next - 1) };
}

/** The first time the whole name is said between two offsets, with its quotes. */
function nameIn(text: string, start: number, end: number, name: string): Span[] {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const found = new RegExp(`(["'\`]?)(?<![\\w-])${escaped}(?![\\w-])\\1`).exec(text.slice(start, end));
  return found ? [{ start: start + found.index, end: start + found.index + found[0].length }] : [];
}

function length({ start, end }: Span): number {
  return end - start;
}

function isSame(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end;
}
