import type { Interpreter } from "../interpreter.ts";
import type { ExternalValue, NativeValue, ValueSet } from "../values.ts";
import { FUNCTION, PROMISE, RESOLVER } from "./functions.ts";
import { GLOBAL } from "./globals.ts";
import { LIST } from "./lists.ts";
import { MAP } from "./maps.ts";
import type { Native, NativeCall } from "./native.ts";
import { TEXT } from "./texts.ts";

/** Runs a function of the language; undefined where it is not modelled. */
export function callNative(
  trace: Interpreter,
  call: NativeCall,
  target: NativeValue | ExternalValue,
): ValueSet | undefined {
  if (target.kind === "external") {
    if (target.package !== "global" && target.package !== "node:util") return undefined;
    return GLOBAL.get(target.path)?.(trace, call, target);
  }
  const [family, name] = target.name.split(".") as [string, string];
  return FAMILIES.get(family)?.get(name)?.(trace, call, target.receiver!);
}

const FAMILIES = new Map<string, ReadonlyMap<string, Native>>([
  ["list", LIST],
  ["text", TEXT],
  ["map", MAP],
  ["function", FUNCTION],
  ["promise", PROMISE],
  ["resolver", RESOLVER],
]);
