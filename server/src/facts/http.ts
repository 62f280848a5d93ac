import type { OperationRow, Pack } from "../model/pack.ts";
import { odataTemplate } from "./odata.ts";

/** In a pack: the server does not look at the verb. */
const ANY_VERB = "ANY";

/**
 * Finds the operation behind a request. Both sides are paths in segments. In a template `{}` is one segment, `{+}` is one
 * or more; in a request `{}` stands for text that is not known. A hole of the request fills only a parameter: it never
 * passes for a literal, since then any operation might be meant.
 */
export function operationByPath(pack: Pack, verb: string, path: string): OperationRow | undefined {
  const request = segmentsOf(path);
  let best: { row: OperationRow; literal: number } | undefined;
  let tied = false;
  for (const row of pack.operations) {
    const [rowVerb, template] = requestOf(row);
    if (rowVerb !== verb && rowVerb !== ANY_VERB) continue;
    const literal = literalMatch(template, request);
    if (literal === undefined || (best !== undefined && literal < best.literal)) continue;
    tied = best !== undefined && literal === best.literal && !sameNeeds(row, best.row);
    best = { row, literal };
  }
  return tied ? undefined : best?.row;
}

type RowRequest = readonly [verb: string, template: readonly string[]];

const requests = new WeakMap<OperationRow, RowRequest>();

/** Verb and path of a row; a row that does not state them has them for a name, if it is of a service that is all HTTP. */
function requestOf(row: OperationRow): RowRequest {
  let request = requests.get(row);
  if (request === undefined) {
    const [verb, path] = row.http ? [row.http[0], row.http[2]] : odataTemplate(row);
    request = [verb, segmentsOf(path)];
    requests.set(row, request);
  }
  return request;
}

function segmentsOf(path: string): readonly string[] {
  return path.split("/").filter((segment) => segment !== "");
}

/** Number of literal characters that fit, the closer the more; undefined if the template does not fit. */
function literalMatch(template: readonly string[], request: readonly string[], at = 0, from = 0): number | undefined {
  if (at === template.length) return from === request.length ? 0 : undefined;
  if (from === request.length) return undefined;
  const segment = template[at]!;
  const most = segment.includes("{+}") ? request.length : from + 1;
  let best: number | undefined;
  for (let to = from + 1; to <= most; to++) {
    const here = literalCharacters(segment, request.slice(from, to).join("/"));
    const rest = here === undefined ? undefined : literalMatch(template, request, at + 1, to);
    if (here !== undefined && rest !== undefined && (best === undefined || here + rest > best)) best = here + rest;
  }
  return best;
}

/** `{}:run` against `job-1:run` → 4. */
function literalCharacters(template: string, text: string): number | undefined {
  const parameter = /\{\+?\}/.exec(template);
  if (parameter === null) return template === text ? template.length : undefined;
  const before = template.slice(0, parameter.index);
  const after = template.slice(parameter.index + parameter[0].length);
  // `$count` and its like are words of OData, and no parameters.
  if (!text.startsWith(before) || text.length <= before.length || /^\$[a-z]/.test(text)) return undefined;
  const rest = text.slice(before.length);
  // A second parameter in one segment (`{}..{}`, `{}/{}.json`) is rare; what stands between them decides.
  if (/\{\+?\}/.test(after)) {
    const between = after.slice(0, after.indexOf("{"));
    const cut = rest.indexOf(between, 1);
    const more = between === "" || cut === -1 ? undefined : literalCharacters(after, rest.slice(cut));
    return more === undefined ? undefined : before.length + more;
  }
  if (!rest.endsWith(after) || rest.length <= after.length) return undefined;
  return before.length + after.length;
}

/** Two operations that cannot be told apart by their path do no harm if they need the same. */
function sameNeeds(a: OperationRow, b: OperationRow): boolean {
  const needs = ({ effect, requires, when }: OperationRow) => JSON.stringify([effect, requires, when]);
  return needs(a) === needs(b);
}
