import type { ClientModel, FunctionModel, Library, StoreModel, Term, Way } from "../server/src/libraries/model.ts";
import { FAMILIES } from "../server/src/libraries/tables/index.ts";
import { page, table } from "./page.ts";

/** The page that lists what is known of libraries. */
export function librariesPage(): string {
  return page("Libraries", [
    "What functions of libraries do with what they are handed. Nothing installed is read; each row was compared with the published package,",
    "in the version and file named here; `npm run libraries:check` says which names are not in them. What rests on a row is `likely`, and says so; the language and Node themselves are part of what the",
    "code says. Your own packages can be described in the same form: [models](configuration.md#models).",
    "",
    "## How a row reads",
    "",
    "`default()` is what the default export gives, `Mutex.new()` an instance, `*` anything; `x: y` says that `x` is `y`, and `get(1→0)` is the",
    "first thing that a function is called with which `get` was given as its second argument. `0` is the first argument, `0[]` each of its items,",
    "`0[1]` the member that the second argument names, `1...` the second argument and all after it; `this` is what the function is",
    "called on, `result` what the called function gives, `[result]` a list of that, `kept` what was kept on the same thing before;",
    "`new 0` is an instance of a class that is handed over, `of.0` the first argument of the call that gave what this one is made on, `each` one after",
    "the other of what is named behind `for each of`, and `0 or 1` either.",
    ...FAMILIES.flatMap(({ title, libraries }) => [
      "",
      `## ${title}`,
      "",
      ...table(
        ["package", "what is known", "read in"],
        libraries.map((library) => [
          `\`${library.package}\` ${library.version}`,
          says(library).join("<br>"),
          `${library.source}, ${library.date}`,
        ]),
      ),
    ]),
  ]);
}

function says({ package: name, clients = [], wrappers = [], stores = [], harmless = [] }: Library): string[] {
  const ways = (all: readonly Way[]): string =>
    all.map((way) => `\`${way.startsWith(`${name}#`) ? way.slice(name.length + 1) : way}\``).join(", ");
  const isAll = harmless.includes(`${name}#*`);
  return [
    ...(isAll ? ["nothing happens to what any of it is handed"] : []),
    ...(harmless.length > 0 && !isAll ? [`${ways(harmless)}: nothing happens to what they are handed`] : []),
    ...[...meanings(clients)].map(([is, from]) => `${ways(from)}: ${ways([is])}`),
    ...[...alike([...wrappers, ...stores])].map(([what, calls]) => `${ways(calls)}: ${what}`),
  ];
}

/** Ways by what they lead to. */
function meanings(clients: readonly ClientModel[]): ReadonlyMap<Way, Way[]> {
  const found = new Map<Way, Way[]>();
  for (const { way, is } of clients) found.set(is, [...(found.get(is) ?? []), way]);
  return found;
}

/** Functions by what they do. */
function alike(models: readonly StoreModel[]): ReadonlyMap<string, Way[]> {
  const calls = new Map<string, Way[]>();
  for (const model of models) calls.set(does(model), [...(calls.get(does(model)) ?? []), model.call]);
  return calls;
}

function does({ keeps, under, in: place, each, calls, with: given, fills, returns }: StoreModel): string {
  const at = `${under === undefined ? "" : ` under ${term(under)}`}${place === undefined ? "" : ` in \`${place}\``}`;
  return (
    [
      each !== undefined && `for each of ${term(each)}`,
      keeps === "credential" ? "keeps credentials" : keeps !== undefined && `keeps ${term(keeps)}${at}`,
      fills !== undefined && `fills ${fills}`,
      calls !== undefined && `calls ${term(calls)}${calls === "kept" ? at : ""}${passed(given)}`,
      returns !== undefined && `returns ${term(returns)}${term(returns).startsWith("kept") ? at : ""}`,
    ]
      .filter(Boolean)
      .join(", ") || "what it gives says what it was handed"
  );
}

function passed(given: FunctionModel["with"]): string {
  return given === undefined || given.length === 0 ? "" : ` with ${given.map(term).join(", ")}`;
}

function term(of: Term): string {
  if (typeof of !== "object") return String(of);
  if (Array.isArray(of)) return `[${term((of as readonly [Term])[0])}]`;
  return `{ ${Object.entries(of)
    .map(([name, held]) => `${name}: ${term(held)}`)
    .join(", ")} }`;
}
