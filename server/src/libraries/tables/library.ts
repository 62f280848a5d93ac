import type { FunctionModel, Library, StoreModel, Way } from "../model.ts";

/** The day on which the tables were last compared with what is published. */
const READ = "2026-11-27";

/** What is known of one package, and the file of it that says so. */
export function library(
  name: string,
  version: string,
  source: string,
  says: Pick<Library, "clients" | "wrappers" | "harmless" | "stores">,
): Library {
  return { package: name, version, source, date: READ, ...says };
}

/** Calls the function it is given and gives what that gives: `retry(fn)`. `given`: what it passes, where that is told. */
export function calling(call: Way, calls: FunctionModel["calls"] = 0, given?: FunctionModel["with"]): FunctionModel {
  return { call, calls, ...(given && { with: given }), returns: "result" };
}

/** Gives one of its arguments as it is: `memoize(fn)`, `timeout(promise)`. */
export function passing(call: Way, returns: FunctionModel["returns"] = 0): FunctionModel {
  return { call, returns };
}

/** Calls a function for each item of a list, and gives the results as a list. */
export function mapping(call: Way, list = 0, calls = 1): FunctionModel {
  return { call, calls, with: [`${list}[]`], returns: ["result"] };
}

/** `set(key, value)` and `get(key)` of one thing. */
export function keyed(receiver: Way, set: readonly string[], get: readonly string[]): StoreModel[] {
  return [
    ...set.map((name): StoreModel => ({ call: `${receiver}.${name}`, keeps: 1, under: 0 })),
    ...get.map((name): StoreModel => ({ call: `${receiver}.${name}`, returns: "kept", under: 0 })),
  ];
}

/** How Node's emitters are listened to, and what else gives the emitter itself. */
export const LISTENING = ["on", "once", "addListener", "prependListener", "prependOnceListener"];
export const ENDING = ["off", "removeListener", "removeAllListeners", "setMaxListeners"];

/** Emitters: what listens to an event is called with what is emitted. Those named in `more` give the emitter, as `on` does. */
export function emitting(receiver: Way, on: readonly string[], more: readonly string[] = []): StoreModel[] {
  return [
    ...on.map((name): StoreModel => ({ call: `${receiver}.${name}`, keeps: 1, under: 0, returns: "this" })),
    ...more.map((name): StoreModel => ({ call: `${receiver}.${name}`, returns: "this" })),
    { call: `${receiver}.emit`, calls: "kept", with: ["1..."], under: 0 },
  ];
}
