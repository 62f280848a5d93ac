import type { FactCitation } from "../model/analysis.ts";
import { operationTitle, type FactLookup, type OperationRow, type Pack, type PermissionRow } from "../model/pack.ts";
import { compareText } from "../model/place.ts";
import { operationByPath } from "./http.ts";
import { PackStore, type ReadFactFile } from "./pack-store.ts";
import { Permissions } from "./permissions.ts";
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
  operation(packId: string, name: string): OperationRow | undefined;
  /** Is `users.messages` a resource of the API, with operations below it? */
  hasNamespace(packId: string, prefix: string): boolean;
  requirement(pack: Pack, row: OperationRow, read: ArgumentReader): Requirements;
  /** The operation behind a request; `{}` in the path is text that is not known. `undefined`: none, or not one alone. */
  byHttp(verb: string, host: string, path: string): HttpOperation | undefined;
  /** Services of the packs that answer at this host; none where no pack knows it. */
  servicesOfHost(host: string): readonly string[];
  /** By any spelling the provider accepts. */
  permission(provider: string, spelled: string): PermissionRow | undefined;
  permissions(provider: string): readonly PermissionRow[];
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
  const packIds = new Map<string, string[]>();
  for (const id of Object.keys(index.packs).sort(compareText)) {
    const provider = id.slice(0, id.indexOf("/"));
    packIds.set(provider, [...(packIds.get(provider) ?? []), id]);
  }
  const providers = new Map<string, Permissions | undefined>();

  const permissionsOf = (provider: string): Permissions | undefined => {
    if (!providers.has(provider)) {
      const vocabulary = store.vocabulary(provider);
      providers.set(provider, vocabulary && new Permissions(vocabulary));
    }
    return providers.get(provider);
  };

  const byPath = (verb: string, host: string, path: string): Omit<HttpOperation, "upload"> | undefined => {
    for (const [prefix, id] of hosts.get(host) ?? []) {
      const pack = path.startsWith(prefix) ? store.pack(id)?.pack : undefined;
      const row = pack && operationByPath(pack, verb, path);
      if (row !== undefined) return { pack: pack!, row };
    }
    return undefined;
  };

  return {
    date: index.date,
    providers: [...packIds.keys()],
    packIds: (provider) => packIds.get(provider) ?? [],
    pack: (id) => store.pack(id)?.pack,
    operation: (packId, name) => store.pack(packId)?.operation(name),
    hasNamespace: (packId, prefix) => store.pack(packId)?.hasNamespace(prefix) ?? false,
    requirement: requirementsOf,
    byHttp(verb, host, path) {
      const [upperVerb, lowerHost, clean] = [verb.toUpperCase(), host.toLowerCase(), cleanPath(path)];
      const direct = byPath(upperVerb, lowerHost, clean);
      if (direct !== undefined) return { ...direct, upload: false };
      // Google takes content at the same path behind one of these; the generator checks it for every method that takes any.
      const behindUpload = /^(?:\/resumable)?\/upload(\/.*)$/.exec(clean)?.[1];
      const uploading = behindUpload === undefined ? undefined : byPath(upperVerb, lowerHost, behindUpload);
      return uploading && { ...uploading, upload: true };
    },
    servicesOfHost: (host) =>
      [...new Set((hosts.get(host.toLowerCase()) ?? []).map(([, id]) => index.packs[id]!.service))].sort(compareText),
    permission: (provider, spelled) => permissionsOf(provider)?.get(spelled),
    permissions: (provider) => permissionsOf(provider)?.all ?? [],
    nearMisses: (provider, spelled) => permissionsOf(provider)?.nearMisses(spelled) ?? [],
    cite: (fact) => ({
      operation: operationTitle(fact),
      source: `${fact.source.name} ${fact.source.version}`,
      date: fact.source.date,
    }),
  };
}

/** Without query and fragment; the packs write paths with one leading and no trailing slash. */
function cleanPath(path: string): string {
  const clean = path
    .replace(/[?#].*$/s, "")
    .replace(/\/{2,}/g, "/")
    .replace(/\/$/, "");
  return clean.startsWith("/") ? clean : `/${clean}`;
}
