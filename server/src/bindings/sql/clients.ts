/** SQL clients: which calls send a statement, and where it stands. */
export interface SqlClient {
  readonly packages: readonly string[];
  /** Where that was read: packages and files, as `npm run libraries:check` compares them; or a package of Debian. */
  readonly source: string;
  /** The service its statements are accesses of. */
  readonly service: string;
  /** Methods that take a statement as their first argument, as text or as an object. */
  readonly methods: readonly string[];
  /** Names of the text in such an object. */
  readonly fields?: readonly string[];
  /** Methods that only name a statement, and those of what they give that send it. */
  readonly prepares?: { readonly by: readonly string[]; readonly sends: readonly string[] };
  /** What is called as a tag of a template, by the way behind the package. */
  readonly tag?: RegExp;
  /** Methods that begin a transaction without a statement of it, that end it for good, that undo it. */
  readonly begins?: readonly string[];
  readonly commits?: readonly string[];
  readonly undoes?: readonly string[];
}

const TRANSACTION = { begins: ["beginTransaction"], commits: ["commit"], undoes: ["rollback"] };
const PROMISED = "any each many manyOrNone map multi multiResult none one oneOrNone query result".split(" ");

/** Python's clients keep to one interface, PEP 249: a connection gives cursors, and both send. */
const PEP_249 = { methods: ["execute", "executemany", "executescript"], commits: ["commit"], undoes: ["rollback"] };
const PYTHON: readonly SqlClient[] = [
  {
    packages: ["python:sqlite3", "python:aiosqlite"],
    source: "python3.11-doc, library/sqlite3.html; python3-aiosqlite 0.17.0-2 (Debian)",
    service: "db.sqlite",
    ...PEP_249,
  },
  {
    packages: ["python:psycopg2", "python:psycopg", "python:psycopg_pool"],
    source: "python3-psycopg2 2.9.5-1, python3-psycopg 3.1.7-4 (Debian)",
    service: "db.postgres",
    ...PEP_249,
  },
  {
    packages: ["python:asyncpg"],
    source: "python3-asyncpg 0.27.0-1 (Debian)",
    service: "db.postgres",
    methods: ["execute", "executemany", "fetch", "fetchrow", "fetchval"],
  },
  {
    packages: ["python:pymysql", "python:MySQLdb", "python:mysql.connector"],
    source: "python3-pymysql 1.0.2-2, python3-mysqldb 1.4.6-2 (Debian)",
    service: "db.mysql",
    ...PEP_249,
  },
  {
    packages: ["python:pyodbc", "python:pymssql"],
    source: "python3-pyodbc 4.0.34-1, python3-pymssql 2.2.2-1 (Debian)",
    service: "db.mssql",
    ...PEP_249,
  },
];

export const SQL_CLIENTS: readonly SqlClient[] = [
  {
    packages: ["pg", "pg-pool", "pg-native"],
    source: "@types/pg@8.23.1: index.d.ts; pg-native@3.9.0: index.js",
    service: "db.postgres",
    methods: ["query"],
    fields: ["text"],
  },
  {
    packages: ["@neondatabase/serverless", "@vercel/postgres"],
    source: "@neondatabase/serverless@1.2.0: index.d.ts; @vercel/postgres@0.10.0: dist/index.d.ts",
    service: "db.postgres",
    methods: ["query", "unsafe"],
    fields: ["text"],
    tag: /#neon\(\)$|#sql$|#create\w+\(\)\.sql$/,
  },
  {
    packages: ["postgres"],
    source: "postgres@3.4.9: types/index.d.ts",
    service: "db.postgres",
    methods: ["unsafe"],
    tag: /#default\(\)(?:\.\w+\(\d→0\))*$/,
  },
  {
    packages: ["pg-promise"],
    source: "pg-promise@12.7.1: typescript/pg-promise.d.ts",
    service: "db.postgres",
    methods: PROMISED,
    fields: ["text"],
  },
  {
    packages: ["mysql", "mysql2", "mysql2/promise", "promise-mysql", "mariadb"],
    source:
      "@types/mysql@2.15.28: index.d.ts; mysql2@3.24.6: promise.d.ts; promise-mysql@5.2.0: index.d.ts; mariadb@3.5.4: types/index.d.ts",
    service: "db.mysql",
    methods: ["query", "execute"],
    fields: ["sql"],
    ...TRANSACTION,
  },
  {
    packages: ["@planetscale/database"],
    source: "@planetscale/database@1.20.2: dist/index.d.ts",
    service: "db.mysql",
    methods: ["execute"],
  },
  {
    packages: ["better-sqlite3", "bun:sqlite"],
    source: "@types/better-sqlite3@9.6.0: index.d.ts; bun-types@1.4.5: sqlite.d.ts",
    service: "db.sqlite",
    methods: ["exec", "query", "run", "pragma"],
    prepares: { by: ["prepare", "query"], sends: ["run", "get", "all", "iterate", "raw", "pluck", "values"] },
  },
  {
    packages: ["node:sqlite"],
    source: "@types/node@24.0.0: sqlite.d.ts",
    service: "db.sqlite",
    methods: ["exec"],
    prepares: { by: ["prepare"], sends: ["run", "get", "all", "iterate"] },
  },
  {
    packages: ["sqlite3", "sqlite"],
    source: "sqlite3@6.0.1: lib/sqlite3.d.ts; sqlite@5.1.1: build/index.d.ts",
    service: "db.sqlite",
    methods: ["exec", "run", "get", "all", "each"],
    prepares: { by: ["prepare"], sends: ["run", "get", "all", "each"] },
  },
  {
    packages: ["sql.js"],
    source: "@types/sql.js@1.4.11: index.d.ts",
    service: "db.sqlite",
    methods: ["exec", "run", "each"],
    prepares: { by: ["prepare"], sends: ["run", "get", "step", "getAsObject", "all"] },
  },
  {
    packages: ["@libsql/client", "libsql"],
    source: "@libsql/core@0.18.0: lib-esm/api.d.ts; libsql@0.5.29: types/index.d.ts",
    service: "db.sqlite",
    methods: ["execute", "executeMultiple", "batch", "migrate"],
    fields: ["sql"],
  },
  {
    packages: ["mssql", "mssql/msnodesqlv8"],
    source: "@types/mssql@12.3.0: index.d.ts",
    service: "db.mssql",
    methods: ["query", "batch"],
    tag: /#(?:default\.)?query$/,
    begins: ["begin"],
    commits: ["commit"],
    undoes: ["rollback"],
  },
  ...PYTHON,
];
