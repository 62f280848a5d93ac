import { type CancellationToken, Cancelled } from "../model/result.ts";
import { type Cell, type Evidence, type Frame, type InputCell, type Memo, nameOf, type QueryCell } from "./cell.ts";
import { Component } from "./component.ts";
import type { AskOptions, Context, Input, Query } from "./define.ts";
import { BudgetExceeded, QueryCycle } from "./errors.ts";

export interface QueryStatistics {
  /** Computations, each round of a cycle counted. */
  computed: number;
  /** Answers given from memory, to computations and while verifying. */
  reused: number;
}

interface Run {
  readonly token: CancellationToken | undefined;
  readonly budget: number;
  computations: number;
  /** Why the whole run ends, even if a computation catches it on the way. */
  abort: Error | undefined;
}

/**
 * Remembers what queries gave and what it followed from, and computes again only what a change of inputs reaches.
 *
 * Red and green, as in salsa: a memo holds if none of its dependencies changed since it was last verified; a value that
 * comes out equal keeps its old revision and identity, and stops the change. Cycles are found as strongly connected
 * components while computing (Tarjan); what saw a provisional value is never remembered until its component is solved.
 */
export class Database {
  #revision = 1;
  /** Something was asked in this revision: the next change starts another. */
  #asked = false;
  #run: Run | undefined;
  readonly #inputs = new Map<Input<string, unknown>, Map<string, InputCell>>();
  readonly #queries = new Map<Query<string, unknown>, Map<string, QueryCell>>();
  readonly #stack: Frame[] = [];
  readonly #provisional: QueryCell[] = [];
  readonly #statistics = new Map<string, QueryStatistics>();

  get revision(): number {
    return this.#revision;
  }

  set<K extends string, V>(input: Input<K, V>, key: NoInfer<K>, value: NoInfer<V>): void {
    const cell = this.#inputCell(input, key);
    if (!cell.content || !input.equal(cell.content.value as V, value)) this.#change(cell, { value });
  }

  remove<K extends string, V>(input: Input<K, V>, key: NoInfer<K>): void {
    const cell = this.#inputCell(input, key);
    if (cell.content) this.#change(cell, undefined);
  }

  /** The value of a query. A run that is cancelled, over budget or failing leaves what is remembered as good as before. */
  ask<K extends string, V>(query: Query<K, V>, key: NoInfer<K>, options: AskOptions = {}): V {
    if (this.#run) throw new Error(`${query.name} was asked of the database during a computation; ask the context`);
    this.#run = {
      token: options.token,
      budget: options.budget ?? Infinity,
      computations: 0,
      abort: undefined,
    };
    this.#asked = true;
    try {
      return this.#demand(this.#queryCell(query, key)) as V;
    } finally {
      this.#takeProvisional(0);
      this.#run = undefined;
    }
  }

  /** Counters by name of query, since the database was made. */
  statistics(): ReadonlyMap<string, Readonly<QueryStatistics>> {
    return this.#statistics;
  }

  /** Forgets what was not needed in the last `revisions` revisions. */
  sweep(revisions: number): void {
    const needed = new Set<Cell>();
    const queryCells = [...this.#queries.values()].flatMap((cells) => [...cells.values()]);
    for (const cell of queryCells) {
      if (cell.memo && this.#revision - cell.memo.evidence.verifiedAt > revisions) cell.memo = undefined;
      for (const dependency of cell.memo?.evidence.dependencies ?? []) needed.add(dependency);
    }
    // Cells that a memo names must stay the same objects; others go once they hold nothing.
    for (const cell of queryCells) if (!cell.memo && !needed.has(cell)) this.#queries.get(cell.query)!.delete(cell.key);
    for (const cells of this.#inputs.values()) {
      for (const cell of cells.values()) if (!cell.content && !needed.has(cell)) cells.delete(cell.key);
    }
  }

  #change(cell: InputCell, content: InputCell["content"]): void {
    if (this.#run) throw new Error(`${nameOf(cell)} was changed during a computation`);
    if (this.#asked) this.#revision++;
    this.#asked = false;
    cell.content = content;
    cell.changedAt = this.#revision;
  }

  /** The value of a cell for whoever is on top of the stack. */
  #demand(cell: QueryCell): unknown {
    this.#mayContinue();
    if (cell.component) {
      this.#closeCycle(cell, cell.component.index);
      return cell.component.valueOf(cell);
    }
    if (cell.frame) {
      this.#closeCycle(cell, cell.frame.index);
      return cell.query.cycle!.initial(cell.key);
    }
    if (cell.provisional) {
      this.#closeCycle(cell, cell.provisional.low);
      return cell.provisional.value;
    }
    if (cell.memo?.evidence.verifiedAt === this.#revision) return this.#reuse(cell, cell.memo);
    return this.#bringUpToDate(cell);
  }

  #bringUpToDate(cell: QueryCell): unknown {
    const frame = this.#push(cell);
    try {
      if (cell.memo && this.#holds(cell.memo.evidence, frame)) return this.#reuse(cell, cell.memo);
      let value = this.#compute(frame);
      if (frame.low === frame.index) value = this.#solve(frame);
      else if (frame.low > frame.index) {
        this.#takeProvisional(frame.mark);
        value = this.#settle(cell, value, this.#evidence(frame.dependencies));
      }
      if (frame.low < frame.index) this.#postpone(cell, value, frame);
      return value;
    } catch (error) {
      this.#takeProvisional(frame.mark);
      // Whoever catches this must see a change the next time there is a value, even if it equals the last one.
      if (error !== this.#run!.abort) cell.memo = undefined;
      throw error;
    } finally {
      this.#pop(frame);
    }
  }

  /** Verifies in order, so that nothing is computed that the computation itself would not ask for. */
  #holds(evidence: Evidence, frame: Frame): boolean {
    if (evidence.refutedAt === this.#revision) return false;
    frame.verifying = true;
    const holds = evidence.dependencies.every((dependency) => this.#isUnchanged(dependency, evidence.verifiedAt));
    frame.verifying = false;
    frame.low = Infinity; // What was provisional here is looked at again by the computation, if it still matters.
    if (holds) evidence.verifiedAt = this.#revision;
    else evidence.refutedAt = this.#revision;
    return holds;
  }

  #isUnchanged(cell: Cell, since: number): boolean {
    if (cell.kind === "input") return cell.changedAt <= since;
    if (cell.component || cell.frame || cell.provisional) return false;
    try {
      this.#demand(cell);
    } catch (error) {
      if (error === this.#run!.abort) throw error;
      return false; // The computation will meet the same error, and may handle it.
    }
    return cell.memo?.evidence.verifiedAt === this.#revision && cell.memo.changedAt <= since;
  }

  #compute(frame: Frame): unknown {
    const run = this.#run!;
    const { query, key } = frame.cell;
    if (++run.computations > run.budget) run.abort = new BudgetExceeded(run.budget);
    this.#mayContinue();
    this.#count(query.name).computed++;
    const value = query.compute(this.#contextOf(frame), key);
    this.#mayContinue();
    if (frame.failure) throw frame.failure;
    return value;
  }

  #contextOf(frame: Frame): Context {
    const look = <C extends Cell>(cell: C): C => {
      if (this.#stack.at(-1) !== frame)
        throw new Error(`the context of ${nameOf(frame.cell)} was used outside its computation`);
      frame.dependencies.add(cell);
      return cell;
    };
    return {
      read: <K extends string, V>(input: Input<K, V>, key: K) =>
        look(this.#inputCell(input, key)).content?.value as V | undefined,
      ask: <K extends string, V>(query: Query<K, V>, key: K) => this.#demand(look(this.#queryCell(query, key))) as V,
    };
  }

  /** The frames from `low` to the top turned out to depend on one another. */
  #closeCycle(cell: QueryCell, low: number): void {
    const frames = this.#stack.slice(low);
    const isAllowed = cell.query.cycle && frames.every((frame) => frame.cell.query.cycle);
    const top = frames.at(-1)!;
    if (isAllowed) {
      top.low = Math.min(top.low, low);
      return;
    }
    const failure = new QueryCycle([...frames.map((frame) => nameOf(frame.cell)), nameOf(cell)]);
    // All members fail, whoever catches it between them. A frame that only verifies will compute, and find out for itself.
    for (const frame of frames.reverse()) {
      if (frame.verifying) break;
      frame.failure = failure;
    }
    throw failure;
  }

  /** Iterates the component whose lowest frame this is. If it proves to be part of a larger one, that is left to it. */
  #solve(frame: Frame): unknown {
    const component = new Component(frame.index);
    try {
      component.restartWith([frame.cell, ...this.#takeProvisional(frame.mark)]);
      for (;;) {
        const isChanged = component.nextRound((cell) => this.#evaluate(cell));
        if (frame.low < frame.index) {
          for (const cell of component.cells) this.#postpone(cell, component.valueOf(cell), frame);
          return component.valueOf(frame.cell);
        }
        const found = this.#takeProvisional(frame.mark);
        if (found.length > 0) component.restartWith(found);
        else if (!isChanged) return this.#settleAll(component, (cell) => component.valueOf(cell), frame.cell);
        else if (component.rounds >= component.limit) {
          return this.#settleAll(component, (cell) => cell.query.cycle!.bound(cell.key), frame.cell);
        }
      }
    } finally {
      component.dissolve();
    }
  }

  #evaluate(cell: QueryCell): { value: unknown; dependencies: Set<Cell> } {
    const frame = this.#push(cell);
    try {
      return { value: this.#compute(frame), dependencies: frame.dependencies };
    } finally {
      this.#pop(frame);
    }
  }

  #settleAll(component: Component, valueOf: (cell: QueryCell) => unknown, asked: QueryCell): unknown {
    const evidence = this.#evidence(component.dependencies);
    for (const cell of component.cells) this.#settle(cell, valueOf(cell), evidence);
    return asked.memo!.value;
  }

  #evidence(dependencies: Iterable<Cell>): Evidence {
    return { verifiedAt: this.#revision, refutedAt: 0, dependencies: [...dependencies] };
  }

  #settle(cell: QueryCell, value: unknown, evidence: Evidence): unknown {
    const old = cell.memo;
    const isEqual = old !== undefined && cell.query.equal(old.value, value);
    cell.memo = isEqual ? { ...old, evidence } : { value, changedAt: this.#revision, evidence };
    return cell.memo.value;
  }

  #reuse(cell: QueryCell, memo: Memo): unknown {
    this.#count(cell.query.name).reused++;
    return memo.value;
  }

  /** Keeps a provisional value until the frame at `frame.low` solves its component, with all that waited for this frame. */
  #postpone(cell: QueryCell, value: unknown, frame: Frame): void {
    for (let i = frame.mark; i < this.#provisional.length; i++) {
      const other = this.#provisional[i]!.provisional!;
      other.low = Math.min(other.low, frame.low);
    }
    if (!cell.provisional) this.#provisional.push(cell);
    cell.provisional = { value, low: frame.low };
  }

  /** Removes and returns what became provisional since `mark`. */
  #takeProvisional(mark: number): QueryCell[] {
    const cells = this.#provisional.splice(mark);
    for (const cell of cells) cell.provisional = undefined;
    return cells;
  }

  #push(cell: QueryCell): Frame {
    const frame: Frame = {
      cell,
      index: this.#stack.length,
      low: Infinity,
      mark: this.#provisional.length,
      dependencies: new Set(),
      verifying: false,
      failure: undefined,
    };
    this.#stack.push(frame);
    cell.frame = frame;
    return frame;
  }

  /** Whoever waits for it has seen what it has seen, even if it failed. */
  #pop(frame: Frame): void {
    this.#stack.pop();
    frame.cell.frame = undefined;
    const below = this.#stack.at(-1);
    if (below && frame.low < frame.index) below.low = Math.min(below.low, frame.low);
  }

  #mayContinue(): void {
    const run = this.#run!;
    if (run.token?.isCancelled) run.abort ??= new Cancelled();
    if (run.abort) throw run.abort;
  }

  #count(name: string): QueryStatistics {
    return entry(this.#statistics, name, () => ({ computed: 0, reused: 0 }));
  }

  #inputCell<K extends string, V>(input: Input<K, V>, key: string): InputCell {
    const cells = entry(this.#inputs, input, () => new Map<string, InputCell>());
    return entry(cells, key, () => ({
      kind: "input",
      input,
      key,
      content: undefined,
      changedAt: 0,
    }));
  }

  #queryCell<K extends string, V>(query: Query<K, V>, key: string): QueryCell {
    const cells = entry(this.#queries, query, () => new Map<string, QueryCell>());
    return entry(cells, key, () => ({
      kind: "query",
      query,
      key,
      memo: undefined,
      frame: undefined,
      provisional: undefined,
      component: undefined,
    }));
  }
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}
