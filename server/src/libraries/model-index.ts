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
  readonly declared: readonly Declared[];
  private readonly own = new Sayings();

  constructor(declared: readonly Declared[] = []) {
    this.declared = declared;
    for (const { models, file } of declared) this.own.add(models, file);
  }

  function(way: Way): SaidOfFunction | undefined {
    return this.own.functions.find(way) ?? libraries().functions.find(way);
  }

  /** Whoever says what happens to what this function is handed; undefined: nobody does. */
  saidOf(way: Way): { readonly by: Speaker } | undefined {
    return this.own.of(way) ?? libraries().of(way);
  }

  /** Whether it matters which call gave a value: it keeps something. */
  remembers(callee: Way): boolean {
    return this.own.makers.has(callee) || libraries().makers.has(callee);
  }
}

/** What some speakers say. */
class Sayings {
  readonly functions = new WayIndex<SaidOfFunction>();
  /** Ways to what makes the things that keep something: each of them is told apart. */
  readonly makers = new Set<Way>();
  private readonly harmless = new WayIndex<{ readonly by: Speaker }>();

  add({ wrappers = [], stores = [], harmless = [] }: Models, by: Speaker): void {
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
    const receiver = model.call.endsWith(".new") ? `${model.call}()` : receiverOf(model.call);
    if (receiver !== undefined) this.makers.add(makerOf(receiver));
    // What a function gives is asked for what the function was handed.
    if (model.call.endsWith("()")) this.makers.add(makerOf(model.call));
  }

  of(way: Way): { readonly by: Speaker } | undefined {
    return this.harmless.find(way) ?? this.functions.find(way);
  }
}

let shared: Sayings | undefined;

/** The tables, indexed when they are first asked. */
function libraries(): Sayings {
  if (shared === undefined) {
    shared = new Sayings();
    for (const library of LIBRARIES) shared.add(library, speakerOf(library));
  }
  return shared;
}

export function speakerOf({ package: name, version }: Library): Speaker {
  return /^(global$|node:|python:)/.test(name) ? null : `the library model of ${name} ${version}`;
}
