import { literalArguments } from "../bindings/arguments.ts";
import type { BindingContext, ServiceBinding, Sighting } from "../bindings/binding.ts";
import { operationByPath } from "../facts/http.ts";
import type { Facts } from "../facts/lookup.ts";
import { Permissions } from "../facts/permissions.ts";
import { effectRank, type Effect } from "../model/effect.ts";
import type { FactSource, OperationRow, Pack, PermissionRow, PermissionVocabulary } from "../model/pack.ts";
import { PACK_FORMAT } from "../model/pack.ts";
import { compareText } from "../model/place.ts";
import type { ExternalCall } from "../trace/external-call.ts";
import type { Declared } from "./declared.ts";
import type { FactModel, Way } from "./model.ts";
import { WayIndex, packageOf } from "./way.ts";

/** A row of `models.facts` as a row of a pack. */
interface Row {
  readonly pack: Pack;
  readonly row: OperationRow;
  /** The way to the function; undefined for a request. */
  readonly way: Way | undefined;
}

const REQUEST = /^([A-Z]+) https?:\/\/([^/?#]+)([^?#]*)/;

/** What `models.facts` say, in the shape of the fact base and of a binding. */
export class DeclaredFacts {
  /** Operations by the way to them. */
  readonly binding: ServiceBinding;
  readonly isEmpty: boolean;
  private readonly rows: readonly Row[];

  /** `isSpokenFor`: whether a model says what a function does. */
  constructor(declared: readonly Declared[], isSpokenFor: (way: Way) => boolean) {
    this.rows = declared.flatMap(rowsOf);
    this.isEmpty = this.rows.length === 0;
    this.binding = bindingOf(this.rows, isSpokenFor);
  }

  /** The fact base with these rows; they come before its own. */
  over(facts: Facts): Facts {
    if (this.isEmpty) return facts;
    const requests = [...new Set(this.rows.filter(({ way }) => way === undefined).map(({ pack }) => pack))];
    const tables = new Map(vocabulariesOf(this.rows).map((v) => [v.provider, new Permissions(v)]));
    return {
      ...facts,
      byHttp(verb, host, path) {
        for (const pack of requests) {
          const own = pack.operations.filter((row) => row.http?.[1] === host.toLowerCase());
          const row = operationByPath({ ...pack, operations: own }, verb.toUpperCase(), path.replace(/[?#].*$/s, ""));
          if (row) return { pack, row, upload: false };
        }
        return facts.byHttp(verb, host, path);
      },
      servicesOfHost(host) {
        const own = requests.filter((pack) => pack.operations.some((row) => row.http?.[1] === host.toLowerCase()));
        return [...new Set([...own.map(({ service }) => service), ...facts.servicesOfHost(host)])].sort(compareText);
      },
      permission: (provider, spelled) => facts.permission(provider, spelled) ?? tables.get(provider)?.get(spelled),
      sourceOf: (provider, row) =>
        facts.permission(provider, row.name)
          ? facts.sourceOf(provider, row)
          : tables.get(provider)?.sources[row.source],
      nearMisses: (provider, spelled) =>
        [...facts.nearMisses(provider, spelled), ...(tables.get(provider)?.nearMisses(spelled) ?? [])].sort(
          compareText,
        ),
    };
  }
}

/** Rows of one file, in packs of one service each; requests apart, since they are called by verb and address. */
function rowsOf({ file, models }: Declared): Row[] {
  const packs = new Map<string, FactModel[]>();
  for (const fact of models.facts ?? []) {
    const key = JSON.stringify([fact.service, REQUEST.test(fact.operation)]);
    packs.set(key, [...(packs.get(key) ?? []), fact]);
  }
  return [...packs].flatMap(([key, facts]) => {
    const [service, isRequest] = JSON.parse(key) as [string, boolean];
    const pack = packOf(file, service, isRequest, facts);
    return facts.map((fact, i) => ({ pack, row: pack.operations[i]!, way: isRequest ? undefined : fact.operation }));
  });
}

function packOf(file: string, service: string, isRequest: boolean, facts: readonly FactModel[]): Pack {
  const permissions = [...new Set(facts.flatMap(({ requires }) => requires.flat()))];
  const provider = service.slice(0, service.indexOf("."));
  return {
    format: PACK_FORMAT,
    id: `${provider}/${service.slice(provider.length + 1)}.declared`,
    provider,
    service,
    title: service,
    ...(isRequest && { spelling: "plain" as const }),
    sources: facts.map(({ source = "models", date = "" }): FactSource => ({
      name: file,
      version: source,
      date,
      licence: "",
      declared: true,
    })),
    permissions,
    operations: facts.map((fact, source): OperationRow => {
      const [, verb = "", host = "", path = ""] = REQUEST.exec(fact.operation) ?? [];
      return {
        name: isRequest ? `${verb} ${host}${path}` : nameOf(fact.operation),
        ...(isRequest && { http: [verb, host.toLowerCase(), path || "/"] as const }),
        effect: fact.effect as Effect,
        requires: { any: fact.requires.map((set) => set.map((name) => permissions.indexOf(name))) },
        source,
      };
    }),
  };
}

/** What an operation is called: what follows the client, `contacts.list` of `@acme/crm#Client.new().contacts.list`. */
function nameOf(way: Way): string {
  return way.slice(Math.max(way.lastIndexOf(")."), way.indexOf("#") - 1) + 2);
}

/** Permissions that only these facts name, a vocabulary a provider. */
function vocabulariesOf(rows: readonly Row[]): PermissionVocabulary[] {
  const providers = [...new Set(rows.map(({ pack }) => pack.provider))].sort(compareText);
  return providers.map((provider) => {
    const own = rows.filter(({ pack }) => pack.provider === provider);
    const names = [...new Set(own.flatMap(({ pack }) => pack.permissions))].sort(compareText);
    return {
      format: PACK_FORMAT,
      provider,
      sources: own[0]!.pack.sources,
      permissions: names.map((name) => permissionRow(name, own)),
    };
  });
}

function permissionRow(name: string, rows: readonly Row[]): PermissionRow {
  const accepting = rows.filter(({ pack, row }) =>
    row.requires?.["any"]?.some((set) => set.some((ordinal) => pack.permissions[ordinal] === name)),
  );
  const effects = accepting.map(({ row }) => row.effect);
  return {
    name,
    short: name,
    tier: "unknown",
    effect: effects.reduce((a, b) => (effectRank(a) >= effectRank(b) ? a : b), "read" as Effect),
    breadth: accepting.length,
    services: [...new Set(accepting.map(({ pack }) => pack.service))].sort(compareText),
    source: 0,
  };
}

/** The functions among the rows, as a binding sees calls. */
function bindingOf(rows: readonly Row[], isSpokenFor: (way: Way) => boolean): ServiceBinding {
  const index = new WayIndex<Row>();
  const ways = rows.flatMap(({ way, ...row }) => (way === undefined ? [] : [{ ...row, way, client: clientOf(way) }]));
  for (const row of ways) index.add(row.way, row);
  return {
    provider: "declared",
    triggers: [],
    clients: [...new Set(ways.map(({ way }) => packageOf(way)))],
    sight(call: ExternalCall, context: BindingContext): readonly Sighting[] | undefined {
      const { path } = call.callee;
      const found = call.construct ? undefined : index.find(path);
      if (found) {
        const { provider } = found.pack;
        const fact = context.facts.requirement(found.pack, found.row, literalArguments(call, context.reading));
        return [{ kind: "access", fact, provider, credential: { provider } }];
      }
      const of = ways.find(({ client }) => client !== undefined && isMember(path, client));
      if (!of || isSpokenFor(path)) return undefined;
      const { service, sources } = of.pack;
      const reason = `${path.slice(of.client!.length + 1)} is no operation of ${service} that ${sources[0]!.name} knows`;
      return [{ kind: "unknown", services: [service], reason }];
    },
    reach(value) {
      if (value.kind !== "external") return [];
      const { path } = value;
      const isOf = (client: Way | undefined) => client !== undefined && (path === client || isMember(path, client));
      const reached = ways.filter(({ way, client }) => isOf(client) && (way === path || way.startsWith(`${path}.`)));
      return [...new Set(reached.map(({ pack }) => pack.service))].sort(compareText);
    },
  };
}

/** What an operation is called on: `@acme/crm#Client.new()`, `@acme/crm#client`; undefined for a function of a package. */
function clientOf(way: Way): Way | undefined {
  const made = way.slice(0, way.lastIndexOf(")") + 1);
  return made || /^[^#]*#[^.]+(?=\.)/.exec(way)?.[0];
}

/** A member of a client, however deep, and nothing that came out of a call of it. */
function isMember(path: Way, client: Way): boolean {
  return path.startsWith(`${client}.`) && !path.slice(client.length).includes("(");
}
