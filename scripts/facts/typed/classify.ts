import type { Confidence } from "../../../server/src/model/analysis.ts";
import type { Effect } from "../../../server/src/model/effect.ts";
import type { FactSource, TypeGraph, GraphType } from "../../../server/src/model/pack.ts";
import { compareText } from "../../../server/src/model/place.ts";
import type { EffectRow } from "../effects-only.ts";
import type { Typings } from "./read-typings.ts";

/** What a family of methods does. The first rule that fits decides; a method that none fits is an error of the table. */
export interface MethodRule {
  /** Matched against `Type.method`. */
  readonly methods: RegExp;
  /** `null`: touches nothing outside the program. */
  readonly effect: Effect | null;
  readonly effectConfidence?: Exclude<Confidence, "certain">;
  readonly because: string;
}

export interface ClassifiedTypes {
  readonly rows: readonly EffectRow[];
  readonly types: TypeGraph;
  /** Reason → methods that touch nothing. */
  readonly harmless: ReadonlyMap<string, readonly string[]>;
}

/** The part of a library's declarations that its exports lead to, with what each method does. */
export function classify(
  { types }: Typings,
  exports: Readonly<Record<string, string>>,
  alsoTyped: readonly string[],
  rules: readonly MethodRule[],
  source: FactSource,
  /** The name by which the rules know a method. */
  known: (type: string, method: string) => string = (type, method) => `${type}.${method}`,
): ClassifiedTypes {
  const reachable = reachableTypes(types, [...Object.values(exports), ...alsoTyped]);
  const rows: EffectRow[] = [];
  const harmless = new Map<string, string[]>();
  const graph: Record<string, GraphType> = {};
  const unclassified: string[] = [];
  for (const type of reachable) {
    const { bases, methods, leads } = types.get(type)!;
    const quiet: string[] = [];
    for (const method of [...methods].sort(compareText)) {
      const name = `${type}.${method}`;
      const rule = rules.find((one) => one.methods.test(known(type, method)));
      if (rule === undefined) unclassified.push(name);
      else if (rule.effect === null) {
        quiet.push(method);
        harmless.set(rule.because, [...(harmless.get(rule.because) ?? []), name]);
      } else
        rows.push({
          name,
          effect: rule.effect,
          because: rule.because,
          source,
          ...(rule.effectConfidence && { effectConfidence: rule.effectConfidence }),
        });
    }
    graph[type] = {
      ...(bases.length > 0 && { bases }),
      ...(leads.size > 0 && { leads: Object.fromEntries([...leads].sort(([a], [b]) => compareText(a, b))) }),
      ...(quiet.length > 0 && { harmless: quiet.join(" ") }),
    };
  }
  if (unclassified.length > 0) throw new Error(`no rule for ${unclassified.join(" ")}`);
  return { rows, types: { exports, types: graph }, harmless };
}

function reachableTypes(types: Typings["types"], roots: readonly string[]): string[] {
  const reached = new Set<string>();
  const add = (name: string): void => {
    const shape = types.get(name);
    if (shape === undefined || reached.has(name)) return;
    reached.add(name);
    for (const next of [...shape.bases, ...shape.leads.values()]) add(next);
  };
  for (const root of roots) {
    if (!types.has(root)) throw new Error(`no type ${root}`);
    add(root);
  }
  return [...reached].sort(compareText);
}
