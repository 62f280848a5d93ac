import { PACK_FORMAT, type OperationRow, type OperationVariant, type Pack } from "../../../server/src/model/pack.ts";
import { compareText } from "../../../server/src/model/place.ts";
import { effectOf } from "./effects.ts";
import { citable, SOURCE, type FunctionGroup, type NodeSources } from "./sources.ts";

/** One pack a module of Node. */
export function packsOf(sources: NodeSources): Pack[] {
  const rows = rowsOf(sources);
  return [...new Set(rows.map(({ module }) => module))].sort(compareText).map((module) => {
    const permissions = [
      ...new Set(rows.filter((row) => row.module === module).flatMap(({ needs, also }) => [...needs, ...also])),
    ];
    return {
      format: PACK_FORMAT,
      id: `node/${module}`,
      provider: "node",
      service: `node.${module}`,
      title: module === "globals" ? "Node.js" : `Node.js ${module}`,
      ...(module === "globals" ? { spelling: "plain" as const } : {}),
      sources: citable(sources),
      permissions,
      operations: rows
        .filter((row) => row.module === module)
        .map((row) => operationOf(row, permissions))
        .sort((a, b) => compareText(a.name, b.name)),
    };
  });
}

interface Row {
  readonly module: string;
  readonly name: string;
  /** Permissions of Node it cannot do without; of Deno, where Node has none. */
  readonly needs: readonly string[];
  readonly also: readonly string[];
  /** Nothing can be granted that lets it through. */
  readonly blocked: boolean;
  readonly source: number;
}

function rowsOf(sources: NodeSources): Row[] {
  const { functions, documented, same } = sources;
  const rows = [
    ...functions.flatMap((group) => groupRows(group, sources, SOURCE.observed)),
    ...documented.flatMap((group) => groupRows(group, sources, SOURCE.documented)),
  ];
  for (const [name, [as]] of Object.entries(same)) {
    const like = rows.find((row) => `${row.module}.${row.name}` === as)!;
    rows.push({ ...like, name: name.slice(like.module.length + 1), source: SOURCE.documented });
  }
  return rows;
}

function groupRows(group: FunctionGroup, { permissions }: NodeSources, observed: number): Row[] {
  const taken = group.takes.split(" ").flatMap((capability) => permissions[capability] ?? []);
  return group.names.split(" ").map((name) => ({
    module: group.module,
    name,
    needs: taken.flatMap(({ node }) => node ?? []),
    also: taken.flatMap(({ node, deno }) => (node === undefined ? deno! : [])),
    blocked: group.takes === "blocked",
    source: group.known === "derived" && observed === SOURCE.observed ? SOURCE.derived : observed,
  }));
}

function operationOf(row: Row, permissions: readonly string[]): OperationRow {
  const ordinals = (names: readonly string[]) => names.map((name) => permissions.indexOf(name));
  const opens = row.module === "fs" && /^(?:promises\.)?open(?:Sync)?$/.test(row.name);
  // It is seen to read, and writes too unless its flags say otherwise.
  const needs = opens ? [...row.needs, "--allow-fs-write"] : row.needs;
  const reading = { effect: "read", requires: { any: [ordinals(row.needs)] }, source: row.source } as const;
  const when = opens ? READ_FLAGS.map((flags) => ({ ...flags, ...reading })) : WHEN[`${row.module}.${row.name}`];
  return {
    name: row.name,
    effect: effectOf(row.module, row.name),
    ...(row.blocked ? {} : { requires: { any: [ordinals(needs)] } }),
    ...(row.also.length > 0 ? { also: ordinals(row.also).map((ordinal) => [ordinal] as const) } : {}),
    ...(when === undefined ? {} : { when }),
    source: row.source,
  };
}

/** Arguments are named by their position, from 0. */
const READ_FLAGS = [null, "r", "rs"].map((equals) => ({ argument: "1", equals }));

const WHEN: Readonly<Record<string, readonly OperationVariant[]>> = {
  "sqlite.DatabaseSync": [
    { argument: "0", equals: ":memory:", effect: "read", requires: { any: [[]] }, source: SOURCE.derived },
  ],
  // A thread runs a file of the program itself, and changes nothing by that; with `eval` it runs a text.
  "worker_threads.Worker": [null, false].map((equals) => ({
    argument: "1.eval",
    equals,
    effect: "read" as const,
    source: SOURCE.documented,
  })),
};
