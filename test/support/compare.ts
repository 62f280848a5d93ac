import type { FixtureCase } from "./fixture.ts";
import { commentSign, isSame } from "./markers.ts";
import type { Kind, Marker } from "./markers.ts";

export interface Comparison {
  /** Markers of the case that were met. */
  readonly met: ReadonlySet<Marker>;
  /** Found, of a kind the case is exact about, and not marked. */
  readonly unexpected: readonly Marker[];
  /** Marked and not found. */
  readonly missing: readonly Marker[];
}

/** Pairs what is marked with what was found, each at most once. */
export function compare(fixture: FixtureCase, observed: readonly Marker[]): Comparison {
  const expected = fixture.files.flatMap(({ markers }) => markers);
  const exact = new Set<Kind>(["finding", ...fixture.none, ...expected.map(({ kind }) => kind)]);
  const left = observed.filter(({ kind }) => exact.has(kind));
  const met = new Set<Marker>();
  for (const marker of expected) {
    const at = left.findIndex((found) => isSame(marker, found, commentSign(marker.file)));
    if (at < 0) continue;
    left.splice(at, 1);
    met.add(marker);
  }
  return { met, unexpected: left, missing: expected.filter((marker) => !met.has(marker)) };
}

/** Mismatches as lines to read: what is marked and not found, what is found and not marked. */
export function mismatches({ unexpected, missing }: Comparison): string[] {
  const line = (sign: string) => (marker: Marker) =>
    `${sign} ${marker.file}:${marker.line}:${marker.from + 1}-${marker.to} ${marker.written}`;
  return [...missing.map(line("-")), ...unexpected.map(line("+"))].sort((a, b) => (a.slice(2) < b.slice(2) ? -1 : 1));
}
