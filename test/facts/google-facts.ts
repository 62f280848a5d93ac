import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createFacts, type ArgumentReader, type Facts, type Requirements } from "../../server/src/facts/lookup.ts";

export const AUTH = "https://www.googleapis.com/auth/";

const folder = new URL("../../server/facts/", import.meta.url);

export function readFactFile(relativePath: string): Uint8Array | undefined {
  const file = fileURLToPath(new URL(relativePath, folder));
  return existsSync(file) ? readFileSync(file) : undefined;
}

export const facts: Facts = createFacts(readFactFile);

/** Reads arguments from a plain object; what is listed in `unknown` is there and cannot be read. */
export function argumentsOf(
  values: Record<string, string | number | boolean>,
  unknown: readonly string[] = [],
): ArgumentReader {
  const known = new Map(Object.entries(values));
  return (path) => (unknown.includes(path) ? undefined : (known.get(path) ?? null));
}

export function requirement(pack: string, operation: string, read: ArgumentReader = argumentsOf({})): Requirements {
  const row = facts.operation(`google/${pack}`, operation);
  if (row === undefined) throw new Error(`no row for ${pack} ${operation}`);
  return facts.requirement(facts.pack(`google/${pack}`)!, row, read);
}

/** Short names of the scopes any one of which is enough, least first. */
export function accepted(pack: string, operation: string, read?: ArgumentReader): string[] {
  const { requires } = requirement(pack, operation, read);
  return requires!["any"]!.map((names) => names.map((name) => name.replace(AUTH, "")).join(" + "));
}
