import { readFileSync } from "node:fs";
import type { Effect } from "../../../server/src/model/effect.ts";
import type { FactSource } from "../../../server/src/model/pack.ts";
import { FACTS_DATE } from "../date.ts";
import { withPackage } from "../download.ts";
import type { EffectPack, EffectRow } from "../effects-only.ts";

const COMMANDS = {
  name: "@ioredis/commands",
  version: "2.1.1",
  integrity: "sha512-ogakEVhpd4jfEgzn1ERHt3WwPWPAKv/QBOMNlVeuwX9zHzfx1L+gHi1Ghh1mLtNHSaJ4l+zvtbDkHszGZQ5ahA==",
} as const;

const SOURCE: FactSource = { name: COMMANDS.name, version: COMMANDS.version, date: FACTS_DATE, licence: "MIT" };

interface Command {
  readonly flags: readonly string[];
  readonly subcommands?: Readonly<Record<string, Command>>;
}

/** Commands that have none of the flags that say what they do. */
const RUNS = new Set(["EVAL", "EVALSHA", "FCALL"]);
const TELLS_OTHERS = new Set(["PUBLISH", "SPUBLISH"]);
const REMOVES = /^(?:DEL|DELEX|UNLINK|GETDEL|HDEL|HGETDEL|XDEL|XDELEX|FLUSHALL|FLUSHDB|TRIMSLOTS|ARDEL|ARDELRANGE)$/;

/** The commands of Redis, by the flags that the server itself gives them. */
export function redisPack(): EffectPack {
  const text = withPackage(COMMANDS, (folder) => readFileSync(`${folder}/built/commands.json`, "utf8"));
  const rows = Object.entries(JSON.parse(text) as Record<string, Command>).flatMap(([name, command]) =>
    rowsOf(name.toUpperCase(), command),
  );
  return { id: "db/redis", service: "db.redis", title: "Redis", rows, dotted: true };
}

function rowsOf(name: string, { flags, subcommands }: Command): EffectRow[] {
  const below = Object.entries(subcommands ?? {}).flatMap(([sub, command]) =>
    rowsOf(`${name} ${sub.toUpperCase()}`, command),
  );
  const found = effectOf(name, flags);
  return found ? [{ name, ...found, source: SOURCE }, ...below] : below;
}

function effectOf(name: string, flags: readonly string[]): { effect: Effect; because: string } | undefined {
  if (RUNS.has(name)) return { effect: "execute", because: "runs a script or function on the server" };
  if (TELLS_OTHERS.has(name)) return { effect: "update", because: "posts a message to whoever listens on a channel" };
  if (flags.includes("admin")) return { effect: "administer", because: "flag `admin`" };
  if (flags.includes("readonly")) return { effect: "read", because: "flag `readonly`" };
  if (!flags.includes("write")) return undefined;
  return REMOVES.test(name)
    ? { effect: "delete", because: "flag `write`; its name says that something is deleted" }
    : { effect: "update", because: "flag `write`" };
}
