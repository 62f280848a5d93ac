import type { FactSource } from "../../../server/src/model/pack.ts";
import { compareText } from "../../../server/src/model/place.ts";
import type { MicrosoftSources, Rule } from "./sources.ts";

/** One request as the tables know it. */
export interface StatedRequest {
  readonly verb: string;
  /** Lower case, `{}` for a parameter, `{+}` for one that spans segments. */
  readonly path: string;
  readonly rule: Rule;
  /** The page that some of the columns are from, instead of the table. */
  readonly page?: FactSource;
}

export interface StatedPaths {
  readonly requests: readonly StatedRequest[];
  /** Requests that became another one's when their path was cleaned, and were left out. */
  readonly dropped: readonly string[];
}

/** All requests, by path and verb. Of several spellings of one request the one that needed no cleaning counts. */
export function readPaths(sources: MicrosoftSources): StatedPaths {
  const requests = new Map<string, StatedRequest>();
  const dropped: string[] = [];
  const cleanedFirst = [...sources.paths].sort(
    ([a], [b]) => Number(cleaned(a) !== a) - Number(cleaned(b) !== b) || compareText(a, b),
  );
  for (const [stated, verbs] of cleanedFirst) {
    const path = cleaned(stated);
    for (const [verb, rule] of verbs) {
      const key = `${verb} ${path}`;
      if (requests.has(key)) dropped.push(`${verb} ${stated}`);
      else requests.set(key, { verb, path, rule });
    }
  }
  for (const key of sources.pages.keys()) {
    const [verb, path] = key.split(" ") as [string, string];
    if (!requests.has(key)) requests.set(key, { verb, path, rule: {} });
  }
  const sorted = [...requests.values()]
    .map((request) => completed(request, requests, sources))
    .sort((a, b) => compareText(a.path, b.path) || compareText(a.verb, b.verb));
  return { requests: sorted, dropped: dropped.sort(compareText) };
}

/** With the columns that it lacks and a page has, or, for a raw value, the resource it is the value of. */
function completed(
  request: StatedRequest,
  requests: ReadonlyMap<string, StatedRequest>,
  { names, pages }: MicrosoftSources,
): StatedRequest {
  const { verb, path } = request;
  const resource = requests.get(`${verb} ${path.replace(/\/\$value$/, "")}`);
  const ordinal = (name: string) => names.indexOf(name);
  const stated = pages.get(`${verb} ${path}`);
  const columns = Object.entries(stated?.columns ?? {}).map(([kind, any]) => [
    kind,
    { least: 1, any: any.map(ordinal) },
  ]);
  return {
    ...request,
    rule: { ...resource?.rule, ...(Object.fromEntries(columns) as Rule), ...request.rule },
    ...(stated && { page: stated.page }),
  };
}

/** What the source's paths are freed of, with the reason. `docs/facts/microsoft.md` prints this table. */
export const CLEANING: readonly { readonly from: RegExp; readonly to: string; readonly because: string }[] = [
  { from: /\?.*$/, to: "", because: "a query is no part of a path" },
  { from: /\}\}/g, to: "}", because: "a slip" },
  { from: /'\{\}'/g, to: "{}", because: "quotes around a parameter" },
  { from: /,\s+/g, to: ",", because: "white space between parameters" },
  { from: /\/$/, to: "", because: "a slash at the end" },
  { from: /\{\}\/\.\.\.\//g, to: "{+}/", because: "dots stand for folders in folders" },
  { from: /(root|\{\}):\/foldera\/fileb\.txt:/g, to: "$1:/{}:", because: "an example in place of a parameter" },
  { from: /(?<=[a-z])\(\{\}\)/g, to: "/{}", because: "a key in parentheses is a segment" },
];

function cleaned(path: string): string {
  return CLEANING.reduce((text, { from, to }) => text.replace(from, to), path);
}

/** What a path belongs to: `me` of `/me/messages`, `applications` of `/applications(appid={})`. */
export function segmentOf(path: string): string {
  return /^\/([a-z0-9]+)/.exec(path)![1]!;
}

/**
 * As people read it: words spelled as Microsoft does, `{id}` for a parameter, `{path}` for that of a file, `{ids}` for one
 * that spans segments: `/me/mailFolders/{id}/messages`.
 */
export function spelled(path: string, spelling: ReadonlyMap<string, string>): string {
  return path
    .replace(/:\/\{\}/g, ":/{path}")
    .replace(/\{\+?\}/g, (parameter) => (parameter === "{+}" ? "{ids}" : "{id}"))
    .replace(/[a-z][a-z0-9]*/g, (word, at: number, whole: string) =>
      whole[at - 1] === "{" ? word : (spelling.get(word) ?? word),
    );
}
