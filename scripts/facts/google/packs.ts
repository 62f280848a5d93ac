import type { Effect } from "../../../server/src/model/effect.ts";
import {
  PACK_FORMAT,
  type FactSource,
  type OperationRow,
  type OperationVariant,
  type Pack,
} from "../../../server/src/model/pack.ts";
import { compareText } from "../../../server/src/model/place.ts";
import {
  DEPENDS_ON,
  ENOUGH_WITH_ARGUMENTS,
  NOT_ENOUGH,
  NOT_ENOUGH_WITH_ARGUMENTS,
  READING_IS_ENOUGH,
} from "./corrections.ts";
import { effectOf } from "./effects.ts";
import type { PackageApi, PackageMethod } from "./read-package.ts";
import { onlyReads } from "./scopes.ts";
import { SOURCE, type GoogleSources } from "./sources.ts";

/** One version of one API, with what is derived of each method. */
export interface DerivedApi {
  /** `gmail.v1`. */
  readonly name: string;
  /** `gmail`. */
  readonly api: string;
  readonly title: string;
  readonly operations: readonly DerivedOperation[];
}

interface DerivedOperation {
  readonly name: string;
  readonly http: readonly [string, string, string];
  readonly effect: Effect;
  /** Any one is enough; undefined where no source names any. */
  readonly scopes?: readonly string[];
  readonly variants: readonly (Pick<OperationVariant, "argument" | "equals"> & {
    readonly scopes: readonly string[];
    readonly source: FactSource;
  })[];
  readonly dependsOn?: string;
  readonly source: FactSource;
}

export function derive(api: string, version: string, stated: PackageApi, sources: GoogleSources): DerivedApi {
  const name = `${api}.${version}`;
  const operations = stated.methods.map((method) => deriveOperation(name, method, sources));
  return { name, api, title: stated.title, operations: operations.sort((a, b) => compareText(a.name, b.name)) };
}

function deriveOperation(pack: string, stated: PackageMethod, sources: GoogleSources): DerivedOperation {
  const filled = stated.scopes === undefined ? sources.fill.get(pack)?.get(stated.name) : undefined;
  const method = { ...stated, scopes: stated.scopes ?? filled };
  const effect = effectOf(pack, method, onlyReads);
  const operation = `${pack}:${method.name}`;
  const accepted = method.scopes && withoutInsufficient(operation, effect, method.scopes);
  const dependsOn = DEPENDS_ON.find(({ operations }) => operations.test(operation))?.argument;
  return {
    name: method.name,
    http: [method.verb, method.host, method.path],
    effect,
    source: filled === undefined ? SOURCE.package : SOURCE.fill,
    ...(accepted === undefined ? { variants: [] } : withArguments(operation, accepted)),
    ...(dependsOn && { dependsOn }),
  };
}

/** Takes off what is accepted and yet does not let the operation do its work. */
function withoutInsufficient(operation: string, effect: Effect, scopes: readonly string[]): readonly string[] {
  const named = new Set(
    NOT_ENOUGH.filter(({ operations }) => operations.test(operation)).flatMap((entry) => entry.scopes),
  );
  const mayOnlyRead = effect === "read" || READING_IS_ENOUGH.some(({ operations }) => operations.test(operation));
  const enough = scopes.filter((scope) => !named.has(scope) && (mayOnlyRead || !onlyReads(scope)));
  return enough.length === 0 ? scopes : enough;
}

function withArguments(operation: string, scopes: readonly string[]): Pick<DerivedOperation, "scopes" | "variants"> {
  const without = (some: readonly string[]) => scopes.filter((scope) => !some.includes(scope));
  const source = operation.startsWith("gmail.v1:") && operation.endsWith(".get") ? SOURCE.discovery : SOURCE.package;
  const enough = ENOUGH_WITH_ARGUMENTS.find(({ operations }) => operations.test(operation));
  if (enough !== undefined) {
    return { scopes: without(enough.scopes), variants: enough.enoughWhen.map((when) => ({ ...when, scopes, source })) };
  }
  const insufficient = NOT_ENOUGH_WITH_ARGUMENTS.find(({ operations }) => operations.test(operation));
  if (insufficient !== undefined) {
    return { scopes, variants: [{ ...insufficient.notEnoughWhen, scopes: without(insufficient.scopes), source }] };
  }
  return { scopes, variants: [] };
}

/** The pack as it is stored; `compare` puts the least scope first. */
export function packOf(api: DerivedApi, compare: (a: string, b: string) => number): Pack {
  const permissions = [
    ...new Set(api.operations.flatMap((operation) => operation.scopes ?? []).concat(variantScopes(api))),
  ].sort(compareText);
  const ordinals = new Map(permissions.map((permission, ordinal) => [permission, ordinal]));
  const sources = Object.values(SOURCE).filter((source) =>
    api.operations.some((operation) => sourcesOf(operation).includes(source)),
  );
  const requirement = (scopes: readonly string[]) => ({
    any: [...scopes].sort(compare).map((scope) => [ordinals.get(scope)!]),
  });
  const row = (operation: DerivedOperation): OperationRow => ({
    name: operation.name,
    http: operation.http,
    effect: operation.effect,
    ...(operation.scopes === undefined ? undefined : { requires: requirement(operation.scopes) }),
    ...(operation.variants.length === 0 ? undefined : { when: operation.variants.map(variant) }),
    ...(operation.dependsOn && { dependsOn: operation.dependsOn }),
    source: sources.indexOf(operation.source as never),
  });
  const variant = ({ argument, equals, scopes, source }: DerivedOperation["variants"][number]): OperationVariant => ({
    argument,
    equals,
    requires: requirement(scopes),
    source: sources.indexOf(source as never),
  });
  return {
    format: PACK_FORMAT,
    id: `google/${api.name}`,
    provider: "google",
    service: `google.${api.api}`,
    title: api.title,
    sources,
    permissions,
    operations: api.operations.map(row),
  };
}

const variantScopes = (api: DerivedApi) =>
  api.operations.flatMap(({ variants }) => variants.flatMap(({ scopes }) => scopes));

const sourcesOf = (operation: DerivedOperation): readonly FactSource[] => [
  operation.source,
  ...operation.variants.map(({ source }) => source),
];
