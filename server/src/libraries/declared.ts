import { directoryOf, joinPath } from "../frontends/resolution/paths.ts";
import type { Models, Way } from "./model.ts";

/** What one `remit.yaml` says of functions that are not traced. */
export interface Declared {
  /** The `remit.yaml`. */
  readonly file: string;
  readonly models: Models;
}

/** `./src/log.ts#info` beside a `remit.yaml` of a folder, as a way from the root of the workspace. */
export function fromRoot(way: Way, configuration: string): Way {
  if (!isOfFile(way)) return way;
  const at = way.indexOf("#");
  return `./${joinPath(directoryOf(configuration), way.slice(0, at)) ?? ""}${way.slice(at)}`;
}

/** A way into a file of the workspace. */
export function isOfFile(way: Way): boolean {
  return /^\.{1,2}\//.test(way);
}

/** The file that a way from the root leads into. */
export function fileOf(way: Way): string {
  return way.slice("./".length, way.indexOf("#"));
}

/** The same models with every way into a file made from the root. */
export function modelsFromRoot(models: Models, configuration: string): Models {
  const from = (way: Way): Way => fromRoot(way, configuration);
  return {
    ...(models.clients && { clients: models.clients.map(({ way, is }) => ({ way: from(way), is })) }),
    ...(models.wrappers && { wrappers: models.wrappers.map((m) => ({ ...m, call: from(m.call) })) }),
    ...(models.harmless && { harmless: models.harmless.map(from) }),
    ...(models.stores && { stores: models.stores.map((m) => ({ ...m, call: from(m.call) })) }),
    ...(models.sanitizers && { sanitizers: models.sanitizers.map((m) => ({ ...m, call: from(m.call) })) }),
    ...(models.facts && { facts: models.facts.map((m) => ({ ...m, operation: from(m.operation) })) }),
  };
}

/** Every way of what is declared, to functions where it says what they do. */
export function functionsOf({ wrappers = [], harmless = [], stores = [], facts = [], clients = [] }: Models): Way[] {
  return [
    ...[...wrappers, ...stores].map(({ call }) => call),
    ...harmless,
    ...facts.map(({ operation }) => operation),
    // What a function gives is a client.
    ...clients.flatMap(({ way }) => (way.endsWith("()") ? [way.slice(0, -"()".length)] : [])),
  ];
}
