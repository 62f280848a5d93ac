import type { NodeId } from "../../model/summary.ts";
import { testedUses } from "../../model/tests-of-uses.ts";
import type { Environment } from "./environment.ts";
import { Environment as Layer } from "./environment.ts";
import type { FunctionBuilder, PendingGuard } from "./function-builder.ts";

export function guarded(shape: PendingGuard["shape"], parent: PendingGuard | undefined): PendingGuard {
  return { shape, parent, id: undefined };
}

/** How a branch ended: what holds there, under which guard, and whether anything follows. */
export interface Way {
  readonly environment: Environment;
  readonly guard: PendingGuard | undefined;
  readonly live: boolean;
}

/** Runs `body` as one of several ways on from `from`, and leaves the function where it was. */
export function branch(f: FunctionBuilder, from: Way, guard: PendingGuard | undefined, body: () => void): Way {
  f.environment = new Layer(from.environment);
  f.guard = guard;
  f.live = from.live;
  body();
  const way: Way = { environment: f.environment, guard: f.guard, live: f.live };
  resume(f, from);
  return way;
}

export function here(f: FunctionBuilder): Way {
  return { environment: f.environment, guard: f.guard, live: f.live };
}

export function resume(f: FunctionBuilder, way: Way): void {
  f.environment = way.environment;
  f.guard = way.guard;
  f.live = way.live;
}

/**
 * Goes on after branches from `from`. Where a single one does not leave, what follows stands under the guard at its end;
 * in dead code all of them count.
 */
export function join(f: FunctionBuilder, from: Way, ways: readonly Way[]): void {
  const live = ways.filter((way) => way.live);
  from.environment.merge((live.length > 0 ? live : ways).map((way) => way.environment));
  f.environment = from.environment;
  f.guard = live.length === 1 ? live[0]!.guard : from.guard;
  f.live = live.length > 0;
}

/** Goes both ways on from a condition. */
export function decide(f: FunctionBuilder, condition: NodeId, then: () => void, otherwise: () => void): void {
  const from = here(f);
  const ways = [
    branch(f, from, guarded({ kind: "if", condition, when: true }, from.guard), then),
    branch(f, from, guarded({ kind: "if", condition, when: false }, from.guard), otherwise),
  ].filter((way) => way.live);
  join(f, from, keepTested(f, condition, ways));
}

/**
 * After `if (!x) x = "…"` a variable is what it was only where the condition did not hold: the way that leaves it as it was
 * defines it anew, as what it is there.
 */
function keepTested(f: FunctionBuilder, condition: NodeId, ways: readonly Way[]): readonly Way[] {
  if (ways.length < 2) return ways;
  for (const { node, use } of testedUses(condition, f.nodes)) {
    const variable = use.kind === "variable" ? f.variablesByName.get(use.name) : undefined;
    if (!variable || variable.constant || !f.isDeclaredInRound(variable)) continue;
    const isAsItWas = (way: Way): boolean =>
      way.environment.get(variable) === ways[0]!.environment.below?.get(variable);
    if (ways.every(isAsItWas)) continue;
    for (const way of ways.filter(isAsItWas)) {
      const outer = here(f);
      resume(f, way);
      const [start, end] = [f.spans[node * 2]!, f.spans[node * 2 + 1]!];
      f.define(variable, f.use(variable, start, end));
      resume(f, outer);
    }
  }
  return ways;
}

/** Reads a part of an expression that runs only under a condition, like the right side of `&&`. */
export function conditionally<T>(
  w: { readonly function: FunctionBuilder },
  shape: PendingGuard["shape"],
  body: () => T,
): T {
  const f = w.function;
  const outer = f.guard;
  const base = f.environment;
  f.guard = guarded(shape, outer);
  f.environment = new Layer(base);
  const result = body();
  base.absorb(f.environment);
  f.environment = base;
  f.guard = outer;
  return result;
}
