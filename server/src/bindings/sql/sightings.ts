import type { Facts } from "../../facts/lookup.ts";
import { changesState } from "../../model/effect.ts";
import type { Sighting } from "../binding.ts";
import type { Statement } from "./statement.ts";
import { ANY_STATEMENT, statementsOf } from "./statement.ts";

export const PROVIDER = "db";
const PACK = "db/sql";

/** The statements of a text as accesses of a service. `leavesNothing` is asked where one of them changes something. */
export function statementSightings(
  text: string,
  service: string,
  facts: Facts,
  leavesNothing: () => boolean = () => false,
): Sighting[] {
  const effectOf = (kind: string) => facts.operation(PACK, kind)?.effect;
  const statements = statementsOf(text, effectOf);
  const isUndone = statements.some(({ kind }) => changesState(effectOf(kind)!)) && leavesNothing();
  return distinct(statements).flatMap((statement) => sightingOf(statement, text, isUndone, service, facts));
}

function distinct(statements: readonly Statement[]): Statement[] {
  return [...new Map(statements.map((statement) => [JSON.stringify(statement), statement])).values()];
}

function sightingOf(statement: Statement, text: string, isUndone: boolean, service: string, facts: Facts): Sighting[] {
  const pack = facts.pack(PACK);
  const row = facts.operation(PACK, statement.kind);
  if (!pack || !row) return [];
  const fact = facts.requirement(pack, row, () => null);
  const resource = statement.tables.filter((table) => !table.includes("{}")).join(", ");
  return [
    {
      kind: "access",
      fact: { ...fact, service, operation: titleOf(statement, text), ...(isUndone && { effect: "read" as const }) },
      provider: PROVIDER,
      credential: { provider: PROVIDER },
      ...(resource !== "" && { resource }),
    },
  ];
}

/** Statements that are told apart by more than their first word. */
const CONTROL = new Set(["BEGIN", "START", "SET", "COMMIT", "ROLLBACK"]);
const MOST_WORDS = 6;

function titleOf({ kind }: Statement, text: string): string {
  if (kind === ANY_STATEMENT || !CONTROL.has(kind)) return kind;
  const words = /^\s*((?:[A-Za-z_]+\s*)+)/.exec(text)?.[1] ?? kind;
  return words.trim().toUpperCase().split(/\s+/).slice(0, MOST_WORDS).join(" ");
}
