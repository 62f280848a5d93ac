import { readFileSync } from "node:fs";
import type { FactSource } from "../../server/src/model/pack.ts";
import type { NamedOperation } from "./permissioned.ts";

/** Names by which libraries call the operations of a REST API, from the request that each of their methods sends. */

/** `{ getTrack: ["GET /tracks/{}"] }`. */
export type MethodRequests = Readonly<Record<string, readonly string[]>>;

export interface ClientMethods {
  /** As bindings name it: `spotify-web-api-node`, `python:spotipy`. */
  readonly library: string;
  readonly source: FactSource & { readonly what: string };
  readonly requests: MethodRequests;
}

/** A library whose methods are kept in `scripts/facts/sources`, as no registry of npm has it. */
export function recordedMethods(library: string, file: string): ClientMethods {
  const { provenance, methods } = JSON.parse(readFileSync(new URL(`sources/${file}`, import.meta.url), "utf8")) as {
    readonly provenance: ClientMethods["source"];
    readonly methods: MethodRequests;
  };
  return { library, source: provenance, requests: methods };
}

export interface MethodAliases {
  readonly aliases: Readonly<Record<string, string>>;
  /** Methods that stand for no one operation: library and name. */
  readonly left: readonly string[];
}

/** Method → operation, where all requests that it may send have the same effect and the same needs. */
export function methodAliases(clients: readonly ClientMethods[], operations: readonly NamedOperation[]): MethodAliases {
  const byRequest = new Map(operations.map((operation) => [bare(operation.name), operation]));
  const aliases: Record<string, string> = {};
  const left: string[] = [];
  for (const { library, requests } of clients) {
    for (const [method, sent] of Object.entries(requests)) {
      const found = sent.flatMap((request) => byRequest.get(bare(request)) ?? []);
      const known = found[0];
      const same = found.every((operation) => meaning(operation) === meaning(known!));
      if (known !== undefined && same && found.length === sent.length) aliases[`${library}#${method}`] = known.name;
      else left.push(`${library} ${method}`);
    }
  }
  return { aliases, left };
}

/** Every parameter of a path alike. */
function bare(request: string): string {
  return request.replace(/\{[^}]*\}|:\w+/g, "{}");
}

function meaning({ effect, requires, dependsOn }: NamedOperation): string {
  return JSON.stringify([effect, requires, dependsOn]);
}

/** A line of the page for what was left out. */
export function leftOut({ left }: MethodAliases): string[] {
  return left.length === 0
    ? []
    : [
        `methods of the libraries that send requests the description does not hold, or one of several: ${left.map((name) => `\`${name}\``).join(", ")}`,
      ];
}
