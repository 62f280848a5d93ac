import type { Reading } from "../../trace/reading.ts";
import type { Value, ValueSet } from "../../trace/values.ts";
import { constantText } from "../../trace/texts.ts";
import { addressTexts, targetsOf } from "../http/addresses.ts";
import type { Access } from "../typed/binding.ts";
import { ownState } from "../own-state.ts";
import { typedBinding } from "../typed/binding.ts";
import { PLAYWRIGHT } from "./playwright.ts";

/** Methods that take a script: where it stands among the arguments. */
const SCRIPTS: Readonly<Record<string, number>> = {
  evaluate: 0,
  evaluateHandle: 0,
  evaluateAll: 0,
  waitForFunction: 0,
  addInitScript: 0,
  evaluateOnNewDocument: 0,
  $eval: 1,
  $$eval: 1,
};
/** Methods that write what they give into a file, if they are told its path. */
const MAY_WRITE_A_FILE = new Set(["screenshot", "pdf"]);

/** Browsers under remote control: Playwright and Puppeteer. */
export const browser = typedBinding({
  provider: "browser",
  libraries: [
    PLAYWRIGHT,
    { pack: "browser/playwright-python", packages: ["python:playwright", "python:patchright"] },
    { pack: "browser/puppeteer", packages: ["puppeteer", "puppeteer-core", "puppeteer-extra"] },
  ],
  code: SCRIPTS,
  refine({ call, operation }, access, { reading }) {
    const method = inJavaScript(operation.slice(operation.lastIndexOf(".") + 1));
    if (Object.hasOwn(SCRIPTS, method)) {
      const { effectConfidence: _, ...fact } = access.fact;
      return isOwnScript(call.named.get("expression") ?? call.argument(SCRIPTS[method]!), reading)
        ? [{ ...access, fact: { ...fact, effect: "read" } }]
        : [access];
    }
    if (method === "goto") {
      const hosts = targetsOf(addressTexts(call.named.get("url") ?? call.argument(0), reading)).flatMap(
        ({ host }) => host ?? [],
      );
      return hosts.length === 1 ? [{ ...access, resource: hosts[0]! }] : [access];
    }
    if (!MAY_WRITE_A_FILE.has(method)) return [access];
    const written = call.named.get("path") ?? reading.ownField(call.argument(0), "path");
    return written.length === 0 ? [access] : [access, fileWrite(access, written, reading)];
  },
});

/** Python's spelling of the same method: `wait_for_function`, `eval_on_selector`. */
function inJavaScript(method: string): string {
  if (method.startsWith("eval_on_selector")) return method.endsWith("_all") ? "$$eval" : "$eval";
  return method.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function fileWrite(access: Access, paths: ValueSet, reading: Reading): Access {
  const constants = paths.flatMap((value) => (value.kind === "text" ? (constantText(value.pieces) ?? []) : []));
  return {
    ...access,
    fact: { ...access.fact, operation: `${access.fact.operation} to a file`, effect: "create" },
    ownState: ownState(paths, "unknown", "file", reading),
    ...(constants.length === 1 && { resource: constants[0]! }),
  };
}

/** What the author wrote: a function that makes no code of what it is handed, or a text without a part that is only known at run time. */
function isOwnScript(values: ValueSet, reading: Reading): boolean {
  const isOwn = (value: Value) =>
    (value.kind === "closure" && !makesCode(value.file, value.function, reading)) ||
    (value.kind === "text" && constantText(value.pieces) !== undefined);
  return values.length > 0 && values.every(isOwn);
}

const MAKE_CODE = new Set(["eval", "Function"]);

function makesCode(file: string, path: string, { trace }: Reading): boolean {
  const functions = [...(trace.program.module(file)?.functions.values() ?? [])];
  const within = functions.filter((f) => f.path === path || f.path.startsWith(`${path}.`));
  return within.some(({ nodes }) => nodes.some((node) => node.kind === "global" && MAKE_CODE.has(node.name)));
}
