import { expect, test } from "vitest";
import { statementsOf } from "../../server/src/bindings/sql/statement.ts";
import { facts } from "../facts/google-facts.ts";

/* Statements of several dialects, whole and cut short: what each does, and to which tables. `{}` is what a value fills in. */

const effectOf = (kind: string) => facts.operation("db/sql", kind)?.effect;

const STATEMENTS: readonly (readonly [sql: string, kinds: string, tables?: string])[] = [
  ["select * from users u, orders as o where u.id = o.user_id", "SELECT", "users orders"],
  ["SELECT * FROM a JOIN b USING (id) LEFT JOIN s.c ON true WHERE x IN (SELECT y FROM d)", "SELECT", "a b s.c d"],
  ["(SELECT 1) UNION (SELECT 2)", "SELECT"],
  ["SELECT substring(name FROM 1 FOR 2), trim(both from x) FROM people FOR UPDATE", "SELECT", "people"],
  ["SELECT * FROM generate_series(1, 3) n", "SELECT"],
  ["SELECT a INTO copies FROM t", "SELECT INTO", "copies t"],
  ["SELECT count(*) INTO @n FROM t", "SELECT", "t"],
  ["SELECT ';', '--', \"a;b\" /* ; DELETE FROM x */ FROM t -- ; DROP TABLE t", "SELECT", "t"],
  ["SELECT $$; DROP TABLE t$$, $tag$;$tag$", "SELECT"],
  ["SELECT * FROM {} WHERE id = {}", "SELECT"],
  ["SELECT {}", "SELECT"],
  ["{}", "sql"],
  ["{} FROM t", "sql", "t"],
  ["WITH a AS (SELECT 1), b AS (SELECT * FROM t) SELECT * FROM a, b, u", "SELECT", "t u"],
  ["WITH gone AS (DELETE FROM t RETURNING *) SELECT * FROM gone", "DELETE", "t"],
  ["WITH x AS (SELECT 1) UPDATE t SET a = 1", "UPDATE", "t"],
  ["INSERT INTO `notes` (a) VALUES (?) ON DUPLICATE KEY UPDATE a = 1", "INSERT", "notes"],
  ["INSERT INTO t SELECT * FROM u", "INSERT", "t u"],
  ["REPLACE INTO t VALUES (1)", "REPLACE", "t"],
  ["MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN DELETE", "MERGE", "t"],
  ["UPDATE [dbo].[Order Lines] SET a = 1", "UPDATE", "dbo.Order Lines"],
  ["DELETE t FROM t JOIN u ON true", "DELETE", "t u"],
  ["CREATE TABLE IF NOT EXISTS t (a int REFERENCES u(id))", "CREATE TABLE", "t u"],
  ["CREATE TEMP TABLE t (a int)", "CREATE", "t"],
  ["CREATE ROLE reader", "CREATE ROLE"],
  ["ALTER TABLE ONLY t ADD b int; DROP INDEX i", "ALTER TABLE, DROP INDEX", "t"],
  ["EXPLAIN (FORMAT JSON) DELETE FROM t", "EXPLAIN", "t"],
  ["EXPLAIN ANALYZE DELETE FROM t", "DELETE", "t"],
  ["PRAGMA table_info(t)", "PRAGMA"],
  ["PRAGMA foreign_keys = ON", "PRAGMA ="],
  ["PRAGMA main.user_version = 3", "PRAGMA USER_VERSION ="],
  ["PRAGMA user_version", "PRAGMA"],
  ["COPY t FROM '/file'", "COPY FROM", "t"],
  ["COPY t TO '/file'", "COPY TO", "t"],
  ["COPY (SELECT * FROM t) TO STDOUT", "COPY TO STDOUT", "t"],
  ["COPY (SELECT 1) TO PROGRAM 'sh'", "COPY PROGRAM"],
  ["CALL refresh()", "CALL"],
  ["LOAD DATA LOCAL INFILE '/file' INTO TABLE t", "LOAD DATA", "t"],
  ["LOAD '$libdir/passwordcheck'", "LOAD"],
  ["START TRANSACTION READ ONLY", "START TRANSACTION"],
  ["START REPLICA", "sql"],
  ["SET GLOBAL read_only = 0; SET search_path = a", "SET GLOBAL, SET"],
  ["RESET MASTER; RESET ALL", "RESET MASTER, RESET"],
  ["BEGIN; DELETE FROM t; COMMIT", "BEGIN, DELETE, COMMIT", "t"],
  ["frobnicate the database", "sql"],
  ["", ""],
];

test.each(STATEMENTS.map((row) => [row[0], row] as const))("%s", (sql, [, kinds, tables = ""]) => {
  const statements = statementsOf(sql, effectOf);
  expect(statements.map(({ kind }) => kind).join(", ")).toBe(kinds);
  expect(statements.flatMap((statement) => statement.tables).join(" ")).toBe(tables);
});

test("a text without end takes no longer than its length", () => {
  for (const part of ["(", "'", '"', "/*", "$a$", "SELECT ", "a,", "FROM a,", "WITH a AS (", "{}"]) {
    const began = performance.now();
    statementsOf(part.repeat(20_000), effectOf);
    expect(performance.now() - began, part).toBeLessThan(2000);
  }
});
