import { isDeepStrictEqual } from "node:util";
import type { CancellationToken } from "../model/result.ts";

/** A fact that comes from outside: the text of a file, an option. It may be absent. */
export interface Input<K extends string, V> {
  readonly name: string;
  equal(a: V, b: V): boolean;
  /** Only for the compiler. */
  readonly keyType?: K;
}

/** A value that follows from inputs and other queries, and from nothing else. */
export interface Query<K extends string, V> {
  readonly name: string;
  compute(context: Context, key: K): V;
  equal(a: V, b: V): boolean;
  readonly cycle?: Cycle<K, V>;
}

/** How a query may depend on itself: by iteration from `initial` until nothing changes any more. */
export interface Cycle<K extends string, V> {
  initial(key: K): V;
  /** Merges what the last round gave with what this one gave; without it, the new value replaces the old. */
  join?(old: V, next: V): V;
  /** How many rounds may pass, the one that changes nothing included. The least of a component's members counts. */
  readonly limit: number;
  /** The value of every member of a component that did not come to rest within the limit. */
  bound(key: K): V;
}

/** All that a computation may look at; each look is recorded. */
export interface Context {
  /** The value of an input, or undefined where it is absent; the absence is recorded as well. */
  read<K extends string, V>(input: Input<K, V>, key: NoInfer<K>): V | undefined;
  ask<K extends string, V>(query: Query<K, V>, key: NoInfer<K>): V;
}

export interface AskOptions {
  readonly token?: CancellationToken;
  /** How many computations may be run, each round of a cycle counted. */
  readonly budget?: number;
}

/** Declares an input. Values that are `equal` (deeply, unless told otherwise) do not count as a change. */
export function defineInput<K extends string, V>(
  name: string,
  equal: (a: V, b: V) => boolean = isDeepStrictEqual,
): Input<K, V> {
  return { name, equal };
}

/** Declares a query. A value `equal` to the one before (deeply, unless told otherwise) stops the change here. */
export function defineQuery<K extends string, V>(definition: {
  readonly name: string;
  compute(context: Context, key: K): V;
  equal?(a: V, b: V): boolean;
  readonly cycle?: Cycle<K, V>;
}): Query<K, V> {
  return { equal: isDeepStrictEqual, ...definition };
}
