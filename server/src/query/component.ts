import { compareText } from "../model/place.ts";
import type { Cell, Iteration, QueryCell } from "./cell.ts";

interface Member {
  readonly cell: QueryCell;
  value: unknown;
  /** Times, by the component's clock, of its last change and of the start of its last computation. */
  changedAt: number;
  computedAt: number;
  visitedInRound: number;
  /** Members its last computation asked. */
  asked: readonly Member[];
}

/** Result of one computation of a member. */
export interface Evaluation {
  readonly value: unknown;
  readonly dependencies: Iterable<Cell>;
}

/**
 * Queries that depend on one another, iterated together: from `initial`, round by round, until a round changes nothing.
 * The rounds follow the members' names, so it makes no difference which of them was asked first.
 */
export class Component implements Iteration {
  readonly index: number;
  readonly #members = new Map<QueryCell, Member>();
  #outside = new Set<Cell>();
  #round = 0;
  #clock = 0;

  constructor(index: number) {
    this.index = index;
  }

  get cells(): readonly QueryCell[] {
    return [...this.#members.keys()];
  }

  /** Everything outside that any round looked at: with a limit, even an early round matters to the result. */
  get dependencies(): Iterable<Cell> {
    return this.#outside;
  }

  get limit(): number {
    return Math.min(...this.cells.map((cell) => cell.query.cycle!.limit));
  }

  get rounds(): number {
    return this.#round;
  }

  valueOf(cell: QueryCell): unknown {
    return this.#members.get(cell)!.value;
  }

  /** Takes in members and starts anew: values reached without them are worth nothing. */
  restartWith(cells: readonly QueryCell[]): void {
    const all = [...this.cells, ...cells].sort(
      (a, b) => compareText(a.query.name, b.query.name) || compareText(a.key, b.key),
    );
    this.#members.clear();
    this.#outside = new Set();
    this.#round = this.#clock = 0;
    for (const cell of all) {
      cell.component = this;
      const value = cell.query.cycle!.initial(cell.key);
      this.#members.set(cell, {
        cell,
        value,
        changedAt: 0,
        computedAt: -1,
        visitedInRound: 0,
        asked: [],
      });
    }
  }

  /** Brings every member up to date once, after those it asked last time. True if a value changed. */
  nextRound(evaluate: (cell: QueryCell) => Evaluation): boolean {
    this.#round++;
    const before = this.#clock;
    for (const member of this.#members.values()) this.#visit(member, evaluate);
    return this.#clock !== before;
  }

  #visit(member: Member, evaluate: (cell: QueryCell) => Evaluation): void {
    if (member.visitedInRound === this.#round) return;
    member.visitedInRound = this.#round;
    for (const asked of member.asked) this.#visit(asked, evaluate);
    if (member.computedAt >= 0 && member.asked.every((asked) => asked.changedAt <= member.computedAt)) return;

    member.computedAt = this.#clock;
    const { value, dependencies } = evaluate(member.cell);
    const asked: Member[] = [];
    for (const cell of dependencies) {
      const other = cell.kind === "query" ? this.#members.get(cell) : undefined;
      if (other) asked.push(other);
      else this.#outside.add(cell);
    }
    member.asked = asked;
    const { query } = member.cell;
    const next = query.cycle!.join ? query.cycle!.join(member.value, value) : value;
    if (query.equal(member.value, next)) return;
    member.value = next;
    member.changedAt = ++this.#clock;
  }

  /** The members are no longer iterated: settled, postponed or failed. */
  dissolve(): void {
    for (const cell of this.#members.keys()) cell.component = undefined;
  }
}
