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
