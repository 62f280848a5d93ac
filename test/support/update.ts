import type { Comparison } from "./compare.ts";
import type { CaseFile, Fence, FixtureCase } from "./fixture.ts";
import { commentSign, isMarkerLine, writeMarker } from "./markers.ts";
import type { Marker } from "./markers.ts";

export interface CaseUpdate {
  readonly fixture: FixtureCase;
  readonly comparison: Comparison;
  /** Texts after all safe fixes. */
  readonly fixed: Readonly<Record<string, string>>;
}

/** The Markdown with the markers and fixed texts that the engine says are right. Markers that were met stay as they are. */
export function updateFixture(markdown: string, updates: readonly CaseUpdate[]): string {
  const lines = markdown.split("\n");
  const replacements = updates
    .flatMap(({ fixture, comparison, fixed }) =>
      fixture.files.flatMap((file) => fileReplacements(file, comparison, fixed)),
    )
    .sort((a, b) => b.fence.from - a.fence.from);
  for (const { fence, content } of replacements) lines.splice(fence.from, fence.to - fence.from, ...content);
  return lines.join("\n");
}

function fileReplacements(file: CaseFile, comparison: Comparison, fixed: Readonly<Record<string, string>>) {
  const replacements: { fence: Fence; content: string[] }[] = [
    { fence: file.fence, content: marked(file, comparison) },
  ];
  const after = fixed[file.path];
  if (file.fixed !== undefined && after !== undefined) {
    replacements.push({ fence: file.fixed, content: after.replace(/\n$/, "").split("\n") });
  }
  return replacements;
}

function marked(file: CaseFile, { met, unexpected }: Comparison): string[] {
  const sign = commentSign(file.path);
  const markers = [
    ...file.markers.filter((marker) => met.has(marker)),
    ...unexpected.filter((marker) => marker.file === file.path),
  ];
  const code = file.fence.lines.filter((line) => !isMarkerLine(line, sign));
  return code.flatMap((line, index) => [
    line,
    ...markers.filter((marker) => marker.line === index + 1).map((marker: Marker) => writeMarker(marker, sign)),
  ]);
}
