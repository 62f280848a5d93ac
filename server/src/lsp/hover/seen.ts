import type { Access, BlindSpot, DeployableAnalysis } from "../../model/analysis.ts";
import { counted } from "../../report/words.ts";
import { rulePageAddress } from "../../service/rule-page.ts";
import type { Paragraph, Piece } from "../convert/markup.ts";
import type { Snapshot } from "../snapshot.ts";

export interface SeenLine {
  readonly calls: readonly Access[];
  readonly blindSpots: readonly BlindSpot[];
  /** The rule that speaks of such things. */
  readonly ruleId: string;
}

/** The last line of every hover: what was seen, what was not, how old the facts are, and where the rule is explained. */
export function seenLine({ calls, blindSpots, ruleId }: SeenLine, snapshot: Snapshot): Paragraph {
  const count = calls.length;
  const seen = blindSpots.length === 0 ? `${count} of ${counted(count, "call")}` : counted(count, "call");
  const sources = [...new Set(calls.map(({ fact }) => fact.source))].sort();
  const facts = [...sources, snapshot.result.factsDate].filter((part) => part !== "").join(", ");
  const page = rulePageAddress(ruleId);
  const about = `about ${ruleId}`;
  const pieces: Piece[] = [`Seen: ${seen}, ${counted(blindSpots.length, "blind spot")} · ${facts} · `];
  pieces.push(page === undefined ? about : { link: about, to: page });
  return [{ emphasis: pieces }];
}

/** Blind spots that may hide calls of a provider. */
export function blindSpotsFor({ blindSpots }: DeployableAnalysis, provider: string): BlindSpot[] {
  return blindSpots.filter(({ affects }) =>
    affects.some((service) => service === provider || service.startsWith(`${provider}.`)),
  );
}

export function callsOf({ accesses }: DeployableAnalysis, provider: string): Access[] {
  return accesses.filter(({ requirement }) => requirement.provider === provider);
}

/** `src/plugins.ts:31`. */
export function placeText(
  place: { readonly file: string; readonly span: { readonly start: number } },
  snapshot: Snapshot,
): string {
  const starts = snapshot.lineStarts(place.file);
  const line = starts.findLastIndex((start) => start <= place.span.start) + 1;
  return `${place.file}:${Math.max(line, 1)}`;
}
