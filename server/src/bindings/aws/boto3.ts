import type { ExternalCall } from "../../trace/external-call.ts";
import type { Reading } from "../../trace/reading.ts";
import type { ExternalStep, ExternalValue, ValueSet } from "../../trace/values.ts";
import { NOTHING, externalChain } from "../../trace/values.ts";
import { namedArguments } from "../arguments.ts";
import { boto3End, type Fields, isResource, own } from "./boto3-ways.ts";
import type { Request } from "./requests.ts";
import { callOf, namesOf } from "./ways.ts";

/**
 * AWS's SDK for Python: clients (`boto3.client("s3").get_object(Bucket=…)`), of sessions too and of `aioboto3`, their paginators,
 * waiters and presigners, and resources (`boto3.resource("dynamodb").Table("t").put_item(…)`). Methods are operations in lower case
 * with underscores, as botocore's `xform_name` writes them.
 */

const PACKAGES: ReadonlySet<string> = new Set([
  "python:boto3",
  "python:aioboto3",
  "python:aiobotocore",
  "python:botocore",
]);

/** Packages of types: `mypy_boto3_s3` has `S3Client`. */
const TYPES = /^python:(?:mypy_boto3|types_boto3|types_aiobotocore)_(\w+)$/;

export function isBoto3(packageName: string): boolean {
  return PACKAGES.has(packageName) || TYPES.test(packageName);
}

/** A client or resource of one or several services, and the way past it. */
interface Boto3Client {
  readonly kind: "client" | "resource";
  readonly services: Chosen;
  readonly steps: readonly ExternalStep[];
}

/** All that a call asks for; none where it asks for nothing; undefined where it is none of boto3's. */
export function boto3Requests(call: ExternalCall, reading: Reading): readonly Request[] | undefined {
  if (!isBoto3(call.callee.package)) return undefined;
  const client = boto3ClientOf(call.callee, reading);
  if (!client || client.steps.length === 0) return [];
  const read = client.kind === "client" ? ofClient : ofResource;
  const known = client.services.names.flatMap((service) => read(service, client.steps, call, reading));
  // What is done with what a call gave is no call of its own.
  if (client.services.isAll || client.steps.some((step) => step.kind === "call")) return known;
  return [...known, { kind: "unknown", client: "aws", reason: "which service of AWS is called is chosen at run time" }];
}

/** Services that whoever holds the value can reach; undefined where it is no client. */
export function boto3Reach(value: ExternalValue, reading: Reading): readonly string[] | undefined {
  if (!isBoto3(value.package)) return undefined;
  const client = boto3ClientOf(value, reading);
  if (!client) return undefined;
  const { names, isAll } = client.services;
  const isHeld =
    client.steps.length === 0 ||
    (client.kind === "resource" && names.some((name) => boto3End(name, client.steps).kind === "resource"));
  return isHeld ? [...names, ...(isAll ? [] : [""])] : undefined;
}

const MAKES = new Map<string, Boto3Client["kind"]>([
  ["client", "client"],
  ["create_client", "client"],
  ["resource", "resource"],
]);

function boto3ClientOf(value: ExternalValue, reading: Reading): Boto3Client | undefined {
  const steps = externalChain(value)
    .slice(1)
    .map((at) => at.step!);
  const names = namesOf(steps);
  const typed = TYPES.exec(value.package)?.[1];
  if (typed !== undefined) return ofType(typed, names, steps);
  const at = names.findIndex((name, index) => MAKES.has(name) && names[index + 1] === "()");
  const made = at < 0 ? undefined : steps[at + 1];
  if (made?.kind !== "call" || !names.slice(0, at).every((name) => /^(?:\(\)|[sS]ession|get_session)$/.test(name)))
    return undefined;
  const services = chosen(made.call?.named.get("service_name") ?? made.call?.argument(0) ?? NOTHING, reading);
  return { kind: MAKES.get(names[at]!)!, services, steps: steps.slice(at + 2) };
}

/** What is declared to be of a type: `S3Client`, `client.S3Client`, `service_resource.S3ServiceResource`. */
function ofType(name: string, names: readonly string[], steps: readonly ExternalStep[]): Boto3Client | undefined {
  const at = names.findIndex((part) => /^[A-Z]/.test(part));
  if (at < 0) return undefined;
  const services = { names: [name], isAll: true };
  if (names[at]!.endsWith("Client")) return { kind: "client", services, steps: steps.slice(at + 2) };
  const isService = names[at]!.endsWith("ServiceResource");
  return isService || isResource(name, names[at]!)
    ? { kind: "resource", services, steps: steps.slice(isService ? at + 2 : at) }
    : undefined;
}

/** Names among which one is chosen. */
interface Chosen {
  readonly names: readonly string[];
  /** Whether there are no others. */
  readonly isAll: boolean;
}

function chosen(values: ValueSet, reading: Reading): Chosen {
  const each = values.filter((value) => value.kind !== "literal").map((value) => reading.constants([value]));
  return { names: [...new Set(each.flat())], isAll: each.length > 0 && each.every((names) => names.length > 0) };
}

// ---- clients

/** Methods of a client that ask for nothing. */
const NO_REQUESTS = /^(?:close|can_paginate|get_paginator|get_waiter|meta|exceptions|waiter_names)$/;
/** Transfers of S3, by `boto3/s3/inject.py`: the names of their arguments, in order. */
const TRANSFERS: Readonly<Record<string, { readonly operation: string; readonly places: readonly string[] }>> = {
  upload_file: { operation: "PutObject", places: ["Filename", "Bucket", "Key"] },
  upload_fileobj: { operation: "PutObject", places: ["Fileobj", "Bucket", "Key"] },
  download_file: { operation: "GetObject", places: ["Bucket", "Key"] },
  download_fileobj: { operation: "GetObject", places: ["Bucket", "Key"] },
  copy: { operation: "CopyObject", places: ["CopySource", "Bucket", "Key"] },
  generate_presigned_post: { operation: "PutObject", places: ["Bucket", "Key"] },
};
/** The same of a bucket's resource: where the key stands. */
const KEYS_OF_BUCKETS: Readonly<Record<string, number>> = {
  upload_file: 1,
  upload_fileobj: 1,
  download_file: 0,
  download_fileobj: 0,
  copy: 1,
};

function ofClient(client: string, steps: readonly ExternalStep[], call: ExternalCall, reading: Reading): Request[] {
  const [method, ...more] = namesOf(steps);
  const operation = (name: string): Request => request(client, name, call, reading);
  if (method === "[]") return [unknown(client, "which operation is called is chosen at run time")];
  if (method === "get_paginator" || method === "get_waiter") {
    if (more.join(".") !== (method === "get_paginator" ? "().paginate" : "().wait")) return [];
    const asked = callOf(steps[1]);
    const named = asked?.named.get(method === "get_paginator" ? "operation_name" : "waiter_name") ?? asked?.argument(0);
    const prefix = method === "get_waiter" ? "waitUntil" : "";
    return eachChosen(client, named, reading, (name) => operation(prefix + plain(name)));
  }
  if (more.length > 0 || method === undefined || NO_REQUESTS.test(method)) return [];
  if (method === "generate_presigned_url") {
    const input = call.named.get("Params") ?? call.argument(1);
    const signed = (name: string): Request => ({ ...operation(plain(name)), input }) as Request;
    return eachChosen(client, call.named.get("ClientMethod") ?? call.argument(0), reading, signed);
  }
  const transfer = client === "s3" ? own(TRANSFERS, method) : undefined;
  if (!transfer) return [operation(plain(method))];
  const given = transfer.places.map((name, at) => [name, call.argument(at)] as const);
  const fields = Object.fromEntries(given.filter(([, values]) => values.length > 0));
  return [request(client, transfer.operation, call, reading, fields)];
}

/** A request for each name that may be chosen, and what is to be said of others. */
function eachChosen(
  client: string,
  values: ValueSet | undefined,
  reading: Reading,
  made: (name: string) => Request,
): Request[] {
  const { names, isAll } = chosen(values ?? NOTHING, reading);
  return [...names.map(made), ...(isAll ? [] : [unknown(client, "which operation is meant is chosen at run time")])];
}

// ---- resources

function ofResource(client: string, steps: readonly ExternalStep[], call: ExternalCall, reading: Reading): Request[] {
  const end = boto3End(client, steps);
  if (end.kind === "client") return ofClient(client, end.steps, call, reading);
  if (end.kind === "unknown") return [unknown(client, end.reason)];
  if (end.kind !== "operation") return [];
  const { operation, fields } = end;
  const isBucket = Object.hasOwn(fields, "Bucket") && !Object.hasOwn(fields, "Key");
  const place = isBucket ? own(KEYS_OF_BUCKETS, namesOf(steps).at(-1)!) : undefined;
  const key = place === undefined ? NOTHING : call.argument(place);
  return [request(client, operation, call, reading, key.length > 0 ? { ...fields, Key: key } : fields)];
}

function unknown(client: string, reason: string): Request {
  return { kind: "unknown", client, reason };
}

/** `get_object` → `GetObject`; case is not compared. */
function plain(method: string): string {
  return method.replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function request(
  client: string,
  operation: string,
  call: ExternalCall,
  reading: Reading,
  fields: Fields = {},
): Request {
  const input = call.spread ? [reading.trace.values.unknown("arguments are passed on")] : namedArguments(call, reading);
  return { kind: "operation", client, operation, input, defaults: NOTHING, fields };
}
