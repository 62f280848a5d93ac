import { readFileSync } from "node:fs";
import type { FactSource } from "../../../server/src/model/pack.ts";
import { FACTS_DATE } from "../date.ts";
import { withPackage, type PinnedPackage } from "../download.ts";
import type { EffectPack } from "../effects-only.ts";
import { checkQuotes } from "../quoted.ts";
import { classify, type MethodRule } from "../typed/classify.ts";
import { readTypings } from "../typed/read-typings.ts";

const VERSION = "2.109.0";
const PARTS: readonly (readonly [name: string, integrity: string, ...files: string[]])[] = [
  [
    "supabase-js",
    "sha512-eNpUGegTT3hhoTK9j6aLViVjybYtdq6Ishb4BkVLi5tT58S1D80n7dmALMoBWkbrYG4uQv30c8iAB6nZylX0Fg==",
    "dist/index.d.mts",
  ],
  [
    "postgrest-js",
    "sha512-Xk4gzuzyrGIPWCUuJolDQS/9zdFZDEXRhNsVeOHEKwFr+vpNU0himsHtLOhSEYlyPqwmeY8LUCKL6bLsDp0ScA==",
    "dist/index.d.mts",
  ],
  [
    "storage-js",
    "sha512-j119SdEuwrOPGqiPjshpfovrQPFqeATKg990jNV88Ie+SEufznzVD2mL5kQvly+z2oVBeZn+pweU0QN/OYLmJw==",
    "dist/index.d.mts",
  ],
  [
    "auth-js",
    "sha512-krf61vksi92kEUYtNH70GnIMOoQqLBAKG2e3Aha4e/0uJA6i1OWCxL7WUGHo6c0Vu/w96Y1DdnkYz0NOg0kYog==",
    "dist/module/GoTrueClient.d.ts",
    "dist/module/GoTrueAdminApi.d.ts",
  ],
  [
    "functions-js",
    "sha512-IiwAspZrVrBRYQoFgSJvkcA9iJvTCw8nHOdvlKARDushlw/x1YY3YJYtwwgZFtl7utUbTiZ5SwohXPNgnpZM+g==",
    "dist/module/FunctionsClient.d.ts",
  ],
];

const on = (types: string, methods: string): RegExp =>
  new RegExp(`^(?:${types})\\.(?:${methods.split(" ").join("|")})$`);

const SUPABASE_RULES: readonly MethodRule[] = [
  {
    methods: on("PostgrestQueryBuilder", "select"),
    effect: "read",
    because: "“Perform a SELECT query on the table or view”",
  },
  {
    methods: on("PostgrestQueryBuilder", "insert"),
    effect: "create",
    because: "“Perform an INSERT into the table or view”",
  },
  {
    methods: on("PostgrestQueryBuilder", "update upsert"),
    effect: "update",
    because: "“Perform an UPDATE”, “an UPSERT on the table or view”",
  },
  {
    methods: on("PostgrestQueryBuilder", "delete"),
    effect: "delete",
    because: "“Perform a DELETE on the table or view”",
  },
  {
    methods: on("SupabaseClient|PostgrestClient", "rpc"),
    effect: "execute",
    because: "“Perform a function call”: of the database, which does whatever it says",
  },
  { methods: on("FunctionsClient", "invoke"), effect: "execute", because: "“Invokes a function”" },
  {
    methods: on("StorageFileApi", "download exists info list listV2"),
    effect: "read",
    because: "gives out files or what files there are",
  },
  {
    methods: on(String.raw`Storage\w+|Vector\w+`, String.raw`get\w*Bucket list\w+ get\w*Index get\w*Vectors query\w+`),
    effect: "read",
    because: "gives out what is stored",
  },
  {
    methods: on("StorageFileApi", "upload uploadToSignedUrl copy"),
    effect: "create",
    because: "puts a file into the storage",
  },
  {
    methods: on(String.raw`Storage\w+|Vector\w+`, String.raw`createBucket createIndex putVectors`),
    effect: "create",
    because: "makes a bucket or index, or fills one",
  },
  {
    methods: on("StorageFileApi|StorageBucketApi", "update move updateBucket"),
    effect: "update",
    because: "replaces or moves a file, changes a bucket",
  },
  {
    methods: on(
      String.raw`Storage\w+|Vector\w+`,
      String.raw`remove emptyBucket deleteBucket deleteIndex deleteVectors`,
    ),
    effect: "delete",
    because: "removes files, buckets or vectors",
  },
  {
    methods: on("StorageFileApi", "createSignedUrl createSignedUrls createSignedUploadUrl"),
    effect: "administer",
    effectConfidence: "likely",
    because: "makes an address that lets whoever has it read or write a file",
  },
  { methods: on("GoTrueAdminApi", "listUsers getUserById"), effect: "read", because: "gives out users" },
  {
    methods: on("GoTrueAdminApi", "inviteUserByEmail"),
    effect: "send",
    because: "“Sends an invite link to an email address”",
  },
  {
    methods: on("GoTrueAdminApi", "createUser updateUserById deleteUser generateLink signOut"),
    effect: "administer",
    because: "makes, changes, removes or signs out users",
  },
  { methods: on("GoTrueClient", "getUserIdentities getClaims"), effect: "read", because: "gives out who the user is" },
  {
    methods: on("GoTrueClient", "signInWithOtp resetPasswordForEmail resend reauthenticate signUp"),
    effect: "send",
    effectConfidence: "likely",
    because: "sends a message to the user's address",
  },
  {
    methods: on("GoTrueClient", "updateUser linkIdentity unlinkIdentity registerPasskey"),
    effect: "update",
    because: "changes the user",
  },
  { methods: /./, effect: null, because: "says what is asked for, or signs the program in" },
];

/** Leads that the declarations hide behind type functions. */
const HIDDEN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  SupabaseClient: { "from()": "PostgrestQueryBuilder", "rpc()": "PostgrestFilterBuilder", auth: "GoTrueClient" },
  PostgrestClient: { "from()": "PostgrestQueryBuilder", "rpc()": "PostgrestFilterBuilder" },
};

export function supabasePack(): EffectPack {
  const source: FactSource = {
    name: "@supabase/supabase-js and its parts",
    version: VERSION,
    date: FACTS_DATE,
    licence: "MIT",
  };
  const texts = PARTS.flatMap(([name, integrity, ...files]) => {
    const pinned: PinnedPackage = { name: `@supabase/${name}`, version: VERSION, integrity };
    return withPackage(pinned, (folder) => files.map((file) => readFileSync(`${folder}/${file}`, "utf8")));
  });
  checkQuotes(
    SUPABASE_RULES.map(({ because }) => because),
    texts,
    source.name,
  );
  const typings = readTypings(texts, HIDDEN);
  const exports = { "createClient()": "SupabaseClient", "createServerClient()": "SupabaseClient" };
  return {
    id: "db/supabase",
    service: "db.supabase",
    title: "Supabase",
    ...classify(typings, exports, [], SUPABASE_RULES, source),
  };
}
