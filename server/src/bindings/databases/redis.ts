import type { Facts } from "../../facts/lookup.ts";
import type { OperationRow } from "../../model/pack.ts";
import type { ExternalCall } from "../../trace/external-call.ts";
import type { Reading } from "../../trace/reading.ts";
import { patternText } from "../../trace/texts.ts";
import type { ServiceBinding } from "../binding.ts";

const PACK = "db/redis";
const PACKAGES = ["redis", "@redis/client", "ioredis", "@upstash/redis", "@vercel/kv", "node-redis"];
const PYTHON = ["python:redis", "python:redis.asyncio", "python:aioredis"];

/** The ways to clients, and to what collects commands for them. */
const RECEIVER =
  /#(?:default\.|Redis\.|asyncio\.)*(?:(?:createClient|createCluster|createSentinel|from_url|from_env|fromEnv|Redis|StrictRedis|RedisCluster|Cluster)(?:\.new)?\(\)|new\(\)|kv|createClient|RedisClientType\.new\(\))(?:\.(?:connect|duplicate|on|once|multi|pipeline|batch|json|ft|ts|bf|cf|withTypeMapping)(?:\(\))?|\.\w+\(\d→0\))*(?<chained>(?:\.\w+\(\))*)$/;
/** Behind these each command gives what takes the next. */
const COLLECTS = /\.(?:multi|pipeline|batch)\(\)/;
/** Methods that take a command as words: `sendCommand(["GET", key])`, `call("GET", key)`. */
const BY_WORDS = new Set(["sendCommand", "call", "send_command", "execute_command", "callBuffer"]);

/** Redis: each method is a command, each command has flags. */
export const redis: ServiceBinding = {
  provider: "db",
  triggers: [],
  secondary: { modules: PACKAGES, texts: PYTHON.map((name) => name.slice("python:".length)) },
  clients: [],
  values: [...PACKAGES, ...PYTHON].map((name) => `${name}#`),

  sight(call, { facts, reading }) {
    if (!PACKAGES.includes(call.callee.package) && !PYTHON.includes(call.callee.package)) return undefined;
    const pack = facts.pack(PACK);
    if (!pack || !isReceiver(call)) return "harmless";
    const { rows, keys } = commandsOf(call, facts, reading);
    const sightings = rows.map((row) => ({
      kind: "access" as const,
      fact: facts.requirement(pack, row, () => null),
      provider: "db",
      credential: { provider: "db" },
      ...(keys !== undefined && row.effect !== "execute" && { resource: keys }),
    }));
    return sightings.length > 0 ? sightings : "harmless";
  },

  reach: () => [],
};

function isReceiver({ callee, construct }: ExternalCall): boolean {
  if (construct || callee.step?.kind !== "member" || !callee.parent) return false;
  const found = RECEIVER.exec(callee.parent.path);
  return found !== null && (found.groups!["chained"] === "" || COLLECTS.test(callee.parent.path));
}

function commandsOf(
  call: ExternalCall,
  facts: Facts,
  reading: Reading,
): { readonly rows: readonly OperationRow[]; readonly keys: string | undefined } {
  const { name } = call.callee.step as { readonly name: string };
  if (!BY_WORDS.has(name)) {
    const row = rowOf(name.replaceAll("_", ""), facts);
    return { rows: row ? [row] : [], keys: keyPattern(call, 0, reading) };
  }
  const words = [...call.argument(0), ...(reading.items(call.argument(0)).items[0] ?? [])];
  const known = reading.constants(words).flatMap((word) => rowOf(word, facts) ?? []);
  return { rows: known.length > 0 ? known : [facts.operation(PACK, "EVAL")!], keys: undefined };
}

/** Commands that have commands of their own below them: `configSet` is `CONFIG SET`. */
const GROUPS =
  /^(ACL|CLIENT|CLUSTER|CONFIG|FUNCTION|LATENCY|MEMORY|MODULE|OBJECT|PUBSUB|SCRIPT|SLOWLOG|XGROUP|XINFO)(.+)$/;

/** What libraries call otherwise, because the command's name is a word of their language. */
const RENAMED: Readonly<Record<string, string>> = { DELETE: "DEL" };

function rowOf(method: string, facts: Facts): OperationRow | undefined {
  const name = method.toUpperCase();
  const command = RENAMED[name] ?? name;
  const below = GROUPS.exec(command);
  return facts.operation(PACK, command) ?? (below ? facts.operation(PACK, `${below[1]} ${below[2]}`) : undefined);
}

/** `user:{}`: which keys are worked on, as far as it is written. */
function keyPattern(call: ExternalCall, at: number, reading: Reading): string | undefined {
  const patterns = [...new Set(reading.texts(call.argument(at)).map(({ pieces }) => patternText(pieces)))];
  return patterns.length === 1 && patterns[0] !== "{}" && patterns[0] !== "" ? patterns[0] : undefined;
}
