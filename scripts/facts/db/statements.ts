import { readFileSync } from "node:fs";
import type { Effect } from "../../../server/src/model/effect.ts";
import type { FactSource } from "../../../server/src/model/pack.ts";
import { FACTS_DATE } from "../date.ts";
import { withPackage } from "../download.ts";
import type { EffectPack, EffectRow } from "../effects-only.ts";

/** Says of some ninety statements whether they list, inform or modify; the rows below are compared with it. */
const IDENTIFIER = {
  name: "sql-query-identifier",
  version: "3.2.0",
  integrity: "sha512-DUIx0pyyPYIJzFCuD5euzHOjj1n9BxTEkq8iXOHgOTd/RwuKsHUMhn0tb6pAwJR2rccy925Fhe4NaDDadIjTUQ==",
} as const;

const source = (name: string, version: string, licence: string): FactSource => ({
  name,
  version,
  date: FACTS_DATE,
  licence,
});
const TABLE = source(IDENTIFIER.name, IDENTIFIER.version, "MIT");
const POSTGRES = source("PostgreSQL documentation, SQL Commands", "17", "PostgreSQL");
const MYSQL = source("MySQL Reference Manual, SQL Statements", "8.4", "documentation, cited");
const SQLITE = source("SQLite documentation, SQL As Understood By SQLite", "3.45", "public domain");

type Group = readonly [effect: Effect, because: string, source: FactSource, kinds: string];

const LISTS = "the table of sql-query-identifier has it as listing or informing";
const MODIFIES = "the table of sql-query-identifier has it as modifying";

const GROUPS: readonly Group[] = [
  ["read", LISTS, TABLE, "SELECT SHOW DESCRIBE EXPLAIN USE"],
  [
    "read",
    "the table of sql-query-identifier has it as transaction: what was changed in it is an access of its own",
    TABLE,
    "BEGIN COMMIT ROLLBACK",
  ],
  ["read", "transaction control", POSTGRES, "START SAVEPOINT RELEASE END ABORT LOCK"],
  [
    "read",
    "sets something for the connection or the transaction only",
    POSTGRES,
    "SET RESET DISCARD DECLARE FETCH CLOSE LISTEN UNLISTEN DEALLOCATE PREPARE",
  ],
  [
    "read",
    "“computes a row value or set of row values”; “the whole content of a table”; a word MySQL has for DESCRIBE",
    POSTGRES,
    "VALUES TABLE DESC",
  ],
  ["read", "gives help or checks", MYSQL, "HELP CHECK CHECKSUM"],
  ["read", "without `=` it asks for a setting or for a table's make", SQLITE, "PRAGMA"],
  [
    "read",
    "sets something for the connection; a database file is opened or closed beside the first",
    SQLITE,
    "PRAGMA_= ATTACH DETACH",
  ],
  ["read", "“COPY TO copies the contents of a table to a file” or to the client", POSTGRES, "COPY_TO"],
  [
    "create",
    MODIFIES,
    TABLE,
    "INSERT SELECT_INTO CREATE_DATABASE CREATE_SCHEMA CREATE_TABLE CREATE_VIEW CREATE_TRIGGER CREATE_FUNCTION CREATE_INDEX CREATE_PROCEDURE",
  ],
  ["create", "makes something in the database", POSTGRES, "CREATE COPY_FROM IMPORT"],
  ["create", "reads rows of a file into a table", MYSQL, "LOAD"],
  [
    "update",
    MODIFIES,
    TABLE,
    "UPDATE MERGE ALTER_DATABASE ALTER_SCHEMA ALTER_TABLE ALTER_VIEW ALTER_TRIGGER ALTER_FUNCTION ALTER_INDEX ALTER_PROCEDURE",
  ],
  [
    "update",
    "changes how something is made or kept",
    POSTGRES,
    "ALTER COMMENT REINDEX VACUUM ANALYZE CLUSTER REFRESH CHECKPOINT NOTIFY REASSIGN SECURITY",
  ],
  [
    "update",
    "“works exactly like INSERT, except that if an old row … has the same value …, the old row is deleted”",
    MYSQL,
    "REPLACE RENAME OPTIMIZE REPAIR FLUSH",
  ],
  [
    "delete",
    MODIFIES,
    TABLE,
    "DELETE TRUNCATE DROP_DATABASE DROP_SCHEMA DROP_TABLE DROP_VIEW DROP_TRIGGER DROP_FUNCTION DROP_INDEX DROP_PROCEDURE",
  ],
  ["delete", "removes something from the database", POSTGRES, "DROP"],
  ["execute", MODIFIES, TABLE, "CALL"],
  [
    "execute",
    "runs a procedure, a block of code, a prepared statement or a program",
    POSTGRES,
    "EXECUTE DO COPY_PROGRAM LOAD_EXTENSION",
  ],
  ["execute", "runs a procedure (Transact-SQL)", MYSQL, "EXEC"],
  ["administer", MODIFIES, TABLE, "GRANT REVOKE"],
  [
    "administer",
    "changes who may do what",
    POSTGRES,
    "CREATE_ROLE ALTER_ROLE DROP_ROLE CREATE_USER ALTER_USER DROP_USER CREATE_POLICY ALTER_POLICY DROP_POLICY ALTER_SYSTEM ALTER_DEFAULT SET_PASSWORD",
  ],
  ["execute", "a statement that is put together at run time does whatever it says", POSTGRES, "sql"],
];

export function statementPack(): EffectPack {
  const rows = GROUPS.flatMap(([effect, because, from, kinds]) =>
    kinds.split(" ").map((kind): EffectRow => ({ name: kind.replaceAll("_", " "), effect, because, source: from })),
  );
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
