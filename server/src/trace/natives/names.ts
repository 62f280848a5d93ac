import type { Language } from "../../model/summary.ts";
import type { Value } from "../values.ts";
import { pythonName } from "./python-names.ts";

/** Methods of the language's own types that are followed; the tables beside this file say what each does. */
const LIST = new Set([
  "map",
  "flatMap",
  "forEach",
  "filter",
  "find",
  "findLast",
  "some",
  "every",
  "findIndex",
  "reduce",
  "reduceRight",
  "findLastIndex",
  "push",
  "unshift",
  "add",
  "concat",
  "slice",
  "sort",
  "toSorted",
  "reverse",
  "toReversed",
  "values",
  "keys",
  "fill",
  "with",
  "next",
  "return",
  "flat",
  "join",
  "includes",
  "has",
  "indexOf",
  "lastIndexOf",
  "at",
  "pop",
  "shift",
  "entries",
  "toString",
  "splice",
  "toSpliced",
  "delete",
  "clear",
]);
const TEXT = new Set([
  "split",
  "trim",
  "trimStart",
  "trimEnd",
  "toLowerCase",
  "toUpperCase",
  "startsWith",
  "endsWith",
  "includes",
  "concat",
  "replace",
  "replaceAll",
  "toString",
  "valueOf",
  "slice",
  "substring",
  "charAt",
  "at",
  "indexOf",
  "lastIndexOf",
  "match",
  "matchAll",
]);
const PATTERN = new Set(["exec", "test"]);
const MAP = new Set(["get", "set", "has", "delete", "values", "keys", "entries", "forEach"]);
const URL_NAMES = new Set(["toString", "toJSON"]);
const FUNCTION = new Set(["bind", "call", "apply"]);
const PROMISE = new Set(["then", "catch", "finally"]);
/** Methods of lists that are also believed of values of packages: results of calls are often lists. */
const EXTERNAL_LIST = new Set(["map", "flatMap", "forEach", "filter", "reduce"]);

/** The function of the language that `holder.name` is, if it is one: methods of lists, texts, maps, functions, promises. */
export function nativeName(holder: Value, name: string, language: Language): string | undefined {
  if (language === "python") return pythonName(holder, name);
  if (PROMISE.has(name)) return `promise.${name}`;
  switch (holder.kind) {
    case "closure":
    case "native":
      return FUNCTION.has(name) ? `function.${name}` : undefined;
    case "text":
      return TEXT.has(name) ? `text.${name}` : undefined;
    case "pattern":
      return PATTERN.has(name) ? `pattern.${name}` : undefined;
    case "external":
      if (holder.path === "global#Reflect") return undefined;
      return EXTERNAL_LIST.has(name) ? `list.${name}` : FUNCTION.has(name) ? `function.${name}` : undefined;
    case "object":
      if (holder.object.kind === "url") return URL_NAMES.has(name) ? `url.${name}` : undefined;
      if (holder.object.kind === "map") return MAP.has(name) ? `map.${name}` : undefined;
      return holder.object.kind === "list" && LIST.has(name) ? `list.${name}` : undefined;
    default:
      return undefined;
  }
}
