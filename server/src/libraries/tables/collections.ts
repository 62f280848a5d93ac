import type { FunctionModel, Library } from "../model.ts";
import { library, mapping } from "./library.ts";

/** Methods of lodash by what they do with what they are handed. */
const SAME = ["clone", "cloneDeep", "pick", "pickBy", "omit", "omitBy", "once", "memoize", "debounce", "throttle"];
const FILLED = ["assign", "assignIn", "extend", "defaults", "defaultsDeep", "merge"];
const ITEMS = ["compact", "uniq", "uniqBy", "reverse", "shuffle", "sortBy", "orderBy", "take", "takeRight", "drop"];
const MORE_ITEMS = ["dropRight", "slice", "initial", "tail", "values", "toArray", "sampleSize"];
const ONE_ITEM = ["head", "first", "last", "nth", "sample", "minBy", "maxBy"];
const FOR_EACH = ["forEach", "each", "forEachRight", "forOwn", "forIn"];
const KEPT = ["filter", "reject", "keyBy", "mapKeys"];
const GROUPED = ["groupBy", "partition"];
const FOUND = ["find", "findLast"];

/** Calls its second argument for each item of the first. */
const EACH = { calls: 1, with: ["0[]"] } as const;

/** One function under the three ways it is imported by. */
function lodash(name: string, model: Omit<FunctionModel, "call">): FunctionModel[] {
  return [`lodash#${name}`, `lodash/${name}#default`, `lodash-es#${name}`].map((call) => ({ call, ...model }));
}

/** Functions on lists and tables. */
export const COLLECTIONS: readonly Library[] = [
  library("async", "3.2.6", "dist/async.mjs", {
    wrappers: [
      ...["map", "each", "forEach", "eachSeries", "mapSeries", "concat", "concatSeries"].map((name) =>
        mapping(`async#${name}`),
      ),
      ...["mapLimit", "eachLimit", "concatLimit"].map((name) => mapping(`async#${name}`, 0, 2)),
      ...["parallel", "series", "parallelLimit"].map((name): FunctionModel => ({
        call: `async#${name}`,
        calls: "0[]",
        returns: ["result"],
      })),
      { call: "async#retry", calls: "0...", returns: "result" },
    ],
  }),
  library("lodash", "4.18.1", "lodash.js", {
    wrappers: [
      ...lodash("get", { returns: "0[1]" }),
      ...lodash("tap", { calls: 1, with: [0], returns: 0 }),
      ...lodash("thru", { calls: 1, with: [0], returns: "result" }),
      ...lodash("times", { calls: 1, returns: ["result"] }),
      ...lodash("attempt", { calls: 0, with: ["1..."], returns: "result" }),
      ...lodash("defaultTo", { returns: "0..." }),
      ...lodash("concat", { returns: ["0...[]"] }),
      ...SAME.flatMap((name) => lodash(name, { returns: 0 })),
      ...FILLED.flatMap((name) => lodash(name, { fills: 0, returns: 0 })),
      ...[...ITEMS, ...MORE_ITEMS].flatMap((name) => lodash(name, { returns: ["0[]"] })),
      ...ONE_ITEM.flatMap((name) => lodash(name, { returns: "0[]" })),
      ...["map", "mapValues"].flatMap((name) => lodash(name, { ...EACH, returns: ["result"] })),
      ...lodash("flatMap", { ...EACH, returns: ["result[]"] }),
      ...FOR_EACH.flatMap((name) => lodash(name, { ...EACH, returns: 0 })),
      ...KEPT.flatMap((name) => lodash(name, { ...EACH, returns: ["0[]"] })),
      ...GROUPED.flatMap((name) => lodash(name, { ...EACH, returns: [["0[]"]] })),
      ...FOUND.flatMap((name) => lodash(name, { ...EACH, returns: "0[]" })),
    ],
    harmless: ["lodash#is*", "lodash-es#is*", "lodash#has", "lodash-es#has", "lodash#keys", "lodash-es#keys"],
  }),
];
