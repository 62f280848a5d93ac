import type { ServiceBinding } from "../bindings/binding.ts";
import { BINDINGS } from "../bindings/index.ts";
import type { Facts } from "../facts/lookup.ts";
import type { Declared } from "../libraries/declared.ts";
import { fileOf, isOfFile } from "../libraries/declared.ts";
import { DeclaredFacts } from "../libraries/declared-facts.ts";
import { ModelIndex } from "../libraries/model-index.ts";
import { packageOf } from "../libraries/way.ts";

/** What is said, for one deployable, of functions that are not traced; and the facts and bindings with it. */
export interface Spoken {
  readonly models: ModelIndex;
  readonly bindings: readonly ServiceBinding[];
  readonly facts: Facts;
}

export function spokenBy(declared: readonly Declared[], facts: Facts): Spoken {
  const models = new ModelIndex(declared);
  const own = new DeclaredFacts(declared, (way) => models.saidOf(way) !== undefined);
  return { models, facts: own.over(facts), bindings: own.isEmpty ? BINDINGS : [own.binding, ...BINDINGS] };
}

/** Files that matter because of what is declared: those that name its packages and hosts, and those it speaks of. */
export function declaredRelevance(declared: readonly Declared[]): (text: string, path: string) => boolean {
  const ways = declared.flatMap(({ models: { clients = [], facts = [] } }) => [
    ...clients.map(({ way }) => way),
    ...facts.map(({ operation }) => operation),
  ]);
  const files = new Set(ways.filter(isOfFile).map(fileOf));
  const texts = [...new Set(ways.filter((way) => !isOfFile(way)).map(textOf))];
  return (text, path) => files.has(path) || texts.some((wanted) => text.includes(wanted));
}

/** What a file must hold to use it: the name of a package, the host of a request. */
function textOf(way: string): string {
  return /^[A-Z]+ https?:\/\/([^/]+)/.exec(way)?.[1] ?? packageOf(way).replace(/^(?:node|python):/, "");
}
