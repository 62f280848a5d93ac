import { PACK_FORMAT, type GraphType, type Pack } from "../../../server/src/model/pack.ts";
import { FACTS_DATE } from "../date.ts";
import { table } from "../permissioned.ts";
import type { FactProvider } from "../provider.ts";
import { PYTHON_LIBRARIES } from "./libraries.ts";
import type { RecordedLibrary, RecordedType } from "./recorded.ts";
import { readRecorded } from "./recorded.ts";

/** Libraries of Python for services whose requests have facts of their own: which method sends which. */
export const provider: FactProvider = {
  id: "clients",
  generate() {
    const names = Object.keys(PYTHON_LIBRARIES).filter((name) => PYTHON_LIBRARIES[name]!.provider === undefined);
    const libraries = names.map((name) => ({ name, recorded: readRecorded(`clients/${name}`) }));
    return {
      packs: libraries.map(({ name, recorded }) => packOf(name, recorded)),
      vocabulary: { format: PACK_FORMAT, provider: "clients", sources: [], permissions: [] },
      hosts: {},
      page: pageOf(libraries.map(({ recorded }) => recorded)),
    };
  },
};

function packOf(name: string, { provenance, title, service, origins, exports, types }: RecordedLibrary): Pack {
  const { what: _, ...source } = provenance;
  return {
    format: PACK_FORMAT,
    id: `clients/${name}`,
    provider: "clients",
    service,
    title,
    spelling: "plain",
    types: {
      exports,
      types: Object.fromEntries(
        Object.entries(types).map(([type, recorded]) => [type, typeOf(recorded, origins[type] ?? origins["*"] ?? "")]),
      ),
    },
    sources: [source],
    permissions: [],
    operations: [],
  };
}

function typeOf({ bases, leads, sends }: RecordedType, origin: string): GraphType {
  const methods = Object.entries(sends);
  const harmless = methods.filter(([, requests]) => requests?.length === 0).map(([method]) => method);
  const sending = methods.flatMap(([method, requests]) =>
    requests && requests.length > 0 ? [[method, requests.map((one) => atOrigin(one, origin))] as const] : [],
  );
  return {
    ...(bases && { bases }),
    ...(leads && { leads }),
    ...(harmless.length > 0 && { harmless: harmless.join(" ") }),
    ...(sending.length > 0 && { sends: Object.fromEntries(sending) }),
  };
}

/** `GET /user` → `GET https://api.github.com/user`. */
function atOrigin(request: string, origin: string): string {
  return request.includes("://") ? request : request.replace(" ", ` ${origin}`);
}

function pageOf(libraries: readonly RecordedLibrary[]): string {
  const lines = [
    "<!-- Written by `npm run facts`; do not edit. -->",
    "# Client libraries",
    `Facts of ${FACTS_DATE}: ${libraries.length} libraries of Python, and the requests that their methods send. What a request needs and does say the facts of its service; where they do not hold it, its verb says what it does.`,
    "## Sources",
    table(
      ["what", "source", "version", "date", "licence", "sha256 of what was read"],
      libraries.map(({ provenance: one, sha256 }) => [
        one.what,
        one.name,
        one.version,
        one.date,
        one.licence,
        sha256.slice(0, 16),
      ]),
    ),
    "## How they are read",
    "`npm run facts:python -- NAME CLONE` reads the classes of a library off its source, at the commit above: what a method gives by its annotation, what it sends by the addresses that are put together in it and in the methods it calls (of PyGithub: as its documentation states), with `{}` for what is only known at run time. A method that may send several requests is taken for a call of each; then nothing is reported as missing.",
    table(
      ["library", "types", "methods that send", "that send nothing", "not known"],
      libraries.map(({ title, types }) => {
        const methods = Object.values(types).flatMap(({ sends }) => Object.values(sends));
        const count = (test: (requests: readonly string[] | null) => boolean) => String(methods.filter(test).length);
        return [
          title,
          String(Object.keys(types).length),
          count((requests) => requests !== null && requests.length > 0),
          count((requests) => requests?.length === 0),
          count((requests) => requests === null),
        ];
      }),
    ),
    "## What the facts do not know",
    [
      ...libraries.map(({ title, types }) => `- ${title}: what these send: ${unknownText(types)}`),
      "- requests by which an object of PyGithub fills itself when one of its fields is read first: they read what is at hand",
    ].join("\n"),
  ];
  return `${lines.join("\n\n")}\n`;
}

function unknownText(types: RecordedLibrary["types"]): string {
  return Object.entries(types)
    .flatMap(([type, { sends }]) => {
      const unknown = Object.keys(sends).filter((method) => sends[method] === null);
      return unknown.length === 0 ? [] : [`${type} (${unknown.map((method) => `\`${method}\``).join(", ")})`];
    })
    .join(", ");
}
