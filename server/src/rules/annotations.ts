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
  const hint = tool.annotationPlaces.readOnlyHint;
  const text = hint && input.textOf(hint.file);
  if (!hint || text === undefined) return undefined;
  const written = text.slice(hint.span.start, hint.span.end);
  const negative = written === "True" ? "False" : "false";
  const positive = written === "True" ? "True" : "true";
  if (!/^true$/i.test(written)) return undefined;

  const both = `readOnlyHint: ${negative}, destructiveHint: ${positive}`;
  const { destructiveHint } = tool.annotationPlaces;
  if (destructiveHint) {
    const edits = [{ ...hint, newText: negative }, ...(tool.annotations.destructiveHint === true ? [] : [{ ...destructiveHint, newText: positive }])];
    return { edits: edits.sort(comparePlaces), says: both };
  }
  if (tool.annotations.destructiveHint !== undefined) return undefined;
  const added = entryLike(tool, hint, text, "destructiveHint", positive);
  return added === undefined
    ? { edits: [{ ...hint, newText: negative }], says: `readOnlyHint: ${negative}` }
    : { edits: [{ ...hint, newText: `${negative}${added}` }], says: both };
}

/** A further entry in the manner of the one that ends with `hint`: `, destructiveHint: true`, on a line of its own if that one is. */
function entryLike(tool: Tool, hint: Place, text: string, name: string, value: string): string | undefined {
  const entry = tool.annotationsObject?.entries.find(({ file, span }) => file === hint.file && span.start <= hint.span.start && hint.span.end <= span.end);
  if (!entry || entry.span.end !== hint.span.end) return undefined;
  const key = text.slice(entry.span.start, hint.span.start);
  if (!key.includes("readOnlyHint")) return undefined;
  const before = /\n[ \t]*$/.exec(text.slice(tool.annotationsObject!.place.span.start, entry.span.start))?.[0];
  return `,${before ?? " "}${key.replace("readOnlyHint", name)}${value}`;
}
