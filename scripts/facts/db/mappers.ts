import type { EffectPack } from "../effects-only.ts";
import { namedPack, type NamedGroup } from "../named.ts";

/** What object mappers and query builders do, by the names of their methods. */

const groups = (
  read: string,
  create: string,
  update: string,
  remove: string,
  more: readonly NamedGroup[] = [],
): readonly NamedGroup[] => [
  { effect: "read", because: "looks for records, or counts them", methods: read },
  { effect: "create", because: "adds records", methods: create },
  { effect: "update", because: "changes records, or adds what is missing", methods: update },
  { effect: "delete", because: "removes records", methods: remove },
  ...more,
];

export function mapperPacks(): EffectPack[] {
  return [
    namedPack({
      id: "db/prisma",
      service: "db.prisma",
      title: "Prisma",
      from: {
        name: "@prisma/client",
        version: "7.10.0",
        integrity: "sha512-Ubw/QS9JGIBSBUsyxAUQuK/Jcu0Tsva7le7QbLd91Kix9yJvYDdj5QkwgEbbZniH80dd+sziQcALPc+HnvQC8Q==",
      },
      licence: "Apache-2.0",
      files: ["runtime/client.d.ts"],
      groups: groups(
        "findFirst findFirstOrThrow findUnique findUniqueOrThrow findMany aggregate count groupBy findRaw aggregateRaw",
        "create createMany createManyAndReturn",
        "update updateMany updateManyAndReturn upsert",
        "delete deleteMany",
        [
          {
            effect: "execute",
            because: "sends a command or a statement as it is; a statement that can be read is known by what it says",
            methods: "$runCommandRaw $queryRaw $executeRaw $queryRawUnsafe $executeRawUnsafe",
          },
        ],
      ),
    }),
    namedPack({
      id: "db/mongoose",
      service: "db.mongodb",
      title: "Mongoose",
      from: {
        name: "mongoose",
        version: "9.12.1",
        integrity: "sha512-wPw1NKurTDShT+kr/JJvhdwPKIJkxFJv5GEbv++QahN8snPR9Fp/BFg6nQbbCyUHBB8DexwwlCQW6SfBD99QCg==",
      },
      licence: "MIT",
      files: ["types/models.d.ts", "types/document.d.ts", "types/indexes.d.ts"],
      groups: groups(
        "find findById findOne countDocuments estimatedDocumentCount distinct exists aggregate watch listIndexes",
        "create insertMany insertOne createCollection createIndexes ensureIndexes",
        "findByIdAndUpdate findOneAndReplace findOneAndUpdate replaceOne updateMany updateOne bulkWrite bulkSave syncIndexes save",
        "deleteMany deleteOne findByIdAndDelete findOneAndDelete",
      ),
    }),
    namedPack({
      id: "db/typeorm",
      service: "db.typeorm",
      title: "TypeORM",
      from: {
        name: "typeorm",
        version: "1.1.1",
        integrity: "sha512-og9mG4Lwlvj6MfvYd8yRCzXy73gETtwgTKQ/ISLYvEOpJPy4IrjU/89HK4ZAFmRIbEg1hkIk04v8phTrxfgPmQ==",
      },
      licence: "MIT",
      files: ["repository/Repository.d.ts", "repository/BaseEntity.d.ts", "entity-manager/EntityManager.d.ts"],
      groups: groups(
        "find findBy findAndCount findAndCountBy findOne findOneBy findOneOrFail findOneByOrFail count countBy exists existsBy sum average minimum maximum",
        "insert",
        "save update upsert restore recover increment decrement",
        "delete remove softDelete softRemove clear deleteAll",
        [
          {
            effect: "execute",
            because: "sends a statement as it is; a statement that can be read is known by what it says",
            methods: "query",
          },
        ],
      ),
    }),
    namedPack({
      id: "db/sequelize",
      service: "db.sequelize",
      title: "Sequelize",
      from: {
        name: "sequelize",
        version: "6.37.8",
        integrity: "sha512-HJ0IQFqcTsTiqbEgiuioYFMSD00TP6Cz7zoTti+zVVBwVe9fEhev9cH6WnM3XU31+ABS356durAb99ZuOthnKw==",
      },
      licence: "MIT",
      files: ["types/model.d.ts", "types/sequelize.d.ts"],
      groups: groups(
        "findAll findByPk findOne findAndCountAll count max min sum aggregate describe reload",
        "create bulkCreate",
        "update upsert findOrCreate findCreateFind increment decrement restore save sync",
        "destroy truncate drop",
        [
          {
            effect: "execute",
            because: "sends a statement as it is; a statement that can be read is known by what it says",
            methods: "query",
          },
        ],
      ),
    }),
    namedPack({
      id: "db/knex",
      service: "db.knex",
      title: "Knex",
      from: {
        name: "knex",
        version: "3.3.0",
        integrity: "sha512-LgWl031hNuLv9Lhxdd9093zULa2aNcoP04Bk29e5NidgRcEr/T0rAr2WYi4BhjTiCDoQiRU56meUE5rppLKZzQ==",
      },
      licence: "MIT",
      files: ["types/index.d.ts"],
      groups: groups(
        "select first pluck count countDistinct min max sum avg columnInfo hasTable hasColumn",
        "insert createTable createTableIfNotExists createView createSchema",
        "update increment decrement upsert alterTable renameTable",
        "del delete truncate dropTable dropTableIfExists dropView dropSchema",
        [
          {
            effect: "execute",
            because: "sends a statement as it is; a statement that can be read is known by what it says",
            methods: "raw",
          },
        ],
      ),
    }),
    namedPack({
      id: "db/drizzle",
      service: "db.drizzle",
      title: "Drizzle",
      from: {
        name: "drizzle-orm",
        version: "0.45.4",
        integrity: "sha512-NiM1YZpJ2UxyeE67DpDDZ+Tsw4YLX3trSlkNT7Tm9eKoUNb1LvaAaQzXgYQsWs+AQ9TUmmwMmBOCXuqqxUWKKQ==",
      },
      licence: "Apache-2.0",
      files: ["pg-core/db.d.ts", "pg-core/query-builders/query.d.ts", "sqlite-core/db.d.ts"],
      groups: groups(
        "select selectDistinct selectDistinctOn findMany findFirst $count",
        "insert",
        "update refreshMaterializedView",
        "delete",
        [
          {
            effect: "execute",
            because: "sends a statement as it is; a statement that can be read is known by what it says",
            methods: "execute run all get values",
          },
        ],
      ),
    }),
  ];
}
