import type { Input, Query } from "./define.ts";

/** One input at one key. A cell without a value stands for an absence that somebody looked at, or for a removal. */
export interface InputCell {
  readonly kind: "input";
  readonly input: Input<string, unknown>;
  readonly key: string;
  content: { readonly value: unknown } | undefined;
  changedAt: number;
}

/** One query at one key. */
export interface QueryCell {
  readonly kind: "query";
  readonly query: Query<string, unknown>;
  readonly key: string;
  memo: Memo | undefined;
  /** Set while it is verified or computed. */
  frame: Frame | undefined;
  /** Set when it was computed from provisional values of a cycle whose lowest frame, at index `low`, is still open. */
  provisional: { readonly value: unknown; low: number } | undefined;
  /** Set while the cycle it belongs to iterates. */
  component: Iteration | undefined;
}

/** A component while it iterates, as its members see it. */
export interface Iteration {
  /** Index of the frame that solves it. */
  readonly index: number;
  valueOf(cell: QueryCell): unknown;
}

export type Cell = InputCell | QueryCell;

export interface Memo {
  readonly value: unknown;
  /** Revision at which the value last became a different one. */
  readonly changedAt: number;
  /** Shared by all members of a component. */
  readonly evidence: Evidence;
}

/** What a value follows from, in the order it was looked at, and the last revisions at which that was found to hold and not to. */
export interface Evidence {
  verifiedAt: number;
  refutedAt: number;
  readonly dependencies: readonly Cell[];
}

/** A query at work. */
export interface Frame {
  readonly cell: QueryCell;
  readonly index: number;
  /** Index of the lowest frame whose provisional value went into this one; as in Tarjan's algorithm. */
  low: number;
  /** Number of provisional cells when it started. */
  readonly mark: number;
  dependencies: Set<Cell>;
  /** Its old dependencies are being looked at; it does not compute yet. */
  verifying: boolean;
  /** It takes part in a cycle that is an error. */
  failure: Error | undefined;
}

export function nameOf(cell: Cell): string {
  return `${cell.kind === "input" ? cell.input.name : cell.query.name}(${cell.key})`;
}
