import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { loadGrammar } from "../../../server/src/frontends/python/grammar.ts";
import { compareText } from "../../../server/src/model/place.ts";
import { readGrammarFiles } from "../../../server/src/workspace/shipped-files.ts";
import { FACTS_DATE } from "../date.ts";
import type { PythonLibrary } from "./libraries.ts";
import { PYTHON_LIBRARIES } from "./libraries.ts";
import type { LibraryClass } from "./read.ts";
import { readLibrary } from "./read.ts";
import type { RecordedLibrary, RecordedType } from "./recorded.ts";

/**
 * `npm run facts:python -- NAME REPOSITORY`: reads a library of Python in a clone of its repository, at the commit that
 * `./libraries.ts` names, and writes what its methods send to `scripts/facts/sources`. No registry of npm has such a library.
 */

const [name = "", repository = ""] = process.argv.slice(2);
const library = PYTHON_LIBRARIES[name];
if (!library || repository === "") {
  console.error(`usage: npm run facts:python -- ${Object.keys(PYTHON_LIBRARIES).join("|")} CLONE`);
  process.exit(2);
}
await record(library);

async function record(of: PythonLibrary): Promise<void> {
  await loadGrammar(readGrammarFiles());
  const git = (...args: string[]): string =>
    execFileSync("git", ["-C", repository, ...args], { encoding: "utf8", maxBuffer: 1 << 28 });
  const paths = git("ls-tree", "-r", "--name-only", of.commit)
    .split("\n")
    .filter((path) => of.files.test(path))
    .sort(compareText);
  const files = new Map(paths.map((path) => [path, git("show", `${of.commit}:${path}`)]));
  const sha256 = createHash("sha256");
  for (const text of files.values()) sha256.update(text);
  const classes = readLibrary(files, of.style);
  const recorded: RecordedLibrary = {
    provenance: {
      what: of.what,
      name: `${of.repository}, ${paths.length > 5 ? `${paths.length} files of ${paths[0]!.split("/")[0]}` : paths.join(", ")}`,
      version: of.commit,
      date: FACTS_DATE,
      licence: of.licence,
    },
    sha256: sha256.digest("hex"),
    how: "sends: method -> requests, one after the other or one of them; null: not known. leads: what a property, or a method with (), gives.",
    title: of.title,
    service: of.service,
    origins: of.origins,
    exports: of.exports,
    types: typesOf(of, classes),
  };
  const target = fileURLToPath(new URL(`../sources/${of.provider ?? "clients"}/${name}.json`, import.meta.url));
  writeFileSync(target, `${JSON.stringify(recorded, null, 2)}\n`);
  console.log(`${name}: ${paths.length} files, ${Object.keys(recorded.types).length} types`);
}

/** The types that the exports lead to. */
function typesOf(of: PythonLibrary, classes: ReadonlyMap<string, LibraryClass>): RecordedLibrary["types"] {
  const reached = new Set<string>();
  const reach = (type: string): void => {
    const own = classes.get(type.replace(/\[\]$/, ""));
    if (!own || reached.has(own.name)) return;
    reached.add(own.name);
    for (const next of [...own.bases, ...own.leads.values()]) reach(next);
  };
  for (const root of [...Object.values(of.exports), ...(of.roots ?? [])]) reach(root);
  return Object.fromEntries([...reached].sort(compareText).map((type) => [type, typeOf(classes.get(type)!, classes)]));
}

function typeOf(
  { name: type, bases, path, leads, methods }: LibraryClass,
  classes: ReadonlyMap<string, LibraryClass>,
): RecordedType {
  // What is inherited is sent to the path of the type itself.
  const inherited = path === undefined ? [] : bases.flatMap((base) => [...(classes.get(base)?.methods.keys() ?? [])]);
  const names = [...new Set([...methods.keys(), ...inherited])]
    .filter((method) => !method.startsWith("_"))
    .sort(compareText);
  const sends = Object.fromEntries(
    names.map((method) => {
      const requests = requestsOf(type, method, classes, new Set());
      return [method, requests && [...requests].sort(compareText)];
    }),
  );
  return {
    ...(bases.length > 0 && { bases }),
    ...(leads.size > 0 && {
      leads: Object.fromEntries(
        [...leads].filter(([key]) => !key.startsWith("_")).sort(([a], [b]) => compareText(a, b)),
      ),
    }),
    sends,
  };
}

/** What a method sends by itself and by the methods that it calls; null where some of it is not known. */
function requestsOf(
  type: string,
  method: string,
  classes: ReadonlyMap<string, LibraryClass>,
  seen: Set<string>,
  self = type,
): ReadonlySet<string> | null {
  const own = classes.get(type);
  const key = `${type}.${method} ${self}`;
  if (!own || seen.has(key)) return new Set();
  seen.add(key);
  const found = own.methods.get(method);
  if (!found) return together(own.bases.map((base) => requestsOf(base, method, classes, seen, self)));
  const called = found.calls.map(([of, other]) => {
    if (of === "self") return requestsOf(self, other, classes, seen);
    if (of === "super") return together(own.bases.map((base) => requestsOf(base, other, classes, seen, self)));
    return requestsOf(of, other, classes, seen);
  });
  const all = together([found.requests, ...called]);
  const path = classes.get(self)?.path;
  if (all === null || (path === undefined && [...all].some((one) => one.includes("<self>")))) return null;
  const at = (request: string): string =>
    path?.startsWith("/") ? request.replace(/ \S*<self>/, ` ${path}`) : request.replace("<self>", path ?? "");
  return new Set([...all].map((one) => at(one).replace(/\?.*$/, "")));
}

function together(sets: readonly (ReadonlySet<string> | null)[]): ReadonlySet<string> | null {
  return sets.includes(null) ? null : new Set(sets.flatMap((one) => [...one!]));
}
