import type { ExternalCall } from "../../trace/external-call.ts";
import type { Reading } from "../../trace/reading.ts";
import { constantText } from "../../trace/texts.ts";
import type { Value, ValueSet } from "../../trace/values.ts";
import type { Pieces } from "./addresses.ts";
import { addressTexts, joinedAddresses } from "./addresses.ts";
import { defaultsOf, isIntercepted } from "./defaults.ts";
import type { Sender } from "./sender.ts";

/** What one call of an HTTP client sends, whatever the client. */
export interface Outgoing {
  /** In capitals; `undefined` for one that is chosen at run time. */
  readonly verbs: readonly (string | undefined)[];
  readonly addresses: readonly Pieces[];
  readonly body: ValueSet;
  /** GraphQL documents that are not in the body's `query`. */
  readonly documents?: ValueSet;
  /** Option objects, those of the call first. */
  readonly options: readonly ValueSet[];
  /** Something adds to the request what cannot be seen here: an interceptor, an auth client. */
  readonly amended: boolean;
  /** The name of the credential that signs it, where the program names one. */
  readonly account?: string;
}

/** Requests that are described by several objects are several requests: each has its own verb and address. */
export function outgoingOf(call: ExternalCall, sender: Sender, reading: Reading): Outgoing[] {
  const given = argumentsOf(call, sender);
  const resent = given.address.length > 0 && given.address.every((value) => isOwn(value, sender));
  if (resent) return [];
  const whole = objectsOf(given.address, reading);
  const apart = whole.length > 1 && whole.length === given.address.length ? whole : undefined;
  return (apart?.map((value) => ({ ...given, address: [value] })) ?? [given]).map((one) => oneOf(one, sender, reading));
}

function oneOf(given: Given, sender: Sender, reading: Reading): Outgoing {
  const { library, method, client, made } = sender;
  const own = [...objectsOf(given.address, reading), ...requestOptions(given.address), ...given.options];
  const options = [own, ...made];
  const verb = method === undefined ? undefined : library.verbs[method];
  return {
    verbs: verb === undefined ? verbsOf(given.verb, options, reading) : [verb],
    addresses: addressesOf(given.address, options, sender, reading),
    body: [...given.body, ...fields([own], library.body, reading)],
    options: [...options, defaultsOf(client, "headers", reading)],
    amended: isIntercepted(client, reading),
  };
}

interface Given {
  readonly verb: ValueSet | undefined;
  readonly address: ValueSet;
  readonly body: ValueSet;
  readonly options: ValueSet;
}

/** The arguments by what they are for. */
function argumentsOf(call: ExternalCall, { library, method }: Sender): Given {
  const named = method !== undefined && Object.hasOwn(library.verbs, method);
  const from = !named && library.takes === "verb" ? 1 : 0;
  const hasBody = from === 1 || (named && library.withBody.includes(method));
  return {
    verb: from === 1 ? call.argument(0) : undefined,
    address: call.argument(from),
    body: hasBody ? call.argument(from + 1) : [],
    options: call.argument(from + (hasBody ? 2 : 1)),
  };
}

/** A request that an interceptor or hook of the client sends again is counted where it was made. */
function isOwn(value: Value, { library }: Sender): boolean {
  return value.kind === "external" && value.package !== "global" && library.packages.includes(value.package);
}

const isAddress = (value: Value): boolean => value.kind !== "object" || value.object.kind === "url";

function objectsOf(values: ValueSet, reading: Reading): ValueSet {
  return reading.objects(values).filter((value) => !isAddress(value));
}

/** `new Request(address, options)`. */
function requestOptions(values: ValueSet): ValueSet {
  return values.flatMap((value) =>
    value.kind === "external" && value.path === "global#Request.new()" && value.step?.kind === "new"
      ? [...(value.step.call?.argument(1) ?? [])]
      : [],
  );
}

function addressesOf(given: ValueSet, options: readonly ValueSet[], sender: Sender, reading: Reading): Pieces[] {
  const { library, client } = sender;
  const written = [...given.filter(isAddress), ...fields(options, library.address, reading)];
  const bases = [...firstFields(options, library.base, reading), ...baseDefaults(client, library.base, reading)];
  const addresses = addressTexts(written, reading);
  return joinedAddresses(addressTexts(bases, reading), addresses.length > 0 ? addresses : [[]]);
}

const baseDefaults = (client: Sender["client"], names: readonly string[], reading: Reading): ValueSet =>
  names.flatMap((name) => [...defaultsOf(client, name, reading)]);

export function verbsOf(
  given: ValueSet | undefined,
  options: readonly ValueSet[],
  reading: Reading,
): readonly (string | undefined)[] {
  const values = given ?? firstFields(options, ["method"], reading);
  if (values.length === 0) return options.some((set) => hasUnknownFields(set, reading)) ? [undefined] : ["GET"];
  const verbs = values.map((value) => {
    const text = value.kind === "text" ? constantText(value.pieces)?.toUpperCase() : undefined;
    return text !== undefined && /^[A-Z]+$/.test(text) ? text : undefined;
  });
  return [...new Set(verbs)];
}

/** Options that are handed on from somewhere unknown. */
export function hasUnknownFields(values: ValueSet, reading: Reading): boolean {
  return values.some(
    (value) =>
      value.kind === "unknown" ||
      value.kind === "external" ||
      (value.kind === "object" && reading.rest(value).length > 0),
  );
}

/** What any of the sets has under any of the names. */
export function fields(sets: readonly ValueSet[], names: readonly string[], reading: Reading): ValueSet {
  return sets.flatMap((set) => names.flatMap((name) => [...reading.ownField(set, name)]));
}

/** The same, of the first set that has any: options of the call hide those of the client. */
function firstFields(sets: readonly ValueSet[], names: readonly string[], reading: Reading): ValueSet {
  return sets.map((set) => fields([set], names, reading)).find((values) => values.length > 0) ?? [];
}
