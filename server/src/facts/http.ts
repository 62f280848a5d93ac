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
  for (const { row, template } of candidates(pack, verb, request.length)) {
    const literal = literalMatch(template, request);
    if (literal === undefined || (best !== undefined && literal < best.literal)) continue;
    tied = literal === best?.literal && (tied || !sameNeeds(row, best.row));
    best = { row, literal };
  }
  return tied ? undefined : best?.row;
}

interface Candidate {
  readonly at: number;
  readonly row: OperationRow;
  readonly template: readonly string[];
}

const tables = new WeakMap<Pack, ReadonlyMap<string, readonly Candidate[]>>();

/** Rows of a verb, in the pack's order, that a path of so many segments may fit. */
function candidates(pack: Pack, verb: string, length: number): readonly Candidate[] {
  let table = tables.get(pack);
  if (table === undefined) tables.set(pack, (table = tableOf(pack)));
  const lists = [verb, ANY_VERB].flatMap((one) =>
    [length, "any"].flatMap((many) => [table.get(`${one} ${many}`) ?? []]),
  );
  return lists.flat().sort((a, b) => a.at - b.at);
}

/** By verb and number of segments; a row that does not state its request has it for a name: its service is all HTTP. */
function tableOf(pack: Pack): ReadonlyMap<string, readonly Candidate[]> {
  const table = new Map<string, Candidate[]>();
  for (const [at, row] of pack.operations.entries()) {
    const [verb, path] = row.http ? [row.http[0], row.http[2]] : odataTemplate(row);
    const template = segmentsOf(path);
    const key = `${verb} ${path.includes("{+}") ? "any" : template.length}`;
    const list = table.get(key) ?? [];
    list.push({ at, row, template });
    table.set(key, list);
  }
  return table;
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
