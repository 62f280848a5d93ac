import type { Effect } from "../../../server/src/model/effect.ts";
import type { FactSource } from "../../../server/src/model/pack.ts";
import { compareText } from "../../../server/src/model/place.ts";
import { APART, DEPENDS_ON, NEEDS, NOT_NEEDED, ONLY_WITH, ONLY_WITH_IN, VARIANTS } from "./corrections.ts";
import { effectOfCommand, isOwnState } from "./effects.ts";
import type { AwsInput, KnownAction } from "./input.ts";
import { docsOf, SOURCE } from "./sources.ts";

/** A command that needs something else than the action of its own name, or more. */
export interface DerivedCommand {
  readonly name: string;
  readonly effect: Effect;
  readonly requires: readonly (readonly string[])[];
  /** Where an argument is absent, other needs. */
  readonly when?: { readonly argument: string; readonly requires: readonly string[] };
  readonly also: readonly (readonly [action: string, argument?: string])[];
  readonly dependsOn?: string;
  readonly ownState: boolean;
  readonly source: FactSource;
}

/** All commands of a client that need a row: of one that stands apart, every command. */
export function commandsOf(client: string, prefix: string, input: AwsInput): DerivedCommand[] {
  const reader = new CommandReader(client, prefix, input);
  return reader.names().flatMap((name) => reader.derive(name) ?? []);
}

class CommandReader {
  readonly #client: string;
  readonly #prefix: string;
  readonly #input: AwsInput;
  /** Folded name → name, of the prefix's own actions. */
  readonly #own: ReadonlyMap<string, string>;

  constructor(client: string, prefix: string, input: AwsInput) {
    this.#client = client;
    this.#prefix = prefix;
    this.#input = input;
    const { actions } = input.services.find((service) => service.prefix === prefix)!;
    this.#own = new Map(actions.map(({ name }) => [name.toLowerCase(), `${prefix}:${name}`]));
  }

  names(): string[] {
    const { needs, sdk } = this.#input;
    const stated = [needs.exceptions, needs.also].flatMap((table) => Object.keys(table[this.#client] ?? {}));
    const read = sdk.clients[this.#client]?.commands.split(" ") ?? this.#withDependent();
    return [...new Set([...stated, ...read])].sort(compareText);
  }

  /** Of a client whose commands were not read: those called like an action that needs others besides. */
  #withDependent(): string[] {
    if (APART.has(this.#client)) return [];
    return [...this.#own.values()]
      .filter((action) => this.#input.dependent.has(action))
      .map((action) => action.slice(action.indexOf(":") + 1));
  }

  /** Undefined: there is nothing to say beside what its name says, or nothing is known. */
  derive(name: string): DerivedCommand | undefined {
    const needed = this.#needed(name);
    if (needed === undefined) return undefined;
    const also = this.#also(name, [...needed.requires.flat(), ...(needed.when?.requires ?? [])]);
    const ownState = isOwnState(this.#prefix, name);
    if (needed.byName && also.length === 0 && !ownState && !APART.has(this.#client)) return undefined;
    const dependsOn = DEPENDS_ON[`${this.#client}:${name}`];
    return {
      name,
      effect: this.#effect(name, needed.requires),
      requires: needed.requires,
      ...(needed.when && { when: needed.when }),
      also,
      ...(dependsOn && { dependsOn }),
      ownState,
      source: needed.source,
    };
  }

  #needed(
    name: string,
  ): (Pick<DerivedCommand, "requires" | "when" | "source"> & { readonly byName?: true }) | undefined {
    const command = `${this.#client}:${name}`;
    const read = this.#input.sdk.clients[this.#client];
    const docs = read && docsOf(this.#client, read);
    if (docs && read.nothing.split(" ").includes(name)) return { requires: [[]], source: docs };
    const variant = VARIANTS.find((entry) => entry.command === command);
    if (docs && variant)
      return {
        requires: [variant.otherwise],
        when: { argument: variant.when.argument, requires: variant.requires },
        source: docs,
      };
    const correction = NEEDS.find((entry) => entry.command === command);
    if (docs && correction) return { requires: correction.requires, source: docs };
    const exception = this.#input.needs.exceptions[this.#client]?.[name];
    if (exception) {
      // Any of them, as an argument decides: all of them are enough in any case.
      const all = (exception.all ?? exception.any)!.split(" ").map((action) => this.#action(action).name);
      return { requires: [all], source: this.#sourceOf(name, all) };
    }
    const own = this.#own.get(name.toLowerCase());
    if (own !== undefined) return { requires: [[own]], source: SOURCE.iamData, byName: true };
    const named = this.#mentioned(name).filter((action) => action.split(":")[1] === name);
    return docs && named.length === 1 ? { requires: [named], source: docs } : undefined;
  }

  /** The documentation where it says so itself; for queues and tables the list of actions; else the table. */
  #sourceOf(name: string, actions: readonly string[]): FactSource {
    const mentioned = this.#mentioned(name);
    if (actions.every((action) => mentioned.includes(action)))
      return docsOf(this.#client, this.#input.sdk.clients[this.#client]!);
    return this.#client === "sqs" || this.#client === "dynamodb" ? SOURCE.iamData : SOURCE.map;
  }

  #mentioned(name: string): readonly string[] {
    const text = this.#input.sdk.clients[this.#client]?.mentions[name];
    const excluded = NOT_NEEDED.find(({ command }) => command === `${this.#client}:${name}`);
    return (text?.split(" ") ?? []).filter((action) => !excluded?.actions.test(action));
  }

  #also(name: string, required: readonly string[]): DerivedCommand["also"] {
    const { needs } = this.#input;
    const stated = [needs.exceptions[this.#client]?.[name]?.also, needs.also[this.#client]?.[name]];
    const dependent = required.flatMap((action) => this.#input.dependent.get(action) ?? []);
    const named = [...stated.flatMap((text) => text?.split(" ") ?? []), ...this.#mentioned(name), ...dependent];
    const actions = named.map((action) => this.#action(action).name);
    const wanted = [...new Set(actions)].filter((action) => !required.includes(action)).sort(compareText);
    return wanted.flatMap((action): (readonly [string, string?])[] => {
      const givers = this.#giversOf(name, action);
      return givers.length === 0 ? [[action]] : givers.map((argument) => [action, argument] as const);
    });
  }

  /** Arguments without which the action is not needed; none: not known, so that it may be needed always. */
  #giversOf(name: string, action: string): readonly string[] {
    const own = ONLY_WITH_IN[`${this.#client}:${name}`]?.[action];
    if (own !== undefined) return own;
    if (ONLY_WITH[action] !== undefined) return ONLY_WITH[action];
    const read = this.#input.sdk.clients[this.#client];
    if (action === "iam:PassRole") return read?.roles[name]?.split(" ") ?? [];
    if (/:(?:TagResource|AddTags\w*|CreateTags|TagQueue)$/.test(action)) return read?.tags[name]?.split(" ") ?? [];
    return [];
  }

  /** What needs no permission changes as much as the action of its name would. */
  #effect(name: string, requires: readonly (readonly string[])[]): Effect {
    const own = this.#own.get(name.toLowerCase());
    const needed = requires.flat();
    const actions = needed.length === 0 && own !== undefined ? [own] : needed;
    return effectOfCommand(
      this.#prefix,
      name,
      actions.map((action) => this.#action(action).effect),
    );
  }

  #action(written: string): KnownAction {
    const found = this.#input.actions.get(written.toLowerCase());
    if (found === undefined) throw new Error(`${this.#client}: needs ${written}, which IAM does not have`);
    return found;
  }
}
