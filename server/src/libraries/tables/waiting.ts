import type { Library } from "../model.ts";
import { calling, library, mapping, passing } from "./library.ts";

/** Retries, limits, queues, locks and breakers: they call the functions they are given, and give what those give. */
export const WAITING: readonly Library[] = [
  library("async-lock", "1.5.0", "lib/index.js", { wrappers: [calling("async-lock#default.new().acquire", 1)] }),
  library("async-mutex", "0.5.0", "lib/Mutex.d.ts, lib/Semaphore.d.ts, lib/withTimeout.d.ts, lib/tryAcquire.d.ts", {
    wrappers: [
      calling("async-mutex#Mutex.new().runExclusive"),
      calling("async-mutex#Semaphore.new().runExclusive"),
      calling("async-mutex#withTimeout().runExclusive"),
      calling("async-mutex#tryAcquire().runExclusive"),
      passing("async-mutex#withTimeout"),
      passing("async-mutex#tryAcquire"),
    ],
  }),
  library("async-retry", "1.3.3", "lib/index.js", { wrappers: [calling("async-retry#default")] }),
  library("bottleneck", "2.19.5", "bottleneck.d.ts", {
    wrappers: [
      // An object of options may stand before the function.
      { call: "bottleneck#default.new().schedule", calls: "0...", with: ["1..."], returns: "result" },
      passing("bottleneck#default.new().wrap"),
    ],
  }),
  library("cockatiel", "3.2.1", "dist/Policy.d.ts", { wrappers: [calling("cockatiel#*.execute")] }),
  library("exponential-backoff", "3.1.3", "dist/backoff.d.ts", {
    wrappers: [calling("exponential-backoff#backOff", 0, [])],
  }),
  library("opossum", "9.0.0", "lib/circuit.js", {
    stores: [
      { call: "opossum#default.new", keeps: 0 },
      { call: "opossum#default.new().fire", calls: "kept", with: ["0..."], returns: "result" },
      { call: "opossum#default.new().call", calls: "kept", with: ["1..."], returns: "result" },
    ],
  }),
  library("p-all", "5.0.1", "index.d.ts", {
    wrappers: [{ call: "p-all#default", calls: "0[]", with: [], returns: ["result"] }],
  }),
  library("p-debounce", "5.1.1", "index.d.ts", {
    wrappers: [passing("p-debounce#default"), passing("p-debounce#promise")],
  }),
  library("p-limit", "7.3.3", "index.d.ts", {
    wrappers: [
      { call: "p-limit#default()", calls: 0, with: ["1..."], returns: "result" },
      mapping("p-limit#default().map"),
      { call: "p-limit#limitFunction", returns: 0 },
    ],
  }),
  library("p-map", "7.1.1", "index.d.ts", { wrappers: [mapping("p-map#default"), mapping("p-map#pMapIterable")] }),
  library("p-queue", "9.3.5", "dist/index.d.ts", {
    wrappers: [
      calling("p-queue#default.new().add"),
      { call: "p-queue#default.new().addAll", calls: "0[]", returns: ["result"] },
    ],
  }),
  library("p-retry", "7.1.1", "index.d.ts", {
    wrappers: [calling("p-retry#default"), passing("p-retry#makeRetriable")],
  }),
  library("p-series", "3.0.0", "index.d.ts", {
    wrappers: [{ call: "p-series#default", calls: "0[]", with: [], returns: ["result"] }],
  }),
  library("p-throttle", "8.1.1", "index.d.ts", { wrappers: [passing("p-throttle#default()")] }),
  library("p-timeout", "7.0.2", "index.d.ts", { wrappers: [passing("p-timeout#default")] }),
  library("p-times", "4.0.0", "index.d.ts", {
    wrappers: [{ call: "p-times#default", calls: 1, returns: ["result"] }],
  }),
  library("promise-retry", "2.0.1", "index.js", {
    // An object of options may stand before the function.
    wrappers: [calling("promise-retry#default", "0...")],
  }),
];
