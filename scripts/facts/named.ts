import { readFileSync } from "node:fs";
import type { Confidence } from "../../server/src/model/analysis.ts";
import type { Effect } from "../../server/src/model/effect.ts";
import type { FactSource } from "../../server/src/model/pack.ts";
import { FACTS_DATE } from "./date.ts";
import { withPackage, type PinnedPackage } from "./download.ts";
import type { EffectPack, EffectRow } from "./effects-only.ts";
import { checkQuotes } from "./quoted.ts";

/** Methods that are known by their name on a value that is known by the way to it: most libraries that talk to a service. */
export interface NamedMethods {
  readonly id: string;
  readonly service: string;
  readonly title: string;
  readonly from: PinnedPackage;
  readonly licence: string;
  /** Declarations in the package, which must speak of every method. */
  readonly files: readonly string[];
  readonly groups: readonly NamedGroup[];
}

export interface NamedGroup {
  readonly effect: Effect;
  readonly effectConfidence?: Exclude<Confidence, "certain">;
  readonly because: string;
  /** Parted by spaces; `Type.method` where two types have one of the same name. */
  readonly methods: string;
}

export function namedPack({ id, service, title, from, licence, files, groups }: NamedMethods): EffectPack {
  const source: FactSource = { name: from.name, version: from.version, date: FACTS_DATE, licence };
  const text = withPackage(from, (folder) => files.map((file) => readFileSync(`${folder}/${file}`, "utf8")).join("\n"));
  const rows = groups.flatMap(({ methods, ...row }) =>
    methods.split(" ").map((name): EffectRow => ({ name, ...row, source })),
  );
  const missing = rows.filter(({ name }) => !speaksOf(text, name.slice(name.lastIndexOf(".") + 1)));
  if (missing.length > 0) throw new Error(`${from.name}: no ${missing.map(({ name }) => name).join(", ")}`);
  checkQuotes(
    groups.map(({ because }) => because),
    [text],
    from.name,
  );
  return { id, service, title, rows, dotted: true };
}

function speaksOf(text: string, method: string): boolean {
  const name = method.replaceAll("$", String.raw`\$`);
  return new RegExp(String.raw`(?:^|[^\w$])["']?${name}["']?\??\s*[<(:|;,]`, "m").test(text);
}
