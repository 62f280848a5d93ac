import { readFileSync } from "node:fs";
import type { Confidence } from "../../../server/src/model/analysis.ts";
import type { Effect } from "../../../server/src/model/effect.ts";
import { withPackage } from "../download.ts";
import type { EffectPack, EffectRow } from "../effects-only.ts";
import { recorded, sourcesOf, type Quote } from "../recorded.ts";

/** Says of some ninety statements whether they list, inform or modify; our rows are compared with it. */
const IDENTIFIER = {
  name: "sql-query-identifier",
  version: "3.2.0",
  integrity: "sha512-DUIx0pyyPYIJzFCuD5euzHOjj1n9BxTEkq8iXOHgOTd/RwuKsHUMhn0tb6pAwJR2rccy925Fhe4NaDDadIjTUQ==",
} as const;

interface StatementQuote extends Quote {
  readonly effect: Effect;
  readonly effectConfidence?: Exclude<Confidence, "certain">;
}

/** What the quotes leave to be said. */
const NOTES: Readonly<Record<string, string>> = {
  sql: "; which of them it is, is put together at run time",
  CREATE: ", and so each that begins with it and stands nowhere else",
  ALTER: ", and so each that begins with it and stands nowhere else",
  DROP: ", and so each that begins with it and stands nowhere else",
};

/** Statements of SQL, each in the words of a manual. */
export function statementPack(): EffectPack {
  const quotes = recorded<StatementQuote>("db/statements.json");
  const sourceOf = sourcesOf(quotes);
  const rows = Object.entries(quotes.rows).map(([name, quote]): EffectRow => ({
    name,
    effect: quote.effect,
    because: `“${quote.says}”${NOTES[name] ?? ""}`,
    source: sourceOf(quote),
    ...(quote.effectConfidence && { effectConfidence: quote.effectConfidence }),
  }));
  checkTable(rows);
  return { id: "db/sql", service: "db.sql", title: "SQL", rows };
}

/** No statement that the table has as modifying may be a read here, and the other way round. */
function checkTable(rows: readonly EffectRow[]): void {
  const text = withPackage(IDENTIFIER, (folder) => readFileSync(`${folder}/lib/parser.js`, "utf8"));
  const table = /EXECUTION_TYPES = \{([^}]*)\}/.exec(text)![1]!;
  const byName = new Map(rows.map((row) => [row.name, row]));
  for (const [, name, type] of table.matchAll(/(\w+): '(\w+)'/g)) {
    const kind = name!.replaceAll("_", " ");
    const row = byName.get(kind) ?? byName.get(kind.split(" ")[0]!);
    if (row === undefined || name === "COPY" || type === "UNKNOWN" || type === "ANON_BLOCK") continue;
    if ((type === "MODIFICATION") !== (row.effect !== "read"))
      throw new Error(`${name} is ${type} there, ${row.effect} here`);
  }
}
