import type { ExternalCall } from "../../trace/external-call.ts";
import type { Way } from "./ways.ts";
import { callOf, namesOf } from "./ways.ts";

/** A client of a service, and the way past it. */
export interface Client {
  /** As the facts know it: `s3`, `cognito-identity-provider`, `CognitoIdentityServiceProvider`. */
  readonly name: string;
  /** What its methods are: operations, those of a table with plain values for items, or nothing but `send`. */
  readonly methods: "operations" | "document" | "send";
  /** The call that made it. */
  readonly made: ExternalCall | undefined;
  /** Names past the client. */
  readonly rest: readonly string[];
}

const VERSION_3 = "@aws-sdk/client-";
const DOCUMENTS = "@aws-sdk/lib-dynamodb";

/** Classes of version 2 that are called like a service and are none. */
const NO_SERVICES: ReadonlySet<string> = new Set(["Config"]);

/** The client that a way leads to or through; undefined if it leads to none. */
export function clientOf(way: Way): Client | undefined {
  const { steps } = way;
  const names = namesOf(steps);
  const at = (name: string, methods: Client["methods"], length: number): Client => ({
    name,
    methods,
    made: callOf(steps[length - 1]),
    rest: names.slice(length),
  });
  const service = serviceOf(way.package);
  if (service !== undefined) {
    if (names[1] !== "new" || /(?:Command|Exception)$/.test(names[0]!)) return undefined;
    return at(service, names[0]!.endsWith("Client") ? "send" : "operations", 2);
  }
  if (way.package === DOCUMENTS) {
    const length = names[1] === "new" ? 2 : names[1] === "from" && names[2] === "()" ? 3 : 0;
    if (length === 0 || !/^DynamoDBDocument(?:Client)?$/.test(names[0]!)) return undefined;
    return at("dynamodb", names[0] === "DynamoDBDocument" ? "document" : "send", length);
  }
  return versionTwo(way.package, names, at);
}

/** `@aws-sdk/client-s3` → `s3`. */
export function serviceOf(packageName: string): string | undefined {
  return packageName.startsWith(VERSION_3) ? packageName.slice(VERSION_3.length).split("/")[0] : undefined;
}

/** `new AWS.S3()`, `new AWS.DynamoDB.DocumentClient()`, `new S3()` of `aws-sdk/clients/s3`. */
function versionTwo(
  packageName: string,
  names: readonly string[],
  at: (name: string, methods: Client["methods"], length: number) => Client,
): Client | undefined {
  const alone = /^aws-sdk\/clients\/(\w+)$/.exec(packageName)?.[1];
  if (packageName !== "aws-sdk" && alone === undefined) return undefined;
  const made = names.indexOf("new");
  const [first, second] = names;
  if (made < 1 || made > 2 || NO_SERVICES.has(first!)) return undefined;
  const isDocument = names[made - 1] === "DocumentClient";
  if (made === 2 && !(isDocument && first === "DynamoDB") && second !== "new") return undefined;
  const name = alone !== undefined && alone !== "all" ? alone : first!;
  return at(name, isDocument ? "document" : "operations", made + 1);
}
