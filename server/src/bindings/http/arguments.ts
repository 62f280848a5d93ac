import type { ArgumentReader } from "../../facts/lookup.ts";
import type { Reading } from "../../trace/reading.ts";
import { isHole, patternText } from "../../trace/texts.ts";
import type { ValueSet } from "../../trace/values.ts";
import { single } from "../arguments.ts";
import type { Target } from "./addresses.ts";
import { bodyObjects } from "./graphql.ts";
import type { Outgoing } from "./outgoing.ts";
import { fields, hasUnknownFields } from "./outgoing.ts";

/** Options that hold what is written behind `?`. */
const QUERY_OPTIONS = ["params", "searchParams", "query", "qs"];

/** What facts call an argument is a parameter of the address, or a field of the body. */
export function requestArguments(outgoing: Outgoing, target: Target, reading: Reading): ArgumentReader {
  const given = fields(outgoing.options, QUERY_OPTIONS, reading);
  const body = bodyObjects(outgoing.body);
  const written = queryOf(target);
  const mayHoldMore = written.open || outgoing.amended || [given, body].some((set) => hasUnknownFields(set, reading));
  return (path) => {
    const names = path.replace(/^(?:requestBody|resource)\./, "").split(".");
    const inAddress = written.parameters.get(names[0]!);
    if (inAddress !== undefined) return inAddress.includes("{}") ? undefined : inAddress;
    const found = [given, body].map((set) => below(set, names, reading)).filter((values) => values.length > 0);
    if (found.length > 0) return single(found.flat());
    return mayHoldMore ? undefined : null;
  };
}

function below(set: ValueSet, names: readonly string[], reading: Reading): ValueSet {
  return names.reduce((values, name) => reading.ownField(values, name), set);
}

/** The parameters behind `?`; `open` where there may be others. */
function queryOf({ query }: Target): { readonly parameters: ReadonlyMap<string, string>; readonly open: boolean } {
  const text = patternText(query).replace(/^\?|#.*$/gs, "");
  const parameters = new URLSearchParams(text);
  const known = [...parameters].filter(([name]) => !name.includes("{}"));
  const open = query.some(isHole) && [...parameters.keys()].some((name) => name.includes("{}"));
  return { parameters: new Map(known), open };
}
