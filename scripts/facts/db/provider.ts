import { effectsOnly } from "../effects-only.ts";
import type { FactProvider } from "../provider.ts";
import { mongodbPack } from "./documents.ts";
import { mapperPacks } from "./mappers.ts";
import { pymongoPack, sqlalchemyPack } from "./python.ts";
import { redisPack } from "./redis.ts";
import { supabasePack } from "./supabase.ts";
import { statementPack } from "./statements.ts";

/** Databases: what statements of SQL do. */
export const provider: FactProvider = {
  id: "db",
  generate: () =>
    effectsOnly({
      provider: "db",
      title: "Database",
      about: [
        "A statement is an operation by the word or words it begins with; its tables are the resource. A text with unknown parts is known by its beginning. A statement that is put together at run time is `sql`, which may do anything: except in a transaction that is read-only, or that is always rolled back. Where something is asked before it is sent, its effect is only possible: the check is not proved, and accuses nobody.",
      ],
      packs: [
        statementPack(),
        redisPack(),
        mongodbPack(),
        supabasePack(),
        ...mapperPacks(),
        pymongoPack(),
        sqlalchemyPack(),
      ],
      unknown: [
        "what a function does that a SELECT calls, and what triggers and views do",
        "which rows a statement meets, and what the database lets its user do",
      ],
    }),
};
