import type { ExternalCall } from "../../trace/external-call.ts";
import type { Reading } from "../../trace/reading.ts";
import type { ValueSet } from "../../trace/values.ts";
import { NOTHING } from "../../trace/values.ts";
import { type Client, clientOf, serviceOf } from "./clients.ts";
import { isHanded } from "./handed.ts";
import { LIBRARIES } from "./libraries.ts";
import type { Way } from "./ways.ts";
import { namesOf, waysTo } from "./ways.ts";

/** What a call asks AWS for. */
export type Request =
  | {
      readonly kind: "operation";
      /** Client as the facts know it. */
      readonly client: string;
      readonly operation: string;
      /** What it was given, and what its client fills in. */
      readonly input: ValueSet;
      readonly defaults: ValueSet;
      /** Single fields of the input, by name. */
      readonly fields?: Readonly<Record<string, ValueSet>>;
      /** Actions that it may need besides what the operation may. */
      readonly also?: readonly string[];
    }
  /** Something is asked of a client, and it is not known what. */
  | { readonly kind: "unknown"; readonly client: string; readonly reason: string };

/** All that a call asks for; none where it is a call of AWS's packages that asks for nothing; undefined where it is none. */
export function requestsOf(call: ExternalCall, reading: Reading): readonly Request[] | undefined {
  const ways = waysTo(call.callee);
  if (ways.length === 0 || !ways.every((way) => isAws(way.package))) return undefined;
  return ways.flatMap((way) => requestsAlong(way, call, reading));
}

export function isAws(packageName: string): boolean {
  return /^(?:@aws-sdk\/|aws-sdk(?:$|\/)|aws-xray-sdk(?:-core)?$|@aws-lambda-powertools\/(?:tracer$|parameters\b))/.test(
    packageName,
  );
}

function requestsAlong(way: Way, call: ExternalCall, reading: Reading): Request[] {
  const names = namesOf(way.steps);
  const client = clientOf(way);
  if (client) return ofClient(client, call, reading);
  const service = serviceOf(way.package) ?? (way.package === "@aws-sdk/lib-dynamodb" ? "dynamodb" : undefined);
  if (service !== undefined && names.length === 1) {
    const isDocument = way.package === "@aws-sdk/lib-dynamodb";
    const named = (name: string) => (isDocument ? itemOperation(name) : name);
    const command = /^(\w+)Command$/.exec(names[0]!)?.[1];
    if (command !== undefined && call.construct)
      return isHanded(call, reading.trace) ? [operation(service, named(command), call.argument(0))] : [];
    const paginated = /^paginate([A-Z]\w*)$/.exec(names[0]!)?.[1];
    if (paginated !== undefined) return [operation(service, named(paginated), call.argument(1))];
    const waiter = /^wait(?:Until|For)([A-Z]\w*)$/.exec(names[0]!)?.[1];
    if (waiter !== undefined) return [operation(service, `waitUntil${waiter}`, call.argument(1))];
  }
  return ofLibrary(way, names, call, reading);
}

function operation(client: string, name: string, input: ValueSet, defaults: ValueSet = NOTHING): Request {
  return { kind: "operation", client, operation: name, input, defaults };
}

// ---- methods of clients

/** Methods of clients that ask for nothing by themselves. */
const NO_REQUESTS =
  /^(?:send|destroy|config|middlewareStack|handlers?|endpoint|service|options|makeUnauthenticatedRequest|setupRequestListeners|addNamedListeners|defineService|createSet)$/;

function ofClient(client: Client, call: ExternalCall, reading: Reading): Request[] {
  const [method, ...more] = client.rest;
  // The client itself, or what one of its calls gave.
  if (method === undefined || more.length > 0) return [];
  const unknown = (reason: string): Request => ({ kind: "unknown", client: client.name, reason });
  if (method === "[]") return [unknown("which operation is called is chosen at run time")];
  if (method === "send") return sendsUnknown(call) ? [unknown("which command is sent is not known here")] : [];
  if (client.methods === "send") return [];
  const { name } = client;
  const defaults = client.made ? reading.ownField(client.made.argument(0), "params") : NOTHING;
  const special = BY_NAME[method];
  if (special !== undefined) {
    const names = special.named === undefined ? [special.operation!] : namedOperations(call, reading);
    if (names.length === 0) return [unknown("which operation is meant is chosen at run time")];
    return names.map((one) => operation(name, one, call.argument(special.input), defaults));
  }
  if (NO_REQUESTS.test(method)) return [];
  return [operation(name, client.methods === "document" ? itemOperation(method) : method, call.argument(0), defaults)];

  function namedOperations(of: ExternalCall, at: Reading): string[] {
    return at.constants(of.argument(0)).map((one) => `${special!.named!}${upperFirst(one)}`);
  }
}

/** Methods of version 2 that name an operation, or do one by another name. */
const BY_NAME: Readonly<
  Record<string, { readonly named?: string; readonly operation?: string; readonly input: number }>
> = {
  createPresignedPost: { operation: "PutObject", input: 0 },
  getSignedUrl: { named: "", input: 1 },
  getSignedUrlPromise: { named: "", input: 1 },
  makeRequest: { named: "", input: 1 },
  upload: { operation: "PutObject", input: 0 },
  waitFor: { named: "waitUntil", input: 1 },
};

/** A command that is known was counted where it was made. */
function sendsUnknown(call: ExternalCall): boolean {
  const sent = call.argument(0);
  return sent.length === 0 || sent.some((value) => value.kind !== "external" || !isCommand(waysTo(value)));
}

function isCommand(ways: readonly Way[]): boolean {
  return ways.some(({ package: name, steps }) => {
    const [made, how] = namesOf(steps);
    return isAws(name) && how === "new" && made!.endsWith("Command");
  });
}

/** Commands and methods for items with plain values: `Get` and `get` → `GetItem`, `batchWrite` → `BatchWriteItem`. */
function itemOperation(name: string): string {
  const plain = upperFirst(name);
  if (/^(?:Get|Put|Update|Delete|BatchGet|BatchWrite)$/.test(plain)) return `${plain}Item`;
  return /^Transact(?:Get|Write)$/.test(plain) ? `${plain}Items` : plain;
}

function upperFirst(text: string): string {
  return text === "" ? text : text[0]!.toUpperCase() + text.slice(1);
}

// ---- libraries beside the clients

function ofLibrary(way: Way, names: readonly string[], call: ExternalCall, reading: Reading): Request[] {
  const path = `${way.package}#${names.join(".")}`;
  return LIBRARIES.filter((entry) => entry.path === path).flatMap(({ client, operations, also, input, first }) => {
    const [at, ...into] = input ?? [];
    const given =
      at === undefined ? NOTHING : into.reduce((values, field) => reading.ownField(values, field), call.argument(at));
    return operations.map((name) => ({
      ...operation(client, name, given),
      ...(also && { also }),
      ...(first !== undefined && { fields: { [first]: call.argument(0) } }),
    }));
  });
}
