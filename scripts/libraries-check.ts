import { readFileSync } from "node:fs";
import { HTTP_LIBRARIES } from "../server/src/bindings/http/libraries.ts";
import { SQL_CLIENTS } from "../server/src/bindings/sql/clients.ts";
import type { Library, Way } from "../server/src/libraries/model.ts";
import { LIBRARIES } from "../server/src/libraries/tables/index.ts";
import { withPublished } from "./facts/download.ts";

/**
 * `npm run libraries:check [-- PACKAGE…]`: takes the packages that tables of libraries and of clients cite from the registry, and
 * says which files are not in them, and which names of a row none of its files has. What a function does still wants a reader.
 */

interface Row {
  readonly name: string;
  /** `@types/koa@3.0.3: index.d.ts; lib/context.js`; without a package it is `published`. */
  readonly source: string;
  readonly published: string;
  readonly names: readonly string[];
}

/** Names that no package declares: what modules are imported by, and parts of ways. */
const OF_WAYS = new Set(["default", "new"]);

const wanted = process.argv.slice(2);
const rows = [...LIBRARIES.map(rowOfLibrary), ...SQL_CLIENTS.map(rowOfSql), ...HTTP_LIBRARIES.map(rowOfHttp)].filter(
  ({ name, source }) => !source.includes("(Debian)") && (wanted.length === 0 || wanted.includes(name)),
);
let problems = 0;
for (const row of rows) {
  const found = problemsOf(row);
  problems += found.length;
  for (const problem of found) console.log(`${row.name}: ${problem}`);
}
console.log(`${problems} problems in ${rows.length} rows`);
process.exitCode = problems > 0 ? 1 : 0;

function rowOfLibrary(library: Library): Row {
  const names = waysOf(library).flatMap(namesOf);
  return { name: library.package, source: library.source, published: `${library.package}@${library.version}`, names };
}

function rowOfSql(client: (typeof SQL_CLIENTS)[number]): Row {
  const { methods, fields = [], prepares = { by: [], sends: [] }, begins = [], commits = [], undoes = [] } = client;
  const names = [methods, fields, prepares.by, prepares.sends, begins, commits, undoes].flat();
  return { name: client.packages[0]!, source: client.source, published: "", names };
}

function rowOfHttp(library: (typeof HTTP_LIBRARIES)[number]): Row {
  const { clients, makers, classes, variants, requests, verbs, withBody, base, address, body } = library;
  const names = [
    clients,
    makers,
    classes,
    variants,
    requests,
    Object.keys(verbs),
    withBody,
    base,
    address,
    body,
  ].flat();
  return { name: library.packages[0]!, source: library.source, published: "", names };
}

function problemsOf(row: Row): string[] {
  const found: string[] = [];
  const texts = citedOf(row).flatMap(([published, files]) =>
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
  const missing = new Set(row.names.filter((name) => !words.has(name)));
  if (missing.size > 0) found.push(`nothing is called ${[...missing].join(", ")} in ${row.source}`);
  return found;
}

function citedOf({ published: own, source }: Row): [published: string, files: string[]][] {
  return source.split("; ").map((part) => {
    const [, published = own, files] = /^(?:(\S+@\S+): )?(.*)$/.exec(part)!;
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
