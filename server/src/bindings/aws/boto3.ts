import type { ExternalCall } from "../../trace/external-call.ts";
import type { Reading } from "../../trace/reading.ts";
import type { ExternalStep, ExternalValue, ValueSet } from "../../trace/values.ts";
import { NOTHING, externalChain } from "../../trace/values.ts";
import { namedArguments } from "../arguments.ts";
import { BOTO3_RESOURCES, type Boto3Resource } from "./boto3-resources.ts";
import type { Request } from "./requests.ts";
import { namesOf } from "./ways.ts";

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

export function isBoto3(packageName: string): boolean {
  return PACKAGES.has(packageName);
}

/** A client or resource of one or several services, and the way past it. */
interface Boto3Client {
  readonly kind: "client" | "resource";
  /** None where the service is chosen at run time. */
  readonly services: readonly string[];
  readonly steps: readonly ExternalStep[];
}

/** All that a call asks for; none where it asks for nothing; undefined where it is none of boto3's. */
export function boto3Requests(call: ExternalCall, reading: Reading): readonly Request[] | undefined {
  if (!isBoto3(call.callee.package)) return undefined;
  const client = boto3ClientOf(call.callee, reading);
  if (!client) return [];
  const names = namesOf(client.steps);
  if (names.length === 0) return [];
  if (client.services.length === 0)
    return [{ kind: "unknown", client: "aws", reason: "which service of AWS is called is chosen at run time" }];
  return client.services.flatMap((service) =>
    client.kind === "client"
      ? ofClient(service, names, client.steps, call, reading)
      : ofResource(service, names, client.steps, call, reading),
  );
}

/** Services that whoever holds the value can reach; undefined where it is no client. */
export function boto3Reach(value: ExternalValue, reading: Reading): readonly string[] | undefined {
  if (!isBoto3(value.package)) return undefined;
  const client = boto3ClientOf(value, reading);
  if (!client) return undefined;
  const isIdentifier =
    client.kind === "resource" &&
    namesOf(client.steps)
      .join(".")
      .match(/^\w+\.\(\)$/);
  return client.steps.length === 0 || isIdentifier ? client.services : undefined;
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
  const at = names.findIndex((name, index) => MAKES.has(name) && names[index + 1] === "()");
  const made = at < 0 ? undefined : steps[at + 1];
  if (made?.kind !== "call" || !names.slice(0, at).every((name) => /^(?:\(\)|[sS]ession|get_session)$/.test(name)))
    return undefined;
  const given = made.call?.named.get("service_name") ?? made.call?.argument(0) ?? NOTHING;
  return { kind: MAKES.get(names[at]!)!, services: reading.constants(given), steps: steps.slice(at + 2) };
}

// ---- clients

/** Methods of a client that ask for nothing. */
const NO_REQUESTS = /^(?:close|can_paginate|get_paginator|get_waiter|meta|exceptions|waiter_names)$/;
/** Transfers of S3, by `boto3/s3/inject.py`: where the bucket stands among their arguments. */
const TRANSFERS: Readonly<Record<string, { readonly operations: readonly string[]; readonly bucket: number }>> = {
  upload_file: { operations: ["PutObject"], bucket: 1 },
  upload_fileobj: { operations: ["PutObject"], bucket: 1 },
  download_file: { operations: ["GetObject"], bucket: 0 },
  download_fileobj: { operations: ["GetObject"], bucket: 0 },
  copy: { operations: ["GetObject", "PutObject"], bucket: 1 },
  generate_presigned_post: { operations: ["PutObject"], bucket: 0 },
};

function ofClient(
  client: string,
  names: readonly string[],
  steps: readonly ExternalStep[],
  call: ExternalCall,
  reading: Reading,
): Request[] {
  const [method, ...more] = names;
  const unknown = (reason: string): Request => ({ kind: "unknown", client, reason });
  if (method === "[]") return [unknown("which operation is called is chosen at run time")];
  if (method === "get_paginator" || method === "get_waiter") {
    if (more.join(".") !== (method === "get_paginator" ? "().paginate" : "().wait")) return [];
    const asked = steps[1]?.kind === "call" ? steps[1].call : null;
    const named = reading.constants(asked?.named.get("operation_name") ?? asked?.argument(0) ?? NOTHING);
    if (named.length === 0) return [unknown("which operation is meant is chosen at run time")];
    return named.map((one) =>
      request(client, `${method === "get_waiter" ? "waitUntil" : ""}${plain(one)}`, call, reading),
    );
  }
  if (more.length > 0 || method === undefined || NO_REQUESTS.test(method)) return [];
  const transfer = client === "s3" ? TRANSFERS[method] : undefined;
  if (transfer) {
    const bucket = call.named.get("Bucket") ?? call.argument(transfer.bucket);
    return transfer.operations.map((name) => request(client, name, call, reading, { Bucket: bucket }));
  }
  if (method === "generate_presigned_url") {
    const named = reading.constants(call.named.get("ClientMethod") ?? call.argument(0));
    const input = call.named.get("Params") ?? call.argument(1);
    return named.map((one) => ({ kind: "operation", client, operation: plain(one), input, defaults: NOTHING }));
  }
  return [request(client, plain(method), call, reading)];
}

// ---- resources

function ofResource(
  client: string,
  names: readonly string[],
  steps: readonly ExternalStep[],
  call: ExternalCall,
  reading: Reading,
): Request[] {
  const [name, made, method, ...more] = names;
  const resource = BOTO3_RESOURCES.find((one) => one.client === client && one.name === name);
  if (resource && made === "()") {
    if (method === undefined) return [];
    if (method === "Object" && resource.name === "Bucket") return ofObject(client, steps.slice(2), more, call, reading);
    const step = steps[1]!;
    const identifiers = step.kind === "call" && step.call ? identified(resource, step.call) : {};
    return ofMethod(resource, method, more, identifiers, call, reading);
  }
  // Operations of the service itself: `dynamodb.create_table(…)`, `dynamodb.tables.all()`.
  if (made === undefined && name !== undefined && /^[a-z]/.test(name))
    return [request(client, plain(name), call, reading)];
  if (/^[A-Z]/.test(name ?? "") && method === undefined) return [];
  return [{ kind: "unknown", client, reason: `what ${name} of a boto3 resource asks for is not known` }];
}

/** `bucket.Object("key").get()`. */
function ofObject(
  client: string,
  steps: readonly ExternalStep[],
  [called, method, ...more]: readonly string[],
  call: ExternalCall,
  reading: Reading,
): Request[] {
  const object = BOTO3_RESOURCES.find((one) => one.client === client && one.name === "Object")!;
  if (called !== "()" || method === undefined) return [];
  const asked = steps[1]?.kind === "call" ? steps[1].call : null;
  const key = asked?.argument(0);
  return ofMethod(object, method, more, key ? { Key: key } : {}, call, reading);
}

function ofMethod(
  resource: Boto3Resource,
  method: string,
  more: readonly string[],
  identifiers: Readonly<Record<string, ValueSet>>,
  call: ExternalCall,
  reading: Reading,
): Request[] {
  const { client } = resource;
  const operation = resource.methods[method];
  if (method === "meta" || method === "wait_until_exists" || method === "batch_writer") return [];
  if (operation === undefined && more.length === 0) {
    const reason = `${method} is no method of boto3's ${resource.name} that is known`;
    return [{ kind: "unknown", client, reason }];
  }
  // What a collection lists: `bucket.objects.filter(…)`. Of what a call gave, nothing more is asked.
  if (operation === undefined || (more.length > 0 && !/^(?:all|filter|limit|page_size|pages)$/.test(more.join("."))))
    return [];
  return [request(client, operation, call, reading, identifiers)];
}

function identified(resource: Boto3Resource, made: ExternalCall): Record<string, ValueSet> {
  return Object.fromEntries(resource.identifiers.map((name, at) => [name, made.argument(at)]));
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
  fields: Readonly<Record<string, ValueSet>> = {},
): Request {
  const input = call.spread ? [reading.trace.values.unknown("arguments are passed on")] : namedArguments(call, reading);
  return { kind: "operation", client, operation, input, defaults: NOTHING, fields };
}
