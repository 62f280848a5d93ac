import type { Interpreter } from "../interpreter.ts";
import type { ExternalValue, NativeValue, ValueSet } from "../values.ts";
import { DATA } from "./data.ts";
import { FUNCTION, PROMISE, RESOLVER } from "./functions.ts";
import { GLOBAL } from "./globals.ts";
import { LIST } from "./lists.ts";
import { MAP } from "./maps.ts";
import type { Native, NativeCall } from "./native.ts";
import { PATHS } from "./paths.ts";
import { PATTERN } from "./patterns.ts";
import { PYTHON_FUNCTION, PYTHON_SAME } from "./python-functions.ts";
import { PYTHON_DICT, PYTHON_LIST, PYTHON_TEXT } from "./python-methods.ts";
import { TEXT } from "./texts.ts";
import { URL_METHODS } from "./urls.ts";

/** Runs a function of the language; undefined where it is not modelled. */
export function callNative(
  trace: Interpreter,
  call: NativeCall,
  target: NativeValue | ExternalValue,
): ValueSet | undefined {
  if (target.kind === "external") {
    if (target.package.startsWith("python:"))
      return (PYTHON_FUNCTION.get(target.path) ?? PATHS.get(target.path))?.(trace, call, target);
    if (!LANGUAGE.has(target.package)) return undefined;
    return (GLOBAL.get(target.path) ?? DATA.get(target.path) ?? PATHS.get(target.path))?.(trace, call, target);
  }
  const [family, name] = target.name.split(".") as [string, string];
  const { receiver } = target;
  const result = families().get(family)?.get(name)?.(trace, call, receiver!);
  // What a method gives is as sure as what it is called on.
  return result && receiver?.kind === "object" ? trace.values.allRelying(result, receiver.reliesOn) : result;
}

/** Where functions live that are followed. */
const LANGUAGE: ReadonlySet<string> = new Set(
  "global node:util node:url node:path node:path/posix node:path/win32 node:buffer".split(" "),
);

/** Made when first asked for: the tables call back into this file. */
let known: ReadonlyMap<string, ReadonlyMap<string, Native>> | undefined;

function families(): ReadonlyMap<string, ReadonlyMap<string, Native>> {
  return (known ??= new Map([
    ["list", LIST],
    ["python-list", PYTHON_LIST],
    ["python-dict", PYTHON_DICT],
    ["python-text", PYTHON_TEXT],
    ["python-function", PYTHON_SAME],
    ["text", TEXT],
    ["pattern", PATTERN],
    ["map", MAP],
    ["function", FUNCTION],
    ["promise", PROMISE],
    ["resolver", RESOLVER],
    ["url", URL_METHODS],
  ]));
}
