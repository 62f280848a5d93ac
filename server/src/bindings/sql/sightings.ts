import type { Facts } from "../../facts/lookup.ts";
import { changesState } from "../../model/effect.ts";
import { literalsOf, patternText } from "../../trace/texts.ts";
import type { ValueSet } from "../../trace/values.ts";
import type { Sighting } from "../binding.ts";
import type { StatementText } from "./sent.ts";
import type { Statement } from "./statement.ts";
import { ANY_STATEMENT, statementsOf } from "./statement.ts";

export const PROVIDER = "db";
const PACK = "db/sql";

/** What is asked of the call where a statement changes something. */
export interface Circumstances {
  /** Nothing that is changed can stay. */
  leavesNothing(): boolean;
  /** What is sent is checked before. */
  isChecked(): boolean;
  /** What the call is handed for a statement. */
  readonly handed?: ValueSet;
}

const NONE: Circumstances = { leavesNothing: () => false, isChecked: () => false };

/** The statements of a text as accesses of a service. */
export function statementSightings(
  sent: StatementText,
  service: string,
  facts: Facts,
  around: Circumstances = NONE,
): Sighting[] {
  const text = patternText(sent);
  const effectOf = (kind: string) => facts.operation(PACK, kind)?.effect;
  const statements = statementsOf(text, effectOf);
  const isUndone = statements.some(({ kind }) => changesState(effectOf(kind)!)) && around.leavesNothing();
  return distinct(statements).flatMap((statement) => {
    const isDoubtful = statement.kind === ANY_STATEMENT && around.isChecked();
    return sightingOf(statement, text, { isUndone, isDoubtful }, service, facts).map((sighting) => ({
      ...sighting,
      // A statement that nobody wrote here is decided by whoever hands it on.
      decidedBy: [...literalsOf(sent), ...(around.handed ?? []).filter(({ kind }) => kind === "external")],
    }));
  });
}

function distinct(statements: readonly Statement[]): Statement[] {
  return [...new Map(statements.map((statement) => [JSON.stringify(statement), statement])).values()];
}

function sightingOf(
  statement: Statement,
  text: string,
  { isUndone, isDoubtful }: { readonly isUndone: boolean; readonly isDoubtful: boolean },
  service: string,
  facts: Facts,
): Sighting[] {
  const pack = facts.pack(PACK);
  const row = facts.operation(PACK, statement.kind);
  if (!pack || !row) return [];
  const fact = facts.requirement(pack, row, () => null);
  const resource = statement.tables.filter((table) => !table.includes("{}")).join(", ");
  return [
    {
      kind: "access",
      fact: {
        ...fact,
        service,
        operation: titleOf(statement, text),
        ...(isUndone && { effect: "read" as const }),
        ...(isDoubtful && { effectConfidence: "possible" as const }),
      },
      provider: PROVIDER,
      credential: { provider: PROVIDER },
      ...(resource !== "" && { resource }),
    },
  ];
}

/** Statements that are told apart by more than their first word. */
const CONTROL = new Set(["BEGIN", "START TRANSACTION", "SET", "COMMIT", "ROLLBACK"]);
const MOST_WORDS = 6;

function titleOf({ kind }: Statement, text: string): string {
  if (kind === ANY_STATEMENT || !CONTROL.has(kind)) return kind;
  const words = /^\s*((?:[A-Za-z_]+\s*)+)/.exec(text)?.[1] ?? kind;
  return words.trim().toUpperCase().split(/\s+/).slice(0, MOST_WORDS).join(" ");
}
