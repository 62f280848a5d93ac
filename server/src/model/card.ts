/** What Remit knows about one thing, ready to be laid out by a front: a part of the answer to `explain` and `trace`. */
export interface Card {
  readonly title: string;
  /** In reading order. A section without heading belongs to the title. */
  readonly sections: readonly {
    readonly heading: string | null;
    readonly lines: readonly string[];
  }[];
}

/** No cards: nothing is known by that name; `near` are names that were perhaps meant. */
export interface Answer {
  readonly cards: readonly Card[];
  readonly near: readonly string[];
}
