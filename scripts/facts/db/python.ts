import { camelCase, readRecorded, typingsOf } from "../clients/recorded.ts";
import type { EffectPack } from "../effects-only.ts";
import { classify, type MethodRule } from "../typed/classify.ts";
import { MONGODB_RULES } from "./documents.ts";

/** Databases in Python whose libraries are known by their types: PyMongo and SQLAlchemy. */

const on = (types: string, methods: string): RegExp =>
  new RegExp(`^(?:${types})\\.(?:${methods.split(" ").join("|")})$`);

/** What PyMongo has beside the methods that it shares with the driver for JavaScript. */
const PYMONGO_RULES: readonly MethodRule[] = [
  {
    methods: on("Collection", "findRawBatches aggregateRawBatches"),
    effect: "read",
    because: "gives out documents as they are stored",
  },
  {
    methods: on("Db|MongoClient", "listCollectionNames listDatabases listDatabaseNames serverInfo"),
    effect: "read",
    because: "gives out what databases and collections there are, and how the server is",
  },
  {
    methods: on("Db", "dereference validateCollection"),
    effect: "read",
    because: "looks up one document, or checks a collection",
  },
  { methods: on("MongoClient", "dropDatabase"), effect: "delete", because: "deletes a database" },
  { methods: on("Db", "cursorCommand"), effect: "execute", because: "sends a command: any" },
  ...MONGODB_RULES,
];

export function pymongoPack(): EffectPack {
  const { provenance, title, service, exports, types } = readRecorded("db/pymongo");
  const { what: _, ...source } = provenance;
  // Databases and collections are attributes and items of what holds them, by whatever name they have.
  const anyName = { "*": "Collection" };
  const typings = typingsOf({ types }, { MongoClient: { "*": "Database" }, Database: anyName, Collection: anyName });
  const known = (type: string, method: string) => `${type === "Database" ? "Db" : type}.${camelCase(method)}`;
  const { rows, types: graph } = classify(typings, exports, [], PYMONGO_RULES, source, known);
  return { id: "db/pymongo", service, title, rows, types: graph };
}

const SESSIONS = "Session|AsyncSession|scoped_session";
const CONNECTIONS = "Connection|AsyncConnection";

/** What is only noted in a session is sent with its next flush: it counts where it is noted. */
const SQLALCHEMY_RULES: readonly MethodRule[] = [
  {
    methods: on(SESSIONS, "get get_one refresh"),
    effect: "read",
    because: "loads an object",
  },
  {
    methods: on("Query", "all first one one_or_none scalar count get"),
    effect: "read",
    because: "sends the query, and gives out what it finds",
  },
  {
    methods: on(SESSIONS, "add add_all bulk_save_objects bulk_insert_mappings"),
    effect: "create",
    because: "adds objects",
  },
  {
    methods: on(`${SESSIONS}|Query`, "merge merge_all bulk_update_mappings update"),
    effect: "update",
    because: "changes rows, or adds what is missing",
  },
  { methods: on(`${SESSIONS}|Query`, "delete delete_all"), effect: "delete", because: "deletes rows" },
  {
    methods: on(SESSIONS, "commit flush"),
    effect: "update",
    effectConfidence: "possible",
    because: "sends what was changed on objects, if anything was",
  },
  {
    methods: on(`${SESSIONS}|${CONNECTIONS}`, "execute exec_driver_sql scalar scalars stream stream_scalars"),
    effect: "execute",
    because: "sends a statement; one that can be read is known by what it says",
  },
  { methods: /./, effect: null, because: "says how something is to be done, or goes on with what was given" },
];

export function sqlalchemyPack(): EffectPack {
  const { provenance, title, service, exports, types } = readRecorded("db/sqlalchemy");
  const { what: _, ...source } = provenance;
  // What makes sessions is called like a class of them.
  const typings = typingsOf(
    { types },
    {
      sessionmaker: { "()": "Session", "begin()": "Session" },
      async_sessionmaker: { "()": "AsyncSession", "begin()": "AsyncSession" },
      scoped_session: { "()": "Session" },
    },
  );
  const { rows, types: graph } = classify(typings, exports, [], SQLALCHEMY_RULES, source);
  return { id: "db/sqlalchemy", service, title, rows, types: graph };
}
