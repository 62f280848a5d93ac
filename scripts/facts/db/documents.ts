import { readFileSync } from "node:fs";
import type { FactSource } from "../../../server/src/model/pack.ts";
import { FACTS_DATE } from "../date.ts";
import { withPackage, type PinnedPackage } from "../download.ts";
import type { EffectPack } from "../effects-only.ts";
import { checkQuotes } from "../quoted.ts";
import { classify, type MethodRule } from "../typed/classify.ts";
import { readTypings } from "../typed/read-typings.ts";

const MONGODB: PinnedPackage = {
  name: "mongodb",
  version: "7.9.0",
  integrity: "sha512-HfpNb8qmfmNxno+Ml5JgHn/nyshK+8xF4ESLCXedRKuGLGRyAvkjcpjk19T2Q+rqC6/FlnZKll4if21R6xs/Tg==",
};

const on = (types: string, methods: string): RegExp =>
  new RegExp(`^(?:${types})\\.(?:${methods.split(" ").join("|")})$`);

/** What the methods of MongoDB's driver do, in the words of its declarations. */
export const MONGODB_RULES: readonly MethodRule[] = [
  {
    methods: on(
      "Collection",
      "find findOne countDocuments estimatedDocumentCount count distinct indexes indexExists indexInformation listIndexes listSearchIndexes isCapped options watch",
    ),
    effect: "read",
    because: "gives out documents, their number, or how the collection is made",
  },
  {
    methods: on("Db|MongoClient", "collections listCollections indexInformation profilingLevel stats watch"),
    effect: "read",
    because: "gives out what collections there are, or what changes in them",
  },
  {
    methods: on("Admin", "buildInfo listDatabases ping replSetGetStatus serverInfo serverStatus validateCollection"),
    effect: "read",
    because: "gives out how the server is and what databases it has",
  },
  {
    methods: on("Collection|Db", "aggregate"),
    effect: "read",
    because:
      "“Execute an aggregation framework pipeline”: a read, unless a stage `$out` or `$merge` writes, which is looked for",
  },
  {
    methods: on(
      "Collection|Db",
      "insertOne insertMany createIndex createIndexes createSearchIndex createSearchIndexes createCollection",
    ),
    effect: "create",
    because: "inserts documents, or makes an index or a collection",
  },
  {
    methods: on(
      "Collection|Db",
      "updateOne updateMany replaceOne findOneAndUpdate findOneAndReplace updateSearchIndex rename renameCollection setProfilingLevel",
    ),
    effect: "update",
    because: "changes or replaces documents, or how the collection is made",
  },
  {
    methods: on(
      "Collection|MongoClient|BulkOperationBase|OrderedBulkOperation|UnorderedBulkOperation",
      "bulkWrite execute",
    ),
    effect: "update",
    because: "“Perform a bulkWrite operation”: inserts, updates and deletes",
  },
  {
    methods: on(
      "Collection|Db",
      "deleteOne deleteMany findOneAndDelete drop dropIndex dropIndexes dropSearchIndex dropCollection dropDatabase",
    ),
    effect: "delete",
    because: "deletes documents, an index, a collection or the database",
  },
  { methods: on("Db|Admin", "removeUser"), effect: "administer", because: "“Remove a user from a database”" },
  { methods: on("Db|Admin", "command runCursorCommand"), effect: "execute", because: "“Execute a command”: any" },
  { methods: /./, effect: null, because: "goes on with a result, or says how something is to be done" },
];

export function mongodbPack(): EffectPack {
  const source: FactSource = { name: MONGODB.name, version: MONGODB.version, date: FACTS_DATE, licence: "Apache-2.0" };
  const text = withPackage(MONGODB, (folder) => readFileSync(`${folder}/mongodb.d.ts`, "utf8"));
  checkQuotes(
    MONGODB_RULES.map(({ because }) => because),
    [text],
    MONGODB.name,
  );
  const { rows, types } = classify(readTypings([text]), {}, ["MongoClient"], MONGODB_RULES, source);
  return { id: "db/mongodb", service: "db.mongodb", title: "MongoDB", rows, types };
}
