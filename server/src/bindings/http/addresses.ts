import type { Reading } from "../../trace/reading.ts";
import type { LiteralSite, TextPiece } from "../../trace/texts.ts";
import { HOLE, isHole, literalsOf, patternText } from "../../trace/texts.ts";
import { joinUrl, urlParts } from "../../trace/url-texts.ts";
import type { Value, ValueSet } from "../../trace/values.ts";

export type Pieces = readonly TextPiece[];

/** Where a request goes, as far as it is known; `{}` stands for what is not. */
export interface Target {
  /** With the port, if it is not the usual one. Undefined: nothing of it is known. */
  readonly host: string | undefined;
  readonly path: string;
  /** What stands behind `?`. */
  readonly query: Pieces;
  /** Where the known parts of the path are written. */
  readonly literals: readonly LiteralSite[];
  /** What chooses the host, where it has a name: `global#process.env.API_URL`. */
  readonly chosenBy?: string;
  /** The environment may put another host in this one's place. */
  readonly isDefault?: true;
}

/** More addresses of one call are not told apart. */
const MOST_ADDRESSES = 64;

/** All texts a set of values may be as an address: texts, address objects, and holes for the rest. */
export function addressTexts(values: ValueSet, reading: Reading): Pieces[] {
  return values.flatMap((value) => addressText(value, reading));
}

function addressText(value: Value, reading: Reading): Pieces[] {
  if (value.kind === "text") return [value.pieces];
  if (value.kind === "object" && value.object.kind === "url")
    return reading.texts(reading.field([value], "href")).map((text) => text.pieces);
  if (value.kind === "literal")
    return typeof value.value === "number" ? [[{ text: String(value.value), offset: -1 }]] : [];
  if (value.kind === "external") {
    const whole = /^global#(?:URL|Request)\.new\(\)$/.test(value.path) ? value.step : undefined;
    if (whole?.kind === "new" && whole.call) return addressTexts(whole.call.argument(0), reading);
    return [[{ hole: true, name: value.path }]];
  }
  return [[HOLE]];
}

export function joinedAddresses(bases: readonly Pieces[], addresses: readonly Pieces[]): Pieces[] {
  if (bases.length === 0) return [...addresses];
  if (bases.length * addresses.length > MOST_ADDRESSES) return [[HOLE]];
  return addresses.flatMap((address) =>
    bases.map((base) => (base.length === 1 && isOpen(base) && isOpen(address) ? address : joinUrl(base, address))),
  );
}

/** It begins with something that is not known. */
function isOpen([first]: Pieces): boolean {
  return first !== undefined && isHole(first);
}

/** Different ones, each once. */
export function targetsOf(addresses: readonly Pieces[]): Target[] {
  const targets = new Map<string, Target>();
  for (const address of addresses.slice(0, MOST_ADDRESSES)) {
    const target = targetOf(address);
    const key = JSON.stringify([target.host ?? null, target.path]);
    if (!targets.has(key)) targets.set(key, target);
  }
  const all = [...targets.values()].filter((target, _, others) => !others.some((other) => isEmptied(target, other)));
  const defaults = (target: Target) => all.filter((other) => isDefaultOf(other, target));
  return all
    .filter((target) => defaults(target).length === 0)
    .map((target) =>
      all.some((other) => isDefaultOf(target, other)) ? { ...target, isDefault: true as const } : target,
    );
}

const ENVIRONMENT =
  /^(?:global#process\.env|node:process#(?:default\.)?env|global#import\.meta\.env|python:os#environ|global#(?:Deno|Bun)\.env)\b/;

/** `process.env.API ?? "https://api.example.com"`: the address with a host stands for the one that the environment gives. */
function isDefaultOf(target: Target, open: Target): boolean {
  if (open.host !== undefined || target.host === undefined || isLocal(target.host)) return false;
  return open.chosenBy !== undefined && ENVIRONMENT.test(open.chosenBy) && target.path.endsWith(open.path);
}

/** `/items/${id ?? ""}/parts`: an address with an empty part is no address of its own beside the one with the part. */
function isEmptied(target: Target, other: Target): boolean {
  const [mine, others] = [target.path.split("/"), other.path.split("/")];
  return (
    target !== other &&
    target.host === other.host &&
    mine.length === others.length &&
    mine.some((segment, at) => segment === "" && others[at] === "{}") &&
    mine.every((segment, at) => segment === others[at] || (segment === "" && others[at] === "{}"))
  );
}

/** A machine's own address, as defaults for development have it: says nothing of where a request goes in the end. */
export function isLocal(host: string): boolean {
  return /^(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1?\]|host\.docker\.internal)(?::|$)|\.local(?:host)?(?::|$)/.test(
    host,
  );
}

function targetOf(address: Pieces): Target {
  const { scheme, authority, path, rest } = urlParts(withScheme(address));
  const host = hostText(patternText(scheme).toLowerCase(), patternText(authority).toLowerCase());
  const literals = literalsOf(path);
  if (host !== undefined) return { host, path: patternText(path) || "/", query: rest, literals };
  const [first] = authority.length > 0 ? authority : path;
  const chosenBy = first !== undefined && isHole(first) ? first.name : undefined;
  const behind = authority.length === 0 && first !== undefined && isHole(first) ? path.slice(1) : path;
  return { host: undefined, path: patternText(behind), query: rest, literals, ...(chosenBy && { chosenBy }) };
}

/** `${scheme}://host/path`: which of the two it is says nothing about where it goes. */
function withScheme(address: Pieces): Pieces {
  const [first, second] = address;
  const isUnknown = first && second && isHole(first) && !isHole(second) && second.text.startsWith("://");
  return isUnknown ? [{ text: `https${second.text}`, offset: -1 }, ...address.slice(2)] : address;
}

function hostText(scheme: string, authority: string): string | undefined {
  const usual = scheme.startsWith("https:") || scheme.startsWith("wss:") ? ":443" : ":80";
  const host = authority.endsWith(usual) ? authority.slice(0, -usual.length) : authority;
  return /[a-z\d]/.test(host) ? host : undefined;
}

/** Longer segments of letters and digits are ids, or secrets that must not be shown. */
const LONGEST_NAME = 20;

/** Who calls a tool chooses the whole address. */
const MODELS = /^model\b/;

/** An address as an operation is named by it: `api.example.com/v1/items/{}`. */
export function targetText({ host, path, chosenBy }: Target): string {
  if (host === undefined && path === "" && chosenBy !== undefined && MODELS.test(chosenBy)) return "any URL";
  const segments = path.replace(/\/{2,}/g, "/").split("/");
  const shown = segments.map(shownSegment).join("/").replace(/\/$/, "");
  return `${host ?? "{}"}${shown !== "" && !shown.startsWith("/") ? "/" : ""}${shown}`;
}

function shownSegment(segment: string): string {
  if (/^bot\d+:/i.test(segment)) return "bot{}";
  const isRandom = segment.length >= LONGEST_NAME && /\d/.test(segment) && /^[\w~=+-]+$/.test(segment);
  return isRandom ? "{}" : segment;
}
