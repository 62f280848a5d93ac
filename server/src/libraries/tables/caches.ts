import type { Library } from "../model.ts";
import { calling, emitting, keyed, library, passing } from "./library.ts";

/** Caches and memoised functions, which give back what was put in; and emitters, which call who listens. */
export const CACHES: readonly Library[] = [
  library("cache-manager", "7.2.9", "dist/index.d.mts", {
    wrappers: [calling("cache-manager#createCache().wrap", 1, [])],
    stores: keyed("cache-manager#createCache()", ["set"], ["get"]),
  }),
  library("dataloader", "2.2.3", "index.d.ts", {
    stores: [
      { call: "dataloader#default.new", keeps: 0 },
      { call: "dataloader#default.new().load", calls: "kept", with: [[0]], returns: "result[]" },
      { call: "dataloader#default.new().loadMany", calls: "kept", with: [0], returns: "result" },
    ],
  }),
  library("eventemitter3", "5.0.4", "index.d.ts", {
    stores: ["default", "EventEmitter"].flatMap((name) =>
      emitting(
        `eventemitter3#${name}.new()`,
        ["on", "once", "addListener"],
        ["off", "removeListener", "removeAllListeners"],
      ),
    ),
  }),
  library("keyv", "5.6.0", "dist/index.d.ts", {
    stores: ["default", "Keyv"].flatMap((name) => keyed(`keyv#${name}.new()`, ["set"], ["get"])),
  }),
  library("lru-cache", "11.5.3", "dist/commonjs/index.d.ts", {
    stores: keyed("lru-cache#LRUCache.new()", ["set"], ["get", "peek"]),
  }),
  library("mem", "10.0.0", "dist/index.d.ts", { wrappers: [passing("mem#default")] }),
  library("memoize", "10.2.0", "distribution/index.d.ts", { wrappers: [passing("memoize#default")] }),
  library("memoizee", "0.4.17", "index.js", { wrappers: [passing("memoizee#default")] }),
  library("mitt", "3.0.1", "index.d.ts", {
    stores: [
      { call: "mitt#default().on", keeps: 1, under: 0 },
      { call: "mitt#default().emit", calls: "kept", with: ["1..."], under: 0 },
    ],
  }),
  library("node-cache", "5.1.2", "index.d.ts", {
    stores: keyed("node-cache#default.new()", ["set"], ["get", "take"]),
  }),
  library("p-memoize", "8.0.0", "dist/index.d.ts", { wrappers: [passing("p-memoize#default")] }),
];
