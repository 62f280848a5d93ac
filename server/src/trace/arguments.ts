import type { ValueSet } from "./values.ts";
import { NOTHING } from "./values.ts";

/** What a call passes. */
export interface Arguments {
  readonly positional: readonly ValueSet[];
  readonly named: ReadonlyMap<string, ValueSet>;
  /** What comes at unknown positions after the positional ones. */
  readonly rest: ValueSet;
}

export const NO_ARGUMENTS: Arguments = { positional: [], named: new Map(), rest: NOTHING };
