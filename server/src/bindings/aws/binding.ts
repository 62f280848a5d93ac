import { literalsOf } from "../arguments.ts";
import { compareText } from "../../model/place.ts";
import type { ExternalValue } from "../../trace/values.ts";
import type { BindingContext, ServiceBinding, Sighting } from "../binding.ts";
import { boto3Reach, boto3Requests, isBoto3 } from "./boto3.ts";
import { clientOf } from "./clients.ts";
import { PYTHON_LIBRARY_PACKAGES, pythonLibraryRequests } from "./python-libraries.ts";
import { isAws, requestsOf, type Request } from "./requests.ts";
import { resourceOf } from "./resource.ts";
import { withStatements } from "./statements.ts";
import { namesOf, waysTo } from "./ways.ts";

/**
 * AWS's SDK for JavaScript: commands of version 3 (`client.send(new GetObjectCommand({…}))`), its aggregated clients
 * (`new S3({}).getObject({…})`), paginators and waiters, `lib-dynamodb`, `lib-storage` and presigners, and version 2
 * (`new AWS.S3().getObject({…}).promise()`). A command is counted where it is made, if it goes anywhere.
 */
export const aws: ServiceBinding = {
  provider: "aws",
  triggers: ["@aws-sdk/", "aws-sdk", "@aws-lambda-powertools/parameters", "boto3", "botocore", "langchain_aws"],
  clients: [
    "@aws-sdk/",
    "aws-sdk",
    "aws-xray-sdk",
    "@aws-lambda-powertools/",
    "python:boto3",
    "python:aio",
    "python:botocore",
    "python:mypy_boto3",
    "python:types_",
    ...PYTHON_LIBRARY_PACKAGES,
  ],

  sight(call, context) {
    const requests =
      boto3Requests(call, context.reading) ?? pythonLibraryRequests(call) ?? requestsOf(call, context.reading);
    if (requests === undefined) return undefined;
    return requests.length === 0 ? "harmless" : requests.map((request) => sightingOf(request, context));
  },

  reach(value, context) {
    if (value.kind === "external" && isBoto3(value.package)) return reachOfBoto3(value, context);
    if (value.kind !== "external" || !isAws(value.package)) return [];
    return [...new Set(waysTo(value).flatMap((way) => servicesAt(way, context)))].sort();
  },
};

function sightingOf(request: Request, { facts, reading }: BindingContext): Sighting {
  const pack = facts.packOfClient("aws", request.client);
  const services = [pack?.service ?? "aws"];
  if (request.kind === "unknown") return { kind: "unknown", services, reason: request.reason };
  const { client, operation, also = [] } = request;
  if (pack === undefined) return { kind: "unknown", services, reason: `the facts know no client ${client} of AWS` };
  const row = facts.operation(pack.id, operation);
  if (row === undefined)
    return { kind: "unknown", services, reason: `${operation} is no operation of ${pack.title} that the facts know` };
  const needed = withStatements(
    facts.requirement(pack, row, literalsOf(request.input, reading)),
    request,
    facts,
    reading,
  );
  const fact = also.length === 0 ? needed : { ...needed, mayNeed: [...(needed.mayNeed ?? []), ...also] };
  const resource = resourceOf(fact, request, facts, reading);
  return {
    kind: "access",
    fact,
    provider: "aws",
    credential: { provider: "aws" },
    ...(resource !== undefined && { resource }),
  };
}

function reachOfBoto3(value: ExternalValue, { facts, reading }: BindingContext): string[] {
  const services = boto3Reach(value, reading) ?? [];
  return [...new Set(services.map((name) => facts.packOfClient("aws", name)?.service ?? "aws"))].sort(compareText);
}

/** Services that whoever holds the client, or the credentials, can reach. */
function servicesAt(way: ReturnType<typeof waysTo>[number], { facts }: BindingContext): string[] {
  const client = clientOf(way);
  if (client) return client.rest.length > 0 ? [] : [facts.packOfClient("aws", client.name)?.service ?? "aws"];
  return isCredential(way.package, namesOf(way.steps)) ? ["aws"] : [];
}

/** What gives credentials away: `defaultProvider()`, `fromIni()`, `new AWS.Credentials()`. */
function isCredential(packageName: string, names: readonly string[]): boolean {
  if (/^@aws-sdk\/credential-providers?(?:$|-)/.test(packageName)) return names.length === 2 && names[1] === "()";
  return packageName === "aws-sdk" && names.length === 2 && names[1] === "new" && names[0]!.endsWith("Credentials");
}
