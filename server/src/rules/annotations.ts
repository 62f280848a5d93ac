import type { Tool } from "../model/analysis.ts";
import type { Edit } from "../model/finding.ts";
import { comparePlaces } from "../model/place.ts";
import type { Place } from "../model/place.ts";
import type { RuleInput } from "./rule.ts";

/** Edits, and what they declare. */
export interface Declaration {
  readonly edits: readonly Edit[];
  readonly says: string;
}

/**
 * Edits that make a tool's annotations say that it writes. Both hints at once: with the first alone, an explicit
 * `destructiveHint: false` beside it would be the next wrong declaration. Undefined where the hint is no literal.
 */
export function declareWrite(tool: Tool, input: RuleInput): Declaration | undefined {
  const readOnly = hintOf(tool, "readOnlyHint", input);
  if (!readOnly || !/^true$/i.test(readOnly.written)) return undefined;
  const [negative, positive] = readOnly.written === "True" ? ["False", "True"] : ["false", "true"];
  const both = `readOnlyHint: ${negative}, destructiveHint: ${positive}`;
  const denial: Edit = { ...readOnly.value, newText: negative };

  const destructive = hintOf(tool, "destructiveHint", input);
  if (destructive) {
    const edits = destructive.written === positive ? [denial] : [denial, { ...destructive.value, newText: positive }];
    return { edits: edits.sort(comparePlaces), says: both };
  }
  if (tool.annotations.destructiveHint !== undefined) return undefined;
  const added = entryLike(tool, readOnly, input, "destructiveHint", positive);
  return added === undefined
    ? { edits: [denial], says: `readOnlyHint: ${negative}` }
    : { edits: [{ ...denial, newText: `${negative}${added}` }], says: both };
}

interface WrittenHint {
  readonly value: Place;
  readonly written: string;
  /** What stands before the value in its entry: `readOnlyHint: `. */
  readonly key: string;
  readonly entry: Place;
}

/** The literal of a hint, given the place of its value or of its whole entry. */
function hintOf(tool: Tool, name: "readOnlyHint" | "destructiveHint", input: RuleInput): WrittenHint | undefined {
  const place = tool.annotationPlaces[name];
  const text = place && input.textOf(place.file);
  if (!place || text === undefined) return undefined;
  const around = tool.annotationsObject?.entries.find(
    ({ file, span }) => file === place.file && span.start <= place.span.start && place.span.end <= span.end,
  );
  const entry = around ?? place;
  const parts = /^(.*?)(\w+)$/s.exec(text.slice(entry.span.start, entry.span.end));
  if (!parts) return undefined;
  const [, key, written] = parts as unknown as [string, string, string];
  return {
    entry,
    key,
    written,
    value: { file: place.file, span: { start: entry.span.start + key.length, end: entry.span.end } },
  };
}

/** A further entry in the manner of one that is there: `, destructiveHint: true`, on a line of its own if that one is. */
function entryLike(
  tool: Tool,
  { entry, key }: WrittenHint,
  input: RuleInput,
  name: string,
  value: string,
): string | undefined {
  if (!tool.annotationsObject || !key.includes("readOnlyHint")) return undefined;
  const text = input.textOf(entry.file)!;
  const before = /\n[ \t]*$/.exec(text.slice(tool.annotationsObject.place.span.start, entry.span.start))?.[0];
  return `,${before ?? " "}${key.replace("readOnlyHint", name)}${value}`;
}
