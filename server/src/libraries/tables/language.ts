import type { Library, Way } from "../model.ts";
import { ENDING, LISTENING, emitting, library, passing } from "./library.ts";

const TYPESCRIPT = "7.0.2";
const NODE = "20.19.43";
const PYTHON = "3.11.2";
const GLOBALS = `@typescript/typescript-linux-x64@${TYPESCRIPT}: lib/lib.es5.d.ts, lib/lib.es2015.core.d.ts, lib/lib.es2021.weakref.d.ts, lib/lib.es2022.object.d.ts, lib/lib.es2024.object.d.ts, lib/lib.es2025.promise.d.ts, lib/lib.dom.d.ts; @types/node@${NODE}: process.d.ts, globals.d.ts, timers.d.ts, events.d.ts`;

/** The language and Node themselves: what they do is certain, as it is part of what the code says. */
export const LANGUAGE: readonly Library[] = [
  library("global", TYPESCRIPT, GLOBALS, {
    harmless: [
      "global#console.*",
      "global#JSON.stringify",
      ...["is", "isFrozen", "isSealed", "isExtensible", "hasOwn", "getOwnPropertyNames", "getOwnPropertySymbols"].map(
        (name): Way => `global#Object.${name}`,
      ),
      "global#Object.prototype.hasOwnProperty.call",
      "global#Object.prototype.toString.call",
      "global#Boolean",
      "global#Number",
      "global#String",
      "global#Symbol.*",
      "global#WeakRef",
      ...[
        "exit",
        "abort",
        "cwd",
        "chdir",
        "hrtime.*",
        "memoryUsage.*",
        "uptime",
        "cpuUsage",
        "kill",
        "emitWarning",
      ].map((name): Way => `global#process.${name}`),
      "global#process.stdout.*",
      "global#process.stderr.*",
      "global#process.env.*",
      // What is put on the global object is found there again.
      "global#global.*",
      "global#globalThis.*",
      "global#self.*",
      "global#window.*",
    ],
    wrappers: [
      passing("global#Object.preventExtensions"),
      { call: "global#Object.groupBy", calls: 1, with: ["0[]"], returns: [["0[]"]] },
      { call: "global#Promise.try", calls: 0, with: ["1..."], returns: "result" },
      { call: "global#Error.new", returns: { message: 0, cause: "1.cause" } },
    ],
    stores: [
      { call: "global#WeakRef.new", keeps: 0 },
      { call: "global#WeakRef.new().deref", returns: "kept" },
      ...emitting("global#process", LISTENING, ENDING),
    ],
  }),
  library("node:assert", NODE, `@types/node@${NODE}: assert.d.ts`, {
    harmless: ["node:assert#*", "node:assert/strict#*"],
  }),
  library("node:async_hooks", NODE, `@types/node@${NODE}: async_hooks.d.ts`, {
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
  library("node:console", NODE, `@types/node@${NODE}: console.d.ts`, { harmless: ["node:console#*"] }),
  library("node:events", NODE, `@types/node@${NODE}: events.d.ts`, {
    stores: ["EventEmitter", "default"].flatMap((name) => emitting(`node:events#${name}.new()`, LISTENING, ENDING)),
  }),
  library("node:util", NODE, `@types/node@${NODE}: util.d.ts`, {
    harmless: [
      "node:util#inspect",
      "node:util#format",
      "node:util#formatWithOptions",
      "node:util#isDeepStrictEqual",
      "node:util#types.*",
      "node:util#debuglog.*",
      "node:util#styleText",
    ],
    wrappers: [passing("node:util#deprecate")],
  }),
  library("python:builtins", PYTHON, "python3.11-doc (Debian): library/functions.html", {
    harmless: ["python:builtins#print", "python:builtins#repr", "python:builtins#id", "python:builtins#type"],
  }),
  library("python:json", PYTHON, "python3.11-doc (Debian): library/json.html", {
    harmless: ["dump", "dumps", "load", "loads", "JSONDecodeError"].map((name): Way => `python:json#${name}`),
  }),
  library("python:logging", PYTHON, "python3.11-doc (Debian): library/logging.html, library/logging.handlers.html", {
    harmless: [
      ...["debug", "info", "warning", "error", "critical", "exception", "log"].map(
        (name): Way => `python:logging#${name}`,
      ),
      ...["basicConfig", "disable", "addLevelName", "getLevelName", "captureWarnings", "shutdown"].map(
        (name): Way => `python:logging#${name}`,
      ),
      ...["getLogger", "Formatter", "LoggerAdapter", "StreamHandler", "NullHandler"].map(
        (name): Way => `python:logging#${name}.*`,
      ),
    ],
  }),
  library("python:pprint", PYTHON, "python3.11-doc (Debian): library/pprint.html", {
    harmless: ["python:pprint#*"],
  }),
];
