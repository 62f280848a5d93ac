import type { Declared } from "./declared.ts";
import type { Library, Models, StoreModel, Way } from "./model.ts";
import { LIBRARIES } from "./tables/index.ts";
import { WayIndex, makerOf, receiverOf } from "./way.ts";

/** Who says something, in the words of a finding; null for the language and Node themselves: that is certain. */
export type Speaker = string | null;

/** What is said of a function, and by whom. */
export interface SaidOfFunction {
  readonly model: StoreModel;
  readonly by: Speaker;
}

/** Everything that is said of functions which are not traced, findable by the way to them. What the company says comes first. */
export class ModelIndex {
  private readonly functions = new WayIndex<SaidOfFunction>();
  private readonly harmless = new WayIndex<{ readonly by: Speaker }>();
  /** Ways to what makes the things that keep something: each of them is told apart. */
  private readonly makers = new Set<Way>();

  readonly declared: readonly Declared[];

  constructor(declared: readonly Declared[] = []) {
    this.declared = declared;
    for (const { models, file } of declared) this.add(models, file);
    for (const library of LIBRARIES) this.add(library, speakerOf(library));
  }

  private add({ wrappers = [], stores = [], harmless = [] }: Models, by: Speaker): void {
    for (const model of wrappers) this.functions.add(model.call, { model, by });
    for (const model of stores) this.addStore(model, by);
    for (const way of harmless) this.harmless.add(way, { by });
  }

  private addStore(model: StoreModel, by: Speaker): void {
    if (model.keeps === "credential") {
      this.harmless.add(model.call, { by });
      return;
    }
    this.functions.add(model.call, { model, by });
    const receiver = model.call.endsWith(".new") ? model.call : receiverOf(model.call);
    if (receiver !== undefined) this.makers.add(makerOf(receiver.endsWith(".new") ? `${receiver}()` : receiver));
  }

  function(way: Way): SaidOfFunction | undefined {
    return this.functions.find(way);
  }

  /** Whoever says what happens to what this function is handed; undefined: nobody does. */
  saidOf(way: Way): { readonly by: Speaker } | undefined {
    return this.harmless.find(way) ?? this.function(way);
  }

  /** Whether it matters which call gave a value: it keeps something. */
  remembers(callee: Way): boolean {
    return this.makers.has(callee);
  }
}

function speakerOf({ package: name, version }: Library): Speaker {
  return /^(global$|node:|python:)/.test(name) ? null : `the library model of ${name} ${version}`;
}
