import type { Effect } from "../../../server/src/model/effect.ts";
import {
  PACK_FORMAT,
  type FactSource,
  type OperationRow,
  type OperationVariant,
  type Pack,
  type RequirementRow,
} from "../../../server/src/model/pack.ts";
import { compareText } from "../../../server/src/model/place.ts";
import { BASIC_PROPERTIES, LOOKS_ELSEWHERE, SELECT } from "./basic.ts";
import { effectOf } from "./effects.ts";
import { dependsOn, needsOf, type Needs } from "./least.ts";
import { segmentOf, spelled, type StatedRequest } from "./paths.ts";
import { KINDS, SOURCE, type Kind, type MicrosoftSources } from "./sources.ts";

/** One request, with what is derived of it. */
export interface DerivedRequest {
  /** `GET /me/mailFolders/{id}`. */
  readonly name: string;
  readonly segment: string;
  readonly verb: string;
  readonly path: string;
  readonly effect: Effect;
  readonly needs: Readonly<Partial<Record<Kind, Needs>>>;
  /** Where a call selects these properties alone, these permissions are what it asks for. */
  readonly basic?: { readonly properties: readonly string[]; readonly permissions: readonly string[] };
  readonly dependsOn?: string;
  readonly page?: FactSource;
}

export function derive(
  requests: readonly StatedRequest[],
  sources: MicrosoftSources,
  compare: (a: string, b: string) => number,
): DerivedRequest[] {
  const paths = new Set(requests.map(({ path }) => path));
  return requests.map(({ verb, path, rule, page }) => {
    const segment = segmentOf(path);
    const name = `${verb} ${spelled(path, sources.spelling)}`;
    const first = (column: { least: number; any: readonly unknown[] }) =>
      column.any.map((accepted) => [accepted].flat()[0]);
    const named = (ordinals: readonly unknown[]) => ordinals.map((ordinal) => sources.names[ordinal as number]!);
    const columns = Object.values(rule);
    const effect = effectOf({
      verb,
      path,
      last: name.slice(name.lastIndexOf("/") + 1),
      isCollection: paths.has(`${path}/{}`),
      least: named(columns.flatMap((column) => first(column).slice(0, column.least))),
    });
    const needs = KINDS.flatMap((kind) => {
      const column = rule[kind];
      return column ? [[kind, needsOf(column, { verb, path, effect, kind, sources, compare })] as const] : [];
    });
    const basic = verb === "GET" ? BASIC_PROPERTIES.find((one) => one.paths.test(path)) : undefined;
    const argument = dependsOn(verb, path);
    return {
      name,
      segment,
      verb,
      path,
      effect,
      needs: Object.fromEntries(needs),
      ...(basic && { basic }),
      ...(argument && { dependsOn: argument }),
      ...(page && { page }),
    };
  });
}

/** The packs as they are stored, one a first segment of the path. */
export function packsOf(requests: readonly DerivedRequest[]): Pack[] {
  const segments = new Map<string, DerivedRequest[]>();
  for (const request of requests) segments.set(request.segment, [...(segments.get(request.segment) ?? []), request]);
  return [...segments].sort(([a], [b]) => compareText(a, b)).map(([segment, all]) => packOf(segment, all));
}

function packOf(segment: string, requests: readonly DerivedRequest[]): Pack {
  const all = requests.flatMap(({ needs }) => Object.values(needs).flatMap(({ alternatives }) => alternatives.flat()));
  const permissions = [...new Set(all)].sort(compareText);
  const ordinals = new Map(permissions.map((permission, ordinal) => [permission, ordinal]));
  const numbered = (names: readonly string[]) => names.map((name) => ordinals.get(name)!);
  const pages = new Map(requests.flatMap(({ page }) => (page ? [[page.name, page] as const] : [])));
  const sources: FactSource[] = [SOURCE.stated, SOURCE.corrected, ...pages.values()];
  const sourceOf = ({ page, needs }: DerivedRequest): number => {
    if (page) return sources.findIndex(({ name }) => name === page.name);
    return Object.values(needs).some(({ vetoes }) => vetoes.length > 0) ? 1 : 0;
  };
  return {
    format: PACK_FORMAT,
    id: `microsoft/graph.${segment}`,
    provider: "microsoft",
    service: "microsoft.graph",
    title: "Microsoft Graph",
    spelling: "plain",
    sources,
    permissions,
    operations: requests
      .map((request) => rowOf(request, sourceOf(request), numbered))
      .sort((a, b) => compareText(a.name, b.name)),
  };
}

function rowOf(
  request: DerivedRequest,
  source: number,
  numbered: (names: readonly string[]) => readonly number[],
): OperationRow {
  const { name, effect, needs } = request;
  const variant = basicVariant(request, numbered, source);
  const also = [...new Set(Object.values(needs).flatMap((column) => column.also))].sort(compareText);
  return {
    name,
    effect,
    requires: requirement(needs, numbered),
    ...reluctance(needs, numbered),
    ...(also.length > 0 && { also: numbered(also).map((one) => [one] as const) }),
    ...(variant && { when: [variant] }),
    ...(request.dependsOn && { dependsOn: request.dependsOn }),
    source,
  };
}

function basicVariant(
  { basic, needs }: DerivedRequest,
  numbered: (names: readonly string[]) => readonly number[],
  source: number,
): OperationVariant | undefined {
  if (!basic) return undefined;
  const isBasic = (name: string) => basic.permissions.includes(name);
  const asked = Object.fromEntries(
    Object.entries(needs).map(([kind, column]) => [
      kind,
      {
        alternatives: [
          ...column.alternatives.filter((set) => set.every(isBasic)),
          ...column.alternatives.filter((set) => !set.every(isBasic)),
        ],
        enoughIfGranted: column.enoughIfGranted.filter((one) => !isBasic(one)),
        also: [],
        vetoes: [],
      },
    ]),
  );
  return {
    argument: SELECT,
    within: basic.properties,
    without: LOOKS_ELSEWHERE,
    requires: requirement(asked, numbered),
    enoughIfGranted: reluctance(asked, numbered).enoughIfGranted ?? {},
    source,
  };
}

type Columns = Readonly<Partial<Record<Kind, Needs>>>;

function requirement(needs: Columns, numbered: (names: readonly string[]) => readonly number[]): RequirementRow {
  return Object.fromEntries(
    Object.entries(needs).map(([kind, { alternatives }]) => [kind, alternatives.map((set) => numbered(set))]),
  );
}

function reluctance(
  needs: Columns,
  numbered: (names: readonly string[]) => readonly number[],
): Pick<OperationRow, "enoughIfGranted"> {
  const columns = Object.entries(needs).flatMap(([kind, { enoughIfGranted }]) =>
    enoughIfGranted.length === 0 ? [] : [[kind, numbered(enoughIfGranted)] as const],
  );
  return columns.length === 0 ? {} : { enoughIfGranted: Object.fromEntries(columns) };
}
