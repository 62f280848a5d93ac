import { readFileSync } from "node:fs";
import { LIBRARIES } from "../server/src/libraries/tables/index.ts";
import type { Library, Way } from "../server/src/libraries/model.ts";
import { withPublished } from "./facts/download.ts";

/**
 * `npm run libraries:check [-- PACKAGE…]`: takes the packages that the tables of libraries cite from the registry, and says which
 * files are not in them, and which names of a row none of its files has. What a function does still wants a reader.
 */

/** Names that no package declares: what modules are imported by, and parts of ways. */
const OF_WAYS = new Set(["default", "new"]);

const wanted = process.argv.slice(2);
let problems = 0;
for (const library of LIBRARIES.filter(({ package: name }) => wanted.length === 0 || wanted.includes(name))) {
  if (library.package.startsWith("python:")) continue;
  const found = problemsOf(library);
  problems += found.length;
  for (const problem of found) console.log(`${library.package}: ${problem}`);
}
console.log(`${problems} problems`);
process.exitCode = problems > 0 ? 1 : 0;

function problemsOf(library: Library): string[] {
  const found: string[] = [];
  const texts = citedOf(library).flatMap(([published, files]) =>
    withPublished(published, (folder) =>
      files.flatMap((file) => {
        try {
          return [readFileSync(`${folder}/${file}`, "utf8")];
        } catch {
          found.push(`${published} has no ${file}`);
          return [];
        }
      }),
    ),
  );
  const words = new Set(texts.flatMap((text) => text.match(/[\w$]+/g) ?? []));
  const missing = new Set(
    waysOf(library)
      .flatMap(namesOf)
      .filter((name) => !words.has(name)),
  );
  if (missing.size > 0) found.push(`nothing is called ${[...missing].join(", ")} in ${library.source}`);
  return found;
}

/** `@types/koa@3.0.3: index.d.ts; lib/context.js` → packages and their files; without a package it is the library itself. */
function citedOf({ package: name, version, source }: Library): [published: string, files: string[]][] {
  return source.split("; ").map((part) => {
    const [, published = `${name}@${version}`, files] = /^(?:(\S+@\S+): )?(.*)$/.exec(part)!;
    return [published, files!.split(", ")];
  });
}

function waysOf({ package: name, clients = [], wrappers = [], stores = [], harmless = [] }: Library): Way[] {
  const ways = [...clients.map(({ way }) => way), ...[...wrappers, ...stores].map(({ call }) => call), ...harmless];
  return ways.filter((way) => way.startsWith(`${name}#`));
}

/** `express#default().set` → `set`. */
function namesOf(way: Way): string[] {
  const names = way.slice(way.indexOf("#") + 1).match(/[A-Za-z_$][\w$]*\*?/g) ?? [];
  return names.filter((name) => !OF_WAYS.has(name) && !name.endsWith("*"));
}
