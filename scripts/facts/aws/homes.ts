import { clientName } from "../../../server/src/model/pack.ts";
import { compareText } from "../../../server/src/model/place.ts";
import { APART, PREFIXES } from "./corrections.ts";
import type { AwsInput } from "./input.ts";

/** Which pack a client of the SDK belongs to. */

/** The prefix of IAM that a client's commands belong to; undefined for services that are gone, or that IAM knows nothing of. */
export function prefixOf(client: string, { services, needs }: AwsInput): string | undefined {
  const stated = needs.prefixes[client] ?? client;
  const prefix = PREFIXES[stated] ?? stated;
  return services.some((service) => service.prefix === prefix) ? prefix : undefined;
}

/** Pack, without `aws/` → its clients. A prefix for which no client is listed is taken for the client's name itself. */
export function clientsByPack(input: AwsInput): Map<string, string[]> {
  const packs = new Map<string, string[]>();
  const listed = Object.keys(input.needs.prefixes);
  const others = input.services.map(({ prefix }) => prefix).filter((prefix) => !listed.includes(prefix));
  for (const client of [...listed, ...others].sort(compareText)) {
    const prefix = prefixOf(client, input);
    if (prefix === undefined) continue;
    const pack = APART.has(client) ? client : prefix;
    packs.set(pack, [...(packs.get(pack) ?? []), client]);
  }
  return packs;
}

/**
 * Names by which code knows a client → pack, unless the pack is called so: the end of the package's name in version 3, the
 * class in version 2.
 */
export function clientNames(input: AwsInput): Record<string, string> {
  const names = new Map<string, string>();
  for (const [pack, clients] of clientsByPack(input))
    for (const client of clients) names.set(clientName(client), `aws/${pack}`);
  for (const [name, client] of Object.entries(input.sdk.version2.classes)) {
    const pack = names.get(clientName(client));
    if (pack !== undefined) names.set(clientName(name), pack);
  }
  const others = [...names].filter(([name, pack]) => name !== clientName(pack.slice("aws/".length)));
  return Object.fromEntries(others.sort(([a], [b]) => compareText(a, b)));
}
