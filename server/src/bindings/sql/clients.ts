/** SQL clients: which calls send a statement, and where it stands. Read off their type declarations of 2026. */
export interface SqlClient {
  readonly packages: readonly string[];
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
const STATEMENT = { by: ["prepare"], sends: ["run", "get", "all", "iterate", "each", "raw", "pluck"] };
const PROMISED = "any each many manyOrNone map multi multiResult none one oneOrNone query result".split(" ");

/** Python's clients keep to one interface, PEP 249: a connection gives cursors, and both send. */
const PEP_249 = { methods: ["execute", "executemany", "executescript"], commits: ["commit"], undoes: ["rollback"] };
const PYTHON: readonly SqlClient[] = [
  { packages: ["python:sqlite3", "python:aiosqlite"], service: "db.sqlite", ...PEP_249 },
  { packages: ["python:psycopg2", "python:psycopg", "python:psycopg_pool"], service: "db.postgres", ...PEP_249 },
  {
    packages: ["python:asyncpg"],
    service: "db.postgres",
    methods: ["execute", "executemany", "fetch", "fetchrow", "fetchval"],
  },
  { packages: ["python:pymysql", "python:MySQLdb", "python:mysql.connector"], service: "db.mysql", ...PEP_249 },
  { packages: ["python:pyodbc", "python:pymssql"], service: "db.mssql", ...PEP_249 },
];

export const SQL_CLIENTS: readonly SqlClient[] = [
  { packages: ["pg", "pg-pool", "pg-native"], service: "db.postgres", methods: ["query"], fields: ["text"] },
  {
    packages: ["@neondatabase/serverless", "@vercel/postgres"],
    service: "db.postgres",
    methods: ["query", "unsafe"],
    fields: ["text"],
    tag: /#neon\(\)$|#sql$|#create\w+\(\)\.sql$/,
  },
  {
    packages: ["postgres"],
    service: "db.postgres",
    methods: ["unsafe"],
    tag: /#default\(\)(?:\.\w+\(\d→0\))*$/,
  },
  { packages: ["pg-promise"], service: "db.postgres", methods: PROMISED, fields: ["text"] },
  {
    packages: ["mysql", "mysql2", "mysql2/promise", "promise-mysql", "mariadb"],
    service: "db.mysql",
    methods: ["query", "execute"],
    fields: ["sql"],
    ...TRANSACTION,
  },
  { packages: ["@planetscale/database"], service: "db.mysql", methods: ["execute"], fields: ["sql"] },
  {
    packages: ["better-sqlite3", "bun:sqlite"],
    service: "db.sqlite",
    methods: ["exec", "query", "run", "pragma"],
    prepares: { by: ["prepare", "query"], sends: [...STATEMENT.sends, "values"] },
  },
  { packages: ["node:sqlite"], service: "db.sqlite", methods: ["exec"], prepares: STATEMENT },
  {
    packages: ["sqlite3", "sqlite"],
    service: "db.sqlite",
    methods: ["exec", "run", "get", "all", "each"],
    prepares: STATEMENT,
  },
  {
    packages: ["sql.js"],
    service: "db.sqlite",
    methods: ["exec", "run", "each"],
    prepares: { by: ["prepare"], sends: ["run", "get", "step", "getAsObject", "all"] },
  },
  {
    packages: ["@libsql/client", "libsql"],
    service: "db.sqlite",
    methods: ["execute", "executeMultiple", "batch", "migrate"],
    fields: ["sql"],
  },
  {
    packages: ["mssql", "mssql/msnodesqlv8"],
    service: "db.mssql",
    methods: ["query", "batch"],
    tag: /#(?:default\.)?query$/,
    begins: ["begin"],
    commits: ["commit"],
    undoes: ["rollback"],
  },
  ...PYTHON,
];
