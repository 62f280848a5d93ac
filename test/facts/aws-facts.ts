import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createFacts, type Facts, type Requirements } from "../../server/src/facts/lookup.ts";
import { argumentsOf } from "./google-facts.ts";

const folder = new URL("../../server/facts/", import.meta.url);

export const facts: Facts = createFacts((path) => {
  const file = fileURLToPath(new URL(path, folder));
  return existsSync(file) ? readFileSync(file) : undefined;
});

/** What a command of a client needs; undefined where the facts do not know it. */
export function needsOf(
  client: string,
  command: string,
  given: Readonly<Record<string, string>> = {},
): Requirements | undefined {
  const pack = facts.packOfClient("aws", client);
  const row = pack && facts.operation(pack.id, command);
  return pack && row && facts.requirement(pack, row, argumentsOf(given));
}

/** Sets of actions any one of which is enough, as text. */
export function actions(client: string, command: string, given?: Readonly<Record<string, string>>): string[] {
  const { requires } = needsOf(client, command, given)!;
  return requires!["any"]!.map((set) => set.join(" + "));
}
