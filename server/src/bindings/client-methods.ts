import type { ExternalCall } from "../trace/external-call.ts";
import type { ExternalValue } from "../trace/values.ts";
import { NOTHING } from "../trace/values.ts";
import { literalArguments } from "./arguments.ts";
import type { BindingContext, ServiceBinding, Sighting } from "./binding.ts";
import { grantLists } from "./binding.ts";

/**
 * Services whose libraries have one method an operation, on a client that is made once. Which method is which operation
 * stands in the pack, as an alias: `dropbox#filesUpload` → `files/upload`.
 */
export interface ClientMethods {
  readonly provider: string;
  readonly pack: string;
  readonly service: string;
  /** As people call it. */
  readonly title: string;
  /** Texts without which no file uses it, beside the names of its packages. */
  readonly triggers: readonly string[];
  readonly libraries: readonly ClientLibrary[];
  readonly grants: readonly GrantCall[];
}

export interface ClientLibrary {
  /** `spotify-web-api-node`, `python:spotipy`. */
  readonly package: string;
  /** The way to a client, up to the client itself. */
  readonly client: RegExp;
  /** Steps behind the client that lead to the same methods: `readWrite.` in `readWrite.v2.tweet`. */
  readonly leads?: RegExp;
  /** Methods that send nothing, or what the facts have no word for. */
  readonly local: RegExp;
  /** Ways to methods of other clients of the same service, which the facts do not describe. */
  readonly undescribed?: RegExp;
}

/** A call that asks for permissions. */
export interface GrantCall {
  readonly path: RegExp;
  /** Position of the list; -1: it has a name only. */
  readonly argument: number;
  /** Name of the argument, or of the field of the argument. */
  readonly name?: string;
  /** Kind of credential that carries them, where there are several. */
  readonly kind?: string;
}

export function clientMethods(of: ClientMethods): ServiceBinding {
  const libraryOf = ({ package: name }: ExternalValue) => of.libraries.find((library) => library.package === name);
  return {
    provider: of.provider,
    triggers: [...of.triggers, ...new Set(of.libraries.map((library) => library.package.replace(/^python:/, "")))],
    clients: of.libraries.map((library) => `${library.package}#`),

    sight(call, context) {
      const library = libraryOf(call.callee);
      if (!library) return undefined;
      const grants = grantsAt(call, of, context);
      if (grants.length > 0) return grants;
      if (library.undescribed?.test(call.callee.path)) return [undescribed(call, of)];
      const path = pathPastClient(call.callee, library);
      if (path === undefined || path === "" || path.includes("(") || library.local.test(path)) return "harmless";
      return [sightingOf(path, library, call, of, context)];
    },

    reach(value) {
      if (value.kind !== "external") return [];
      const library = libraryOf(value);
      const path = library && pathPastClient(value, library);
      return path === undefined || path.includes("(") ? [] : [of.service];
    },
  };
}

/** `playlists.getPlaylist`; `""` for the client itself; undefined where there is none on the way. */
function pathPastClient(value: ExternalValue, { client, leads }: ClientLibrary): string | undefined {
  const found = client.exec(value.path);
  const rest = found?.index === 0 ? value.path.slice(found[0].length) : undefined;
  if (rest === undefined || (rest !== "" && !/^[.[]/.test(rest))) return undefined;
  const path = rest.replace(/^\./, "");
  return leads ? path.replace(leads, "") : path;
}

function undescribed(call: ExternalCall, { service, title }: ClientMethods): Sighting {
  const name = call.callee.path.split(/[#.]/).at(-1)!;
  return {
    kind: "unknown",
    services: [service],
    reason: `what ${name} of this client of ${title} does is not in the facts`,
  };
}

function sightingOf(
  path: string,
  library: ClientLibrary,
  call: ExternalCall,
  of: ClientMethods,
  { facts, reading }: BindingContext,
): Sighting {
  const unknown = (reason: string): Sighting => ({ kind: "unknown", services: [of.service], reason });
  if (path.includes("[]")) return unknown(`which method of ${of.title}'s client is called is chosen at run time`);
  const pack = facts.pack(of.pack);
  const row = pack && facts.operation(of.pack, `${library.package}#${path}`);
  if (!pack || !row) return unknown(`${path} is no method of ${of.title}'s client that the facts know`);
  const fact = facts.requirement(pack, row, literalArguments(call, reading));
  return { kind: "access", fact, provider: of.provider, credential: { provider: of.provider } };
}

function grantsAt(call: ExternalCall, { provider, grants }: ClientMethods, { reading }: BindingContext): Sighting[] {
  const known = grants.find(({ path }) => path.test(call.callee.path));
  if (!known) return [];
  const { argument, name, kind } = known;
  const positional = argument < 0 ? NOTHING : call.argument(argument);
  const isPython = call.callee.package.startsWith("python:");
  const given =
    name === undefined
      ? positional
      : (call.named.get(name) ?? (isPython ? positional : reading.ownField(positional, name)));
  const lists = grantLists(given, reading);
  const form = call.callee.path.split(/[#.]/).at(-1)!;
  const credential = { provider, ...(kind !== undefined && { kind }) };
  return lists.length === 0 ? [] : [{ kind: "grant", grants: { provider, lists, form, credential } }];
}
