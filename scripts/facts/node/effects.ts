import type { Effect } from "../../../server/src/model/effect.ts";

/**
 * What each function does to the world, by its name without `Sync`, without what leads to it (`promises.`, `FileHandle.`), and
 * without the letter that says how a file is named (`lchown`, `fchown`). The words are those of Node's documentation.
 */
const BY_NAME: Readonly<Partial<Record<Effect, string>>> = {
  delete: "rm rmdir unlink",
  create: "copyFile cp createTracing link mkdir mkdtemp mkdtempDisposable symlink writeHeapSnapshot writeReport",
  update:
    "DatabaseSync appendFile chmod chown createWriteStream open rename setFlagsFromString setPriority truncate utimes write writeFile writev",
  execute:
    "Script WASI Worker connect.inspector compileFunction dlopen eval exec execFile execFileSync fork kill open.inspector runInContext runInNewContext runInThisContext spawn",
  send: "WebSocket connect createConnection fetch get request send",
};

const EFFECT = new Map(
  Object.entries(BY_NAME).flatMap(([effect, names]) => names.split(" ").map((name) => [name, effect as Effect])),
);

/** Everything that is not named reads: it looks something up, waits, closes, or listens. */
export function effectOf(module: string, name: string): Effect {
  const last = name.slice(name.lastIndexOf(".") + 1).replace(/Sync$/, "");
  const plain = module === "fs" ? last.replace(/^[lf](?=chmod|chown|truncate|utimes)/, "") : last;
  return EFFECT.get(`${plain}.${module}`) ?? EFFECT.get(last) ?? EFFECT.get(plain) ?? "read";
}

/** The words, for the page. */
export const EFFECT_WORDS: readonly (readonly [Effect, string])[] = Object.entries(BY_NAME) as [Effect, string][];
