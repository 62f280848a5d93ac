import type { ExternalCall } from "../../trace/external-call.ts";
import type { Reading } from "../../trace/reading.ts";
import type { ExternalStep, ExternalValue, ValueSet } from "../../trace/values.ts";
import { externalChain } from "../../trace/values.ts";
import type { HttpLibrary } from "./libraries.ts";
import { DECORATORS, HTTP_LIBRARIES, PLATFORM_FETCH } from "./libraries.ts";

/** The function of an HTTP client that sends a request. */
export interface Sender {
  readonly library: HttpLibrary;
  /** The name of a method; undefined where the client itself is called. */
  readonly method: string | undefined;
  /** The client, as a value: `axios#create()`. */
  readonly client: ExternalValue;
  /** Options that the client was made with, the latest first. */
  readonly made: readonly ValueSet[];
}

/** Which function of which client this is; `"other"` is one of the library's that sends nothing. */
export function senderOf(value: ExternalValue, reading: Reading): Sender | "other" | undefined {
  const chain = externalChain(undecorated(value, reading));
  const library = libraryOf(chain);
  return library && (walk(library, chain) ?? "other");
}

function libraryOf(chain: readonly ExternalValue[]): HttpLibrary | undefined {
  const name = chain[0]!.package;
  if (name !== "global") return HTTP_LIBRARIES.find((library) => library.packages.includes(name));
  return isPlatformFetch(chain[1]) || (isGlobalObject(chain[1]) && isPlatformFetch(chain[2]))
    ? PLATFORM_FETCH
    : undefined;
}

function nameOf(value: ExternalValue | undefined): string | undefined {
  return value?.step?.kind === "member" ? value.step.name : undefined;
}

const isPlatformFetch = (value: ExternalValue | undefined): boolean =>
  ["fetch", "$fetch"].includes(nameOf(value) ?? "");

const isGlobalObject = (value: ExternalValue | undefined): boolean =>
  ["globalThis", "window", "self", "global"].includes(nameOf(value) ?? "");

function walk(library: HttpLibrary, chain: readonly ExternalValue[]): Sender | undefined {
  const made: ValueSet[] = [];
  let at = startOf(library, chain);
  let client = chain[at - 1]!;
  while (at < chain.length) {
    const name = nameOf(chain[at]);
    const next = chain[at + 1]?.step;
    if (name === undefined) return undefined;
    if (library.makers.includes(name) && next?.kind === "call") made.unshift(firstArgument(next));
    else if (library.classes.includes(name) && next?.kind === "new") made.unshift(firstArgument(next));
    else if (library.variants.includes(name)) {
      at++;
      continue;
    } else break;
    at += 2;
    client = chain[at - 1]!;
  }
  const method = nameOf(chain[at]);
  if (at < chain.length - 1) return undefined;
  if (at === chain.length) return isCallable(library, chain, at) ? { library, method, client, made } : undefined;
  const sends = method !== undefined && (library.requests.includes(method) || Object.hasOwn(library.verbs, method));
  return sends ? { library, method, client, made } : undefined;
}

/** Behind the package and the name under which it exports its client. */
function startOf(library: HttpLibrary, chain: readonly ExternalValue[]): number {
  if (library === PLATFORM_FETCH) return isPlatformFetch(chain[1]) ? 2 : 3;
  const name = nameOf(chain[1]);
  return name !== undefined && (name === "default" || library.clients.includes(name)) ? 2 : 1;
}

/** A package as a whole is called by its default export. */
function isCallable(library: HttpLibrary, chain: readonly ExternalValue[], at: number): boolean {
  return at > 1 || chain.length > 1 || library.clients.length === 0;
}

function firstArgument(step: ExternalStep & { readonly call: ExternalCall | null }): ValueSet {
  return step.call?.argument(0) ?? [];
}

/** `setupCache(axios.create()).get` is `axios.create().get`. */
function undecorated(value: ExternalValue, reading: Reading): ExternalValue {
  const chain = externalChain(value);
  const at = chain.findIndex((link) => link.step?.kind === "call" && DECORATORS.includes(link.parent!.path));
  const step = chain[at]?.step;
  if (step?.kind !== "call") return value;
  const inner = step.call?.argument(0).find((given): given is ExternalValue => given.kind === "external");
  if (!inner) return value;
  let result = inner;
  for (const { step: next } of chain.slice(at + 1)) {
    const further = reading.trace.values.step(result, next!);
    if (further.kind !== "external") return value;
    result = further;
  }
  return undecorated(result, reading);
}
