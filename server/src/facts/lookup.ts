import type { FactCitation } from "../model/analysis.ts";
import {
  operationTitle,
  type FactLookup,
  type FactSource,
  type OperationRow,
  type Pack,
  type PermissionRow,
} from "../model/pack.ts";
import { compareText } from "../model/place.ts";
import { BundledPermissions } from "./bundled-permissions.ts";
import { operationByPath } from "./http.ts";
import { asAsked, odataForms, odataPath } from "./odata.ts";
import { PackStore, type ReadFactFile } from "./pack-store.ts";
import { Permissions, type PermissionTable } from "./permissions.ts";
import { requirementsOf, type ArgumentReader, type Requirements } from "./requirement.ts";

export type { ReadFactFile } from "./pack-store.ts";
export type { ArgumentReader, Requirements } from "./requirement.ts";

/** The fact base as the engine asks it. Packs are read when first asked for. */
export interface Facts {
  /** `2026-11`: what reports state. */
  readonly date: string;
  /** All that hand out permissions or have operations, sorted. */
  readonly providers: readonly string[];
  /** Ids of all packs of a provider, sorted: `google/gmail.v1`. */
  packIds(provider: string): readonly string[];
  pack(id: string): Pack | undefined;
  /** The pack behind a name by which code knows a client, for providers that list them: `secrets-manager`. */
  packOfClient(provider: string, client: string): Pack | undefined;
  operation(packId: string, name: string): OperationRow | undefined;
  /** Is `users.messages` a resource of the API, with operations below it? */
  hasNamespace(packId: string, prefix: string): boolean;
  requirement(pack: Pack, row: OperationRow, read: ArgumentReader): Requirements;
  /** The operation behind a request; `{}` in the path is text that is not known. `undefined`: none, or not one alone. */
  byHttp(verb: string, host: string, path: string): HttpOperation | undefined;
  /** All that packs answer at, sorted. */
  readonly hosts: readonly string[];
  /** Ids of the packs that hold the operations of a service, sorted. */
  packsOfService(service: string): readonly string[];
  /** Services of the packs that answer at this host; none where no pack knows it. `{}` is a part that is not known. */
  servicesOfHost(host: string): readonly string[];
  /** By any spelling the provider accepts. */
  permission(provider: string, spelled: string): PermissionRow | undefined;
  /** Every one; reads all packs of a provider that keeps its vocabulary by service. */
  permissions(provider: string): readonly PermissionRow[];
  /** All that are called so, in full or in short. */
  permissionsCalled(provider: string, subject: string): readonly PermissionRow[];
  /** All that include it, by the provider's own hierarchy. */
  permissionsIncluding(provider: string, name: string): readonly PermissionRow[];
  sourceOf(provider: string, row: PermissionRow): FactSource | undefined;
  /** What the platform that runs the code may need whatever the code does. */
  platformNeeds(provider: string): readonly string[];
  /** Names that were probably meant by an unknown spelling. */
  nearMisses(provider: string, spelled: string): readonly string[];
  cite(lookup: Pick<FactLookup, "service" | "operation" | "spelling" | "source">): FactCitation;
}

export interface HttpOperation {
  readonly pack: Pack;
  readonly row: OperationRow;
  /** The path of an upload: the request carries content. */
  readonly upload: boolean;
}

/** `readFile` reads below `server/facts`. */
export function createFacts(readFile: ReadFactFile): Facts {
  const store = new PackStore(readFile);
  const { index } = store;
  const hosts = new Map(Object.entries(index.hosts));
  const odataPacks = new Set((index.odata ?? []).flatMap((host) => (hosts.get(host) ?? []).map(([, id]) => id)));
  const packIds = new Map<string, string[]>();
  for (const id of Object.keys(index.packs).sort(compareText)) {
    const provider = id.slice(0, id.indexOf("/"));
    packIds.set(provider, [...(packIds.get(provider) ?? []), id]);
  }
  const tables = new Map<string, PermissionTable | undefined>();

  const permissionsOf = (provider: string): PermissionTable | undefined => {
    if (!tables.has(provider)) tables.set(provider, tableOf(provider, store));
    return tables.get(provider);
  };

  const byPath = (verb: string, host: string, path: string): Omit<HttpOperation, "upload"> | undefined => {
    for (const [prefix, id] of hosts.get(host) ?? hosts.get(anySite(host)) ?? []) {
      const own = pathInPack(path, prefix);
      const pack = own === undefined ? undefined : store.pack(id)?.pack;
      const row = pack && operationByPath(pack, verb, own!);
      if (row !== undefined) return { pack: pack!, row };
    }
    return undefined;
  };

  return {
    date: index.date,
    providers: [...packIds.keys(), ...Object.keys(index.bundles ?? {})].sort(compareText),
    packIds: (provider) => packIds.get(provider) ?? store.bundle(provider)?.head.packs ?? [],
    pack: (id) => store.pack(id)?.pack,
    packOfClient(provider, client) {
      const id = store.bundle(provider)?.packOfClient(client);
      return id === undefined ? undefined : store.pack(id)?.pack;
    },
    // Those of OData are called by verb and path: no need to read each pack for a name that is neither.
    operation: (packId, name) =>
      odataPacks.has(packId) && !name.includes(" ") ? undefined : store.pack(packId)?.operation(name),
    hasNamespace: (packId, prefix) => store.pack(packId)?.hasNamespace(prefix) ?? false,
    requirement: requirementsOf,
    byHttp(verb, host, path) {
      const [upperVerb, lowerHost, clean] = [verb.toUpperCase(), host.toLowerCase(), cleanPath(path)];
      if (index.odata?.includes(lowerHost)) {
        const odata = odataPath(path);
        for (const form of odataForms(odata)) {
          const found = byPath(upperVerb, lowerHost, form);
          if (found) return { ...found, row: asAsked(found.row, odata), upload: false };
        }
        return undefined;
      }
      const direct = byPath(upperVerb, lowerHost, clean);
      if (direct !== undefined) return { ...direct, upload: false };
      // Google takes content at the same path behind one of these; the generator checks it for every method that takes any.
      const behindUpload = /^(?:\/resumable)?\/upload(\/.*)$/.exec(clean)?.[1];
      const uploading = behindUpload === undefined ? undefined : byPath(upperVerb, lowerHost, behindUpload);
      return uploading && { ...uploading, upload: true };
    },
    hosts: [...hosts.keys()],
    packsOfService(service) {
      const own = [...packIds.values()].flat().filter((id) => index.packs[id]!.service === service);
      const bundled = service.replace(".", "/");
      return own.length === 0 && store.pack(bundled) !== undefined ? [bundled] : own;
    },
    servicesOfHost: (host) =>
      [...new Set(packsAt(host.toLowerCase(), hosts).map((id) => index.packs[id]!.service))].sort(compareText),
    permission: (provider, spelled) => permissionsOf(provider)?.get(spelled),
    permissions: (provider) => permissionsOf(provider)?.all ?? [],
    permissionsCalled: (provider, subject) => permissionsOf(provider)?.called(subject) ?? [],
    permissionsIncluding: (provider, name) => permissionsOf(provider)?.including(name) ?? [],
    sourceOf: (provider, row) => permissionsOf(provider)?.sources[row.source],
    platformNeeds: (provider) => store.bundle(provider)?.head.platform ?? [],
    nearMisses: (provider, spelled) => permissionsOf(provider)?.nearMisses(spelled) ?? [],
    cite: (fact) => ({
      operation: operationTitle(fact),
      source: `${fact.source.name} ${fact.source.version}`,
      date: fact.source.date,
    }),
  };
}

function tableOf(provider: string, store: PackStore): PermissionTable | undefined {
  const bundle = store.bundle(provider);
  if (bundle !== undefined)
    return new BundledPermissions(bundle.head, store.index.bundles![provider]!, (id) => store.pack(id)?.pack);
  const vocabulary = store.vocabulary(provider);
  return vocabulary && new Permissions(vocabulary);
}

/** Packs of a host; of every host that it may be, where `{}` stands for a part that is not known. */
function packsAt(host: string, hosts: ReadonlyMap<string, readonly (readonly [string, string])[]>): string[] {
  const parts = host.split("{}");
  if (parts.length === 1) return (hosts.get(host) ?? hosts.get(anySite(host)) ?? []).map(([, id]) => id);
  const [first, last] = [parts[0]!, parts.at(-1)!];
  const mayBe = (known: string) =>
    known.startsWith(first) && known.endsWith(last) && parts.every((part) => known.includes(part));
  return [...hosts].flatMap(([known, prefixes]) => (mayBe(known) ? prefixes.map(([, id]) => id) : []));
}

/** The path as the pack writes it; a prefix with a hole, `/ex/jira/{}`, is no part of it. Undefined if it is not below. */
function pathInPack(path: string, prefix: string): string | undefined {
  if (!prefix.includes("{}")) return isBelow(path, prefix) ? path : undefined;
  const wanted = prefix.split("/");
  const given = path.split("/");
  const fits = given.length > wanted.length && wanted.every((part, at) => part === "{}" || part === given[at]);
  return fits ? `/${given.slice(wanted.length).join("/")}` : undefined;
}

/** `/me` and `/me/messages` are below `/me`, `/meetings` is not. */
function isBelow(path: string, prefix: string): boolean {
  return path.startsWith(prefix) && (prefix.endsWith("/") || /^(?:$|[/(])/.test(path.slice(prefix.length)));
}

/** Without query and fragment; the packs write paths with one leading and no trailing slash. */
function cleanPath(path: string): string {
  const clean = path
    .replace(/[?#].*$/s, "")
    .replace(/\/{2,}/g, "/")
    .replace(/\/$/, "");
  return clean.startsWith("/") ? clean : `/${clean}`;
}

/** Of hosts that give each customer a name of its own: `{}.atlassian.net`. */
function anySite(host: string): string {
  return host.replace(/^[^.]+/, "{}");
}
