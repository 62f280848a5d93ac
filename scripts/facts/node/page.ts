import { PROGRAMS } from "../../../server/src/bindings/node/command-table.ts";
import type { Pack, PermissionVocabulary } from "../../../server/src/model/pack.ts";
import { FACTS_DATE } from "../date.ts";
import { EFFECT_WORDS } from "./effects.ts";
import type { Library } from "./libraries.ts";
import type { NodeSources } from "./sources.ts";

/** `docs/facts/node.md`: what the facts about the machine say, where they come from, what they do not know. */
export function pageOf(
  packs: readonly Pack[],
  { permissions }: PermissionVocabulary,
  sources: NodeSources,
  libraries: readonly Library[],
): string {
  const operations = packs.flatMap((pack) => pack.operations);
  const sections = [
    [
      "# Node.js facts",
      `Facts of ${FACTS_DATE}: ${packs.length} packs (one a module or library), ${operations.length} operations, ${permissions.length} permissions.`,
    ],
    [
      "## Sources",
      table(
        ["what", "source", "version", "date", "licence"],
        sources.provenance.map(({ what, name, version, date, licence }) => [what, name, version, date, licence]),
      ),
    ],
    [
      "## Permissions",
      [
        "The flags of Node's permission model. Deno's flag for the same is accepted as another spelling; what only Deno has is *may also need*: under Node, nothing is asked for.",
        table(
          ["permission", "also written", "what it opens", "highest effect", "operations"],
          permissions.map((row) => [
            `\`${row.name}\``,
            (row.aliases ?? []).map((alias) => `\`${alias}\``).join(" "),
            row.meaning ?? "",
            row.effect,
            String(row.breadth),
          ]),
        ),
      ].join("\n\n"),
    ],
    [
      "## How the effect is derived",
      [
        "By the function's name, in the words of Node's documentation; any other function reads (looks up, waits, closes, listens).",
        table(
          ["effect", "functions"],
          EFFECT_WORDS.map(([effect, names]) => [effect, names.replaceAll(/\.inspector/g, " (of inspector)")]),
        ),
        `Other names: ${Object.entries(sources.same)
          .map(([name, [as, because]]) => `\`${name}\` is \`${as}\` (${because})`)
          .join(", ")}.`,
      ].join("\n\n"),
    ],
    ["## Libraries", librariesText(libraries)],
    ["## Commands", commands()],
    [
      "## What the facts do not know",
      [
        "- functions of a file descriptor or a handle need nothing themselves: the permission was taken where the file was opened",
        "- `process.binding` is refused whatever is allowed: what it needs is left unknown",
        "- which paths, hosts and programs a flag is restricted to: a resource is a text with `{}` for what is not known, and no flag is narrowed to it",
        "- what a process that is started does: running it is `execute`, whatever the program, unless the program and its verb are constants of the table of commands",
        "- native addons, WebAssembly and code made at run time",
      ].join("\n"),
    ],
    ["## Modules", packs.map((pack) => `- \`${pack.id}\` (${pack.title}): ${pack.operations.length}`).join("\n")],
  ];
  return `${["<!-- Written by `npm run facts`; do not edit. -->", ...sections.flat()].join("\n\n")}\n`;
}

function librariesText(libraries: readonly Library[]): string {
  return [
    "Packages that do what Node's modules do. What `fs-extra` and `graceful-fs` pass on of `fs` has the facts of `fs`. The permission follows from what a function does; none was run.",
    table(
      ["package", "version", "read", "licence", "functions"],
      libraries.map(({ package: name, version, source, licence, functions }) => [
        `\`${name}\``,
        version,
        source,
        licence,
        functions.map(({ effect, names }) => `${effect}: ${names.replaceAll(" ", ", ")}`).join("; "),
      ]),
    ),
  ].join("\n\n");
}

/** The commands are a table of the engine: they are read off a call's arguments. */
function commands(): string {
  return [
    "A call that runs a command has the effect of the command, where its first words are constants and stand in this table; what follows them may be anything. A line for a shell into which a model writes can run anything: it is `execute`. So is a command that is not in the table; but as nothing tells what it does, no finding rests on that, unless a model chose a part of it.",
    table(
      ["program", "what it does", "source", "version", "licence"],
      PROGRAMS.map(({ names, effect, verbs, source }) => [
        names.map((name) => `\`${name}\``).join(" "),
        effect ??
          Object.entries(verbs ?? {})
            .map(([each, words]) => `${each}: ${words.replaceAll(" ", ", ").replaceAll("_", " ")}`)
            .join("; "),
        `${source.name}, manual pages`,
        source.version,
        source.licence,
      ]),
    ),
  ].join("\n\n");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
