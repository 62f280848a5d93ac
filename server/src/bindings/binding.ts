import type { Facts } from "../facts/lookup.ts";
import type { FactLookup } from "../model/pack.ts";
import type { ExternalCall } from "../trace/external-call.ts";
import type { Reading } from "../trace/reading.ts";
import type { LiteralSite } from "../trace/texts.ts";
import type { TextValue, Value, ValueSet } from "../trace/values.ts";
import type { OwnState } from "./own-state.ts";

/** What a binding may ask. */
export interface BindingContext {
  readonly facts: Facts;
  readonly reading: Reading;
}

/** What a call of a package turns out to be. */
export type Sighting =
  | {
      readonly kind: "access";
      readonly fact: FactLookup;
      readonly provider: string;
      readonly credential: CredentialSource;
      readonly resource?: string;
      /** The resource is a default that the environment may replace. */
      readonly openResource?: true;
      /** Absent: what the fact says. */
      readonly ownState?: OwnState;
      /** The literals of the text that decides which operation it is, or all of the text: whoever hands it to a helper decides. */
      readonly decidedBy?: readonly (LiteralSite | Value)[];
    }
  /** A call of a known client that no fact speaks of, or whose name is chosen at run time. */
  | {
      readonly kind: "unknown";
      readonly services: readonly string[];
      readonly reason: string;
      /** The client has nothing of that name. Where the same call is one of another value, this one does not get there. */
      readonly misplaced?: true;
    }
  | { readonly kind: "grant"; readonly grants: GrantSource };

/** Who a client works for. */
export interface CredentialSource {
  readonly provider: string;
  /** The OAuth client or account, where it is a constant. Never shown: only its hash is used. */
  readonly account?: string;
  /** A column of the provider's tables, where the code shows which: `api-key` names a project and carries no permissions. */
  readonly kind?: string;
}

/** A list of permissions that takes effect at a call. */
export interface GrantSource {
  readonly provider: string;
  /** Alternatives: each list in force under another condition. */
  readonly lists: readonly GrantList[];
  readonly form: string;
  readonly credential: CredentialSource;
}

export interface GrantList {
  /** What the list is: tells which of several it is. */
  readonly value: Value | undefined;
  readonly texts: readonly TextValue[];
  /** Some of it could not be read. */
  readonly open: boolean;
}

/** How one provider's packages are spelled in code. One file a provider. */
export interface ServiceBinding {
  readonly provider: string;
  /** Texts without which no file can use it. A deployable is looked at iff one of its files holds such a text of a framework or binding. */
  readonly triggers: readonly string[];
  /**
   * The same for what any program may do (files, processes, requests, databases): reason enough to read a file, but only in a
   * deployable that is looked at for a reason of the first kind. `modules` are names to import (`fs`, `pg`, `@scope/name`), and
   * stand for all that is below them, with `node:` before or not; `texts` are for what needs no import (`fetch`).
   */
  readonly secondary?: { readonly modules?: readonly string[]; readonly texts?: readonly string[] };
  /** How the ways to its clients and to what clients are made of begin: calls there are remembered with their arguments. */
  readonly clients: readonly string[];
  /** The same for values that are known by the way to them alone: what the calls on it were handed is nobody's question. */
  readonly values?: readonly string[];
  /** What a call is, or nothing if it is none of this provider's. `harmless`: the provider's own, and no access. */
  sight(call: ExternalCall, context: BindingContext): readonly Sighting[] | "harmless" | undefined;
  /** Which arguments of a call are code that runs elsewhere: in a page. */
  sendsCode?(call: ExternalCall): readonly number[] | undefined;
  /** Services that whoever holds this value can reach; empty if it is no client or credential of the provider. */
  reach(value: Value, context: BindingContext): readonly string[];
}

/** Reads a set as permission lists: texts alone, texts in lists, and texts that hold several. */
export function grantLists(values: ValueSet, reading: Reading): GrantList[] {
  const lists: GrantList[] = [];
  const loose: TextValue[] = [];
  let open = false;
  for (const value of values) {
    if (value.kind === "text") loose.push(value);
    else if (value.kind === "object" && value.object.kind === "list") lists.push(listOf(value, reading));
    else if (!(value.kind === "literal" && (value.value === undefined || value.value === null))) open = true;
  }
  for (const text of loose) lists.push({ value: text, texts: [text], open: text.pieces.some((p) => "hole" in p) });
  if (lists.length === 0 && open) return [{ value: undefined, texts: [], open: true }];
  return open ? lists.map((l) => ({ ...l, open: true })) : lists;
}

function listOf(value: Value, reading: Reading): GrantList {
  const { items, rest } = reading.items([value]);
  const all = [...items.flat(), ...rest];
  const texts = all.filter((v): v is TextValue => v.kind === "text");
  const nested = all.filter((v) => v.kind === "object").map((v) => listOf(v, reading));
  const open = all.some(
    (v) => v.kind !== "text" && v.kind !== "object" && !(v.kind === "literal" && v.value === undefined),
  );
  return {
    value,
    texts: [...texts, ...nested.flatMap((n) => n.texts)],
    open: open || nested.some((n) => n.open) || texts.some((t) => t.pieces.some((p) => "hole" in p)),
  };
}
