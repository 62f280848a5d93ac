import type { Facts } from "../../facts/lookup.ts";
import { effectRank, type Effect } from "../../model/effect.ts";
import { operationTitle, type FactLookup } from "../../model/pack.ts";
import type { Reading } from "../../trace/reading.ts";
import { patternText } from "../../trace/texts.ts";
import { statementsOf } from "../sql/statement.ts";
import { type Given, valuesAt } from "./given.ts";

/** Operations that run whatever statement they are given, and where it stands. */
const STATEMENTS: Readonly<Record<string, string>> = {
  "athena:StartQueryExecution": "QueryString",
  "dynamodb:BatchExecuteStatement": "Statements[].Statement",
  "dynamodb:ExecuteStatement": "Statement",
  "dynamodb:ExecuteTransaction": "TransactStatements[].Statement",
  "rds-data:BatchExecuteStatement": "sql",
  "rds-data:ExecuteStatement": "sql",
  "redshift-data:BatchExecuteStatement": "Sqls[]",
  "redshift-data:ExecuteStatement": "Sql",
};

/** Actions of DynamoDB by the statement that needs them. */
const PARTIQL: Readonly<Record<string, string>> = {
  SELECT: "dynamodb:PartiQLSelect",
  INSERT: "dynamodb:PartiQLInsert",
  UPDATE: "dynamodb:PartiQLUpdate",
  DELETE: "dynamodb:PartiQLDelete",
};

/** What the statement itself says of the effect, and of what is needed: nothing, where it is not known. */
export function withStatements(fact: FactLookup, given: Given, facts: Facts, reading: Reading): FactLookup {
  const place = STATEMENTS[operationTitle(fact)];
  if (place === undefined) return fact;
  const values = valuesAt(given, place, reading);
  const effectOf = (kind: string) => facts.operation("db/sql", kind)?.effect;
  const texts = reading.texts(values).map(({ pieces }) => patternText(pieces));
  const kinds = texts.flatMap((text) => statementsOf(text, effectOf).map(({ kind }) => kind));
  if (kinds.length === 0 || texts.length < values.length) return fact;
  const effects = kinds.map((kind) => effectOf(kind) ?? "execute");
  const effect = effects.reduce<Effect>((a, b) => (effectRank(b) > effectRank(a) ? b : a), "read");
  const actions = kinds.flatMap((kind) => PARTIQL[kind] ?? []);
  if (fact.service !== "aws.dynamodb" || actions.length < kinds.length) return { ...fact, effect };
  return { ...fact, effect, requires: { any: [[...new Set(actions)].sort()] }, argumentUnknown: false };
}
