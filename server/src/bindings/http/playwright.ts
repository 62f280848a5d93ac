import type { ExternalCall } from "../../trace/external-call.ts";
import { externalChain } from "../../trace/values.ts";
import type { BindingContext } from "../binding.ts";
import { PLAYWRIGHT } from "../browser/playwright.ts";
import { methodOf } from "../typed/walk.ts";
import { addressTexts, joinedAddresses } from "./addresses.ts";
import type { Outgoing } from "./outgoing.ts";
import { fields, verbsOf } from "./outgoing.ts";

const VERBS = new Set(["get", "head", "post", "put", "patch", "delete"]);

/** Playwright's request context sends requests of its own: `page.request.post(address, { data })`. */
export function sentByPlaywright(call: ExternalCall, { facts, reading }: BindingContext): Outgoing | undefined {
  if (!PLAYWRIGHT.packages.includes(call.callee.package)) return undefined;
  const graph = facts.pack(PLAYWRIGHT.pack)?.types;
  const found = graph && methodOf(call.callee, graph);
  if (found?.type !== "APIRequestContext" || !(VERBS.has(found.method) || found.method === "fetch")) return undefined;
  const options = [call.argument(1)];
  const made = externalChain(call.callee).flatMap(({ step }) =>
    step?.kind === "call" ? [step.call?.argument(0) ?? []] : [],
  );
  return {
    verbs: found.method === "fetch" ? verbsOf(undefined, options, reading) : [found.method.toUpperCase()],
    addresses: joinedAddresses(
      addressTexts(fields(made, ["baseURL"], reading), reading),
      addressTexts(call.argument(0), reading),
    ),
    body: fields(options, ["data", "form", "multipart"], reading),
    options: [...options, ...made],
    amended: false,
  };
}
