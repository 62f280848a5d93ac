import type { Facts } from "../../facts/lookup.ts";
import { changesState } from "../../model/effect.ts";
import type { ExternalCall } from "../../trace/external-call.ts";
import type { BindingContext, ServiceBinding, Sighting } from "../binding.ts";
import type { SqlClient } from "./clients.ts";
import { SQL_CLIENTS } from "./clients.ts";
import { clientOf, textsSent } from "./sent.ts";
import type { Statement } from "./statement.ts";
import { ANY_STATEMENT, statementsOf } from "./statement.ts";
import { leavesNothing } from "./transactions.ts";

const PROVIDER = "db";
const PACK = "db/sql";
const PYTHON = "python:";
const PACKAGES = SQL_CLIENTS.flatMap(({ packages }) => packages);

/** SQL: each statement that a client sends is an access, by the words it begins with and the tables it names. */
export const sql: ServiceBinding = {
  provider: PROVIDER,
  triggers: [],
  secondary: {
    modules: PACKAGES.filter((name) => !name.startsWith(PYTHON)).map((name) => name.replace(/^node:/, "")),
    texts: PACKAGES.filter((name) => name.startsWith(PYTHON)).map((name) => name.slice(PYTHON.length)),
  },
  clients: SQL_CLIENTS.filter(({ prepares }) => prepares).flatMap(({ packages }) => packages.map((name) => `${name}#`)),
  values: PACKAGES.map((name) => `${name}#`),

  sight(call, context) {
    const client = clientOf(call.callee);
    if (!client) return undefined;
    const texts = call.construct ? undefined : textsSent(call, client, context.reading);
    if (texts === undefined) return "harmless";
    const sightings = texts.flatMap((text) => sightingsOf(text, call, client, context));
    return sightings.length === 0 ? "harmless" : sightings;
  },

  reach: () => [],
};

function sightingsOf(text: string, call: ExternalCall, client: SqlClient, context: BindingContext): Sighting[] {
  const { facts, reading } = context;
  const effectOf = (kind: string) => facts.operation(PACK, kind)?.effect;
  const statements = statementsOf(text, effectOf);
  const isUndone = statements.some(({ kind }) => changesState(effectOf(kind)!)) && leavesNothing(call, reading);
  return distinct(statements).flatMap((statement) => sightingOf(statement, text, isUndone, client, facts));
}

function distinct(statements: readonly Statement[]): Statement[] {
  return [...new Map(statements.map((statement) => [JSON.stringify(statement), statement])).values()];
}

function sightingOf(
  statement: Statement,
  text: string,
  isUndone: boolean,
  client: SqlClient,
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
        service: client.service,
        operation: titleOf(statement, text),
        ...(isUndone && { effect: "read" as const }),
      },
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
