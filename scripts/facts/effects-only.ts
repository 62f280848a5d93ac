import type { Confidence } from "../../server/src/model/analysis.ts";
import { EFFECTS, type Effect } from "../../server/src/model/effect.ts";
import {
  PACK_FORMAT,
  type FactSource,
  type OperationRow,
  type OperationVariant,
  type Pack,
  type TypeGraph,
} from "../../server/src/model/pack.ts";
import { compareText } from "../../server/src/model/place.ts";
import { FACTS_DATE } from "./date.ts";
import type { ProviderFacts } from "./provider.ts";

/** Facts of services that hand out no permissions of their own: what each operation does is all there is to know. */

export interface EffectRow {
  readonly name: string;
  readonly effect: Effect;
  /** What the effect rests on, in the source's words where it has any. */
  readonly because: string;
  readonly source: FactSource;
  /** Absent: the source says what the operation does. */
  readonly effectConfidence?: Exclude<Confidence, "certain">;
  /** Literal arguments with which it does something else. */
  readonly when?: readonly Omit<OperationVariant, "source">[];
}

export interface EffectPack {
  /** `http/http`. */
  readonly id: string;
  readonly service: string;
  readonly title: string;
  readonly rows: readonly EffectRow[];
  /** Its operations are named by it: `redis.GET`. */
  readonly dotted?: true;
  /** How values of the library lead to its operations. */
  readonly types?: TypeGraph;
  /** Reason → methods that touch nothing outside the program. */
  readonly harmless?: ReadonlyMap<string, readonly string[]>;
}

export function effectPack({ id, service, title, rows, dotted, types }: EffectPack): Pack {
  const sources = [...new Set(rows.map(({ source }) => source))];
  const operations = rows.map(({ name, effect, source, effectConfidence, when }): OperationRow => {
    const at = sources.indexOf(source);
    return {
      name,
      effect,
      ...(effectConfidence && { effectConfidence }),
      ...(when && { when: when.map((variant) => ({ ...variant, source: at })) }),
      source: at,
    };
  });
  return {
    format: PACK_FORMAT,
    id,
    provider: id.slice(0, id.indexOf("/")),
    service,
    title,
    ...(!dotted && { spelling: "plain" as const }),
    ...(types && { types }),
    sources,
    permissions: [],
    operations: operations.sort((a, b) => compareText(a.name, b.name)),
  };
}

export interface EffectFacts {
  readonly provider: string;
  readonly title: string;
  /** Paragraphs behind the table of sources. */
  readonly about: readonly string[];
  readonly packs: readonly EffectPack[];
  /** What the facts do not know. */
  readonly unknown: readonly string[];
}

export function effectsOnly(facts: EffectFacts): ProviderFacts {
  const packs = facts.packs.map(effectPack);
  return {
    packs,
    vocabulary: { format: PACK_FORMAT, provider: facts.provider, sources: [], permissions: [] },
    hosts: {},
    page: pageOf(facts, packs),
  };
}

function pageOf({ title, about, packs, unknown }: EffectFacts, made: readonly Pack[]): string {
  const operations = made.reduce((sum, pack) => sum + pack.operations.length, 0);
  const sources = [...new Map(made.flatMap((pack) => pack.sources.map((source) => [source.name, source]))).values()];
  const sections = [
    `# ${title} facts`,
    `Facts of ${FACTS_DATE}: ${made.length} ${made.length === 1 ? "pack" : "packs"}, ${operations} operations. They say what an operation does; no permission is asked for it.`,
    "## Sources",
    table(
      ["source", "version", "date", "licence"],
      sources.map((source) => [source.name, source.version, source.date, source.licence]),
    ),
    ...about,
    ...packs.flatMap(sectionOf),
    "## What the facts do not know",
    unknown.map((line) => `- ${line}`).join("\n"),
  ];
  return `${["<!-- Written by `npm run facts`; do not edit. -->", ...sections].join("\n\n")}\n`;
}

/** Operations of one effect and one reason in one line. */
function sectionOf({ title, service, rows, harmless }: EffectPack): string[] {
  const lines = new Map<string, { effect: Effect; sure: string; because: string; names: string[] }>();
  for (const { name, effect, effectConfidence = "certain", because } of rows) {
    const key = JSON.stringify([effect, effectConfidence, because]);
    const line = lines.get(key) ?? { effect, sure: effectConfidence, because, names: [] };
    line.names.push(name);
    lines.set(key, line);
  }
  const sorted = [...lines.values()].sort((a, b) => EFFECTS.indexOf(a.effect) - EFFECTS.indexOf(b.effect));
  return [
    `## ${title} (\`${service}\`)`,
    table(
      ["effect", "how sure", "because", "operations"],
      sorted.map(({ effect, sure, because, names }) => [effect, sure, because, methodsText(names)]),
    ),
    ...(harmless
      ? [
          "Methods that touch nothing outside the program:",
          table(
            ["because", "methods"],
            [...harmless].map(([because, names]) => [because, methodsText(names)]),
          ),
        ]
      : []),
  ];
}

/** `Page.click`, `Frame.click` → `click` of Page and Frame. */
function methodsText(names: readonly string[]): string {
  const types = new Map<string, string[]>();
  for (const name of names) {
    const at = name.includes(" ") ? -1 : name.lastIndexOf(".");
    const method = name.slice(at + 1);
    types.set(method, [...(types.get(method) ?? []), ...(at < 0 ? [] : [name.slice(0, at)])]);
  }
  return [...types]
    .map(([method, of]) => (of.length === 0 ? `\`${method}\`` : `\`${method}\` (${of.join(", ")})`))
    .join(", ");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
