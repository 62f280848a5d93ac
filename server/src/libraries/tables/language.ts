import type { Library } from "../model.ts";
import { emitting, library } from "./library.ts";

const NODE = "20.19.43";

/** The language and Node themselves: what they do is certain, as it is part of what the code says. */
export const LANGUAGE: readonly Library[] = [
  library("global", "7.0.2", "typescript: lib/lib.*.d.ts", {
    harmless: [
      "global#console.*",
      "global#JSON.*",
      "global#Object.*",
      "global#Array.*",
      "global#String",
      "global#Boolean",
      "global#Number",
      "global#Symbol.*",
      "global#Promise.*",
      "global#Error.*",
      "global#WeakMap.*",
      "global#WeakSet.*",
      "global#WeakRef.*",
      "global#setTimeout",
      "global#setInterval",
      "global#setImmediate",
      "global#queueMicrotask",
      "global#process.*",
      // What is put on the global object is found there again.
      "global#global.*",
      "global#globalThis.*",
      "global#self.*",
      "global#window.*",
    ],
  }),
  library("node:assert", NODE, "@types/node: assert.d.ts", { harmless: ["node:assert#*", "node:assert/strict#*"] }),
  library("node:async_hooks", NODE, "@types/node: async_hooks.d.ts", {
    stores: [
      {
        call: "node:async_hooks#AsyncLocalStorage.new().run",
        keeps: 0,
        calls: 1,
        with: ["2..."],
        returns: "result",
      },
      { call: "node:async_hooks#AsyncLocalStorage.new().enterWith", keeps: 0 },
      { call: "node:async_hooks#AsyncLocalStorage.new().getStore", returns: "kept" },
    ],
    wrappers: [
      { call: "node:async_hooks#AsyncLocalStorage.new().exit", calls: 0, with: ["1..."], returns: "result" },
      { call: "node:async_hooks#AsyncLocalStorage.bind", returns: 0 },
      { call: "node:async_hooks#AsyncResource.bind", returns: 0 },
      { call: "node:async_hooks#AsyncResource.new().bind", returns: 0 },
    ],
  }),
  library("node:console", NODE, "@types/node: console.d.ts", { harmless: ["node:console#*"] }),
  library("node:events", NODE, "@types/node: events.d.ts", {
    stores: ["EventEmitter", "default"].flatMap((name) =>
      emitting(`node:events#${name}.new()`, ["on", "once", "addListener", "prependListener", "prependOnceListener"]),
    ),
  }),
  library("node:util", NODE, "@types/node: util.d.ts", {
    harmless: [
      "node:util#inspect",
      "node:util#format",
      "node:util#formatWithOptions",
      "node:util#isDeepStrictEqual",
      "node:util#types.*",
      "node:util#debuglog.*",
      "node:util#styleText",
    ],
    wrappers: [
      { call: "node:util#deprecate", returns: 0 },
      { call: "node:util#callbackify", returns: 0 },
    ],
  }),
  library("python:builtins", "3.11.7", "https://docs.python.org/3.11/library/functions.html", {
    harmless: ["python:builtins#print", "python:builtins#repr", "python:builtins#id", "python:builtins#type"],
  }),
  library("python:json", "3.11.7", "https://docs.python.org/3.11/library/json.html", { harmless: ["python:json#*"] }),
  library("python:logging", "3.11.7", "https://docs.python.org/3.11/library/logging.html", {
    harmless: ["python:logging#*"],
  }),
  library("python:pprint", "3.11.7", "https://docs.python.org/3.11/library/pprint.html", {
    harmless: ["python:pprint#*"],
  }),
];
