/**
 * Functions that may be handed a client or credential without anything happening to it: logging, serialising, checking.
 * By the way into a package; a trailing `*` takes everything below.
 */
const HARMLESS = [
  "global#console.*",
  "global#JSON.*",
  "global#Object.*",
  "global#Array.*",
  "global#String",
  "global#Boolean",
  "global#Number",
  "global#Symbol.*",
  "global#Promise.*",
  "global#setTimeout",
  "global#setInterval",
  "global#setImmediate",
  "global#queueMicrotask",
  "global#process.*",
  "global#Error.*",
  "global#WeakMap.*",
  "global#WeakSet.*",
  "global#WeakRef.*",
  "node:util#*",
  "node:assert#*",
  "util#*",
  "assert#*",
  "console#*",
  "pino#*",
  "winston#*",
  "debug#*",
  "loglevel#*",
  "chalk#*",
  "zod#*",
  "zod-to-json-schema#*",
  "@modelcontextprotocol/*",
];

export function isHarmless(path: string): boolean {
  return HARMLESS.some((pattern) =>
    pattern.endsWith("*")
      ? path.startsWith(pattern.slice(0, -1)) || path === pattern.slice(0, -2)
      : path === pattern || path.startsWith(`${pattern}.new`),
  );
}
